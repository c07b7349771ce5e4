"""
Full text over articles: made with the tables, kept by the database itself, so that whoever writes need not know of it.

SQLite keeps an FTS5 index by triggers. It holds words and positions but no second copy of the texts; `search_numbers` gives each
article the number that the index knows it by (an article's own row number may change when the file is packed).
PostgreSQL has an index on the expression that is asked for.
"""

from sqlalchemy import Connection, Row, bindparam, event, text

from counterclaim.store import tables

# "shelled" finds "shelling", "Zurich" finds "Zürich".
_TOKENS = "porter unicode61 remove_diacritics 2"
STATEMENTS = (
    """CREATE TABLE search_numbers (
        number INTEGER PRIMARY KEY,
        article VARCHAR(16) NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE)""",
    f"CREATE VIRTUAL TABLE search_words USING fts5(title, text, content='', tokenize='{_TOKENS}')",
    """CREATE TRIGGER search_added AFTER INSERT ON articles BEGIN
        INSERT INTO search_numbers (article) VALUES (new.id);
        INSERT INTO search_words (rowid, title, text)
            SELECT number, coalesce(new.title, ''), new.text FROM search_numbers WHERE article = new.id;
    END""",
    # An index without texts has to be told what it is to forget.
    """CREATE TRIGGER search_removed BEFORE DELETE ON articles BEGIN
        INSERT INTO search_words (search_words, rowid, title, text)
            SELECT 'delete', number, coalesce(old.title, ''), old.text FROM search_numbers WHERE article = old.id;
    END""",
)
_VECTOR = "to_tsvector('english', coalesce(title, '') || ' ' || text)"
_POSTGRES = f"CREATE INDEX search_words ON articles USING gin (({_VECTOR}))"
# So many of the newest that match are ranked: what is common is everywhere, and the newest of it is wanted.
RANKED = 500

_IN_SQLITE = text(
    """SELECT numbered.article AS article, bm25(search_words, 4.0, 1.0) AS score
    FROM search_words JOIN search_numbers AS numbered ON numbered.number = search_words.rowid
    WHERE search_words MATCH :words ORDER BY search_words.rowid DESC LIMIT :most"""
)
_IN_POSTGRES = text(
    f"""SELECT id AS article, -ts_rank({_VECTOR}, websearch_to_tsquery('english', :words)) AS score
    FROM articles WHERE {_VECTOR} @@ websearch_to_tsquery('english', :words)
    ORDER BY recorded_at DESC LIMIT :most"""  # noqa: S608  our own expression
)


@event.listens_for(tables.articles, "after_create")
def _make_index(_: object, connection: Connection, **__: object) -> None:
    if connection.dialect.name == "sqlite":
        for statement in STATEMENTS:
            connection.exec_driver_sql(statement)
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_POSTGRES)


def find_words(connection: Connection, words: list[str]) -> list[str]:
    """
    The ids of the articles that hold all of these words or phrases, the best first; of those that match the newest five hundred.

    Empty where the database has no full text index.
    """
    if not words:
        return []
    if connection.dialect.name == "sqlite":
        # Between quotation marks nothing is a command.
        match = " ".join('"' + word.replace('"', '""').replace("\0", " ") + '"' for word in words)
        query = _IN_SQLITE
    elif connection.dialect.name == "postgresql":
        match = " ".join('"' + word.replace('"', " ").replace("\0", " ") + '"' for word in words)
        query = _IN_POSTGRES
    else:
        return []
    found: list[Row[tuple[str, float]]] = list(
        connection.execute(query.bindparams(bindparam("most", RANKED)), {"words": match})
    )
    return [row.article for row in sorted(found, key=lambda row: row.score)]
