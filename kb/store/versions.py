"""The versions of documents in the store."""

import datetime
from dataclasses import dataclass

from kb.documents import DocumentId, VersionId
from kb.store.database import Database


@dataclass(frozen=True, slots=True)
class Version:
    """One file's bytes as a document on a day. is_current: whether search finds it."""

    id: VersionId
    sha256: str
    media_type: str
    n_bytes: int
    n_pages: int
    has_pages: bool
    ingested_at: datetime.datetime
    is_current: bool


class Versions:
    """The versions of a store's documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, document_id: DocumentId) -> tuple[Version, ...]:
        """The versions of a document, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT v.id, v.sha256, v.media_type, v.n_bytes, v.has_pages, v.ingested_at, d.version_id IS v.id,
                   (SELECT count(*) FROM pages p WHERE p.version_id = v.id)
                   FROM versions v JOIN documents d ON d.id = v.document_id WHERE d.id = ? ORDER BY v.id DESC""",
                (document_id,),
            )
            return tuple(
                Version(
                    VersionId(row[0]),
                    row[1],
                    row[2],
                    row[3],
                    row[7],
                    bool(row[4]),
                    datetime.datetime.fromisoformat(row[5]),
                    bool(row[6]),
                )
                for row in rows
            )
