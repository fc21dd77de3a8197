"""The store: one SQLite file that is the truth, and the only place with SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.status import Defect, Status
from kb.store.checks import check_store, check_words
from kb.store.copies import Copies
from kb.store.database import Database, change_of
from kb.store.documents import Documents
from kb.store.dossiers import Dossiers
from kb.store.identities import Identities
from kb.store.jdihn import JdihnRecords
from kb.store.jobs import Jobs
from kb.store.leases import Leases
from kb.store.members import Members
from kb.store.passages import Passages, Traits
from kb.store.records import Records, check_records
from kb.store.refusals import Refusals
from kb.store.relations import Relations
from kb.store.rows import PassageIds
from kb.store.scans import Correction, Scans
from kb.store.sources import Sources
from kb.store.trash import Trash
from kb.store.versions import Versions

__all__ = [
    "Correction",
    "Database",
    "Documents",
    "Dossiers",
    "Identities",
    "JdihnRecords",
    "Jobs",
    "Members",
    "PassageIds",
    "Passages",
    "Records",
    "Relations",
    "Scans",
    "Sources",
    "Store",
    "Traits",
]


class Store:
    """Documents, their pages and outlines, passages and vectors, and a change number."""

    def __init__(self, file: Path) -> None:
        """Open the store, making it where absent. Raises StoreError and its kinds."""
        self._database = Database(file)
        self.documents = Documents(self._database)
        self.passages = Passages(self._database)
        self.jobs = Jobs(self._database)
        self.leases = Leases(self._database)
        self.identities = Identities(self._database)
        self.sources = Sources(self._database)
        self.dossiers = Dossiers(self._database)
        self.relations = Relations(self._database)
        self.jdihn = JdihnRecords(self._database)
        self.scans = Scans(self._database)
        self.copies = Copies(self._database)
        self.members = Members(self._database)
        self.versions = Versions(self._database)
        self.trash = Trash(self._database)
        self.refusals = Refusals(self._database)
        self.records = Records(self._database)

    @property
    def database(self) -> Database:
        """The file itself, for what carries the whole of it."""
        return self._database

    def close(self) -> None:
        """Close the file for every thread."""
        self._database.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make everything that this thread writes meanwhile one transaction: all of it is kept, or nothing."""
        with self._database.noting():
            yield

    def change(self) -> int:
        """The change number: it rises by one with every transaction that wrote, from any process."""
        with self._database.reading() as connection:
            return change_of(connection)

    def model(self) -> str:
        """The stamp of the model whose vectors are in; empty before the first."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
        return "" if row is None else str(row["value"])

    def status(self) -> Status:
        """Counts of what is searchable now."""
        with self._database.snapshot() as connection:
            [n_documents] = connection.execute("SELECT count(*) FROM documents WHERE removed_at IS NULL").fetchone()
            n_pages, n_unread = connection.execute(
                """SELECT count(*), coalesce(sum(p.verdict IN ('perlu-ocr', 'gagal')), 0)
                   FROM documents d JOIN pages p ON p.version_id = d.version_id WHERE d.removed_at IS NULL"""
            ).fetchone()
            [n_passages] = connection.execute("SELECT count(*) FROM passages").fetchone()
            change = change_of(connection)
            row = connection.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
        model = row["value"] if row else ""
        return Status(n_documents, n_pages, n_unread, n_passages, change, model, self._database.n_bytes())

    def scrub(self) -> None:
        """Leave nothing of removed documents in the file, where there were any since the last time.

        SQLite overwrites what is deleted (`secure_delete`), but the word index keeps the stems of a deleted passage
        until it is merged, and the log keeps older pages until it is emptied.
        """
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM meta WHERE key = 'scrub'").fetchone() is None:
                return
        with self._database.noting() as connection:
            connection.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
            connection.execute("DELETE FROM meta WHERE key = 'scrub'")
        with self._database.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def check(self) -> tuple[Defect, ...]:
        """Everything that is not as it must be."""
        return (*check_store(self._database), *check_words(self._database), *check_records(self._database))
