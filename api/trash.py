"""Removed documents: out of sight and search at once, brought back on request, deleted for good after the grace."""

import datetime
from dataclasses import dataclass, replace

from api.containers import INSIDE
from api.library import Library
from api.names import free_source
from kb.access import Viewer, may_see
from kb.documents import Document, DocumentId
from kb.errors import NotFoundError, Text


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed. gone_at: when it is deleted for good."""

    document: Document
    at: datetime.datetime
    gone_at: datetime.datetime


class Trash:
    """What was removed from a library. It holds nothing itself: any number may stand over one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._documents, self._withdrawn = library.store.documents, library.store.trash
        self._grace = datetime.timedelta(days=library.settings.grace_days)

    def withdraw(self, viewer: Viewer, document_id: DocumentId) -> None:
        """Remove a document and what is inside it and in no other file, so that they can be brought back.

        Raises NotFoundError.
        """
        document = self._library.document(viewer, document_id)
        with self._library.store.together():
            # The file first: what went at its moment or later went with it.
            self._withdrawn.withdraw(document_id)
            inside = [one for one in self._documents.below(document.source + INSIDE) if may_see(viewer, one.audience)]
            for one in self._library.members.spare(inside):
                self._withdrawn.withdraw(one.id)

    def remove(self, viewer: Viewer, document_id: DocumentId) -> None:
        """Delete a document and what is inside it for good, at once. Raises NotFoundError."""
        self.withdraw(viewer, document_id)
        self.erase(viewer, document_id)

    def removed(self, viewer: Viewer) -> tuple[Removed, ...]:
        """The removed documents that the viewer might see, the last first."""
        return tuple(
            Removed(document, at, at + self._grace)
            for document, at in self._withdrawn.withdrawn()
            if may_see(viewer, document.audience)
        )

    def bring_back(self, viewer: Viewer, document_id: DocumentId) -> Document:
        """Make a removed document searchable again, with all its versions and what was removed with it from inside it.

        Raises NotFoundError.

        One whose file is gone from its watched folder is a document of its own from then on: the next look would remove
        it again.
        """
        document = self._find(viewer, document_id).document
        if self._library.store.sources.has_lost(document.source):
            document = self._let_go(document)
        return self.put_back(document)

    def put_back(self, document: Document) -> Document:
        """The same for a removed document in hand. Raises NotFoundError."""
        gone = self._withdrawn.withdrawn()
        since = next((at for one, at in gone if one.id == document.id), None)
        held = self._library.store.members.of(document.id)
        inside = (
            one
            for one, at in gone
            if since is not None
            and at >= since
            and (
                one.source.startswith(document.source + INSIDE)
                # It had its place in another file that went later.
                or (one.sha256 in held and one.audience == document.audience)
            )
        )
        made = [(one, self._library.revisions.redraft(one)) for one in (document, *inside)]
        with self._library.store.together():
            back, *_ = [self._withdrawn.bring_back(one, draft) for one, draft in made]
        return back

    def erase(self, viewer: Viewer, document_id: DocumentId) -> None:
        """Delete a removed document for good, and what was removed from inside it. Raises NotFoundError."""
        document = self._find(viewer, document_id).document
        inside = [
            one.document for one in self.removed(viewer) if one.document.source.startswith(document.source + INSIDE)
        ]
        for one in (*inside, document):
            self._library.erase(one.id)

    def empty(self) -> int:
        """Delete for good what was removed longer ago than the grace; returns how many. Raises StoreError."""
        now = datetime.datetime.now(datetime.UTC)
        over = [document.id for document, at in self._withdrawn.withdrawn() if at + self._grace <= now]
        for document_id in over:
            self._library.erase(document_id)
        return len(over)

    def _let_go(self, document: Document) -> Document:
        """The document under a source of its own, what is inside it with it."""
        with self._library.store.together():
            taken = self._documents.sources() | self._library.store.jobs.sources()
            old, new = document.source, free_source(document.name, taken)
            self._documents.move(document.id, new, document.name)
            gone = (one for one, _ in self._withdrawn.withdrawn() if one.source.startswith(old + INSIDE))
            for one in (*self._documents.below(old + INSIDE), *gone):
                self._documents.move(one.id, new + one.source.removeprefix(old), one.name)
        return replace(document, source=new)

    def _find(self, viewer: Viewer, document_id: DocumentId) -> Removed:
        for removed in self.removed(viewer):
            if removed.document.id == document_id:
                return removed
        raise NotFoundError(
            f"dokumen {document_id}",
            Text("tidak ada di antara yang dihapus", "is not among the removed ones"),
            Text("lihat daftarnya dengan `kb undo`", "list them with `kb undo`"),
        )
