"""Precedents as every door asks for them: nearest provisions by regulation, with what is known of their status."""

from collections.abc import Sequence
from dataclasses import replace

from index.precedent import PrecedentFinder
from index.retrieval import Retriever
from kb.access import Viewer
from kb.documents import REGULATIONS, DocumentId
from kb.errors import QueryRefusedError, Text
from kb.precedent import (
    MAX_REGIONS,
    MAX_TOPICS,
    NATIONAL,
    ClauseQuery,
    LegalStatus,
    Matrix,
    Precedent,
    PrecedentGroup,
    Provision,
    no_status,
)
from kb.questions import Filters
from kb.store import Store


class Precedents:
    """Looking for precedents in one store.

    status: what is known of a provision's legal life; the seam for whoever knows.
    """

    def __init__(self, store: Store, retriever: Retriever, status: LegalStatus = no_status) -> None:
        self._store, self._finder, self._status = store, PrecedentFinder(store, retriever), status

    def provision(self, viewer: Viewer, document_id: DocumentId, address: str) -> Provision:
        """A provision that was picked, with its text. Raises NotFoundError."""
        return self._finder.provision(viewer, document_id, address)

    def find(self, query: ClauseQuery) -> tuple[PrecedentGroup, ...]:
        """The regulations with the provisions nearest to a clause, best first. Raises QueryRefusedError."""
        return tuple(
            replace(group, precedents=tuple(self._with_status(query.viewer, each) for each in group.precedents))
            for group in self._finder.find(query)
        )

    def regions(self, viewer: Viewer) -> tuple[str, ...]:
        """The regions that have regulations the viewer may see, the state (`NATIONAL`) first."""
        found = {
            document.metadata.region
            for document in self._store.documents.visible(viewer).values()
            if document.metadata.kind in REGULATIONS
        }
        return tuple(sorted(found))

    def matrix(
        self, viewer: Viewer, topics: Sequence[str], regions: Sequence[str] = (), filters: Filters | None = None
    ) -> Matrix:
        """The nearest provision of each region on each topic.

        regions: columns; all there are, at most `MAX_REGIONS`, when none is named. Raises QueryRefusedError.
        """
        wanted = tuple(dict.fromkeys(" ".join(topic.split()) for topic in topics if topic.strip()))
        if not wanted:
            raise QueryRefusedError(
                "topik",
                Text("belum ada topik", "there are no topics"),
                Text("tulis satu topik tiap baris", "write one topic a line"),
            )
        columns = tuple(dict.fromkeys(regions)) or self.regions(viewer)[:MAX_REGIONS]
        if len(wanted) > MAX_TOPICS or len(columns) > MAX_REGIONS:
            raise QueryRefusedError(
                "matriks",
                Text(
                    f"paling banyak {MAX_TOPICS} topik dan {MAX_REGIONS} daerah",
                    f"at most {MAX_TOPICS} topics and {MAX_REGIONS} regions",
                ),
                Text("kurangi topik atau daerahnya", "take fewer topics or regions"),
            )
        found = self._finder.matrix(viewer, wanted, columns, filters or Filters())
        cells = tuple(
            tuple(None if cell is None else self._with_status(viewer, cell) for cell in row) for row in found.cells
        )
        return replace(found, cells=cells)

    def _with_status(self, viewer: Viewer, precedent: Precedent) -> Precedent:
        closest = precedent.closest
        return replace(precedent, status=self._status(viewer, closest.document, closest.address))


def region_said(region: str, national: str) -> str:
    """A region as a column is headed; `national` for regulations of the state."""
    return national if region == NATIONAL else region
