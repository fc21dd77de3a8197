"""What is asked: a query, by whom, and what it is limited to."""

import datetime
from dataclasses import dataclass, field

from kb.access import Viewer
from kb.documents import DocumentId, Kind
from kb.passages import Content


@dataclass(frozen=True, slots=True)
class Filters:
    """What a query is limited to; an empty filter limits nothing. Years are inclusive.

    in_force_on: leaves out what is known to be repealed, or not yet in force, on that day.
    """

    kinds: frozenset[Kind] = frozenset()
    regions: frozenset[str] = frozenset()
    documents: frozenset[DocumentId] = frozenset()
    year_from: int | None = None
    year_to: int | None = None
    in_force_on: datetime.date | None = None
    contents: frozenset[Content] = frozenset()


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked, by whom, limited to what. k: how many hits, 1 to `MAX_K`."""

    text: str
    viewer: Viewer
    filters: Filters = field(default_factory=Filters)
    k: int = 10


MAX_K = 100
MAX_QUERY_CHARACTERS = 4_000
