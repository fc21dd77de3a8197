"""The pages of documents as a viewer may see them: their text, their pictures, and what is marked on them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from api.covers import Covers, Veil
from api.identities import Identities
from api.scanned import Scanned
from ingest.boxes import Box
from ingest.sandbox import Sandbox
from kb.access import Viewer
from kb.documents import Document, DocumentId, VersionId
from kb.errors import NotFoundError, Text
from kb.media import ending_as
from kb.originals import Originals
from kb.pages import Page, Span, Verdict
from kb.store import Store


class DocumentPages:
    """The pages and originals of a library's documents.

    Where no version is named the current one is meant.
    """

    def __init__(
        self,
        store: Store,
        originals: Originals,
        drawer: Sandbox,
        scanned: Scanned,
        covers: Covers,
        identities: Identities,
    ) -> None:
        self._store, self._originals, self._drawer = store, originals, drawer
        self._scanned, self._covers, self._identities = scanned, covers, identities

    def of_version(self, viewer: Viewer, document_id: DocumentId, version_id: VersionId | None) -> Document:
        """A document with the file, the format and the pages of one of its versions. Raises NotFoundError.

        Its facts, and its counts of passages and of unread pages, stay those of the current version.
        """
        document = self._store.documents.read(viewer, document_id)
        if version_id is None or version_id == document.version_id:
            return document
        # Raises for a version of another document
        self._store.versions.file(document_id, version_id)
        [version] = (one for one in self._store.versions.of(document_id) if one.id == version_id)
        return replace(
            document,
            version_id=version.id,
            sha256=version.sha256,
            media_type=version.media_type,
            n_bytes=version.n_bytes,
            n_pages=version.n_pages,
            has_pages=version.has_pages,
            ingested_at=version.ingested_at,
        )

    def read(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId | None = None) -> Page:
        """One page. Raises NotFoundError."""
        return self._store.versions.page(self.of_version(viewer, document_id, version_id).version_id, number)

    def draw(
        self,
        viewer: Viewer,
        document_id: DocumentId,
        number: int,
        dpi: int = 110,
        version_id: VersionId | None = None,
    ) -> bytes:
        """A page drawn as PNG, what identifies people covered.

        Raises NotFoundError also for a format without pages; FileRefusedError; IdentityHiddenError where it cannot
        be covered.
        """
        document = self.of_version(viewer, document_id, version_id)
        file = self._paged_file(document, number)
        return self._covers.covered(document.version_id, number, file, lambda: self._drawer.render(file, number, dpi))

    def veil(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId) -> Veil:
        """What is hidden on a page, and whether its picture can be shown. Raises NotFoundError."""
        document = self.of_version(viewer, document_id, version_id)
        file = self._paged_file(document, number) if document.is_drawn else None
        return self._covers.veil(document.version_id, number, file)

    def highlight(
        self, viewer: Viewer, document_id: DocumentId, spans: Sequence[Span], version_id: VersionId | None = None
    ) -> tuple[Box, ...]:
        """Where spans stand on their page images, in percent; nowhere in a format whose pages have no images.

        Raises NotFoundError, FileRefusedError.
        """
        document = self.of_version(viewer, document_id, version_id)
        file = self._paged_file(document, spans[0].page) if spans and document.is_drawn else None
        found: list[Box] = []
        for span in spans:
            page = self._store.versions.page(document.version_id, span.page)
            if not 0 <= span.start <= span.end <= len(page.text):
                raise NotFoundError(
                    f"halaman {span.page}",
                    Text(
                        f"tidak ada huruf {span.start} sampai {span.end} di halaman itu",
                        f"the page has no characters {span.start} to {span.end}",
                    ),
                    Text("buka kutipan dari hasil pencarian", "open the quote from the search results"),
                )
            known = self._scanned.boxes(document.version_id, page, span)
            if known is not None:
                found += known
            elif file is not None and page.verdict is not Verdict.CORRECTED:
                found += (box for boxes in self._drawer.rectangles(file, [span]) for box in boxes)
        return tuple(found)

    def original(
        self, viewer: Viewer, document_id: DocumentId, version_id: VersionId | None = None
    ) -> tuple[Path, Document]:
        """The original file on disk, and its document as `of_version` has it.

        The name of the file is kept of the current version only; that of another ends as its own format does.
        Raises NotFoundError, and IdentityHiddenError where it identifies people and the viewer may not see that.
        """
        document = self.of_version(viewer, document_id, version_id)
        self._identities.check_original(viewer, document_id, document.version_id)
        current = self._store.documents.read(viewer, document_id)
        if document.media_type != current.media_type:
            document = replace(document, name=ending_as(document.name, document.media_type))
        return self._originals.open_path(document.sha256), document

    def _paged_file(self, document: Document, number: int) -> Path:
        if not document.is_drawn:
            raise NotFoundError(
                f"dokumen {document.id}",
                Text("format ini tidak punya halaman bergambar", "this format has no page images"),
                Text("buka teksnya", "open its text"),
            )
        self._store.versions.page(document.version_id, number)
        return self._originals.open_path(document.sha256)
