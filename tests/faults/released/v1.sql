PRAGMA application_id=1347245141;
PRAGMA user_version=1;
BEGIN TRANSACTION;
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
INSERT INTO "backlog_item" VALUES('itema','F-1','product',NULL,NULL,'A','idea','','','','two
lines; and ''quotes''',8.0,2.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02',NULL,0);
INSERT INTO "backlog_item" VALUES('itemb','F-2','product','itema','objective','B','idea','','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02',NULL,0);
INSERT INTO "backlog_item" VALUES('itemc','F-3','product',NULL,NULL,'C','idea','','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-03-02','jira:PROJ-12',0);
CREATE TABLE draft (
    user TEXT NOT NULL,
    machine TEXT NOT NULL,
    "key" TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (user, machine, "key")
);
INSERT INTO "draft" VALUES('ann','desk','item.itema.title','typ','2026-03-02T12:00:00+00:00');
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
INSERT INTO "journal" VALUES(3,'2026-03-02T12:00:00+00:00','ann','desk','AddItem','added F-1 "A"','','do',NULL);
INSERT INTO "journal" VALUES(4,'2026-03-02T12:00:00+00:00','ann','desk','AddItem','added F-2 "B"','','do',NULL);
INSERT INTO "journal" VALUES(5,'2026-03-02T12:00:00+00:00','ann','desk','AddItem','added F-3 "C"','','do',NULL);
INSERT INTO "journal" VALUES(6,'2026-03-02T12:00:00+00:00','ann','desk','AddDependency','F-2 needs F-3','','do',NULL);
INSERT INTO "journal" VALUES(7,'2026-03-02T12:00:00+00:00','ann','desk','SaveView','view "Open" saved','','do',NULL);
INSERT INTO "journal" VALUES(8,'2026-03-02T12:00:00+00:00','ann','desk','Archive','archived F-2 "B"','not now','do',NULL);
INSERT INTO "journal" VALUES(9,'2026-03-02T12:00:00+00:00','ann','desk','Archive','undone: archived F-2 "B"','','undo',8);
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
INSERT INTO "journal_change" VALUES(1,0,'product','product',NULL,'{"id":"product","key":"P-1","name":"Fieldnote","vision":"A plan é界","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(2,0,'objective','objective',NULL,'{"id":"objective","key":"O-1","product_id":"product","title":"Less waiting","notes":"","due_on":"2026-06-01","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(3,0,'backlog_item','itema',NULL,'{"id":"itema","key":"F-1","product_id":"product","parent_id":null,"objective_id":null,"title":"A","state":"idea","state_reason":"","priority":"","owner":"","notes":"two\nlines; and ''quotes''","value":8.0,"effort":2.0,"reach":null,"impact":null,"confidence":null,"person_months":null,"business_value":null,"time_criticality":null,"risk_reduction":null,"job_size":null,"created_on":"2026-03-02","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(3,1,'tag','uitag',NULL,'{"id":"uitag","name":"ui"}');
INSERT INTO "journal_change" VALUES(3,2,'item_tag','itema.uitag',NULL,'{"id":"itema.uitag","item_id":"itema","tag_id":"uitag"}');
INSERT INTO "journal_change" VALUES(4,0,'backlog_item','itemb',NULL,'{"id":"itemb","key":"F-2","product_id":"product","parent_id":"itema","objective_id":"objective","title":"B","state":"idea","state_reason":"","priority":"","owner":"","notes":"","value":null,"effort":null,"reach":null,"impact":null,"confidence":null,"person_months":null,"business_value":null,"time_criticality":null,"risk_reduction":null,"job_size":null,"created_on":"2026-03-02","external_id":null,"archived":0}');
INSERT INTO "journal_change" VALUES(5,0,'backlog_item','itemc',NULL,'{"id":"itemc","key":"F-3","product_id":"product","parent_id":null,"objective_id":null,"title":"C","state":"idea","state_reason":"","priority":"","owner":"","notes":"","value":null,"effort":null,"reach":null,"impact":null,"confidence":null,"person_months":null,"business_value":null,"time_criticality":null,"risk_reduction":null,"job_size":null,"created_on":"2026-03-02","external_id":"jira:PROJ-12","archived":0}');
INSERT INTO "journal_change" VALUES(6,0,'item_dependency','itemb.itemc',NULL,'{"id":"itemb.itemc","item_id":"itemb","needs_id":"itemc"}');
INSERT INTO "journal_change" VALUES(7,0,'view','view',NULL,'{"id":"view","name":"Open","tab":"matrix","filter":"state:idea","sort":""}');
INSERT INTO "journal_change" VALUES(8,0,'backlog_item','itemb','{"archived":0}','{"archived":1}');
INSERT INTO "journal_change" VALUES(9,0,'backlog_item','itemb','{"archived":1}','{"archived":0}');
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
INSERT INTO "objective" VALUES('objective','O-1','product','Less waiting','','2026-06-01',NULL,0);
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
INSERT INTO "product" VALUES('product','P-1','Fieldnote','A plan é界',NULL,0);
CREATE TABLE tag (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT tag_id CHECK (typeof("id") = 'text' AND length("id") BETWEEN 1 AND 40),
    CONSTRAINT tag_name CHECK (typeof("name") = 'text' AND length("name") BETWEEN 1 AND 60),
    UNIQUE (name)
);
INSERT INTO "tag" VALUES('uitag','ui');
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
CREATE INDEX ix_objective_product_id ON objective (product_id);
CREATE INDEX backlog_item_counts ON backlog_item (archived, state, objective_id, value, effort, id);
CREATE INDEX ix_backlog_item_objective_id ON backlog_item (objective_id);
CREATE INDEX ix_backlog_item_parent_id ON backlog_item (parent_id);
CREATE INDEX ix_backlog_item_product_id ON backlog_item (product_id);
CREATE INDEX ix_item_dependency_needs_id ON item_dependency (needs_id);
CREATE INDEX ix_item_tag_tag_id ON item_tag (tag_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',9);
COMMIT;
