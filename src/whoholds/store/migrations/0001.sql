-- One row a value: the schema's version, and the generation, which counts the changes of what states are made of.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value $key NOT NULL
) $options;

CREATE TABLE reports (
    number $key PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    origin_id TEXT,
    publisher TEXT,
    title TEXT,
    text TEXT NOT NULL,
    url TEXT,
    published INTEGER,
    published_at TEXT,
    language TEXT NOT NULL,
    conflict TEXT,
    raw_sha256 TEXT NOT NULL,
    canonicaliser TEXT NOT NULL,
    revises TEXT,
    body INTEGER NOT NULL,
    signature $blob NOT NULL,
    recorded_at $instant NOT NULL
) $options;
CREATE INDEX reports_url ON reports (url);

CREATE TABLE extractions (
    number $key PRIMARY KEY,
    report $key NOT NULL REFERENCES reports (number),
    version TEXT NOT NULL,
    lexicon_hash TEXT NOT NULL,
    model TEXT NOT NULL,
    gazetteer TEXT NOT NULL,
    made_at $instant NOT NULL,
    recorded_at $instant NOT NULL,
    superseded_at $instant
) $options;
CREATE INDEX extractions_report ON extractions (report);
CREATE UNIQUE INDEX extractions_active ON extractions (report) WHERE superseded_at IS NULL;

CREATE TABLE statements (
    number $key PRIMARY KEY,
    extraction $key NOT NULL REFERENCES extractions (number),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    predicate_start INTEGER NOT NULL,
    predicate_end INTEGER NOT NULL,
    cue_start INTEGER,
    cue_end INTEGER,
    kind TEXT NOT NULL,
    stance TEXT NOT NULL,
    certainty TEXT NOT NULL,
    actor TEXT,
    target TEXT,
    source TEXT NOT NULL,
    via TEXT NOT NULL,
    publisher TEXT,
    role TEXT NOT NULL,
    own_voice INTEGER NOT NULL,
    event_first INTEGER,
    event_last INTEGER,
    manner TEXT NOT NULL,
    rule TEXT NOT NULL,
    background INTEGER NOT NULL,
    presupposed INTEGER NOT NULL,
    euphemism INTEGER NOT NULL,
    quote TEXT NOT NULL,
    words TEXT NOT NULL
) $options;
CREATE UNIQUE INDEX statements_extraction ON statements (extraction, position);

CREATE TABLE claims (
    number $key PRIMARY KEY,
    statement $key NOT NULL REFERENCES statements (number),
    extraction $key NOT NULL REFERENCES extractions (number),
    report $key NOT NULL REFERENCES reports (number),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    anchor TEXT NOT NULL,
    toponym TEXT,
    relation TEXT NOT NULL,
    extent TEXT NOT NULL,
    percent INTEGER,
    km_low $real,
    km_high $real,
    reference TEXT,
    distance_as_written TEXT,
    place TEXT,
    geo_precision INTEGER,
    kind TEXT NOT NULL,
    stance TEXT NOT NULL,
    source TEXT NOT NULL,
    actor TEXT,
    event_first INTEGER,
    event_last INTEGER,
    published INTEGER,
    conflict TEXT,
    recorded_at $instant NOT NULL,
    superseded_at $instant
) $options;
CREATE UNIQUE INDEX claims_extraction ON claims (extraction, position);
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_anchor ON claims (anchor);
CREATE INDEX claims_statement ON claims (statement);
CREATE INDEX claims_place ON claims (place, number);
CREATE INDEX claims_kind ON claims (kind, number);
CREATE INDEX claims_source ON claims (source, number);
CREATE INDEX claims_actor ON claims (actor, number);
CREATE INDEX claims_conflict ON claims (conflict, number);
CREATE INDEX claims_published ON claims (published, number);
CREATE INDEX claims_event ON claims (event_last, event_first);

CREATE TABLE resolutions (
    claim $key PRIMARY KEY REFERENCES claims (number),
    mention TEXT NOT NULL,
    place TEXT,
    score $real NOT NULL,
    geo_precision INTEGER,
    radius_km $real,
    method TEXT NOT NULL,
    gazetteer_version TEXT NOT NULL,
    made_at $instant NOT NULL
) $options;

CREATE TABLE runners_up (
    claim $key NOT NULL REFERENCES claims (number),
    position INTEGER NOT NULL,
    place TEXT NOT NULL,
    score $real NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (claim, position)
) $options;

CREATE TABLE checks (
    claim $key PRIMARY KEY REFERENCES claims (number),
    verdict TEXT NOT NULL,
    start TEXT,
    reference TEXT,
    straight_km $real,
    tolerance_km $real NOT NULL
) $options;

CREATE TABLE places (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    lat $real NOT NULL,
    lon $real NOT NULL,
    feature TEXT NOT NULL,
    admin TEXT NOT NULL,
    population $key,
    origin TEXT NOT NULL,
    licence TEXT NOT NULL
) $options;
CREATE INDEX places_position ON places (lat, lon);

CREATE TABLE reviews (
    number $key PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    made_at TEXT NOT NULL,
    claim TEXT,
    value TEXT,
    replaces TEXT,
    recorded_at $instant NOT NULL
) $options;
CREATE INDEX reviews_subject ON reviews (subject, number);

CREATE TABLE failures (
    number $key PRIMARY KEY,
    report TEXT NOT NULL,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    recorded_at $instant NOT NULL
) $options;
CREATE INDEX failures_report ON failures (report, stage);

-- Derived from here on: all of it can be computed again from the tables above.
CREATE TABLE dirty (
    place TEXT PRIMARY KEY,
    generation $key NOT NULL
) $options;

CREATE TABLE states (
    place TEXT NOT NULL,
    view TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    starts_known INTEGER NOT NULL,
    ends_known INTEGER NOT NULL,
    holding TEXT NOT NULL,
    holders TEXT NOT NULL,
    agreement TEXT NOT NULL,
    tier TEXT NOT NULL,
    encircled_by TEXT NOT NULL,
    flags TEXT NOT NULL,
    supporting TEXT NOT NULL,
    opposing TEXT NOT NULL,
    last_said INTEGER,
    generation $key NOT NULL,
    PRIMARY KEY (place, view, first_day)
) $options;
CREATE INDEX states_day ON states (view, last_day, first_day);

CREATE TABLE links (
    place TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    relation TEXT NOT NULL,
    part TEXT NOT NULL,
    scope TEXT NOT NULL,
    generation $key NOT NULL
) $options;
CREATE INDEX links_place ON links (place);
CREATE INDEX links_source ON links (source);
CREATE INDEX links_target ON links (target);
