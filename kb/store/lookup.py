"""One document by its id, for what happens to it in a transaction."""

import sqlite3

from kb.documents import Document, DocumentId
from kb.errors import NotFoundError, Text
from kb.store.rows import DOCUMENT_COLUMNS, load_document


def read_document(connection: sqlite3.Connection, document_id: DocumentId) -> Document:
    """The document, also one that was taken out of sight. Raises NotFoundError."""
    row = connection.execute(
        f"SELECT {DOCUMENT_COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        raise no_document(document_id)
    return load_document(row)


def read_live(connection: sqlite3.Connection, document_id: DocumentId) -> Document:
    """The document, which must not have been taken out of sight meanwhile. Raises NotFoundError."""
    row = connection.execute("SELECT removed_at FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None or row["removed_at"] is not None:
        raise no_document(document_id)
    return read_document(connection, document_id)


def no_document(document_id: DocumentId) -> NotFoundError:
    """The error that there is no document of this id."""
    return NotFoundError(
        f"dokumen {document_id}",
        Text("dokumen itu tidak ada", "there is no such document"),
        Text("lihat daftar dokumen dengan `kb documents`", "list the documents with `kb documents`"),
    )
