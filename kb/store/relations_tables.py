"""The tables of the legal life, as the migration that made them wrote them; never edited once released."""

import sqlite3

_STATEMENTS = (
    """CREATE TABLE relations (
        id INTEGER PRIMARY KEY,
        version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        actor TEXT,
        target TEXT NOT NULL,
        target_key TEXT NOT NULL,
        provision TEXT NOT NULL,
        change TEXT NOT NULL,
        source_address TEXT NOT NULL,
        spans TEXT NOT NULL
    )""",
    "CREATE INDEX relations_version ON relations (version_id)",
    "CREATE INDEX relations_target ON relations (target_key, kind)",
    """CREATE TABLE refs (
        id INTEGER PRIMARY KEY,
        version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        source_address TEXT NOT NULL,
        work TEXT,
        work_key TEXT NOT NULL,
        provision TEXT NOT NULL
    )""",
    "CREATE INDEX refs_page ON refs (version_id, page)",
    "CREATE INDEX refs_target ON refs (work_key, provision)",
    """CREATE TABLE legal_readings (
        version_id INTEGER PRIMARY KEY REFERENCES versions (id) ON DELETE CASCADE,
        start_rule TEXT,
        start_day TEXT,
        start_spans TEXT NOT NULL,
        promulgated TEXT
    )""",
    """CREATE TABLE relation_edits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        relation TEXT NOT NULL,
        target_key TEXT NOT NULL,
        verdict TEXT NOT NULL,
        by_whom TEXT NOT NULL,
        at TEXT NOT NULL,
        note TEXT NOT NULL
    )""",
    "CREATE INDEX relation_edits_document ON relation_edits (document_id)",
    "CREATE INDEX relation_edits_target ON relation_edits (target_key)",
    """CREATE TABLE jdihn_records (
        document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        record TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
)


def create_relations(connection: sqlite3.Connection) -> None:
    """Make the tables of this module; a migration calls it."""
    for statement in _STATEMENTS:
        connection.execute(statement)
