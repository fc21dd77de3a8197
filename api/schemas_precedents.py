"""Precedents over the wire, beside `api.schemas`."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field

from api.exports.cited import cited
from api.links import page_link
from api.schemas import ASKED, Id, In, Line, Number, Out
from api.schemas_documents import DocumentOut
from api.schemas_pages import SpanOut
from api.schemas_questions import FiltersIn
from kb.precedent import MAX_CLAUSE_CHARACTERS, MAX_REGIONS, MAX_TOPICS, Edit, Matrix, Precedent, PrecedentGroup

Clause = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_CLAUSE_CHARACTERS,
        pattern=ASKED,
        description="A draft clause, or what it is to be about.",
        examples=["Pemerintah Daerah membentuk gugus tugas kota layak anak."],
    ),
]
Documents = Annotated[int, Field(ge=1, le=50, description="How many regulations at most.")]
Each = Annotated[int, Field(ge=1, le=20, description="How many provisions of each at most.")]
Topic = Annotated[str, Field(min_length=1, max_length=1_000, pattern=ASKED, examples=["sanksi administratif"])]


class ClauseIn(In):
    """A clause, where its precedents are wanted, and the documents left out (such as its own)."""

    clause: Clause
    filters: FiltersIn = FiltersIn()
    without: Annotated[list[Annotated[Id, Number]], Field(max_length=100, default_factory=list)]
    n_documents: Annotated[Documents, Number] = 10
    n_each: Annotated[Each, Number] = 3


class MatrixIn(In):
    """Topics and regions; no region means all there are. An empty string is the state: laws and the like."""

    topics: Annotated[list[Topic], Field(min_length=1, max_length=MAX_TOPICS)]
    regions: Annotated[
        list[Line], Field(max_length=MAX_REGIONS, examples=[["Kota Semarang", ""]], default_factory=list)
    ]
    filters: FiltersIn = FiltersIn()


class ChangeOut(Out):
    """A run of words: in both (`sama`), only in the clause (`hapus`), only in the provision (`tambah`)."""

    edit: Edit
    text: str


class PrecedentOut(Out):
    """A provision near to the clause. `text`: the ayat nearest to it, verbatim; `pasal_text`: its whole Pasal.

    part: which part of a long clause it was found for, from 0. overlap: share of the clause's word weight it holds.
    same: share of the words of both that the difference leaves alone. status: of its legal life, "" unknown.
    """

    address: str
    label: str
    heading_path: list[str]
    spans: list[SpanOut]
    text: str
    pasal_address: str
    pasal_label: str
    pasal_text: str
    citation: str
    status: str
    part: int
    score: float
    overlap: float
    same: float
    difference: list[ChangeOut]
    link: str

    @classmethod
    def of(cls, precedent: Precedent) -> Self:
        """A precedent as it goes out."""
        closest, whole = precedent.closest, precedent.whole
        document = closest.document
        return cls(
            address=closest.address,
            label=closest.label,
            heading_path=list(closest.heading_path),
            spans=[SpanOut.model_validate(span) for span in closest.spans],
            text=closest.text,
            pasal_address=whole.address,
            pasal_label=whole.label,
            pasal_text=whole.text,
            citation=cited(precedent).cited,
            status=precedent.status,
            part=precedent.part,
            score=precedent.score,
            overlap=precedent.overlap,
            same=precedent.same,
            difference=[ChangeOut.model_validate(change) for change in precedent.difference],
            link=page_link(document.id, document.version_id, closest.spans[0].page, closest.spans),
        )


class PrecedentGroupOut(Out):
    """The precedents of one regulation, nearest first."""

    document: DocumentOut
    precedents: list[PrecedentOut]


class PrecedentsOut(Out):
    """The regulations with the nearest provisions, best first."""

    clause: str
    groups: list[PrecedentGroupOut]

    @classmethod
    def of(cls, clause: str, groups: Iterable[PrecedentGroup]) -> Self:
        """The precedents as they go out."""
        return cls(
            clause=clause,
            groups=[
                PrecedentGroupOut(
                    document=DocumentOut.model_validate(group.document),
                    precedents=[PrecedentOut.of(each) for each in group.precedents],
                )
                for group in groups
            ],
        )


class CellOut(Out):
    """A cell of the matrix: the document and its nearest provision."""

    document: DocumentOut
    precedent: PrecedentOut


class MatrixOut(Out):
    """A row a topic, a column a region; null where a region has nothing near enough."""

    topics: list[str]
    regions: list[str]
    cells: list[list[CellOut | None]]

    @classmethod
    def of(cls, matrix: Matrix) -> Self:
        """The matrix as it goes out."""
        return cls(
            topics=list(matrix.topics),
            regions=list(matrix.regions),
            cells=[[_cell(precedent) for precedent in row] for row in matrix.cells],
        )


def _cell(precedent: Precedent | None) -> CellOut | None:
    if precedent is None:
        return None
    document = DocumentOut.model_validate(precedent.closest.document)
    return CellOut(document=document, precedent=PrecedentOut.of(precedent))
