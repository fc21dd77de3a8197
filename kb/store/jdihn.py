"""The records that the national network has of documents, in the store as they were imported."""

import datetime
from collections.abc import Sequence

from kb.documents import DocumentId
from kb.store.database import Database


class JdihnRecords:
    """The JSON records of documents; the caller asks who may see what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[DocumentId, str]:
        """The JSON record that the national network has of each document, as it was imported."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT document_id, record FROM jdihn_records")
            return {DocumentId(row["document_id"]): row["record"] for row in rows}

    def put(self, records: Sequence[tuple[DocumentId, str]], at: datetime.datetime) -> None:
        """Keep the records of documents, in place of earlier ones, all in one transaction."""
        with self._database.writing() as connection:
            connection.executemany(
                """INSERT OR REPLACE INTO jdihn_records SELECT ?1, ?2, ?3 WHERE EXISTS
                   (SELECT 1 FROM documents WHERE id = ?1)""",
                ((document_id, record, at.isoformat()) for document_id, record in records),
            )
