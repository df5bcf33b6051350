-- Ids of Discord stand as they are. Times are seconds since 1970 (UTC).

-- What the store is, by name.
CREATE TABLE about (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The servers that the bot is or was in; 0 stands for all direct messages.
CREATE TABLE guild (
    id         BIGINT NOT NULL PRIMARY KEY,
    -- The number of the last record of a change; changes are decided on it.
    revision   BIGINT NOT NULL DEFAULT 0,
    -- When the bot was removed from the server; null while it is there.
    removed_at BIGINT
);

-- What differs from the defaults. Values are JSON.
CREATE TABLE setting (
    guild BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (guild, name)
);

-- Channels in which mentions are switched on (1) or off (0).
CREATE TABLE channel (
    guild    BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    channel  BIGINT NOT NULL,
    mentions BIGINT NOT NULL CHECK (mentions IN (0, 1)),
    PRIMARY KEY (guild, channel)
);

-- Passages that something is said of, by their words. The key is a hash of them.
CREATE TABLE passage (
    guild    BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    key      TEXT NOT NULL,
    document TEXT NOT NULL,
    exact    TEXT NOT NULL,
    prefix   TEXT NOT NULL,
    suffix   TEXT NOT NULL,
    PRIMARY KEY (guild, key)
);

-- Passages that answer a question.
CREATE TABLE pin (
    guild    BIGINT NOT NULL,
    question TEXT NOT NULL,
    passage  TEXT NOT NULL,
    PRIMARY KEY (guild, question),
    FOREIGN KEY (guild, passage) REFERENCES passage (guild, key) ON DELETE CASCADE
);
CREATE INDEX pin_passage ON pin (guild, passage);

-- Passages that are never quoted.
CREATE TABLE hidden (
    guild   BIGINT NOT NULL,
    passage TEXT NOT NULL,
    reason  TEXT NOT NULL,
    PRIMARY KEY (guild, passage),
    FOREIGN KEY (guild, passage) REFERENCES passage (guild, key) ON DELETE CASCADE
);

-- What was changed. Edits are JSON.
CREATE TABLE history (
    guild     BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    number    BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    -- Who changed it; null for a former moderator.
    moderator BIGINT,
    edits     TEXT NOT NULL,
    inverse   TEXT NOT NULL,
    -- The record that this one undid.
    undoes    BIGINT,
    -- 1 once another record undid it.
    is_undone BIGINT NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),
    PRIMARY KEY (guild, number)
);
CREATE INDEX history_at ON history (at);
CREATE INDEX history_moderator ON history (moderator);
