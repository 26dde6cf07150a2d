PRAGMA application_id=1347245141;
PRAGMA user_version=2;
BEGIN TRANSACTION;
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
INSERT INTO "backlog_item" VALUES('itema','F-1','product',NULL,NULL,'card','A','candidate','','','','',8.0,2.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02',NULL,0);
INSERT INTO "backlog_item" VALUES('itemb','F-2','product','itema','objective',NULL,'B','idea','','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02',NULL,0);
INSERT INTO "backlog_item" VALUES('itemc','F-3','product',NULL,NULL,NULL,'C','idea','','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02','jira:PROJ-12',0);
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
INSERT INTO "dependency" VALUES('one.two','one','two','SS',-240);
INSERT INTO "dependency" VALUES('two.done','two','done','FS',0);
CREATE TABLE draft (
    user TEXT NOT NULL,
    machine TEXT NOT NULL,
    "key" TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (user, machine, "key")
);
INSERT INTO "draft" VALUES('ann','desk','task.one.title','typ','2026-03-02T12:00:00+00:00');
CREATE TABLE forecast_snapshot (
    day TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    seq INTEGER NOT NULL,
    start_on TEXT,
    finish_on TEXT,
    PRIMARY KEY (day, entity_id)
);
INSERT INTO "forecast_snapshot" VALUES('2026-03-02','plan','plan',19,NULL,NULL);
INSERT INTO "forecast_snapshot" VALUES('2026-03-02','project','project',19,'2026-03-09','2026-03-20');
INSERT INTO "forecast_snapshot" VALUES('2026-03-02','card','initiative',19,'2026-03-09','2026-03-20');
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
INSERT INTO "initiative" VALUES('card','C-1','product',NULL,'A','Trust','','candidate','','now',NULL,NULL,'2026-04-01','2026-04-30',0.8,'2026-03-02','the board','','',NULL,0);
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
INSERT INTO "item_dependency" VALUES('itemb.itemc','itemb','itemc');
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
INSERT INTO "item_tag" VALUES('itema.uitag','itema','uitag');
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
INSERT INTO "journal" VALUES(1,'2026-03-02T12:00:00+00:00','ann','desk','AddProduct','added P-1 "Fieldnote"','','do',NULL);
INSERT INTO "journal" VALUES(2,'2026-03-02T12:00:00+00:00','ann','desk','AddObjective','added O-1 "Less waiting"','','do',NULL);
INSERT INTO "journal" VALUES(3,'2026-03-02T12:00:00+00:00','ann','desk','AddKeyResult','added K-1 "Crews offline" to O-1','','do',NULL);
INSERT INTO "journal" VALUES(4,'2026-03-02T12:00:00+00:00','ann','desk','AddItem','added F-1 "A"','','do',NULL);
INSERT INTO "journal" VALUES(5,'2026-03-02T12:00:00+00:00','ann','desk','AddItem','added F-2 "B"','','do',NULL);
INSERT INTO "journal" VALUES(6,'2026-03-02T12:00:00+00:00','ann','desk','AddItem','added F-3 "C"','','do',NULL);
INSERT INTO "journal" VALUES(7,'2026-03-02T12:00:00+00:00','ann','desk','AddDependency','F-2 needs F-3','','do',NULL);
INSERT INTO "journal" VALUES(8,'2026-03-02T12:00:00+00:00','ann','desk','SaveView','view "Open" saved','','do',NULL);
INSERT INTO "journal" VALUES(9,'2026-03-02T12:00:00+00:00','ann','desk','PromoteItems','F-1 became C-1 "A"','','do',NULL);
INSERT INTO "journal" VALUES(10,'2026-03-02T12:00:00+00:00','ann','desk','MakePromise','C-1: promised until 2026-04-30, 80% sure, to the board','','do',NULL);
INSERT INTO "journal" VALUES(11,'2026-03-02T12:00:00+00:00','ann','desk','AddProject','added J-1 "Site"','','do',NULL);
INSERT INTO "journal" VALUES(12,'2026-03-02T12:00:00+00:00','ann','desk','AddTask','added T-1 "Whole"','','do',NULL);
INSERT INTO "journal" VALUES(13,'2026-03-02T12:00:00+00:00','ann','desk','AddTask','added T-2 "One"','','do',NULL);
INSERT INTO "journal" VALUES(14,'2026-03-02T12:00:00+00:00','ann','desk','AddTask','added T-3 "Two"','','do',NULL);
INSERT INTO "journal" VALUES(15,'2026-03-02T12:00:00+00:00','ann','desk','AddTask','added T-4 "Done"','','do',NULL);
INSERT INTO "journal" VALUES(16,'2026-03-02T12:00:00+00:00','ann','desk','LinkTasks','T-3 waits for T-2 (SS-4h)','','do',NULL);
INSERT INTO "journal" VALUES(17,'2026-03-02T12:00:00+00:00','ann','desk','LinkTasks','T-4 waits for T-3 (FS)','','do',NULL);
INSERT INTO "journal" VALUES(18,'2026-03-02T12:00:00+00:00','ann','desk','Archive','archived T-4 "Done"','not now','do',NULL);
INSERT INTO "journal" VALUES(19,'2026-03-02T12:00:00+00:00','ann','desk','Archive','undone: archived T-4 "Done"','','undo',18);
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
INSERT INTO "journal_change" VALUES(1,0,'product','product',NULL,'{"id":"product","key":"P-1","name":"Fieldnote","stage":"growth","target_market":"","vision":"A plan é界","target_group":"","needs":"two\nlines; and ''quotes''","features":"","business_goals":"","target_customer":"","customer_need":"","category":"","key_benefit":"","alternative":"","differentiation":"","north_star":"","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(2,0,'objective','objective',NULL,'{"id":"objective","key":"O-1","product_id":"product","title":"Less waiting","ambition":"committed","period":"2026 Q2","owner":"","notes":"","due_on":"2026-06-01","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(3,0,'key_result','result',NULL,'{"id":"result","key":"K-1","objective_id":"objective","title":"Crews offline","unit":"crews","start":0.0,"current":2.5,"target":20.0,"owner":"","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(4,0,'backlog_item','itema',NULL,'{"id":"itema","key":"F-1","product_id":"product","parent_id":null,"objective_id":null,"initiative_id":null,"title":"A","state":"idea","state_reason":"","priority":"","owner":"","notes":"","value":8.0,"effort":2.0,"reach":null,"impact":null,"confidence":null,"person_months":null,"business_value":null,"time_criticality":null,"risk_reduction":null,"job_size":null,"created_on":"2026-03-02","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(4,1,'tag','uitag',NULL,'{"id":"uitag","name":"ui"}');
INSERT INTO "journal_change" VALUES(4,2,'item_tag','itema.uitag',NULL,'{"id":"itema.uitag","item_id":"itema","tag_id":"uitag"}');
INSERT INTO "journal_change" VALUES(5,0,'backlog_item','itemb',NULL,'{"id":"itemb","key":"F-2","product_id":"product","parent_id":"itema","objective_id":"objective","initiative_id":null,"title":"B","state":"idea","state_reason":"","priority":"","owner":"","notes":"","value":null,"effort":null,"reach":null,"impact":null,"confidence":null,"person_months":null,"business_value":null,"time_criticality":null,"risk_reduction":null,"job_size":null,"created_on":"2026-03-02","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(6,0,'backlog_item','itemc',NULL,'{"id":"itemc","key":"F-3","product_id":"product","parent_id":null,"objective_id":null,"initiative_id":null,"title":"C","state":"idea","state_reason":"","priority":"","owner":"","notes":"","value":null,"effort":null,"reach":null,"impact":null,"confidence":null,"person_months":null,"business_value":null,"time_criticality":null,"risk_reduction":null,"job_size":null,"created_on":"2026-03-02","external_id":"jira:PROJ-12","archived":0}');
INSERT INTO "journal_change" VALUES(7,0,'item_dependency','itemb.itemc',NULL,'{"id":"itemb.itemc","item_id":"itemb","needs_id":"itemc"}');
INSERT INTO "journal_change" VALUES(8,0,'view','view',NULL,'{"id":"view","name":"Open","tab":"matrix","filter":"state:idea","sort":""}');
INSERT INTO "journal_change" VALUES(9,0,'initiative','card',NULL,'{"id":"card","key":"C-1","product_id":"product","objective_id":null,"title":"A","lane":"Trust","outcome":"","state":"candidate","state_reason":"","horizon":"now","window_start":null,"window_end":null,"promise_start":null,"promise_end":null,"confidence":null,"promised_on":null,"audience":"","owner":"","notes":"","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(9,1,'backlog_item','itema','{"initiative_id":null,"state":"idea"}','{"initiative_id":"card","state":"candidate"}');
INSERT INTO "journal_change" VALUES(10,0,'initiative','card','{"promise_start":null,"promise_end":null,"confidence":null,"promised_on":null,"audience":""}','{"promise_start":"2026-04-01","promise_end":"2026-04-30","confidence":0.8,"promised_on":"2026-03-02","audience":"the board"}');
INSERT INTO "journal_change" VALUES(11,0,'project','project',NULL,'{"id":"project","key":"J-1","product_id":"product","name":"Site","manager":"","start_on":"2026-03-09","goal":"","scope":"","success_metrics":"","external_id":"msp:1","archived":0}');
INSERT INTO "journal_change" VALUES(12,0,'task','whole',NULL,'{"id":"whole","key":"T-1","project_id":"project","parent_id":null,"position":1.0,"title":"Whole","duration":480,"percent_complete":null,"start_no_earlier":null,"owner":"","item_id":"itema","initiative_id":null,"notes":"","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(13,0,'task','one',NULL,'{"id":"one","key":"T-2","project_id":"project","parent_id":"whole","position":1.0,"title":"One","duration":960,"percent_complete":0.5,"start_no_earlier":null,"owner":"Ann","item_id":null,"initiative_id":null,"notes":"","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(14,0,'task','two',NULL,'{"id":"two","key":"T-3","project_id":"project","parent_id":null,"position":2.0,"title":"Two","duration":480,"percent_complete":null,"start_no_earlier":"2026-03-20","owner":"","item_id":null,"initiative_id":"card","notes":"","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(15,0,'task','done',NULL,'{"id":"done","key":"T-4","project_id":"project","parent_id":null,"position":3.0,"title":"Done","duration":0,"percent_complete":null,"start_no_earlier":null,"owner":"","item_id":null,"initiative_id":null,"notes":"é界","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(16,0,'dependency','one.two',NULL,'{"id":"one.two","predecessor_id":"one","successor_id":"two","type":"SS","lag":-240}');
INSERT INTO "journal_change" VALUES(17,0,'dependency','two.done',NULL,'{"id":"two.done","predecessor_id":"two","successor_id":"done","type":"FS","lag":0}');
INSERT INTO "journal_change" VALUES(18,0,'task','done','{"archived":0}','{"archived":1}');
INSERT INTO "journal_change" VALUES(19,0,'task','done','{"archived":1}','{"archived":0}');
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
INSERT INTO "key_result" VALUES('result','K-1','objective','Crews offline','crews',0.0,2.5,20.0,'',NULL,0);
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
INSERT INTO "objective" VALUES('objective','O-1','product','Less waiting','committed','2026 Q2','','','2026-06-01',NULL,0);
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
INSERT INTO "product" VALUES('product','P-1','Fieldnote','growth','','A plan é界','','two
lines; and ''quotes''','','','','','','','','','',NULL,0);
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
INSERT INTO "project" VALUES('project','J-1','product','Site','','2026-03-09','','','','msp:1',0);
CREATE TABLE tag (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT tag_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT tag_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 60),
    UNIQUE (name)
);
INSERT INTO "tag" VALUES('uitag','ui');
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
INSERT INTO "task" VALUES('whole','T-1','project',NULL,1.0,'Whole',480,NULL,NULL,'','itema',NULL,'',NULL,0);
INSERT INTO "task" VALUES('one','T-2','project','whole',1.0,'One',960,0.5,NULL,'Ann',NULL,NULL,'',NULL,0);
INSERT INTO "task" VALUES('two','T-3','project',NULL,2.0,'Two',480,NULL,'2026-03-20','',NULL,'card','',NULL,0);
INSERT INTO "task" VALUES('done','T-4','project',NULL,3.0,'Done',0,NULL,NULL,'',NULL,NULL,'é界',NULL,0);
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
INSERT INTO "view" VALUES('view','Open','matrix','state:idea','');
CREATE INDEX ix_journal_of_seq ON journal (of_seq);
CREATE INDEX journal_by ON journal (user, machine, seq);
CREATE INDEX ix_journal_change_entity_id ON journal_change (entity_id);
CREATE INDEX ix_item_dependency_needs_id ON item_dependency (needs_id);
CREATE INDEX ix_item_tag_tag_id ON item_tag (tag_id);
CREATE INDEX ix_key_result_objective_id ON key_result (objective_id);
CREATE INDEX ix_initiative_objective_id ON initiative (objective_id);
CREATE INDEX ix_initiative_product_id ON initiative (product_id);
CREATE INDEX ix_project_product_id ON project (product_id);
CREATE INDEX ix_task_initiative_id ON task (initiative_id);
CREATE INDEX ix_task_item_id ON task (item_id);
CREATE INDEX ix_task_parent_id ON task (parent_id);
CREATE INDEX ix_task_project_id ON task (project_id);
CREATE INDEX ix_dependency_successor_id ON dependency (successor_id);
CREATE INDEX ix_objective_product_id ON objective (product_id);
CREATE INDEX backlog_item_counts ON backlog_item (archived, state, objective_id, value, effort, id);
CREATE INDEX ix_backlog_item_initiative_id ON backlog_item (initiative_id);
CREATE INDEX ix_backlog_item_objective_id ON backlog_item (objective_id);
CREATE INDEX ix_backlog_item_parent_id ON backlog_item (parent_id);
CREATE INDEX ix_backlog_item_product_id ON backlog_item (product_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',19);
COMMIT;
