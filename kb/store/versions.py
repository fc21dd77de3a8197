"""The versions of documents in the store, and what was read of each: pages, headings and outline."""

import datetime
from dataclasses import dataclass

from kb.documents import DocumentId, VersionId
from kb.errors import NotFoundError, Text
from kb.pages import Heading, Page, Span
from kb.sections import Outline
from kb.store.database import Database
from kb.store.rows import load_page, load_sections

N_OUTLINES_KEPT = 200


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
        self._outlines: dict[VersionId, tuple[tuple[int, str | None, int | None], Outline]] = {}

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

    def file(self, document_id: DocumentId, version_id: VersionId) -> tuple[str, str, bool]:
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

    def sections(self, version_id: VersionId) -> Outline:
        """The outline of a version, parents before children."""
        with self._database.snapshot() as connection:
            # The root's id tells one making of the outline from the next; the guard's stamp, if it was masked since.
            row = connection.execute(
                """SELECT s.id, g.rules, g.rulings FROM sections s LEFT JOIN guarded g ON g.version_id = s.version_id
                   WHERE s.version_id = ? AND s.ordinal = 0""",
                (version_id,),
            ).fetchone()
            if row is None:
                return Outline()
            made = (row["id"], row["rules"], row["rulings"])
            kept = self._outlines.get(version_id)
            if kept is not None and kept[0] == made:
                return kept[1]
            rows = connection.execute(
                """SELECT kind, label, heading, address, parent, spans FROM sections
                   WHERE version_id = ? ORDER BY ordinal""",
                (version_id,),
            ).fetchall()
        sections = load_sections(rows)
        # A question looks into some ten outlines of a thousand sections each, 7 ms apiece to read.
        if len(self._outlines) >= N_OUTLINES_KEPT:
            self._outlines.clear()
        self._outlines[version_id] = made, sections
        return sections


def _no_version(document_id: DocumentId, version_id: VersionId) -> NotFoundError:
    return NotFoundError(
        f"dokumen {document_id} versi {version_id}",
        Text("versi itu tidak ada", "there is no such version"),
        Text("buka dokumen dari daftar dokumen", "open the document from the list of documents"),
    )
