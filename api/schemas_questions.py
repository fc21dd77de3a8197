"""Questions and what comes back of them, over the wire."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field, computed_field, field_validator

from api.links import page_link
from api.schemas import ASKED, MAX_CHOICES, Id, In, Line, Number, Out, Year
from api.schemas_documents import DocumentOut
from api.schemas_pages import SpanOut
from api.schemas_standing import StandingOut
from kb.documents import DocumentId, Kind, VersionId
from kb.pages import Span, Verdict
from kb.passages import Content
from kb.questions import MAX_K, MAX_QUERY_CHARACTERS, Filters

Question = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_QUERY_CHARACTERS,
        pattern=ASKED,
        description="A question, keywords, or a reference such as `Perda 2/2021 Pasal 7`.",
        examples=["Siapa yang membentuk Gugus Tugas Kota Layak Anak?"],
    ),
]
K = Annotated[int, Field(ge=1, le=MAX_K, description="How many hits at most.", examples=[10])]


class FiltersIn(In):
    """What a query is limited to; an empty list limits nothing, years are inclusive."""

    kinds: Annotated[list[Kind], Field(max_length=MAX_CHOICES, examples=[["perda", "perwal"]])] = []
    regions: Annotated[list[Line], Field(max_length=MAX_CHOICES, examples=[["Kota Semarang"]])] = []
    documents: Annotated[
        list[Annotated[Id, Number]], Field(max_length=MAX_CHOICES, description="Identifiers of documents.")
    ] = []
    year_from: Annotated[Year, Number] | None = None
    year_to: Annotated[Year, Number] | None = None
    in_force_on: Annotated[
        datetime.date | None, Field(description="Leaves out what is known not to be in force on that day.")
    ] = None
    contents: Annotated[
        list[Content],
        Field(max_length=MAX_CHOICES, description="Only passages that hold these.", examples=[["temuan"]]),
    ] = []

    def filters(self) -> Filters:
        """The same as the rooms know it."""
        return Filters(
            kinds=frozenset(self.kinds),
            regions=frozenset(self.regions),
            documents=frozenset(DocumentId(number) for number in self.documents),
            year_from=self.year_from,
            year_to=self.year_to,
            in_force_on=self.in_force_on,
            contents=frozenset(self.contents),
        )


class QueryIn(In):
    """A question, what it is limited to, and how many hits are wanted."""

    query: Question
    k: Annotated[K, Number] = 10
    filters: FiltersIn = FiltersIn()


class ChannelOut(Out):
    """What one channel made of a passage; a score compares only inside its own ranking, rank counts from 1."""

    score: float
    rank: int


class HitOut(Out):
    """A passage found, and why. `marks`: (start, end) in `text` of the query's words."""

    passage_id: int
    document: DocumentOut
    section_address: str
    label: str
    heading_path: list[str]
    text: str
    spans: list[SpanOut]
    marks: list[tuple[int, int]]
    score: float
    lexical: ChannelOut | None
    dense: ChannelOut | None
    standing: Annotated[StandingOut | None, Field(description="Of its provision; null for no regulation.")] = None
    copies: Annotated[list[DocumentOut], Field(description="Copies that say the same, folded under this hit.")] = []
    contents: Annotated[list[Content], BeforeValidator(sorted), Field(description="What it holds besides plain text.")]

    @computed_field(description="The page of this server that shows it marked.")
    def link(self) -> str:
        """The address of the first page that the passage stands on."""
        spans = [Span(span.page, span.start, span.end) for span in self.spans]
        return page_link(DocumentId(self.document.id), VersionId(self.document.version_id), spans[0].page, spans)


class CitationOut(Out):
    """Where a quote stands: it equals the stored text of its page, compared when it was made."""

    document_id: int
    version_id: int
    document_title: str
    label: str
    address: str
    span: SpanOut
    quote: str
    page_label: str
    has_pages: bool
    standing: Annotated[StandingOut | None, Field(description="Of its provision; null for no regulation.")] = None
    verdict: Verdict
    page_confidence: Annotated[float | None, Field(description="How far the page's text can be relied on, 0 to 1.")]

    @computed_field(description="The page of this server that shows it highlighted.")
    def link(self) -> str:
        """The address of its page."""
        span = Span(self.span.page, self.span.start, self.span.end)
        return page_link(DocumentId(self.document_id), VersionId(self.version_id), span.page, [span])


class StatementOut(Out):
    """A verbatim statement with the citations that carry it, two when it crosses a page."""

    text: str
    citations: list[CitationOut]
    passage_id: int
    score: float


class SearchOut(Out):
    """The hits, best first."""

    query: str
    hits: list[HitOut]


class ValuesOut(Out):
    """What one document gives, as it writes it."""

    document_id: int
    values: list[str]


class DifferenceOut(Out):
    """Documents whose quotes give different values of one unit."""

    unit: str
    values: list[ValuesOut]

    @field_validator("values", mode="before")
    @classmethod
    def _named(cls, values: Sequence[tuple[int, Sequence[str]]]) -> list[ValuesOut]:
        return [ValuesOut(document_id=document_id, values=list(said)) for document_id, said in values]


class AnswerOut(Out):
    """Statements with citations, or (`abstained`) none and the closest hits.

    `searched_as`: the question with everyday words and typos put right, empty where nothing was. `differences`: what
    documents give differently, where a number was asked for; whether they speak of the same thing is for people to say.
    """

    question: str
    abstained: bool
    confidence: float
    statements: list[StatementOut]
    hits: list[HitOut]
    searched_as: str
    differences: list[DifferenceOut]


class RewrittenOut(Out):
    """A sentence of the configured language model. `cites`: places of the statements that it cites, from 1."""

    text: str
    cites: list[int]


def search_out(query: str, hits: Iterable[object]) -> SearchOut:
    """The hits as they go out."""
    return SearchOut(query=query, hits=[HitOut.model_validate(hit) for hit in hits])
