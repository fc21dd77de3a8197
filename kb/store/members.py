"""Which files the containers of a store hold, by their bytes: several may hold the same one."""

from collections.abc import Iterable

from kb.documents import Document, DocumentId
from kb.store.database import Database
from kb.store.rows import DOCUMENT_COLUMNS, load_document


class Members:
    """What is inside the archives, mailboxes and mails of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, container: DocumentId, held: Iterable[tuple[str, str]]) -> None:
        """Keep what the current version of a container holds: the name inside and the SHA-256 of each file."""
        with self._database.noting() as connection:
            connection.execute("DELETE FROM members WHERE container_id = ?", (container,))
            connection.executemany(
                "INSERT INTO members VALUES (?, ?, ?)", [(container, member, sha256) for member, sha256 in held]
            )

    def of(self, container: DocumentId) -> frozenset[str]:
        """SHA-256 of each file that a container holds."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT sha256 FROM members WHERE container_id = ?", (container,))
            return frozenset(row["sha256"] for row in rows)

    def holders(self, sha256: str) -> tuple[tuple[Document, str], ...]:
        """The containers in sight that hold a file of these bytes, each with its name there; the oldest first."""
        with self._database.snapshot() as connection:
            rows = connection.execute(
                f"""SELECT {DOCUMENT_COLUMNS}, m.member FROM members m JOIN documents d ON d.id = m.container_id
                    JOIN versions v ON v.id = d.version_id
                    WHERE m.sha256 = ? AND d.removed_at IS NULL ORDER BY d.id, m.member""",
                (sha256,),
            )
            return tuple((load_document(row), row["member"]) for row in rows)
