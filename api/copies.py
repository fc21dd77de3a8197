"""Copies and versions of documents, found and decided."""

from dataclasses import dataclass

from api.library import Library
from api.trash import Trash
from kb.access import Viewer
from kb.documents import Document, DocumentId
from kb.errors import KbError, NotFoundError, Text
from kb.identity import Action
from kb.intake import Ingested
from kb.likeness import Pair, Sameness, copies_among, may_be_versions
from kb.store.identities import GUARD
from kb.store.versions import Version


@dataclass(frozen=True, slots=True)
class Relatives:
    """What belongs to a document.

    copies: shown as one with it. perhaps: say that they are the same regulation, and differ. paths: where in the
    watched folders its very bytes stand too. versions: the newest first.
    """

    copies: tuple[Document, ...]
    perhaps: tuple[Document, ...]
    paths: tuple[str, ...]
    versions: tuple[Version, ...]


class Copies:
    """The copies in a library. It holds nothing itself: any number may stand over one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._store = library.store

    def relatives(self, viewer: Viewer, document_id: DocumentId) -> Relatives:
        """What belongs to a document and the viewer may see. Raises NotFoundError."""
        document = self._library.document(viewer, document_id)
        shown = self._store.documents.visible(viewer)
        pairs = {(pair.first, pair.second): pair for pair in self._store.copies.pairs()}
        copies = copies_among(shown, tuple(pairs.values())).get(document_id, [])
        perhaps = (
            other
            for other in shown.values()
            if other.id != document_id
            and other.id not in copies
            and may_be_versions(document, other, _pair(pairs, document_id, other.id))
        )
        sources = {document.source for document in shown.values()}
        paths = self._store.sources.paths_of(document.sha256) if viewer.is_admin else ()
        return Relatives(
            tuple(shown[key] for key in copies),
            tuple(perhaps),
            tuple(path for path in paths if path not in sources),
            self._store.versions.of(document_id),
        )

    def folded(self, viewer: Viewer) -> tuple[tuple[Document, tuple[Document, ...]], ...]:
        """The documents that the viewer may see, newest first, each with its copies; those are not listed themselves.

        The one that came first stands for its copies.
        """
        shown = self._store.documents.visible(viewer)
        copies = copies_among(shown, self._store.copies.pairs())
        return tuple(
            (document, tuple(shown[key] for key in copies.get(document.id, [])))
            for document in shown.values()
            if document.id <= min(copies.get(document.id, [document.id]))
        )

    def rule(self, viewer: Viewer, one: DocumentId, other: DocumentId, ruling: Sameness) -> None:
        """Keep that two documents are copies, or are not. Raises NotFoundError."""
        self._library.document(viewer, one)
        self._library.document(viewer, other)
        if one == other:
            raise NotFoundError(
                f"dokumen {one}",
                Text("tidak dapat disandingkan dengan dirinya sendiri", "cannot be compared with itself"),
                Text("sebutkan dokumen lain", "name another document"),
            )
        self._store.copies.rule(one, other, ruling)

    def adopt(self, viewer: Viewer, document_id: DocumentId, newer: DocumentId) -> Ingested:
        """Make the file of `newer` the next version of a document, and remove `newer`. Raises NotFoundError."""
        file, document = self._library.pages.original(viewer, newer)
        self.rule(viewer, document_id, newer, Sameness.DIFFERENT)
        # What the office hides in the one alone is hidden in the other before its words are read there.
        for one in self._store.identities.rulings():
            if one.document == newer and one.action is Action.HIDE:
                self._library.identities.rule(GUARD, document_id, one.action, one.phrase)
        # As it came: the guard hides it anew, and were it given the masked name, what that hides would be lost.
        _, name = self._library.scanned.stored(document)
        try:
            came = self._library.ingestion.replace(viewer, document_id, file, name)
        except KbError as error:
            if error.where == name:
                error.where = document.name
            raise
        Trash(self._library).withdraw(viewer, newer)
        return came


def _pair(pairs: dict[tuple[DocumentId, DocumentId], Pair], one: DocumentId, other: DocumentId) -> Pair | None:
    return pairs.get((min(one, other), max(one, other)))
