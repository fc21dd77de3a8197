"""The tables of dossiers, as a migration of the store."""

import sqlite3


def create_dossiers(connection: sqlite3.Connection) -> None:
    """Make the tables. Items point at documents without a key: they stay when those go."""
    for statement in (
        """CREATE TABLE dossiers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            form TEXT NOT NULL,
            words TEXT NOT NULL,
            audience TEXT NOT NULL,
            owner TEXT NOT NULL,
            created_at TEXT NOT NULL,
            changed_at TEXT NOT NULL
        )""",
        """CREATE TABLE dossier_items (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            part TEXT NOT NULL,
            document_id INTEGER NOT NULL,
            version_id INTEGER NOT NULL,
            spans TEXT NOT NULL,
            label TEXT NOT NULL,
            name TEXT NOT NULL,
            audience TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            comment TEXT NOT NULL,
            added_at TEXT NOT NULL
        )""",
        "CREATE INDEX dossier_items_dossier ON dossier_items (dossier_id, position)",
    ):
        connection.execute(statement)
