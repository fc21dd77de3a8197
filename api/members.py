"""What is inside files: shown with each file that holds it, and left to another that does when one goes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from api.containers import INSIDE
from kb.access import Viewer, may_see
from kb.documents import Document, DocumentId
from kb.store import Store


class Members:
    """The files inside the files of a library. One that several hold is one document, with its place in one of them.

    clean: masks a line about a document, such as its name.
    """

    def __init__(self, store: Store, clean: Callable[[Document, str], str]) -> None:
        self._store, self._clean = store, clean

    def of(self, viewer: Viewer, container: Document) -> tuple[Document, ...]:
        """What is inside a file and the viewer may see, newest first, with what has its place in another file."""
        held = self._store.members.of(container.id)
        return tuple(
            one
            for one in self._store.documents.visible(viewer).values()
            if one.source.startswith(container.source + INSIDE) or one.sha256 in held
        )

    def spare(self, going: Sequence[Document]) -> tuple[Document, ...]:
        """Move what another file holds too to its place in that one; return the others, which nothing holds any more.

        going: what is about to go out of sight, with every file among it that holds some of it.
        """
        ids = {one.id for one in going}
        moved: dict[str, _Place] = {}
        lost = []
        # In order of their sources a file comes before what is inside it.
        for document in sorted(going, key=lambda one: one.source):
            for place in self._places(document, ids, moved):
                if self._store.documents.move(document.id, place.source, self._clean(document, place.name)):
                    moved[document.source] = place
                    break
            else:
                lost.append(document)
        return tuple(lost)

    def _places(
        self, document: Document, going: Collection[DocumentId], moved: dict[str, "_Place"]
    ) -> Iterator["_Place"]:
        """The places that a document may have in files that stay.

        Its new name tells of the file that holds it: never anybody who sees the document and not that file.
        """
        anybody = Viewer(document.audience, audiences=frozenset({document.audience}))
        # The innermost file that moved came last.
        for old, place in reversed(moved.items()):
            if document.source.startswith(old + INSIDE) and may_see(anybody, place.audience):
                yield place.below(document.source.removeprefix(old + INSIDE))
        for container, member in self._store.members.holders(document.sha256):
            if container.id not in going and may_see(anybody, container.audience):
                yield _Place(container.source, container.name, container.audience).below(member)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file is: its source and name, and for whom the outermost file is that the name tells of."""

    source: str
    name: str
    audience: str

    def below(self, member: str) -> "_Place":
        """The place of what it holds under this name."""
        return _Place(f"{self.source}{INSIDE}{member}", f"{self.name}/{member}", self.audience)
