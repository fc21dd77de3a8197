"""Precedents as every door asks for them: nearest provisions by regulation, with what is known of their status."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from api.standings import Standings, is_out
from index.precedent import Counts, PrecedentFinder, all_count
from index.retrieval import Retriever
from kb.access import Viewer
from kb.documents import REGULATIONS, Document, DocumentId
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
    standings: which provisions are in force on a day; those of the store unless given.
    """

    def __init__(
        self,
        store: Store,
        retriever: Retriever,
        status: LegalStatus = no_status,
        standings: Standings | None = None,
    ) -> None:
        self._store, self._finder, self._status = store, PrecedentFinder(store, retriever), status
        self._standings = standings or Standings(store)

    def provision(self, viewer: Viewer, document_id: DocumentId, address: str) -> Provision:
        """A provision that was picked, with its text. Raises NotFoundError."""
        return self._finder.provision(viewer, document_id, address)

    def find(self, query: ClauseQuery) -> tuple[PrecedentGroup, ...]:
        """The regulations with the provisions nearest to a clause, best first; none out of force where it says so.

        Raises QueryRefusedError.
        """
        counts = self._in_force(query.viewer, query.filters.in_force_on)
        return tuple(
            replace(group, precedents=tuple(self._with_status(query.viewer, each) for each in group.precedents))
            for group in self._finder.find(query, counts)
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
        limits = filters or Filters()
        counts = self._in_force(viewer, limits.in_force_on)
        found = self._finder.matrix(viewer, wanted, columns, limits, counts)
        cells = tuple(
            tuple(None if cell is None else self._with_status(viewer, cell) for cell in row) for row in found.cells
        )
        return replace(found, cells=cells)

    def _in_force(self, viewer: Viewer, day: datetime.date | None) -> Counts:
        """Which provisions are not known to be out of force on a day; all where none is named."""
        if day is None:
            return all_count
        known = self._standings.known(viewer, day)

        def counts(document: Document, address: str) -> bool:
            return not is_out(known.of(document, address))

        return counts

    def _with_status(self, viewer: Viewer, precedent: Precedent) -> Precedent:
        closest = precedent.closest
        return replace(precedent, status=self._status(viewer, closest.document, closest.address))


def region_said(region: str, national: str) -> str:
    """A region as a column is headed; `national` for regulations of the state."""
    return national if region == NATIONAL else region
