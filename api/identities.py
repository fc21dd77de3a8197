"""Identities that are hidden: what is, shown to whom may see it, and the office's rulings on what is and is not."""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageDraw

from ingest.boxes import Box
from ingest.identity.guard import RULES, cleaner, guard
from ingest.wire import Boxes
from kb.access import LOCAL_ADMIN, Viewer, may_see_identities
from kb.documents import Document, DocumentId, VersionId
from kb.errors import FileRefusedError, IdentityHiddenError, NotFoundError, QueryRefusedError, Text
from kb.identity import MASK, Action, Hidden, IdentityKind, Ruling, key
from kb.pages import UNREAD, Page, Span, Verdict
from kb.status import Defect
from kb.store import Store
from kb.store.identities import GUARD, no_right

Where = Callable[[VersionId, Path, Sequence[Span]], Boxes]
"""From a version, its original and spans of its pages to the boxes that cover each span whole; none where unknown."""

log = logging.getLogger("acuan.identitas")

MAX_PHRASE = 200
AROUND = 60
"""Characters shown on each side of what is hidden."""

_SPARE = 0.35
"""How much higher and wider than its letters a cover is, in heights of the line: accents, and loose text layers."""


@dataclass(frozen=True, slots=True)
class Veiled:
    """Something hidden in a document's current version.

    number: from 1, in order of place, by which `release` names it. before, after: the masked text around it.
    words: what is hidden; empty unless it was asked for by someone with the right.
    """

    number: int
    page: int
    kind: IdentityKind
    before: str
    after: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Veil:
    """What is hidden on one page. can_be_drawn: its picture can be shown, covered where need be."""

    n_hidden: int
    is_sensitive: bool
    can_be_drawn: bool


