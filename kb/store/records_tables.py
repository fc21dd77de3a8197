"""The tables of records, and what is known of passages that are in already: their records come with `kb reindex`."""

import sqlite3

_STATEMENTS = (
    """CREATE TABLE records (
        version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        parent INTEGER,
        spans TEXT NOT NULL,
        fields TEXT NOT NULL,
        PRIMARY KEY (version_id, ordinal),
        UNIQUE (version_id, kind, key)
    )""",
    """CREATE TABLE record_corrections (
        document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        value TEXT NOT NULL,
        was TEXT NOT NULL,
        anchor TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (document_id, kind, key, name)
    )""",
    """CREATE TABLE passage_contents (
        passage_id INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
        content TEXT NOT NULL,
        PRIMARY KEY (passage_id, content)
    ) WITHOUT ROWID""",
    """INSERT INTO passage_contents (passage_id, content)
       SELECT p.id, 'ketentuan' FROM passages p
       JOIN sections s ON s.version_id = p.version_id AND s.ordinal = p.section
       WHERE '/' || s.address LIKE '%/pasal-%'""",
)


def create_records(connection: sqlite3.Connection) -> None:
    """Make the tables, and mark the provisions among the passages that are in."""
    for statement in _STATEMENTS:
        connection.execute(statement)
