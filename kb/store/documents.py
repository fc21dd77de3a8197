"""Documents in the store: put in, replaced, corrected, taken out, and read, each in one transaction."""

import datetime
import sqlite3
import time
from collections.abc import Sequence

from kb.access import may_see
from kb.errors import NotFoundError, Text
from kb.identity import IN_NAME
from kb.store.database import Database
from kb.store.relations import drop_legal
from kb.store.rows import DOCUMENT_COLUMNS, load_document, load_page, load_sections
from kb.store.writes import add_version, claim_model, insert_document, replace_sections, update_metadata
from kb.types import (
    Document,
    DocumentId,
    Draft,
    Heading,
    Ingested,
    Outcome,
    Page,
    Refusal,
    Section,
    Span,
    VersionId,
    Viewer,
)

N_OUTLINES_KEPT = 200


class Documents:
    """The documents of a store, as the viewer who asks may see them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._outlines: dict[int, tuple[Section, ...]] = {}
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
                return Ingested(_read(connection, same), Outcome.UNCHANGED)
            claim_model(connection, draft.stamp, str(self._database.file))
            row = connection.execute(
                "SELECT id, removed_at FROM documents WHERE source = ?", (draft.source,)
            ).fetchone()
            is_new = row is None or row["removed_at"] is not None
            outcome = Outcome.NEW if is_new else Outcome.REPLACED
            document_id = insert_document(connection, draft) if row is None else DocumentId(row["id"])
            if row is not None and row["removed_at"] is not None:
                connection.execute("UPDATE documents SET removed_at = NULL WHERE id = ?", (document_id,))
            if row is not None and _read(connection, document_id).sha256 == draft.sha256:
                # The same file came back: what was cited of it is current again.
                replace_sections(connection, _read(connection, document_id).version_id, draft)
            else:
                add_version(connection, document_id, draft)
            _set_audience(connection, document_id, audience)
            connection.execute("DELETE FROM refusals WHERE source = ?", (draft.source,))
            return Ingested(_read(connection, document_id), outcome)

    def replace(self, document_id: DocumentId, draft: Draft) -> Ingested:
        """Make `draft` the new version of a document, whatever its source.

        Raises NotFoundError when the document went out meanwhile.
        """
        with self._database.writing() as connection:
            current = _read_live(connection, document_id)
            if current.sha256 == draft.sha256:
                return Ingested(current, Outcome.UNCHANGED)
            claim_model(connection, draft.stamp, str(self._database.file))
            add_version(connection, document_id, draft)
            connection.execute("UPDATE documents SET name = ? WHERE id = ?", (draft.name, document_id))
            return Ingested(_read(connection, document_id), Outcome.REPLACED)

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
                replace_sections(connection, document.version_id, draft)
                update_metadata(connection, document.id, draft.metadata, document.corrected)
        return tuple(left)

    def correct(self, document: Document, draft: Draft, corrected: frozenset[str]) -> Document | None:
        """Set a document's metadata by hand; `draft` carries it and the passages embedded with the new title.

        None, and nothing is set, when the document is no longer as `document` says: someone else corrected it
        meanwhile, or it got a new version. Raises NotFoundError when it went out.
        """
        with self._database.writing() as connection:
            if _read_live(connection, document.id) != document:
                return None
            claim_model(connection, draft.stamp, str(self._database.file))
            replace_sections(connection, document.version_id, draft)
            update_metadata(connection, document.id, draft.metadata, corrected)
            return _read(connection, document.id)

    def remove(self, document_id: DocumentId) -> frozenset[str]:
        """Take a document out with all its versions; return the SHA-256 of originals that nothing uses any more.

        Raises NotFoundError.
        """
        with self._database.writing() as connection:
            _read(connection, document_id)
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

    def withdraw(self, document_id: DocumentId) -> None:
        """Take a document out of sight and search, so that it can be brought back. Raises NotFoundError."""
        with self._database.writing() as connection:
            drop_legal(connection, _read_live(connection, document_id).version_id)
            connection.execute(
                "DELETE FROM passages WHERE version_id IN (SELECT id FROM versions WHERE document_id = ?)",
                (document_id,),
            )
            connection.execute("UPDATE documents SET removed_at = ? WHERE id = ?", (time.time(), document_id))

    def bring_back(self, document: Document, draft: Draft) -> Document:
        """Put a withdrawn document back in sight; `draft` carries its passages. Raises NotFoundError."""
        with self._database.writing() as connection:
            if _read(connection, document.id).version_id != document.version_id:
                raise _no_document(document.id)
            claim_model(connection, draft.stamp, str(self._database.file))
            connection.execute("UPDATE documents SET removed_at = NULL WHERE id = ?", (document.id,))
            replace_sections(connection, document.version_id, draft)
            return _read(connection, document.id)

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

    def move(self, document_id: DocumentId, source: str, name: str) -> bool:
        """Give a document another source and name, whose identities are masked; whether that source was free.

        Raises NotFoundError.
        """
        with self._database.writing() as connection:
            _read(connection, document_id)
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
            _read_live(connection, document_id)
            _set_audience(connection, document_id, audience)
            return _read(connection, document_id)

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
            raise _no_document(document_id)
        return document

    def holding(self, sha256: str, source: str, audience: str | None = None) -> Document | None:
        """The document whose current version has these bytes, the one of the same source first.

        audience: of one with another source; None for any.
        """
        with self._database.snapshot() as connection:
            found = _holding(connection, sha256, source, audience)
            return None if found is None else _read(connection, found)

    def by_source(self, source: str) -> Document | None:
        """The document of this source, None where there is none yet."""
        with self._database.snapshot() as connection:
            row = connection.execute("SELECT id FROM documents WHERE source = ?", (source,)).fetchone()
            return None if row is None else _read(connection, DocumentId(row["id"]))

    def version_file(self, document_id: DocumentId, version_id: VersionId) -> tuple[str, str, bool]:
        """SHA-256, media type, and whether it has pages, of one version of a document. Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT sha256, media_type, has_pages FROM versions WHERE id = ? AND document_id = ?",
                (version_id, document_id),
            ).fetchone()
        if row is None:
            raise _no_version(document_id, version_id)
        return row["sha256"], row["media_type"], bool(row["has_pages"])

    def pages(self, version_id: VersionId) -> tuple[Page, ...]:
        """The pages of a version in order."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM pages WHERE version_id = ? ORDER BY number", (version_id,))
            return tuple(load_page(row) for row in rows)

    def page(self, version_id: VersionId, number: int) -> Page:
        """One page of a version. Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM pages WHERE version_id = ? AND number = ?", (version_id, number)
            ).fetchone()
        if row is None:
            raise NotFoundError(
                f"halaman {number}",
                Text("halaman itu tidak ada dalam dokumen ini", "this document has no such page"),
                Text("periksa nomor halaman", "check the page number"),
            )
        return load_page(row)

    def headings(self, version_id: VersionId) -> tuple[Heading, ...]:
        """The headings that the file of a version declared, in their order."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM headings WHERE version_id = ? ORDER BY ordinal", (version_id,))
            return tuple(
                Heading(row["level"], row["title"], Span(row["page"], row["start"], row["end"])) for row in rows
            )

    def sections(self, version_id: VersionId) -> tuple[Section, ...]:
        """The outline of a version, parents before children."""
        with self._database.snapshot() as connection:
            row = connection.execute(
                "SELECT id FROM sections WHERE version_id = ? AND ordinal = 0", (version_id,)
            ).fetchone()
            if row is None:
                return ()
            kept = self._outlines.get(row["id"])
            if kept is not None:
                return kept
            rows = connection.execute(
                """SELECT kind, label, heading, address, parent, spans FROM sections
                   WHERE version_id = ? ORDER BY ordinal""",
                (version_id,),
            ).fetchall()
        sections = load_sections(rows)
        # A question looks into some ten outlines of a thousand sections each, 7 ms apiece to read.
        if len(self._outlines) >= N_OUTLINES_KEPT:
            self._outlines.clear()
        self._outlines[row["id"]] = sections
        return sections

    def refuse(self, refusal: Refusal) -> None:
        """Remember that a file was not taken in, and why."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?, ?)",
                (refusal.source, refusal.code, refusal.message, refusal.message_en, refusal.at.isoformat()),
            )

    def forgive(self, source: str) -> None:
        """Forget that the file of this source was not taken in."""
        with self._database.noting() as connection:
            connection.execute("DELETE FROM refusals WHERE source = ?", (source,))

    def refusals(self) -> tuple[Refusal, ...]:
        """Files that were not taken in, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM refusals ORDER BY at DESC, source")
            return tuple(
                Refusal(
                    row["source"],
                    row["code"],
                    row["message"],
                    row["message_en"],
                    datetime.datetime.fromisoformat(row["at"]),
                )
                for row in rows
            )

    def hashes(self) -> frozenset[str]:
        """SHA-256 of every original that some version needs."""
        with self._database.reading() as connection:
            return frozenset(row["sha256"] for row in connection.execute("SELECT sha256 FROM versions"))

    def _all(self) -> dict[DocumentId, Document]:
        with self._database.snapshot() as connection:
            [change] = connection.execute("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change'").fetchone()
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


def _read(connection: sqlite3.Connection, document_id: DocumentId) -> Document:
    row = connection.execute(
        f"SELECT {DOCUMENT_COLUMNS} FROM documents d JOIN versions v ON v.id = d.version_id WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        raise _no_document(document_id)
    return load_document(row)


def _read_live(connection: sqlite3.Connection, document_id: DocumentId) -> Document:
    """One that was not taken out of sight meanwhile."""
    row = connection.execute("SELECT removed_at FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None or row["removed_at"] is not None:
        raise _no_document(document_id)
    return _read(connection, document_id)


def _no_document(document_id: DocumentId) -> NotFoundError:
    return NotFoundError(
        f"dokumen {document_id}",
        Text("dokumen itu tidak ada", "there is no such document"),
        Text("lihat daftar dokumen dengan `kb documents`", "list the documents with `kb documents`"),
    )


def _no_version(document_id: DocumentId, version_id: VersionId) -> NotFoundError:
    return NotFoundError(
        f"dokumen {document_id} versi {version_id}",
        Text("versi itu tidak ada", "there is no such version"),
        Text("buka dokumen dari daftar dokumen", "open the document from the list of documents"),
    )
