CREATE INDEX statements_words ON statements USING gin (to_tsvector('simple', words));
