"""Documents in the store: put in, replaced, corrected, removed and read, each in one transaction."""

import sqlite3
from collections.abc import Sequence

from kb.access import Viewer, may_see
from kb.documents import Document, DocumentId
from kb.identity import IN_NAME
from kb.intake import Draft, Ingested, Outcome
from kb.store.database import Database, change_of
from kb.store.lookup import no_document, read_document, read_live
from kb.store.rows import DOCUMENT_COLUMNS, load_document
from kb.store.writes import add_version, claim_model, insert_document, replace_sections, update_metadata


class Documents:
    """The documents of a store, as the viewer who asks may see them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cached: tuple[int, dict[DocumentId, Document]] = (-1, {})
        self._of_rows: dict[tuple[object, ...], Document] = {}
        self._seen: tuple[dict[DocumentId, Document], Viewer | None, dict[DocumentId, Document]] = ({}, None, {})

    def put(self, draft: Draft, audience: str | None = None) -> Ingested:
        """Put a document in, or replace the one of the same source; the same bytes change nothing else.

        audience: who may see it from now on, also where it is known; None leaves a known document's as it is. The same
        bytes under another source are a document of their own where they are for another audience.
        `draft.metadata` is stored as it is: fields that were corrected by hand are already in it.
        Raises ModelMismatchError when the store holds vectors of another model.
        """
        with self._database.writing() as connection:
            same = _holding(connection, draft.sha256, draft.source, audience)
            if same is not None:
                _set_audience(connection, same, audience)
                return Ingested(read_document(connection, same), Outcome.UNCHANGED)
            claim_model(connection, draft.stamp, str(self._database.file))
            row = connection.execute(
                "SELECT id, removed_at FROM documents WHERE source = ?", (draft.source,)
            ).fetchone()
            is_new = row is None or row["removed_at"] is not None
            outcome = Outcome.NEW if is_new else Outcome.REPLACED
            document_id = insert_document(connection, draft) if row is None else DocumentId(row["id"])
            if row is not None and row["removed_at"] is not None:
                connection.execute("UPDATE documents SET removed_at = NULL WHERE id = ?", (document_id,))
            if row is not None and read_document(connection, document_id).sha256 == draft.sha256:
                # The same file came back: what was cited of it is current again.
                replace_sections(connection, document_id, draft)
            else:
                add_version(connection, document_id, draft)
            _set_audience(connection, document_id, audience)
            connection.execute("DELETE FROM refusals WHERE source = ?", (draft.source,))
            return Ingested(read_document(connection, document_id), outcome)

    def replace(self, document_id: DocumentId, draft: Draft) -> Ingested:
        """Make `draft` the new version of a document, whatever its source.

        Raises NotFoundError when the document went out meanwhile.
        """
        with self._database.writing() as connection:
            current = read_live(connection, document_id)
            if current.sha256 == draft.sha256:
                return Ingested(current, Outcome.UNCHANGED)
            claim_model(connection, draft.stamp, str(self._database.file))
            add_version(connection, document_id, draft)
            return Ingested(read_document(connection, document_id), Outcome.REPLACED)

    def put_passages(self, drafts: Sequence[tuple[Document, Draft]], stamp: str) -> tuple[DocumentId, ...]:
        """Give documents their metadata, sections, passages and vectors anew, all in one transaction.

        Returns the ids of documents that changed meanwhile and were left alone. Where `drafts` covers every
        document of the store, the store takes `stamp` as its model; otherwise a different model is refused.
        Raises ModelMismatchError.
        """
        left: list[DocumentId] = []
        with self._database.writing() as connection:
            current = {
                row["id"]: load_document(row)
                for row in connection.execute(
                    f"""SELECT {DOCUMENT_COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id
                        WHERE d.removed_at IS NULL"""
                )
            }
            known = [(document, draft) for document, draft in drafts if current.get(document.id) == document]
            left = [document.id for document, _ in drafts if current.get(document.id, document) != document]
            if set(current) == {document.id for document, _ in known}:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (stamp,))
            claim_model(connection, stamp, str(self._database.file))
            for document, draft in known:
                replace_sections(connection, document.id, draft)
        return tuple(left)

    def correct(self, document: Document, draft: Draft, corrected: frozenset[str]) -> Document | None:
        """Set a document's metadata by hand; `draft` carries it and the passages embedded with the new title.

        None, and nothing is set, when the document is no longer as `document` says: someone else corrected it
        meanwhile, or it got a new version. Raises NotFoundError when it went out.
        """
        with self._database.writing() as connection:
            if read_live(connection, document.id) != document:
                return None
            claim_model(connection, draft.stamp, str(self._database.file))
            # First, or the values that they had would be kept as those set by hand.
            update_metadata(connection, document.id, draft.metadata, corrected)
            replace_sections(connection, document.id, draft)
            return read_document(connection, document.id)

    def remove(self, document_id: DocumentId) -> frozenset[str]:
        """Take a document out with all its versions; return the SHA-256 of originals that nothing uses any more.

        Raises NotFoundError.
        """
        with self._database.writing() as connection:
            read_document(connection, document_id)
            rows = connection.execute("SELECT sha256 FROM versions WHERE document_id = ?", (document_id,))
            hashes = {row["sha256"] for row in rows}
            # Passages point at sections by a key of two columns; they go first.
            connection.execute(
                "DELETE FROM passages WHERE version_id IN (SELECT id FROM versions WHERE document_id = ?)",
                (document_id,),
            )
            connection.execute("UPDATE documents SET version_id = NULL WHERE id = ?", (document_id,))
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('scrub', '1')")
            # What was typed from a page of a file that is gone for good would outlive it.
            connection.execute("DELETE FROM page_corrections WHERE sha256 NOT IN (SELECT sha256 FROM versions)")
            kept = {row["sha256"] for row in connection.execute("SELECT sha256 FROM versions")}
            return frozenset(hashes - kept)

    def move(self, document_id: DocumentId, source: str, name: str) -> bool:
        """Give a document another source and name, whose identities are masked; whether that source was free.

        Raises NotFoundError.
        """
        with self._database.writing() as connection:
            read_document(connection, document_id)
            if connection.execute("SELECT 1 FROM documents WHERE source = ?", (source,)).fetchone() is not None:
                return False
            # What was hidden in the old name has no place in the new one.
            connection.execute(
                """DELETE FROM hidden WHERE page = ? AND version_id IN (
                       SELECT v.id FROM versions v JOIN documents d ON d.id = v.document_id
                       WHERE d.id = ? AND d.name <> ?)""",
                (IN_NAME, document_id, name),
            )
            connection.execute("UPDATE documents SET source = ?, name = ? WHERE id = ?", (source, name, document_id))
            return True

    def set_audience(self, document_id: DocumentId, audience: str) -> Document:
        """Say who may see a document from now on. Raises NotFoundError."""
        with self._database.writing() as connection:
            read_live(connection, document_id)
            _set_audience(connection, document_id, audience)
            return read_document(connection, document_id)

    def sources(self) -> frozenset[str]:
        """The sources of all documents, those out of sight too."""
        with self._database.reading() as connection:
            return frozenset(row["source"] for row in connection.execute("SELECT source FROM documents"))

    def visible(self, viewer: Viewer) -> dict[DocumentId, Document]:
        """Every document that `viewer` may see, newest first."""
        every = self._all()
        # Asked for several times a question. Held in a name of its own: another thread may keep another viewer's.
        seen = self._seen
        if seen[0] is not every or seen[1] != viewer:
            found = {key: value for key, value in every.items() if may_see(viewer, value.audience)}
            seen = self._seen = (every, viewer, found)
        return dict(seen[2])

    def all_ids(self) -> frozenset[DocumentId]:
        """The ids of all documents, whoever may see them."""
        return frozenset(self._all())

    def count(self) -> int:
        """How many documents there are, whoever may see them."""
        return len(self._all())

    def read(self, viewer: Viewer, document_id: DocumentId) -> Document:
        """One document. Raises NotFoundError also for one that the viewer may not see."""
        document = self._all().get(document_id)
        if document is None or not may_see(viewer, document.audience):
            raise no_document(document_id)
        return document

    def holding(self, sha256: str, source: str, audience: str | None = None) -> Document | None:
        """The document whose current version has these bytes, the one of the same source first.

        audience: of one with another source; None for any.
        """
        with self._database.snapshot() as connection:
            found = _holding(connection, sha256, source, audience)
            return None if found is None else read_document(connection, found)

    def by_source(self, source: str) -> Document | None:
        """The document of this source, None where there is none yet."""
        with self._database.snapshot() as connection:
            row = connection.execute("SELECT id FROM documents WHERE source = ?", (source,)).fetchone()
            return None if row is None else read_document(connection, DocumentId(row["id"]))

    def below(self, prefix: str) -> tuple[Document, ...]:
        """The documents whose source begins with `prefix`, in order of their sources, whoever may see them."""
        # Never from what is cached: it may be asked in a transaction that is taken back.
        with self._database.snapshot() as connection:
            rows = connection.execute(
                f"""SELECT {DOCUMENT_COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id
                    WHERE substr(d.source, 1, length(:prefix)) = :prefix AND d.removed_at IS NULL ORDER BY d.source""",
                {"prefix": prefix},
            )
            return tuple(map(load_document, rows))

    def hashes(self) -> frozenset[str]:
        """SHA-256 of every original that some version needs."""
        with self._database.reading() as connection:
            return frozenset(row["sha256"] for row in connection.execute("SELECT sha256 FROM versions"))

    def _all(self) -> dict[DocumentId, Document]:
        with self._database.snapshot() as connection:
            change = change_of(connection)
            cached_at, cached = self._cached
            if cached_at == change:
                return cached
            rows = connection.execute(
                f"""SELECT {DOCUMENT_COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id
                    WHERE d.removed_at IS NULL ORDER BY d.id DESC"""
            )
            # After each change all rows are read, and only those that differ become documents anew: the same row is the
            # same document, and 1,500 of them take 10 ms to make.
            before = self._of_rows
            of_rows = {key: before.get(key) or load_document(row) for row in rows if (key := tuple(row))}
        self._of_rows = of_rows
        documents = {document.id: document for document in of_rows.values()}
        self._cached = (change, documents)
        return documents


def _set_audience(connection: sqlite3.Connection, document_id: DocumentId, audience: str | None) -> None:
    if audience is not None:
        connection.execute("UPDATE documents SET audience = ? WHERE id = ?", (audience, document_id))


def _holding(connection: sqlite3.Connection, sha256: str, source: str, audience: str | None) -> DocumentId | None:
    """The document that has these bytes now, unless `source` is another document's that they would replace."""
    row = connection.execute(
        """SELECT d.id FROM documents d JOIN versions v ON v.id = d.version_id
           WHERE v.sha256 = ? AND d.removed_at IS NULL
             AND (d.source = ? OR coalesce(d.audience = ?, TRUE)
                  AND NOT EXISTS (SELECT 1 FROM documents o WHERE o.source = ?))
           ORDER BY d.source = ? DESC, d.id LIMIT 1""",
        (sha256, source, audience, source, source),
    ).fetchone()
    return None if row is None else DocumentId(row["id"])
