-- The number of the record that answered a question, so that it is open again where that record is
-- undone; null while the question is open. How long it is kept does not change by that.
ALTER TABLE unanswered ADD COLUMN settled_by BIGINT;
DROP INDEX unanswered_topic;
CREATE INDEX unanswered_topic ON unanswered (guild, settled_by, topic, at);
