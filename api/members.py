"""What is inside files: shown with each file that holds it, and left to another that does when one goes."""

from collections.abc import Callable, Collection, Iterator, Sequence

from api.containers import INSIDE
from kb.access import EVERYONE, Viewer
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
        moved: dict[str, tuple[str, str]] = {}
        lost = []
        # In order of their sources a file comes before what is inside it.
        for document in sorted(going, key=lambda one: one.source):
            for source, name in self._places(document, ids, moved):
                if self._store.documents.move(document.id, source, self._clean(document, name)):
                    moved[document.source] = source, name
                    break
            else:
                lost.append(document)
        return tuple(lost)

    def _places(
        self, document: Document, going: Collection[DocumentId], moved: dict[str, tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """The sources and names that a document may have in files that stay."""
        # The innermost file that moved came last.
        for old, (source, name) in reversed(moved.items()):
            if document.source.startswith(old + INSIDE):
                member = document.source.removeprefix(old + INSIDE)
                yield f"{source}{INSIDE}{member}", f"{name}/{member}"
        for container, member in self._store.members.holders(document.sha256):
            # Its new name tells of the file that holds it: never whom that file is not for.
            if container.id not in going and container.audience in (EVERYONE, document.audience):
                yield f"{container.source}{INSIDE}{member}", f"{container.name}/{member}"
