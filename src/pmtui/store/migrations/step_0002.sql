-- Version 2: vision boards, key results, roadmap cards, projects, tasks, dependencies and kept forecasts.
-- Frozen: what a released version wrote never changes. Tables that gain columns are filled again under
-- their own name, so that what refers to their rows is satisfied when the transaction ends.

CREATE TABLE key_result (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    objective_id TEXT NOT NULL,
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    start REAL,
    current REAL,
    target REAL,
    owner TEXT NOT NULL,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT key_result_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT key_result_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT key_result_title CHECK (typeof("title") = 'text' AND length("title") BETWEEN 1 AND 500),
    CONSTRAINT key_result_unit CHECK (typeof("unit") = 'text' AND length("unit") BETWEEN 0 AND 40),
    CONSTRAINT key_result_start CHECK ("start" BETWEEN -1000000000000.0 AND 1000000000000.0),
    CONSTRAINT key_result_current CHECK ("current" BETWEEN -1000000000000.0 AND 1000000000000.0),
    CONSTRAINT key_result_target CHECK ("target" BETWEEN -1000000000000.0 AND 1000000000000.0),
    CONSTRAINT key_result_owner CHECK (typeof("owner") = 'text' AND length("owner") BETWEEN 0 AND 80),
    CONSTRAINT key_result_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT key_result_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(objective_id) REFERENCES objective (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX ix_key_result_objective_id ON key_result (objective_id);

CREATE TABLE initiative (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    product_id TEXT,
    objective_id TEXT,
    title TEXT NOT NULL,
    lane TEXT NOT NULL,
    outcome TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT NOT NULL,
    horizon TEXT NOT NULL,
    window_start TEXT,
    window_end TEXT,
    promise_start TEXT,
    promise_end TEXT,
    confidence REAL,
    promised_on TEXT,
    audience TEXT NOT NULL,
    owner TEXT NOT NULL,
    notes TEXT NOT NULL,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT initiative_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT initiative_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT initiative_title CHECK (typeof("title") = 'text' AND length("title") BETWEEN 1 AND 500),
    CONSTRAINT initiative_lane CHECK (typeof("lane") = 'text' AND length("lane") BETWEEN 0 AND 60),
    CONSTRAINT initiative_outcome CHECK (typeof("outcome") = 'text' AND length("outcome") BETWEEN 0 AND 200000),
    CONSTRAINT initiative_state CHECK ("state" IN ('idea', 'candidate', 'planned', 'in progress', 'launched', 'retired', 'declined')),
    CONSTRAINT initiative_state_reason CHECK (typeof("state_reason") = 'text' AND length("state_reason") BETWEEN 0 AND 500),
    CONSTRAINT initiative_horizon CHECK ("horizon" IN ('now', 'next', 'later')),
    CONSTRAINT initiative_window_start CHECK (date("window_start", '+0 days') IS "window_start" AND "window_start" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT initiative_window_end CHECK (date("window_end", '+0 days') IS "window_end" AND "window_end" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT initiative_promise_start CHECK (date("promise_start", '+0 days') IS "promise_start" AND "promise_start" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT initiative_promise_end CHECK (date("promise_end", '+0 days') IS "promise_end" AND "promise_end" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT initiative_confidence CHECK ("confidence" BETWEEN 0 AND 1),
    CONSTRAINT initiative_promised_on CHECK (date("promised_on", '+0 days') IS "promised_on" AND "promised_on" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT initiative_audience CHECK (typeof("audience") = 'text' AND length("audience") BETWEEN 0 AND 500),
    CONSTRAINT initiative_owner CHECK (typeof("owner") = 'text' AND length("owner") BETWEEN 0 AND 80),
    CONSTRAINT initiative_notes CHECK (typeof("notes") = 'text' AND length("notes") BETWEEN 0 AND 200000),
    CONSTRAINT initiative_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT initiative_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(objective_id) REFERENCES objective (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX ix_initiative_objective_id ON initiative (objective_id);

CREATE INDEX ix_initiative_product_id ON initiative (product_id);

CREATE TABLE project (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    product_id TEXT,
    name TEXT NOT NULL,
    manager TEXT NOT NULL,
    start_on TEXT NOT NULL,
    goal TEXT NOT NULL,
    scope TEXT NOT NULL,
    success_metrics TEXT NOT NULL,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT project_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT project_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT project_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 500),
    CONSTRAINT project_manager CHECK (typeof("manager") = 'text' AND length("manager") BETWEEN 0 AND 80),
    CONSTRAINT project_start_on CHECK (date("start_on", '+0 days') IS "start_on" AND "start_on" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT project_goal CHECK (typeof("goal") = 'text' AND length("goal") BETWEEN 0 AND 200000),
    CONSTRAINT project_scope CHECK (typeof("scope") = 'text' AND length("scope") BETWEEN 0 AND 200000),
    CONSTRAINT project_success_metrics CHECK (typeof("success_metrics") = 'text' AND length("success_metrics") BETWEEN 0 AND 200000),
    CONSTRAINT project_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT project_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX ix_project_product_id ON project (product_id);

CREATE TABLE task (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    project_id TEXT NOT NULL,
    parent_id TEXT,
    position REAL,
    title TEXT NOT NULL,
    duration INTEGER NOT NULL,
    percent_complete REAL,
    start_no_earlier TEXT,
    owner TEXT NOT NULL,
    item_id TEXT,
    initiative_id TEXT,
    notes TEXT NOT NULL,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT task_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT task_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT task_position CHECK ("position" BETWEEN -1000000000.0 AND 1000000000.0),
    CONSTRAINT task_title CHECK (typeof("title") = 'text' AND length("title") BETWEEN 1 AND 500),
    CONSTRAINT task_duration CHECK (typeof("duration") = 'integer' AND "duration" BETWEEN 0 AND 4800000),
    CONSTRAINT task_percent_complete CHECK ("percent_complete" BETWEEN 0 AND 1),
    CONSTRAINT task_start_no_earlier CHECK (date("start_no_earlier", '+0 days') IS "start_no_earlier" AND "start_no_earlier" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT task_owner CHECK (typeof("owner") = 'text' AND length("owner") BETWEEN 0 AND 80),
    CONSTRAINT task_notes CHECK (typeof("notes") = 'text' AND length("notes") BETWEEN 0 AND 200000),
    CONSTRAINT task_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT task_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(parent_id) REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(item_id) REFERENCES backlog_item (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(initiative_id) REFERENCES initiative (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX ix_task_initiative_id ON task (initiative_id);

CREATE INDEX ix_task_item_id ON task (item_id);

CREATE INDEX ix_task_parent_id ON task (parent_id);

CREATE INDEX ix_task_project_id ON task (project_id);

CREATE TABLE dependency (
    id TEXT NOT NULL,
    predecessor_id TEXT NOT NULL,
    successor_id TEXT NOT NULL,
    type TEXT NOT NULL,
    lag INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT dependency_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT dependency_type CHECK ("type" IN ('FS', 'SS', 'FF', 'SF')),
    CONSTRAINT dependency_lag CHECK (typeof("lag") = 'integer' AND "lag" BETWEEN -4800000 AND 4800000),
    CONSTRAINT dependency_ends CHECK ("predecessor_id" <> "successor_id"),
    CONSTRAINT dependency_pair UNIQUE (predecessor_id, successor_id),
    FOREIGN KEY(predecessor_id) REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(successor_id) REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_dependency_successor_id ON dependency (successor_id);

CREATE TABLE old_product AS SELECT * FROM product;

DROP TABLE product;

CREATE TABLE product (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    target_market TEXT NOT NULL,
    vision TEXT NOT NULL,
    target_group TEXT NOT NULL,
    needs TEXT NOT NULL,
    features TEXT NOT NULL,
    business_goals TEXT NOT NULL,
    target_customer TEXT NOT NULL,
    customer_need TEXT NOT NULL,
    category TEXT NOT NULL,
    key_benefit TEXT NOT NULL,
    alternative TEXT NOT NULL,
    differentiation TEXT NOT NULL,
    north_star TEXT NOT NULL,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT product_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT product_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT product_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 500),
    CONSTRAINT product_stage CHECK ("stage" IN ('', 'development', 'introduction', 'growth', 'maturity', 'decline')),
    CONSTRAINT product_target_market CHECK (typeof("target_market") = 'text' AND length("target_market") BETWEEN 0 AND 500),
    CONSTRAINT product_vision CHECK (typeof("vision") = 'text' AND length("vision") BETWEEN 0 AND 200000),
    CONSTRAINT product_target_group CHECK (typeof("target_group") = 'text' AND length("target_group") BETWEEN 0 AND 200000),
    CONSTRAINT product_needs CHECK (typeof("needs") = 'text' AND length("needs") BETWEEN 0 AND 200000),
    CONSTRAINT product_features CHECK (typeof("features") = 'text' AND length("features") BETWEEN 0 AND 200000),
    CONSTRAINT product_business_goals CHECK (typeof("business_goals") = 'text' AND length("business_goals") BETWEEN 0 AND 200000),
    CONSTRAINT product_target_customer CHECK (typeof("target_customer") = 'text' AND length("target_customer") BETWEEN 0 AND 500),
    CONSTRAINT product_customer_need CHECK (typeof("customer_need") = 'text' AND length("customer_need") BETWEEN 0 AND 500),
    CONSTRAINT product_category CHECK (typeof("category") = 'text' AND length("category") BETWEEN 0 AND 500),
    CONSTRAINT product_key_benefit CHECK (typeof("key_benefit") = 'text' AND length("key_benefit") BETWEEN 0 AND 500),
    CONSTRAINT product_alternative CHECK (typeof("alternative") = 'text' AND length("alternative") BETWEEN 0 AND 500),
    CONSTRAINT product_differentiation CHECK (typeof("differentiation") = 'text' AND length("differentiation") BETWEEN 0 AND 500),
    CONSTRAINT product_north_star CHECK (typeof("north_star") = 'text' AND length("north_star") BETWEEN 0 AND 500),
    CONSTRAINT product_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT product_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    UNIQUE (external_id)
);

INSERT INTO product (
    "id", "key", "name", "stage", "target_market", "vision", "target_group", "needs", "features",
    "business_goals", "target_customer", "customer_need", "category", "key_benefit", "alternative",
    "differentiation", "north_star", "external_id", "archived"
) SELECT
    "id", "key", "name", '', '', "vision", '', '', '', '', '', '', '', '', '', '', '', "external_id",
    "archived"
FROM old_product;

DROP TABLE old_product;

CREATE TABLE old_objective AS SELECT * FROM objective;

DROP TABLE objective;

CREATE TABLE objective (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    product_id TEXT,
    title TEXT NOT NULL,
    ambition TEXT NOT NULL,
    period TEXT NOT NULL,
    owner TEXT NOT NULL,
    notes TEXT NOT NULL,
    due_on TEXT,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT objective_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT objective_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT objective_title CHECK (typeof("title") = 'text' AND length("title") BETWEEN 1 AND 500),
    CONSTRAINT objective_ambition CHECK ("ambition" IN ('aspirational', 'committed')),
    CONSTRAINT objective_period CHECK (typeof("period") = 'text' AND length("period") BETWEEN 0 AND 40),
    CONSTRAINT objective_owner CHECK (typeof("owner") = 'text' AND length("owner") BETWEEN 0 AND 80),
    CONSTRAINT objective_notes CHECK (typeof("notes") = 'text' AND length("notes") BETWEEN 0 AND 200000),
    CONSTRAINT objective_due_on CHECK (date("due_on", '+0 days') IS "due_on" AND "due_on" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT objective_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT objective_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX ix_objective_product_id ON objective (product_id);

INSERT INTO objective (
    "id", "key", "product_id", "title", "ambition", "period", "owner", "notes", "due_on", "external_id",
    "archived"
) SELECT
    "id", "key", "product_id", "title", 'aspirational', '', '', "notes", "due_on", "external_id",
    "archived"
FROM old_objective;

DROP TABLE old_objective;

CREATE TABLE old_backlog_item AS SELECT * FROM backlog_item;

DROP TABLE backlog_item;

CREATE TABLE backlog_item (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    product_id TEXT,
    parent_id TEXT,
    objective_id TEXT,
    initiative_id TEXT,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    state_reason TEXT NOT NULL,
    priority TEXT NOT NULL,
    owner TEXT NOT NULL,
    notes TEXT NOT NULL,
    value REAL,
    effort REAL,
    reach REAL,
    impact REAL,
    confidence REAL,
    person_months REAL,
    business_value REAL,
    time_criticality REAL,
    risk_reduction REAL,
    job_size REAL,
    created_on TEXT,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT backlog_item_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT backlog_item_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT backlog_item_title CHECK (typeof("title") = 'text' AND length("title") BETWEEN 1 AND 500),
    CONSTRAINT backlog_item_state CHECK ("state" IN ('idea', 'candidate', 'planned', 'in progress', 'launched', 'retired', 'declined')),
    CONSTRAINT backlog_item_state_reason CHECK (typeof("state_reason") = 'text' AND length("state_reason") BETWEEN 0 AND 500),
    CONSTRAINT backlog_item_priority CHECK ("priority" IN ('', 'low', 'medium', 'high', 'critical')),
    CONSTRAINT backlog_item_owner CHECK (typeof("owner") = 'text' AND length("owner") BETWEEN 0 AND 80),
    CONSTRAINT backlog_item_notes CHECK (typeof("notes") = 'text' AND length("notes") BETWEEN 0 AND 200000),
    CONSTRAINT backlog_item_value CHECK ("value" BETWEEN 0 AND 10.0),
    CONSTRAINT backlog_item_effort CHECK ("effort" BETWEEN 0 AND 10.0),
    CONSTRAINT backlog_item_reach CHECK ("reach" BETWEEN 0 AND 1000000000.0),
    CONSTRAINT backlog_item_impact CHECK ("impact" IN (0.25, 0.5, 1.0, 2.0, 3.0)),
    CONSTRAINT backlog_item_confidence CHECK ("confidence" BETWEEN 0 AND 1),
    CONSTRAINT backlog_item_person_months CHECK ("person_months" BETWEEN 0.5 AND 10000.0),
    CONSTRAINT backlog_item_business_value CHECK ("business_value" IN (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)),
    CONSTRAINT backlog_item_time_criticality CHECK ("time_criticality" IN (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)),
    CONSTRAINT backlog_item_risk_reduction CHECK ("risk_reduction" IN (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)),
    CONSTRAINT backlog_item_job_size CHECK ("job_size" IN (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)),
    CONSTRAINT backlog_item_created_on CHECK (date("created_on", '+0 days') IS "created_on" AND "created_on" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT backlog_item_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT backlog_item_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(parent_id) REFERENCES backlog_item (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(objective_id) REFERENCES objective (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(initiative_id) REFERENCES initiative (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX backlog_item_counts ON backlog_item (archived, state, objective_id, value, effort, id);

CREATE INDEX ix_backlog_item_initiative_id ON backlog_item (initiative_id);

CREATE INDEX ix_backlog_item_objective_id ON backlog_item (objective_id);

CREATE INDEX ix_backlog_item_parent_id ON backlog_item (parent_id);

CREATE INDEX ix_backlog_item_product_id ON backlog_item (product_id);

INSERT INTO backlog_item (
    "id", "key", "product_id", "parent_id", "objective_id", "initiative_id", "title", "state",
    "state_reason", "priority", "owner", "notes", "value", "effort", "reach", "impact", "confidence",
    "person_months", "business_value", "time_criticality", "risk_reduction", "job_size", "created_on",
    "external_id", "archived"
) SELECT
    "id", "key", "product_id", "parent_id", "objective_id", NULL, "title", "state", "state_reason",
    "priority", "owner", "notes", "value", "effort", "reach", "impact", "confidence", "person_months",
    "business_value", "time_criticality", "risk_reduction", "job_size", "created_on", "external_id",
    "archived"
FROM old_backlog_item;

DROP TABLE old_backlog_item;

CREATE TABLE forecast_snapshot (
    day TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    seq INTEGER NOT NULL,
    start_on TEXT,
    finish_on TEXT,
    PRIMARY KEY (day, entity_id)
);
