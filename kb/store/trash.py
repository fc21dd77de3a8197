"""Documents out of sight and search, which can be brought back."""

import datetime
import time

from kb.documents import Document, DocumentId
from kb.intake import Draft
from kb.store.database import Database
from kb.store.legal_rows import drop_legal
from kb.store.lookup import no_document, read_document, read_live
from kb.store.rows import DOCUMENT_COLUMNS, load_document
from kb.store.writes import claim_model, replace_sections


class Trash:
    """The withdrawn documents of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def withdraw(self, document_id: DocumentId) -> None:
        """Take a document out of sight and search, so that it can be brought back. Raises NotFoundError."""
        with self._database.writing() as connection:
            drop_legal(connection, read_live(connection, document_id).version_id)
            connection.execute(
                "DELETE FROM passages WHERE version_id IN (SELECT id FROM versions WHERE document_id = ?)",
                (document_id,),
            )
            connection.execute("UPDATE documents SET removed_at = ? WHERE id = ?", (time.time(), document_id))

    def bring_back(self, document: Document, draft: Draft) -> Document:
        """Put a withdrawn document back in sight; `draft` carries its passages. Raises NotFoundError."""
        with self._database.writing() as connection:
            if read_document(connection, document.id).version_id != document.version_id:
                raise no_document(document.id)
            claim_model(connection, draft.stamp, str(self._database.file))
            connection.execute("UPDATE documents SET removed_at = NULL WHERE id = ?", (document.id,))
            replace_sections(connection, document.id, draft)
            return read_document(connection, document.id)

    def withdrawn(self) -> tuple[tuple[Document, datetime.datetime], ...]:
        """The documents out of sight and since when, the last first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT {DOCUMENT_COLUMNS}, d.removed_at FROM documents d JOIN versions v ON v.id = d.version_id
                    WHERE d.removed_at IS NOT NULL ORDER BY d.removed_at DESC, d.id DESC"""
            )
            return tuple(
                (load_document(row), datetime.datetime.fromtimestamp(row["removed_at"], datetime.UTC)) for row in rows
            )
