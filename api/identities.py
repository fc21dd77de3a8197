"""Identities that are hidden: what is, shown to whom may see it, and the office's rulings on what is and is not."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.identity.guard import RULES, cleaner, guard
from kb.access import LOCAL_ADMIN, Viewer, may_see_identities
from kb.documents import Document, DocumentId, VersionId
from kb.errors import NotFoundError, QueryRefusedError, Text
from kb.identity import MASK, Action, IdentityKind, Ruling, key
from kb.pages import Page, Span
from kb.status import Defect
from kb.store import Store
from kb.store.identities import GUARD, no_right

log = logging.getLogger("acuan.identitas")

MAX_PHRASE = 200
AROUND = 60
"""Characters shown on each side of what is hidden."""


@dataclass(frozen=True, slots=True)
class Veiled:
    """Something hidden in a document's current version.

    number: from 1, in order of place. part: by which `release` names it. before, after: the masked text around it.
    words: what is hidden; empty unless it was asked for by someone with the right.
    """

    number: int
    part: str
    page: int
    kind: IdentityKind
    before: str
    after: str
    words: str = field(repr=False)


class Identities:
    """What a library hides of people, over its store.

    reguard: guards, cuts and embeds a document anew.
    """

    def __init__(self, store: Store, reguard: Callable[[Document], None]) -> None:
        self._store, self._reguard = store, reguard

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
            words = {one.place: one.words for one in self._store.identities.words(viewer, document.version_id)}
            self._note("listed", viewer, document_id, document.version_id, None)
        pages = {page.number: page.text for page in self._store.versions.pages(document.version_id)}
        return tuple(
            Veiled(
                number,
                _part(document.version_id, span),
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

    def rulings(self, viewer: Viewer) -> tuple[Ruling, ...]:
        """The office's rulings; without the phrases that are hidden, for a viewer without the right."""
        found = self._store.identities.rulings()
        if may_see_identities(viewer):
            return found
        return tuple(one for one in found if one.action is Action.RELEASE)

    def release(self, viewer: Viewer, document_id: DocumentId, parts: Sequence[str]) -> int:
        """Rule that what is hidden in these parts of a document identifies nobody there; how many documents changed.

        A part is named by its place and not by its number: a ruling numbers the rest anew, and the same order given
        twice would open somebody else. Raises NotFoundError where one is no longer hidden, IdentityHiddenError.
        """
        document = self._store.documents.read(viewer, document_id)
        hidden = {
            _part(document.version_id, one.place): one.words
            for one in self._store.identities.words(viewer, document.version_id)
            if one.place.page > 0
        }
        for part in parts:
            if part not in hidden:
                raise NotFoundError(
                    f"dokumen {document_id}",
                    Text(f"bagian {part!r} tidak sedang ditutup", f"no part {part!r} is hidden now"),
                    Text(f"lihat `kb identity list {document_id}`", f"see `kb identity list {document_id}`"),
                )
        for part in parts:
            self._store.identities.rule(document_id, Action.RELEASE, hidden[part])
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
        is_same = (
            guarded.name == document.name
            and all(label == after for label, after in labels)
            and before == {(one.place, one.heading) for one in guarded.guarding.hidden}
        )
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

    def _note(
        self, what: str, viewer: Viewer, document_id: DocumentId, version_id: VersionId, page: int | None
    ) -> None:
        where = "" if page is None else f" page {page}"
        log.warning("identities %s: document %d version %d%s to %s", what, document_id, version_id, where, viewer.name)


def _part(version_id: VersionId, place: Span) -> str:
    """How a hidden part is named: version, page and characters, which stay its own whatever is ruled."""
    return f"{version_id}.{place.page}.{place.start}-{place.end}"
