"""The tables of what is hidden, and how a guarded reading is written into them."""

import sqlite3
from collections.abc import Callable

from kb.documents import DocumentId, VersionId
from kb.identity import IN_NAME, Action, Guarding, is_masking, masked
from kb.pages import Reading


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
    connection.executemany(
        "UPDATE pages SET label = ? WHERE version_id = ? AND number = ? AND label <> ?",
        ((page.label, version_id, page.number, page.label) for page in reading.pages),
    )
    connection.executemany(
        "UPDATE tables SET name = ? WHERE version_id = ? AND ordinal = ? AND name <> ?",
        ((table.name, version_id, ordinal, table.name) for ordinal, table in enumerate(reading.tables)),
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


def name_document(connection: sqlite3.Connection, document_id: DocumentId, name: str) -> None:
    """Name a document, masked where any of its versions hides something: an older one may say whose name it is."""
    rows = connection.execute(
        """SELECT h.start, h."end", h.words FROM hidden h JOIN versions v ON v.id = h.version_id
           WHERE v.document_id = ? AND h.page = ?""",
        (document_id, IN_NAME),
    ).fetchall()
    # An older version may have come in under another name, in which other words stand there.
    places = [(row["start"], row["end"]) for row in rows if is_masking(name[row["start"] : row["end"]], row["words"])]
    connection.execute("UPDATE documents SET name = ? WHERE id = ?", (masked(name, places), document_id))


def clean_outline(connection: sqlite3.Connection, version_id: VersionId, clean: Callable[[str], str]) -> None:
    """Mask the outline of a version that is not cut anew, and the names of its sheets."""
    rows = connection.execute(
        "SELECT ordinal, label, heading, address FROM sections WHERE version_id = ?", (version_id,)
    ).fetchall()
    for row in rows:
        label, heading, address = clean(row["label"]), clean(row["heading"]), row["address"]
        plain = " ".join(address.replace("/", " ").replace("-", " ").split())
        if clean(plain) != plain:
            # Made of words; masked it would be no address, and of each there is one.
            address = f"tertutup-{row['ordinal']}"
        if (label, heading, address) != (row["label"], row["heading"], row["address"]):
            connection.execute(
                "UPDATE sections SET label = ?, heading = ?, address = ? WHERE version_id = ? AND ordinal = ?",
                (label, heading, address, version_id, row["ordinal"]),
            )
    names = connection.execute("SELECT ordinal, name FROM tables WHERE version_id = ?", (version_id,)).fetchall()
    connection.executemany(
        "UPDATE tables SET name = ? WHERE version_id = ? AND ordinal = ? AND name <> ?",
        ((name, version_id, row["ordinal"], name) for row in names if (name := clean(row["name"]))),
    )


def hidden_phrases(connection: sqlite3.Connection) -> frozenset[str]:
    """Every phrase that the office ruled to be hidden, in whatever document, as `key` makes them."""
    rows = connection.execute("SELECT phrase FROM rulings WHERE action = ?", (Action.HIDE,))
    return frozenset(row["phrase"] for row in rows)
