"""The words of looking for precedents: a clause, the provisions closest to it, how they differ, and a matrix."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kb.access import Viewer
from kb.documents import Document, DocumentId
from kb.pages import Span
from kb.questions import Filters

MAX_CLAUSE_CHARACTERS = 20_000
MAX_TOPICS = 20
MAX_REGIONS = 12

NATIONAL = ""
"""The region of a regulation of the state: laws, regulations of government, president and ministers."""

LegalStatus = Callable[[Viewer, Document, str], str]
"""What a citation of the provision at an address must say of its legal life; "" where there is nothing to warn of."""


def no_status(viewer: Viewer, document: Document, address: str) -> str:
    """Nothing: the legal life of regulations is not known here."""
    return ""


class Edit(StrEnum):
    """What became of a run of words between the clause and the provision."""

    SAME = "sama"
    DELETED = "hapus"
    INSERTED = "tambah"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words: in both texts, only in the clause (deleted) or only in the provision (inserted)."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the current version of a document, with its exact text.

    label: as it is cited, without the document. text: the page texts under `spans`, joined by a line break.
    page_labels: what is printed on the page of each span, "" where the file does not say.
    """

    document: Document
    address: str
    label: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    page_labels: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """A Pasal found for a clause, and its ayat closest to the clause.

    whole: the Pasal; closest: the ayat of it that is nearest, or the Pasal itself. part: which part of the clause it
    was found for, from 0. overlap: share of the weight of the clause's words that it holds, in [0, 1].
    same: share of the words of both texts that the difference leaves alone, in [0, 1].
    score: rises with nearness, inside one search only.
    """

    whole: Provision
    closest: Provision
    part: int
    score: float
    overlap: float
    same: float
    difference: tuple[Change, ...]
    status: str = ""


@dataclass(frozen=True, slots=True)
class PrecedentGroup:
    """The precedents of one regulation, nearest first."""

    document: Document
    precedents: tuple[Precedent, ...]


@dataclass(frozen=True, slots=True)
class ClauseQuery:
    """A clause and where its precedents are wanted.

    without: documents left out, such as the clause's own regulation. n_documents, n_each: the most regulations, and
    the most provisions of each.
    """

    text: str
    viewer: Viewer
    filters: Filters = field(default_factory=Filters)
    without: frozenset[DocumentId] = frozenset()
    n_documents: int = 10
    n_each: int = 3


@dataclass(frozen=True, slots=True)
class Matrix:
    """The nearest provision of each region on each topic.

    regions: columns, `NATIONAL` among them. cells: a row a topic, None where a region has nothing near enough.
    """

    topics: tuple[str, ...]
    regions: tuple[str, ...]
    cells: tuple[tuple[Precedent | None, ...], ...]
