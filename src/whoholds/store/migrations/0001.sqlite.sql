CREATE VIRTUAL TABLE statement_words USING fts5 (words, content = 'statements', content_rowid = 'number');
