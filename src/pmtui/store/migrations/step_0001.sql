-- Version 1: products, objectives, the backlog, tags, views, the journal and drafts.
-- Frozen: what a released version wrote never changes. A contract test holds the end of all steps
-- and the tables of today together.

CREATE TABLE draft (
    user TEXT NOT NULL,
    machine TEXT NOT NULL,
    "key" TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (user, machine, "key")
);

CREATE TABLE journal (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    machine TEXT NOT NULL,
    command TEXT NOT NULL,
    label TEXT NOT NULL,
    reason TEXT NOT NULL,
    action TEXT NOT NULL,
    of_seq INTEGER,
    CONSTRAINT journal_action CHECK (action IN ('do', 'undo', 'redo')),
    CONSTRAINT journal_of CHECK ((of_seq IS NULL) = (action = 'do')),
    FOREIGN KEY(of_seq) REFERENCES journal (seq)
);

CREATE INDEX ix_journal_of_seq ON journal (of_seq);

CREATE INDEX journal_by ON journal (user, machine, seq);

CREATE TABLE product (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    vision TEXT NOT NULL,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT product_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT product_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT product_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 500),
    CONSTRAINT product_vision CHECK (typeof("vision") = 'text' AND length("vision") BETWEEN 0 AND 200000),
    CONSTRAINT product_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT product_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    UNIQUE (external_id)
);

CREATE TABLE tag (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT tag_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT tag_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 60),
    UNIQUE (name)
);

CREATE TABLE "view" (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    tab TEXT NOT NULL,
    filter TEXT NOT NULL,
    sort TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT view_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT view_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 60),
    CONSTRAINT view_tab CHECK ("tab" IN ('matrix')),
    CONSTRAINT view_filter CHECK (typeof("filter") = 'text' AND length("filter") BETWEEN 0 AND 500),
    CONSTRAINT view_sort CHECK (typeof("sort") = 'text' AND length("sort") BETWEEN 0 AND 40),
    UNIQUE (name)
);

CREATE TABLE journal_change (
    seq INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    PRIMARY KEY (seq, position),
    CONSTRAINT journal_change_some CHECK ("before" IS NOT NULL OR "after" IS NOT NULL),
    FOREIGN KEY(seq) REFERENCES journal (seq)
);

CREATE INDEX ix_journal_change_entity_id ON journal_change (entity_id);

CREATE TABLE objective (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    product_id TEXT,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    due_on TEXT,
    external_id TEXT,
    archived BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT objective_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT objective_key CHECK (typeof("key") = 'text' AND length("key") BETWEEN 1 AND 20),
    CONSTRAINT objective_title CHECK (typeof("title") = 'text' AND length("title") BETWEEN 1 AND 500),
    CONSTRAINT objective_notes CHECK (typeof("notes") = 'text' AND length("notes") BETWEEN 0 AND 200000),
    CONSTRAINT objective_due_on CHECK (date("due_on", '+0 days') IS "due_on" AND "due_on" BETWEEN '1970-01-01' AND '2200-12-31'),
    CONSTRAINT objective_external_id CHECK (typeof("external_id") IN ('text', 'null') AND length("external_id") BETWEEN 0 AND 500),
    CONSTRAINT objective_archived CHECK ("archived" IN (0, 1)),
    UNIQUE ("key"),
    FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (external_id)
);

CREATE INDEX ix_objective_product_id ON objective (product_id);

CREATE TABLE backlog_item (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    product_id TEXT,
    parent_id TEXT,
    objective_id TEXT,
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
    UNIQUE (external_id)
);

CREATE INDEX backlog_item_counts ON backlog_item (archived, state, objective_id, value, effort, id);

CREATE INDEX ix_backlog_item_objective_id ON backlog_item (objective_id);

CREATE INDEX ix_backlog_item_parent_id ON backlog_item (parent_id);

CREATE INDEX ix_backlog_item_product_id ON backlog_item (product_id);

CREATE TABLE item_dependency (
    id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    needs_id TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT item_dependency_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT item_dependency_ends CHECK ("item_id" <> "needs_id"),
    CONSTRAINT item_dependency_pair UNIQUE (item_id, needs_id),
    FOREIGN KEY(item_id) REFERENCES backlog_item (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(needs_id) REFERENCES backlog_item (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_item_dependency_needs_id ON item_dependency (needs_id);

CREATE TABLE item_tag (
    id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    tag_id TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT item_tag_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT item_tag_ends CHECK ("item_id" <> "tag_id"),
    CONSTRAINT item_tag_pair UNIQUE (item_id, tag_id),
    FOREIGN KEY(item_id) REFERENCES backlog_item (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(tag_id) REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_item_tag_tag_id ON item_tag (tag_id);