class Identities:
    """What a library hides of people, over its store.

    where: finds the boxes of spans on the pages of a version's file. reguard: guards, cuts and embeds a document anew.
    """

    def __init__(self, store: Store, where: Where, reguard: Callable[[Document], None]) -> None:
        self._store, self._where, self._reguard = store, where, reguard

    def counts(self, viewer: Viewer) -> dict[DocumentId, dict[IdentityKind, int]]:
        """How much of each kind is hidden in each sensitive document that the viewer may see."""
        counted = self._store.identities.counts()
        return {
            document.id: counted[document.version_id]
            for document in self._store.documents.visible(viewer).values()
            if document.version_id in counted
        }

    def is_sensitive(self, version_id: VersionId) -> bool:
        """Whether anything is hidden in a version."""
        return self._store.identities.is_sensitive(version_id)

    def listed(self, viewer: Viewer, document_id: DocumentId, *, reveal: bool = False) -> tuple[Veiled, ...]:
        """What is hidden in the pages of a document's current version, in order; with its words where `reveal`.

        Raises NotFoundError, and IdentityHiddenError where a viewer without the right asks for the words.
        """
        document = self._store.documents.read(viewer, document_id)
        words: dict[Span, str] = {}
        if reveal:
            words = {one.place: one.words for one in self._words(viewer, document.version_id)}
            self._note("listed", viewer, document_id, document.version_id, None)
        pages = {page.number: page.text for page in self._store.versions.pages(document.version_id)}
        return tuple(
            Veiled(
                number,
                span.page,
                kind,
                " ".join(pages[span.page][max(0, span.start - AROUND) : span.start].split()),
                " ".join(pages[span.page][span.end : span.end + AROUND].split()),
                words.get(span, ""),
            )
            for number, (span, kind) in enumerate(self._store.identities.places(document.version_id), 1)
        )

    def reveal(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId | None = None) -> Page:
        """A page with its hidden words put back. That it was shown is logged, without the words.

        Raises NotFoundError, and IdentityHiddenError for a viewer without the right.
        """
        document = self._store.documents.read(viewer, document_id)
        shown = document.version_id if version_id is None else version_id
        if shown != document.version_id:
            self._store.versions.file(document_id, shown)
        if not may_see_identities(viewer):
            raise no_right(f"dokumen {document_id} halaman {number}")
        self._store.versions.page(shown, number)
        reading, _ = self._store.identities.reading(viewer, shown)
        self._note("revealed", viewer, document_id, shown, number)
        return next(page for page in reading.pages if page.number == number)

    def check_original(self, viewer: Viewer, document_id: DocumentId, version_id: VersionId) -> None:
        """Nothing, where the viewer may have the original; that a sensitive one is handed out is logged.

        Raises IdentityHiddenError.
        """
        if not self._store.identities.is_sensitive(version_id):
            return
        if not may_see_identities(viewer):
            raise no_right(f"dokumen {document_id}")
        self._note("original", viewer, document_id, version_id, None)

    def covered(self, version_id: VersionId, number: int, file: Path, draw: Callable[[], bytes]) -> bytes:
        """The page drawn by `draw` as PNG, with boxes over what is hidden on it.

        Raises IdentityHiddenError where the place of something hidden is not known, or the page of a sensitive
        document has no text in which it could have been found.
        """
        boxes = self._boxes(version_id, number, file)
        return cover(draw(), boxes) if boxes else draw()

    def veil(self, version_id: VersionId, number: int, file: Path | None) -> Veil:
        """What is hidden on a page. file: the original where the format has page pictures."""
        n_hidden = len(self._store.identities.places(version_id, number))
        is_sensitive = self._store.identities.is_sensitive(version_id)
        can_be_drawn = file is not None
        if file is not None and is_sensitive:
            try:
                self._boxes(version_id, number, file)
            except IdentityHiddenError:
                can_be_drawn = False
        return Veil(n_hidden, is_sensitive, can_be_drawn)

    def _boxes(self, version_id: VersionId, number: int, file: Path) -> list[Box]:
        places = [span for span, _ in self._store.identities.places(version_id, number)]
        if not places:
            page = self._store.versions.page(version_id, number)
            # What nobody could read, or only with doubt, may show whom its text does not name.
            is_unread = not page.text.strip() or page.verdict in UNREAD or page.verdict is Verdict.DOUBTFUL
            if is_unread and self._store.identities.is_sensitive(version_id):
                raise _cannot_cover(number)
            return []
        try:
            boxes = self._where(version_id, file, places)
        except (NotFoundError, FileRefusedError) as cause:
            raise _cannot_cover(number) from cause
        if not all(boxes):
            raise _cannot_cover(number)
        return [box for of_span in boxes for box in of_span]

    def rulings(self, viewer: Viewer) -> tuple[Ruling, ...]:
        """The office's rulings; without the phrases that are hidden, for a viewer without the right."""
        found = self._store.identities.rulings()
        if may_see_identities(viewer):
            return found
        return tuple(one for one in found if one.action is Action.RELEASE)

    def release(self, viewer: Viewer, document_id: DocumentId, number: int) -> int:
        """Rule that what is hidden as `number` in a document identifies nobody there; how many documents changed.

        Raises NotFoundError, IdentityHiddenError.
        """
        return self.release_all(viewer, document_id, (number,))

    def release_all(self, viewer: Viewer, document_id: DocumentId, numbers: Sequence[int]) -> int:
        """Release several at once: the first ruling would number the others anew. Raises as `release` does."""
        document = self._store.documents.read(viewer, document_id)
        hidden = [one for one in self._words(viewer, document.version_id) if one.place.page > 0]
        for number in numbers:
            if not 1 <= number <= len(hidden):
                raise NotFoundError(
                    f"dokumen {document_id}",
                    Text(f"tidak ada bagian tertutup nomor {number}", f"there is no hidden part number {number}"),
                    Text("lihat `kb identity list`", "see `kb identity list`"),
                )
        for number in numbers:
            self._store.identities.rule(document_id, Action.RELEASE, hidden[number - 1].words)
        return self.settle()

    def rule(self, viewer: Viewer, document_id: DocumentId | None, action: Action, phrase: str) -> int:
        """Rule on a phrase in one document, or with None in all, and guard anew what it touches; how many changed.

        Raises NotFoundError, QueryRefusedError for a phrase that cannot be, IdentityHiddenError.
        """
        if not may_see_identities(viewer):
            raise no_right("keputusan")
        if document_id is not None:
            self._store.documents.read(viewer, document_id)
        if not 2 <= len(key(phrase)) <= MAX_PHRASE or MASK in phrase:
            raise QueryRefusedError(
                "frasa",
                Text(f"panjangnya harus 2 sampai {MAX_PHRASE} huruf", f"it must have 2 to {MAX_PHRASE} characters"),
                Text("tulis nama atau nomornya", "write the name or number"),
            )
        self._store.identities.rule(document_id, action, phrase)
        return self.settle()

    def revoke(self, viewer: Viewer, ruling_id: int) -> int:
        """Take a ruling back and guard anew what it touched; how many documents changed. Raises NotFoundError."""
        if not may_see_identities(viewer):
            raise no_right("keputusan")
        self._store.identities.revoke(ruling_id)
        return self.settle()

    def settle(self, progress: Callable[[int, int], None] = lambda n_done, n_all: None) -> int:
        """Guard anew every version that older rules or rulings guarded; how many documents changed.

        Only those whose hidden words differ are cut and embedded anew: the guard reads a page in 3 ms.
        """
        stale = self._store.identities.stale(RULES)
        n_changed = 0
        for n_done, (document_id, version_id) in enumerate(stale, 1):
            n_changed += self._settle(document_id, version_id)
            progress(n_done, len(stale))
        return n_changed

    def settle_old_versions(self) -> None:
        """Guard anew the versions that are no longer current, whose passages are not made anew with the others."""
        for document_id, version_id in self._store.identities.stale(RULES):
            document = self._store.documents.visible(LOCAL_ADMIN).get(document_id)
            if document is not None and document.version_id != version_id:
                self._settle(document_id, version_id)

    def check(self) -> Iterator[Defect]:
        """Versions that were not guarded by these rules and rulings."""
        for document_id, version_id in self._store.identities.stale(RULES):
            yield Defect(
                "identitas-belum-dijaga",
                f"dokumen {document_id} versi {version_id}",
                "belum diperiksa oleh penjaga identitas ini; jalankan `kb identity settle`",
                "this identity guard has not looked at it; run `kb identity settle`",
            )

    def _settle(self, document_id: DocumentId, version_id: VersionId) -> bool:
        document = self._store.documents.visible(LOCAL_ADMIN).get(document_id)
        removed = None if document is not None else self._removed(document_id)
        document = document or removed
        if document is None:
            return False
        reading, name = self._store.identities.reading(GUARD, version_id)
        rulings = self._store.identities.rulings_for(document.source)
        guarded = guard(reading, name, rulings)
        before = {(one.place, one.heading) for one in self._store.identities.words(GUARD, version_id)}
        labels = [(page.label, after.label) for page, after in zip(reading.pages, guarded.reading.pages, strict=True)]
        is_same = all(label == after for label, after in labels) and before == {
            (one.place, one.heading) for one in guarded.guarding.hidden
        }
        if document.version_id != version_id or removed is not None:
            self._store.identities.write(version_id, guarded.reading, guarded.guarding, guarded.clean)
            if removed is not None and removed.version_id == version_id:
                metadata = guarded.metadata(removed.metadata)
                self._store.identities.describe(replace(removed, name=guarded.name, metadata=metadata))
            return False
        if is_same and guarded.metadata(document.metadata) == document.metadata:
            self._store.identities.write(version_id, guarded.reading, guarded.guarding, guarded.clean)
            return False
        self._reguard(document)
        return True

    def _removed(self, document_id: DocumentId) -> Document | None:
        """A document that is out of sight, and might come back."""
        return next((one for one, _ in self._store.trash.withdrawn() if one.id == document_id), None)

    def clean(self, document: Document, line: str) -> str:
        """A line about a document, such as the name of its file, masked as its pages are."""
        hidden = self._store.identities.words(GUARD, document.version_id)
        names = (one.words for one in hidden if one.kind is IdentityKind.NAME)
        return cleaner(names, self._store.identities.rulings_for(document.source))(line)

    def _words(self, viewer: Viewer, version_id: VersionId) -> tuple[Hidden, ...]:
        return self._store.identities.words(viewer, version_id)

    def _note(
        self, what: str, viewer: Viewer, document_id: DocumentId, version_id: VersionId, page: int | None
    ) -> None:
        where = "" if page is None else f" page {page}"
        log.warning("identities %s: document %d version %d%s to %s", what, document_id, version_id, where, viewer.name)


def cover(picture: bytes, boxes: list[Box]) -> bytes:
    """A PNG with black over each box, a little more than its letters."""
    with Image.open(io.BytesIO(picture)) as opened:
        page = opened.convert("RGB")
    width, height = page.size
    pen = ImageDraw.Draw(page)
    for box in boxes:
        spare = _SPARE * box.height * height / 100
        pen.rectangle(
            (
                box.left * width / 100 - spare,
                box.top * height / 100 - spare,
                box.right * width / 100 + spare,
                box.bottom * height / 100 + spare,
            ),
            fill="black",
        )
    written = io.BytesIO()
    page.save(written, "PNG", compress_level=1)
    return written.getvalue()


def _cannot_cover(number: int) -> IdentityHiddenError:
    return IdentityHiddenError(
        f"halaman {number}",
        Text(
            "gambarnya memuat identitas yang tempatnya tidak diketahui, jadi tidak digambar",
            "its picture holds identities whose place is not known, so it is not drawn",
        ),
        Text("baca teksnya", "read its text"),
    )
