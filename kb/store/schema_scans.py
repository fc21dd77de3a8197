"""The tables of scans and of tables inside pages: the seventh migration of a store."""

import sqlite3


def scans_and_tables(connection: sqlite3.Connection) -> None:
    """Add confidence and reason to pages, boxes of words, rows of tables, and corrections by hand."""
    for statement in (
        "ALTER TABLE pages ADD COLUMN confidence REAL",
        "ALTER TABLE pages ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
        # Nobody had measured these layers: until they are read again they count as doubtful.
        "UPDATE pages SET verdict = 'ocr-meragukan' WHERE verdict = 'ocr'",
        """CREATE TABLE page_words (
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            page INTEGER NOT NULL,
            words TEXT NOT NULL,
            PRIMARY KEY (version_id, page)
        ) WITHOUT ROWID""",
        """CREATE TABLE tables (
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            name TEXT NOT NULL,
            header TEXT,
            is_sheet INTEGER NOT NULL,
            PRIMARY KEY (version_id, ordinal)
        ) WITHOUT ROWID""",
        """CREATE TABLE table_rows (
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            page INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            number INTEGER NOT NULL,
            cells TEXT NOT NULL,
            PRIMARY KEY (version_id, page, start, ordinal)
        ) WITHOUT ROWID""",
        # Of the file, not of a version: it outlives the document's next versions and its coming back.
        """CREATE TABLE page_corrections (
            sha256 TEXT NOT NULL,
            page INTEGER NOT NULL,
            text TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (sha256, page)
        ) WITHOUT ROWID""",
    ):
        connection.execute(statement)
