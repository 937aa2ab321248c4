"""Finding an answer by its words, with each database's own full-text search: FTS5 in SQLite, ``tsvector`` elsewhere."""
