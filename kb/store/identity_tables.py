"""The tables of what is hidden, and how a guarded reading is written into them."""

import sqlite3

from kb.identity import Guarding
from kb.types import Reading, VersionId


def create_identities(connection: sqlite3.Connection) -> None:
    """Make the tables, for a migration."""
    for statement in (
        # Kept apart from `pages`: only `Identities.words` reads this table's words.
        """CREATE TABLE hidden (
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            page INTEGER NOT NULL,
            heading INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            kind TEXT NOT NULL,
            words TEXT NOT NULL,
            UNIQUE (version_id, page, heading, start)
        )""",
        """CREATE TABLE guarded (
            version_id INTEGER PRIMARY KEY REFERENCES versions (id) ON DELETE CASCADE,
            rules TEXT NOT NULL,
            rulings INTEGER NOT NULL
        )""",
        """CREATE TABLE rulings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document_id INTEGER REFERENCES documents (id) ON DELETE CASCADE,
            action TEXT NOT NULL,
            phrase TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE UNIQUE INDEX rulings_once ON rulings (coalesce(document_id, 0), phrase)",
        "INSERT INTO meta VALUES ('rulings', '0')",
    ):
        connection.execute(statement)


def write_guarding(connection: sqlite3.Connection, version_id: VersionId, reading: Reading, guarding: Guarding) -> None:
    """Put the masked texts of a guarded reading in place of a version's, and what is hidden of them beside."""
    connection.executemany(
        "UPDATE pages SET text = ? WHERE version_id = ? AND number = ? AND text <> ?",
        ((page.text, version_id, page.number, page.text) for page in reading.pages),
    )
    connection.executemany(
        "UPDATE headings SET title = ? WHERE version_id = ? AND ordinal = ? AND title <> ?",
        ((heading.title, version_id, ordinal, heading.title) for ordinal, heading in enumerate(reading.headings)),
    )
    connection.execute("DELETE FROM hidden WHERE version_id = ?", (version_id,))
    connection.executemany(
        "INSERT INTO hidden VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (version_id, one.place.page, one.heading, one.place.start, one.place.end, one.kind, one.words)
            for one in guarding.hidden
        ),
    )
    connection.execute(
        "INSERT OR REPLACE INTO guarded VALUES (?, ?, ?)", (version_id, guarding.rules, guarding.rulings)
    )
