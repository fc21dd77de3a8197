"""Dossiers as every door uses them: collected, ordered, and each quote compared with its page whenever it is shown."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.dossier_typed import (
    changed_since,
    refused,
    retyped_title,
    retyped_words,
    state_of,
    typed_title,
    typed_words,
)
from index.outline import label_of
from kb.access import EVERYONE, Viewer, may_see
from kb.citing import footnote
from kb.documents import Document, DocumentId, VersionId
from kb.dossier import (
    MAX_ITEMS,
    MAX_SPANS,
    CheckedDossier,
    CheckedItem,
    Dossier,
    DossierId,
    Field,
    Form,
    Item,
    ItemId,
    ItemKind,
    ItemState,
    NewItem,
    placed,
)
from kb.errors import NotFoundError, Text
from kb.identity import key, ruled
from kb.naming import official_name
from kb.pages import Page, Span, text_of
from kb.precedent import LegalStatus, no_status
from kb.store import Store
from kb.store.dossiers import no_item
from kb.store.identities import GUARD

COMMENT = "komentar"
"""What refusals call the words beside a quote."""

OLD_VERSION = "dikutip dari versi lama dokumen"
"""What a footnote adds where the document has a newer version than the one quoted."""


class DossierDesk:
    """The dossiers of one store.

    status: what is known of a provision's legal life; the seam for whoever knows.
    """

    def __init__(self, store: Store, status: LegalStatus = no_status) -> None:
        self._store, self._status = store, status

    def create(self, viewer: Viewer, title: str, form: Form = Form.STAFF_STUDY) -> Dossier:
        """A new dossier that is empty. Raises QueryRefusedError for a title that cannot be."""
        return self._store.dossiers.create(typed_title(title), form, EVERYONE, viewer.name)

    def all(self, viewer: Viewer) -> tuple[Dossier, ...]:
        """The dossiers that the viewer may see, the one changed last first."""
        return tuple(
            _veiled(dossier, self._hidden(self._store.dossiers.items(dossier.id)))
            for dossier in self._store.dossiers.visible(viewer)
        )

    def read(self, viewer: Viewer, dossier_id: DossierId) -> CheckedDossier:
        """A dossier with the items whose documents the viewer may see, each checked now. Raises NotFoundError."""
        dossier = self._store.dossiers.read(viewer, dossier_id)
        documents = self._store.documents.visible(viewer)
        there = self._store.documents.all_ids()
        items = self._store.dossiers.items(dossier_id)
        hidden = self._hidden(items)
        return CheckedDossier(
            _veiled(dossier, hidden),
            tuple(
                self._check(viewer, _veiled_item(item, hidden), documents.get(item.what.document_id))
                for item in items
                if item.what.document_id in documents
                # Who might see a document that is gone is known only as it was when its words were kept.
                or (item.what.document_id not in there and may_see(viewer, item.what.audience))
            ),
        )

    def write(
        self,
        viewer: Viewer,
        dossier_id: DossierId,
        title: str,
        form: Form,
        words: Mapping[Field, str],
        state: str = "",
    ) -> Dossier:
        """Set title, form and the fields given, the others stay.

        state: what it was made from that the writer read, as `state_of` gives it; empty where that is not asked.
        Raises NotFoundError, QueryRefusedError, and ChangedMeanwhileError where others changed it since.
        """
        with self._store.together():
            before = self._store.dossiers.read(viewer, dossier_id)
            hidden = self._hidden(self._store.dossiers.items(dossier_id))
            shown = _veiled(before, hidden)
            if state and state != state_of(shown):
                raise changed_since(dossier_id)
            typed = {
                field: retyped_words(text, field, shown.words.get(field, ""), before.words.get(field, ""))
                for field, text in words.items()
            }
            kept = retyped_title(title, shown.title, before.title)
            written = self._store.dossiers.write(viewer, dossier_id, kept, form, {**before.words, **typed})
        return _veiled(written, hidden)

    def remove(self, viewer: Viewer, dossier_id: DossierId) -> None:
        """Take a dossier out. Raises NotFoundError."""
        self._store.dossiers.remove(viewer, dossier_id)

    def quote(
        self, viewer: Viewer, document_id: DocumentId, version_id: VersionId, spans: Sequence[Span]
    ) -> tuple[Document, str, str]:
        """The document, the label and the words under `spans` of one of its versions.

        Raises NotFoundError also where a span is not in its page.
        """
        document = self._store.documents.read(viewer, document_id)
        self._store.versions.file(document_id, version_id)
        if not 0 < len(spans) <= MAX_SPANS:
            raise _no_words(document_id)
        _, quote = self._words(version_id, spans)
        if not quote.strip():
            raise _no_words(document_id)
        return document, label_of(self._store.versions.sections(version_id), spans), quote

    def add(
        self,
        viewer: Viewer,
        dossier_id: DossierId,
        kind: ItemKind,
        document_id: DocumentId,
        version_id: VersionId,
        spans: Sequence[Span],
        comment: str = "",
        part: Field | None = None,
    ) -> Item:
        """Collect the words under `spans`, pinned to their version. Raises NotFoundError, QueryRefusedError."""
        dossier = self._store.dossiers.read(viewer, dossier_id)
        if len(self._store.dossiers.items(dossier_id)) >= MAX_ITEMS:
            raise refused(
                f"sudah berisi {MAX_ITEMS} butir", f"it has {MAX_ITEMS} items", "buat berkas lain", "make another one"
            )
        document, where, quote = self.quote(viewer, document_id, version_id, spans)
        new = NewItem(
            kind=kind,
            part=placed(part or Field.FACTS, dossier.form),
            document_id=document_id,
            version_id=version_id,
            spans=tuple(spans),
            label=where,
            name=official_name(document.metadata) or document.name,
            audience=document.audience,
            sha256=_sha256(quote),
            comment=typed_words(comment, COMMENT),
        )
        return self._store.dossiers.add(viewer, dossier_id, new)

    def item(self, viewer: Viewer, dossier_id: DossierId, item_id: ItemId) -> CheckedItem:
        """One item, checked. Raises NotFoundError."""
        checked = self._seen(viewer, dossier_id, item_id)
        return next(each for each in checked.items if each.item.id == item_id)

    def change(self, viewer: Viewer, dossier_id: DossierId, item_id: ItemId, part: Field, comment: str) -> None:
        """Set an item's part and comment. Raises NotFoundError, QueryRefusedError."""
        checked = self._seen(viewer, dossier_id, item_id)
        form = checked.dossier.form
        shown = next(each.item.what.comment for each in checked.items if each.item.id == item_id)
        before = next(item.what.comment for item in self._store.dossiers.items(dossier_id) if item.id == item_id)
        kept = retyped_words(comment, COMMENT, shown, before)
        self._store.dossiers.change(dossier_id, item_id, placed(part, form), kept)

    def move(self, viewer: Viewer, dossier_id: DossierId, item_id: ItemId, up: bool) -> None:
        """Let an item change places with the one before (or after) it in its part; the first stays first.

        Raises NotFoundError.
        """
        checked = self._seen(viewer, dossier_id, item_id)
        part = next(each.item.what.part for each in checked.items if each.item.id == item_id)
        ids = [each.item.id for each in checked.items_of(placed(part, checked.dossier.form))]
        place = ids.index(item_id)
        other = place - 1 if up else place + 1
        if 0 <= other < len(ids):
            self._store.dossiers.swap(dossier_id, item_id, ids[other])

    def take_out(self, viewer: Viewer, dossier_id: DossierId, item_id: ItemId) -> None:
        """Take one item out. Raises NotFoundError."""
        self._seen(viewer, dossier_id, item_id)
        self._store.dossiers.take_out(dossier_id, item_id)

    def _seen(self, viewer: Viewer, dossier_id: DossierId, item_id: ItemId) -> CheckedDossier:
        checked = self.read(viewer, dossier_id)
        if item_id not in {each.item.id for each in checked.items}:
            raise no_item(item_id)
        return checked

    def _hidden(self, items: Sequence[Item]) -> frozenset[str]:
        """What must not stand in a dossier of these items: what is hidden where they quote, or was ruled to be."""
        versions = {item.what.version_id for item in items}
        words = (one.words for version in versions for one in self._store.identities.words(GUARD, version))
        return frozenset(map(key, words)) | self._store.identities.phrases()

    def _check(self, viewer: Viewer, item: Item, document: Document | None) -> CheckedItem:
        """The item with its words, where the pinned version still has them."""
        what = item.what
        if document is None:
            return _without_words(item, ItemState.GONE, None)
        try:
            _, _, has_pages = self._store.versions.file(what.document_id, what.version_id)
            pages, quote = self._words(what.version_id, what.spans)
        except NotFoundError:
            return _without_words(item, ItemState.GONE, document)
        if _sha256(quote) != what.sha256:
            return _without_words(item, ItemState.CHANGED, document)
        is_current = what.version_id == document.version_id
        said = self._status(viewer, document, self._address(what))
        status = "; ".join(filter(None, (said, "" if is_current else OLD_VERSION)))
        numbered = [(page.number, page.label) for page in pages]
        return CheckedItem(
            item=item,
            state=ItemState.KEPT if is_current else ItemState.REPLACED,
            document=document,
            quote=quote,
            pages=pages,
            has_pages=has_pages,
            footnote=footnote(what.label, document.metadata, document.name, numbered, has_pages, status),
            is_in_current=None if is_current else self._is_in(document, quote),
        )

    def _address(self, what: NewItem) -> str:
        sections = self._store.versions.sections(what.version_id)
        return sections[sections.at(what.spans[0])].address if sections else ""

    def _words(self, version_id: VersionId, spans: Sequence[Span]) -> tuple[tuple[Page, ...], str]:
        """The pages of `spans`, and their words joined by line breaks. Raises NotFoundError."""
        pages = {number: self._store.versions.page(version_id, number) for number in sorted({s.page for s in spans})}
        for span in spans:
            if not 0 <= span.start < span.end <= len(pages[span.page].text):
                raise NotFoundError(
                    f"halaman {span.page}",
                    Text(
                        f"tidak ada huruf {span.start} sampai {span.end} di halaman itu",
                        f"the page has no characters {span.start} to {span.end}",
                    ),
                    Text("simpan dari hasil pencarian", "keep it from the search results"),
                )
        return tuple(pages.values()), text_of(spans, {number: page.text for number, page in pages.items()})

    def _is_in(self, document: Document, quote: str) -> bool:
        """Whether the current version has the same words, line breaks aside."""
        pages = self._store.versions.pages(document.version_id)
        return " ".join(quote.split()) in " ".join(" ".join(page.text for page in pages).split())


def _veiled(dossier: Dossier, hidden: frozenset[str]) -> Dossier:
    """The dossier with nobody in its own words whom the documents hide that it quotes."""
    words = {field: ruled(text, hidden) for field, text in dossier.words.items()}
    return replace(dossier, title=ruled(dossier.title, hidden), words=words)


def _veiled_item(item: Item, hidden: frozenset[str]) -> Item:
    """The same of an item, whose label and name are as they were when it was collected."""
    what = item.what
    shown = replace(
        what, label=ruled(what.label, hidden), name=ruled(what.name, hidden), comment=ruled(what.comment, hidden)
    )
    return replace(item, what=shown)


def _without_words(item: Item, state: ItemState, document: Document | None) -> CheckedItem:
    return CheckedItem(item, state, document, "", (), False, "", None)


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _no_words(document_id: DocumentId) -> NotFoundError:
    return NotFoundError(
        f"dokumen {document_id}",
        Text("tidak ada kata di tempat itu", "there are no words at that place"),
        Text("simpan dari hasil pencarian", "keep it from the search results"),
    )
