-- Who voted what, so that nobody votes twice. The voter is a keyed hash, another for each passage,
-- and forgotten after a while.
CREATE TABLE ballot (
    guild   BIGINT NOT NULL,
    passage TEXT NOT NULL,
    voter   TEXT NOT NULL,
    vote    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (guild, passage, voter),
    FOREIGN KEY (guild, passage) REFERENCES passage (guild, key) ON DELETE CASCADE
);
CREATE INDEX ballot_at ON ballot (at);

-- How many voted what on a day; days are counted since 1970 (UTC). Tied to nobody.
CREATE TABLE tally (
    guild       BIGINT NOT NULL,
    passage     TEXT NOT NULL,
    day         BIGINT NOT NULL,
    up          BIGINT NOT NULL DEFAULT 0,
    wrong_voice BIGINT NOT NULL DEFAULT 0,
    no_answer   BIGINT NOT NULL DEFAULT 0,
    too_short   BIGINT NOT NULL DEFAULT 0,
    other       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (guild, passage, day),
    FOREIGN KEY (guild, passage) REFERENCES passage (guild, key) ON DELETE CASCADE
);

-- Questions without an answer, without a name.
CREATE TABLE unanswered (
    guild    BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- Counted within the server.
    number   BIGINT NOT NULL,
    topic    TEXT NOT NULL,
    question TEXT NOT NULL,
    at       BIGINT NOT NULL,
    -- When it is deleted.
    until    BIGINT NOT NULL,
    PRIMARY KEY (guild, number)
);
CREATE INDEX unanswered_topic ON unanswered (guild, topic, at);
CREATE INDEX unanswered_until ON unanswered (until);
