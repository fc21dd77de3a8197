"""The pages of documents as a viewer may see them: their text, their pictures, and what is marked on them."""

from collections.abc import Sequence
from pathlib import Path

from api.covers import Covers, Veil
from api.identities import Identities
from api.scanned import Scanned
from ingest.boxes import Box
from ingest.sandbox import Sandbox
from kb.access import Viewer
from kb.documents import Document, DocumentId, VersionId
from kb.errors import NotFoundError, Text
from kb.media import is_drawn
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

    def read(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId | None = None) -> Page:
        """One page. Raises NotFoundError."""
        version_id, _, _, _ = self._version(viewer, document_id, version_id)
        return self._store.versions.page(version_id, number)

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
        file = self._paged_file(viewer, document_id, number, version_id)
        shown, _, _, _ = self._version(viewer, document_id, version_id)
        return self._covers.covered(shown, number, file, lambda: self._drawer.render(file, number, dpi))

    def veil(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId) -> Veil:
        """What is hidden on a page, and whether its picture can be shown. Raises NotFoundError."""
        shown, _, media_type, has_pages = self._version(viewer, document_id, version_id)
        is_picture = has_pages and is_drawn(media_type)
        file = self._paged_file(viewer, document_id, number, shown) if is_picture else None
        return self._covers.veil(shown, number, file)

    def highlight(
        self, viewer: Viewer, document_id: DocumentId, spans: Sequence[Span], version_id: VersionId | None = None
    ) -> tuple[Box, ...]:
        """Where spans stand on their page images, in percent. Raises NotFoundError, FileRefusedError."""
        file = self._paged_file(viewer, document_id, spans[0].page, version_id) if spans else None
        found: list[Box] = []
        for span in spans:
            page = self.read(viewer, document_id, span.page, version_id)
            if not 0 <= span.start <= span.end <= len(page.text):
                raise NotFoundError(
                    f"halaman {span.page}",
                    Text(
                        f"tidak ada huruf {span.start} sampai {span.end} di halaman itu",
                        f"the page has no characters {span.start} to {span.end}",
                    ),
                    Text("buka kutipan dari hasil pencarian", "open the quote from the search results"),
                )
            known = self._scanned.boxes(self._version(viewer, document_id, version_id)[0], page, span)
            if known is not None:
                found += known
            elif file is not None and page.verdict is not Verdict.CORRECTED:
                found += (box for boxes in self._drawer.rectangles(file, [span]) for box in boxes)
        return tuple(found)

    def original(
        self, viewer: Viewer, document_id: DocumentId, version_id: VersionId | None = None
    ) -> tuple[Path, Document]:
        """The original file on disk and its document.

        Raises NotFoundError, and IdentityHiddenError where it identifies people and the viewer may not see that.
        """
        handed, sha256, _, _ = self._version(viewer, document_id, version_id)
        self._identities.check_original(viewer, document_id, handed)
        return self._originals.open_path(sha256), self._store.documents.read(viewer, document_id)

    def _version(
        self, viewer: Viewer, document_id: DocumentId, version_id: VersionId | None
    ) -> tuple[VersionId, str, str, bool]:
        document = self._store.documents.read(viewer, document_id)
        if version_id is None or version_id == document.version_id:
            return document.version_id, document.sha256, document.media_type, document.has_pages
        return (version_id, *self._store.versions.file(document_id, version_id))

    def _paged_file(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId | None) -> Path:
        version_id, sha256, media_type, has_pages = self._version(viewer, document_id, version_id)
        if not (has_pages and is_drawn(media_type)):
            raise NotFoundError(
                f"dokumen {document_id}",
                Text("format ini tidak punya halaman bergambar", "this format has no page images"),
                Text("buka teksnya", "open its text"),
            )
        self._store.versions.page(version_id, number)
        return self._originals.open_path(sha256)
