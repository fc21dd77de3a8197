"""The graph of what a regulation rests on, and of what rests on it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from api.known_standings import KnownStandings
from api.library import Library
from api.relations import Relations
from kb.access import Viewer
from kb.documents import Document, DocumentId
from kb.legal import Standing, Work

_RESTING = ("mengubah", "menetapkan", "mencabut", "melaksanakan", "dasar-hukum")
_RESTED = ("dicabut-dengan", "diubah-dengan", "ditetapkan-dengan", "dilaksanakan-dengan", "menjadi-dasar")


@dataclass(frozen=True, slots=True)
class Branch:
    """A work in the graph of what a regulation rests on, how it hangs there, and what goes on from it."""

    name: str
    other: Work
    document_id: DocumentId | None
    standing: Standing | None
    branches: tuple["Branch", ...]


def branches_of(
    library: Library, viewer: Viewer, document_id: DocumentId, depth: int = 2
) -> tuple[list[Branch], list[Branch]]:
    """What a document rests on, and what rests on it, each with theirs in turn. Raises NotFoundError.

    depth: how far; a work that stands above itself already is not followed again.
    """
    walk = _Walk(
        viewer,
        library.relations,
        library.standings.known(viewer, datetime.date.today()),
        library.store.documents.visible(viewer),
    )
    above = frozenset({document_id})
    return walk.onward(document_id, _RESTING, depth, above), walk.onward(document_id, _RESTED, depth, above)


@dataclass(frozen=True, slots=True)
class _Walk:
    """What each step of the way asks."""

    viewer: Viewer
    relations: Relations
    standings: KnownStandings
    visible: Mapping[DocumentId, Document]

    def onward(
        self, document_id: DocumentId, names: tuple[str, ...], depth: int, above: frozenset[DocumentId]
    ) -> list[Branch]:
        """The works to which a document has one of these relations, and what goes on from them."""
        found: dict[tuple[str, str], Branch] = {}
        for link in self.relations.links(self.viewer, document_id):
            if link.name not in names or (link.name, link.other.key) in found:
                continue
            document = self.visible.get(link.document_id) if link.document_id is not None else None
            below: list[Branch] = []
            if document is not None and depth > 1 and document.id not in above:
                below = self.onward(document.id, names, depth - 1, above | {document.id})
            known = self.standings.of(document, "") if document else self.standings.of_work(link.other)
            found[link.name, link.other.key] = Branch(link.name, link.other, link.document_id, known, tuple(below))
        return sorted(found.values(), key=lambda branch: names.index(branch.name))
