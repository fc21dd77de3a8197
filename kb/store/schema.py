"""The tables of the store, as an append-only list of migrations.

A store's `PRAGMA user_version` is the number of migrations it has had. Never edit a migration that was released.
"""

import sqlite3
from collections.abc import Callable

from kb.store.dossier_tables import create_dossiers
from kb.store.identity_tables import create_identities
from kb.store.records_tables import create_records
from kb.store.relations_tables import create_relations
from kb.store.schema_scans import scans_and_tables

APPLICATION_ID = 0x4143554E
"""Spells "ACUN" in the file's header, so that another program's SQLite file is not taken for a store."""


def _m001_documents_to_vectors(connection: sqlite3.Connection) -> None:
    for statement in (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "INSERT INTO meta VALUES ('change', '0')",
        """CREATE TABLE documents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            audience TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            number TEXT NOT NULL,
            year INTEGER,
            region TEXT NOT NULL,
            issuer TEXT NOT NULL,
            date TEXT,
            corrected TEXT NOT NULL DEFAULT '',
            version_id INTEGER REFERENCES versions (id) DEFERRABLE INITIALLY DEFERRED
        )""",
        """CREATE TABLE versions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            sha256 TEXT NOT NULL,
            media_type TEXT NOT NULL,
            n_bytes INTEGER NOT NULL,
            has_pages INTEGER NOT NULL,
            ingested_at TEXT NOT NULL
        )""",
        "CREATE INDEX versions_document ON versions (document_id)",
        "CREATE INDEX versions_sha256 ON versions (sha256)",
        """CREATE TABLE pages (
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            label TEXT NOT NULL,
            text TEXT NOT NULL,
            verdict TEXT NOT NULL,
            width REAL NOT NULL,
            height REAL NOT NULL,
            UNIQUE (version_id, number)
        )""",
        """CREATE TABLE headings (
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            level INTEGER NOT NULL,
            title TEXT NOT NULL,
            page INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            UNIQUE (version_id, ordinal)
        )""",
        # AUTOINCREMENT here too: the id of a version's root tells one making of its outline from the next.
        """CREATE TABLE sections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            parent INTEGER,
            kind TEXT NOT NULL,
            label TEXT NOT NULL,
            heading TEXT NOT NULL,
            address TEXT NOT NULL,
            spans TEXT NOT NULL,
            UNIQUE (version_id, ordinal),
            UNIQUE (version_id, address)
        )""",
        # AUTOINCREMENT, because a running index knows passages by their id: an id is never given twice.
        """CREATE TABLE passages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            section INTEGER NOT NULL,
            text TEXT NOT NULL,
            heading_path TEXT NOT NULL,
            spans TEXT NOT NULL,
            words TEXT NOT NULL,
            heading_words TEXT NOT NULL,
            FOREIGN KEY (version_id, section) REFERENCES sections (version_id, ordinal)
        )""",
        "CREATE INDEX passages_version ON passages (version_id, section)",
        """CREATE TABLE vectors (
            passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
            vector BLOB NOT NULL
        )""",
        """CREATE VIRTUAL TABLE passage_words USING fts5 (
            words, heading_words, content = 'passages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
        )""",
        "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (passage_words, 'row')",
        """CREATE TRIGGER passages_inserted AFTER INSERT ON passages BEGIN
            INSERT INTO passage_words (rowid, words, heading_words) VALUES (new.id, new.words, new.heading_words);
        END""",
        """CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
            INSERT INTO passage_words (passage_words, rowid, words, heading_words)
            VALUES ('delete', old.id, old.words, old.heading_words);
        END""",
        """CREATE TABLE refusals (
            source TEXT PRIMARY KEY,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            message_en TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
    ):
        connection.execute(statement)


def _m002_jobs(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            is_upload INTEGER NOT NULL,
            audience TEXT,
            replaces INTEGER,
            priority INTEGER NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before REAL NOT NULL DEFAULT 0,
            worker TEXT NOT NULL DEFAULT '',
            leased_until REAL NOT NULL DEFAULT 0,
            is_cancelled INTEGER NOT NULL DEFAULT 0,
            page INTEGER NOT NULL DEFAULT 0,
            n_pages INTEGER NOT NULL DEFAULT 0,
            document_id INTEGER,
            outcome TEXT,
            code TEXT NOT NULL DEFAULT '',
            message TEXT NOT NULL DEFAULT '',
            message_en TEXT NOT NULL DEFAULT '',
            added_at REAL NOT NULL,
            changed_at REAL NOT NULL
        )"""
    )
    connection.execute("CREATE INDEX jobs_state ON jobs (state, priority DESC, id)")
    connection.execute("CREATE INDEX jobs_source ON jobs (source)")


def _m004_sources_and_removal(connection: sqlite3.Connection) -> None:
    for statement in (
        "ALTER TABLE documents ADD COLUMN removed_at REAL",
        """CREATE TABLE sources (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folder TEXT NOT NULL UNIQUE,
            audience TEXT NOT NULL,
            added_at REAL NOT NULL,
            looked_at REAL NOT NULL DEFAULT 0,
            done_at REAL NOT NULL DEFAULT 0,
            code TEXT NOT NULL DEFAULT '',
            message TEXT NOT NULL DEFAULT '',
            message_en TEXT NOT NULL DEFAULT ''
        )""",
        """CREATE TABLE source_files (
            source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            n_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (source_id, path)
        ) WITHOUT ROWID""",
    ):
        connection.execute(statement)


def _m008_likenesses(connection: sqlite3.Connection) -> None:
    for statement in (
        """CREATE TABLE sketches (
            document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
            sketch BLOB NOT NULL
        )""",
        """CREATE TABLE likenesses (
            first INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            second INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            resemblance REAL NOT NULL,
            ruling TEXT,
            PRIMARY KEY (first, second)
        ) WITHOUT ROWID""",
        "CREATE INDEX likenesses_second ON likenesses (second)",
    ):
        connection.execute(statement)


def _m010_indexes_of_lists(connection: sqlite3.Connection) -> None:
    for statement in (
        "CREATE INDEX likenesses_close ON likenesses (resemblance)",
        "CREATE INDEX likenesses_ruled ON likenesses (ruling) WHERE ruling IS NOT NULL",
        "CREATE INDEX documents_identity ON documents (number, year, kind)",
        # The verdict stands behind the text in its row: without this the list of documents reads every text.
        "CREATE INDEX pages_verdict ON pages (version_id, verdict)",
    ):
        connection.execute(statement)


def _m011_token_vectors(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE token_vectors (
            passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
            tokens BLOB NOT NULL
        )"""
    )


def _m012_members(connection: sqlite3.Connection) -> None:
    for statement in (
        """CREATE TABLE members (
            container_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            member TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (container_id, member)
        ) WITHOUT ROWID""",
        "CREATE INDEX members_sha256 ON members (sha256)",
    ):
        connection.execute(statement)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _m001_documents_to_vectors,
    _m002_jobs,
    create_identities,
    _m004_sources_and_removal,
    create_dossiers,
    create_relations,
    scans_and_tables,
    _m008_likenesses,
    create_records,
    _m010_indexes_of_lists,
    _m011_token_vectors,
    _m012_members,
)
