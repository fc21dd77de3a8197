"""What goes over the wire, in and out: with the file of an evaluation the only place that knows pydantic."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, computed_field, field_validator
from pydantic_core import PydanticCustomError

from api.links import page_link
from api.schemas_standing import StandingOut
from api.veil import mask_line, veiled_source
from kb.documents import DocumentId, Kind, VersionId
from kb.pages import Span, Verdict
from kb.passages import Content
from kb.questions import MAX_K, MAX_QUERY_CHARACTERS, Filters
from kb.scans import Reason
from kb.sections import SectionKind

Veiled = Annotated[str, BeforeValidator(mask_line)]
"""A line in which people may be named, such as the name of a file."""

MAX_ID = 2**53 - 1
"""The largest whole number that JSON carries exactly, and well within what SQLite holds."""

MAX_PAGE = 1_000_000
FIRST_YEAR, LAST_YEAR = 1, 9_999
MAX_CHOICES = 100

PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""Text without control characters other than tab and line breaks."""

ASKED = PLAIN[:-1] + r"[^\s\x00-\x1f\x7f-\x9f]" + PLAIN[1:]
"""The same, with at least one character that is not blank."""


def _number(value: object) -> object:
    # Left alone, true would be 1 and "7" would be 7, against the type that the OpenAPI document promises
    if isinstance(value, bool | str):
        raise PydanticCustomError("number_type", "expected a number")
    return value


Number = BeforeValidator(_number)
"""For numbers in a JSON body; in an address every value is a string."""

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
Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2021])]
Line = Annotated[str, Field(max_length=1_000, pattern=PLAIN)]


class _Out(BaseModel):
    """Built from the dataclass of the same fields; a field without a value is null, never left out."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class _In(BaseModel):
    """Unknown fields are refused: a misspelt filter must not search everything."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FiltersIn(_In):
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


class QueryIn(_In):
    """A question, what it is limited to, and how many hits are wanted."""

    query: Question
    k: Annotated[K, Number] = 10
    filters: FiltersIn = FiltersIn()


class MetadataIn(_In):
    """A correction by hand: the fields that are sent are set and stay set; the others are left alone."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    kind: Kind = Kind.LAINNYA
    title: Line = ""
    number: Annotated[str, Field(max_length=100, pattern=PLAIN, examples=["2"])] = ""
    year: Annotated[Year, Number] | None = None
    region: Annotated[Line, Field(examples=["Kota Semarang"])] = ""
    issuer: Line = ""
    date: datetime.date | None = None


class SpanOut(_Out):
    """`page.text[start:end]` of page number `page`, in characters."""

    page: int
    start: int
    end: int


class MetadataOut(_Out):
    """What a document is; an empty string or null is unknown."""

    kind: Kind
    title: str
    number: str
    year: int | None
    region: str
    issuer: str
    date: datetime.date | None


class DocumentOut(_Out):
    """One publication, as its current version stands. `corrected`: the metadata fields set by hand."""

    id: int
    version_id: int
    name: str
    source: str
    metadata: MetadataOut
    corrected: Annotated[list[str], BeforeValidator(sorted)]
    sha256: str
    media_type: str
    n_bytes: int
    n_pages: int
    n_pages_unread: Annotated[int, Field(description="Pages that need OCR or could not be read, and are not searched.")]
    n_pages_doubtful: Annotated[int, Field(description="Pages whose OCR should be compared with their image.")]
    n_passages: int
    has_pages: bool
    ingested_at: datetime.datetime
    n_versions: int

    _veil = field_validator("source")(veiled_source)


class DocumentsOut(_Out):
    """The documents, newest first."""

    documents: list[DocumentOut]


class IngestedOut(_Out):
    """A file that is in. outcome: `baru` (new), `diganti` (a new version), `sama` (the same bytes were there)."""

    outcome: Literal["baru", "diganti", "sama"]
    document: DocumentOut


class ChannelOut(_Out):
    """What one channel made of a passage; a score compares only inside its own ranking, rank counts from 1."""

    score: float
    rank: int


class HitOut(_Out):
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


class CitationOut(_Out):
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


class StatementOut(_Out):
    """A verbatim statement with the citations that carry it, two when it crosses a page."""

    text: str
    citations: list[CitationOut]
    passage_id: int
    score: float


class SearchOut(_Out):
    """The hits, best first."""

    query: str
    hits: list[HitOut]


class TuningOut(_Out):
    """What adapting the model came to: nDCG@10 of the vectors on held-back questions and on the bundled sample."""

    n_pairs: int
    n_questions: int
    own_before: float
    own_after: float
    sample_before: float
    sample_after: float
    is_better: bool


class ValuesOut(_Out):
    """What one document gives, as it writes it."""

    document_id: int
    values: list[str]


class DifferenceOut(_Out):
    """Documents whose quotes give different values of one unit."""

    unit: str
    values: list[ValuesOut]

    @field_validator("values", mode="before")
    @classmethod
    def _named(cls, values: Sequence[tuple[int, Sequence[str]]]) -> list[ValuesOut]:
        return [ValuesOut(document_id=document_id, values=list(said)) for document_id, said in values]


class AnswerOut(_Out):
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


class RewrittenOut(_Out):
    """A sentence of the configured language model. `cites`: places of the statements that it cites, from 1."""

    text: str
    cites: list[int]


class SectionOut(_Out):
    """A node of the outline. `parent`: its place in this list, null for the root."""

    kind: SectionKind
    label: str
    heading: str
    address: str
    parent: int | None
    spans: list[SpanOut]


class OutlineOut(_Out):
    """The sections in reading order, each after its parent. `slug/address` is the stable address of a section."""

    slug: str
    sections: list[SectionOut]


class PageOut(_Out):
    """A page's text exactly as read. width, height: points, 0 where the format has no pages."""

    number: int
    text: str
    verdict: Verdict
    width: float
    height: float
    label: str
    confidence: Annotated[float | None, Field(description="How far its text can be relied on, 0 to 1.")]
    reason: Annotated[Reason | None, Field(description="Why the verdict is not `teks`.")]


class BoxOut(_Out):
    """A rectangle on a page image, in percent of its width and height from the top left."""

    page: int
    left: float
    top: float
    width: float
    height: float


class HighlightOut(_Out):
    """The rectangles that cover the spans asked for."""

    boxes: list[BoxOut]


class RefusalOut(_Out):
    """A file that was not taken in, why, and what to do."""

    source: Veiled
    code: str
    message: Veiled
    message_en: Veiled
    at: datetime.datetime


class RefusalsOut(_Out):
    """The refused files, newest first."""

    refusals: list[RefusalOut]


class StatusOut(_Out):
    """How much is in the store. change: rises with every change. store_bytes: size of its file."""

    n_documents: int
    n_passages: int
    n_pages: int
    n_pages_unread: int
    change: int
    model: str
    store_bytes: int


class DefectOut(_Out):
    """Something that `kb verify` found broken."""

    code: str
    where: str
    message: str
    message_en: str


class VerifyOut(_Out):
    """What is broken; empty when nothing is."""

    defects: list[DefectOut]


class RefusedOut(_Out):
    """A file that was refused just now."""

    source: Veiled
    code: str
    message: Veiled
    message_en: Veiled


class IngestOut(_Out):
    """What came of taking in files."""

    ingested: list[IngestedOut]
    refused: list[RefusedOut]


class ServingOut(_Out):
    """Where the server listens."""

    address: str


class HealthOut(_Out):
    """The process answers (`hidup`), or can serve questions (`siap`)."""

    status: Literal["hidup", "siap"]


class InvalidPart(_Out):
    """One part of a request that is not valid."""

    where: str
    what: str


class Problem(_Out):
    """An error (RFC 9457). `code` is stable, `title` and `detail` are in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: Annotated[str, Field(examples=["tidak-ada"])]
    errors: Annotated[list[InvalidPart], Field(description="Only for a request that is not valid.")] = []


def search_out(query: str, hits: Iterable[object]) -> SearchOut:
    """The hits as they go out."""
    return SearchOut(query=query, hits=[HitOut.model_validate(hit) for hit in hits])


def documents_out(documents: Iterable[object]) -> DocumentsOut:
    """The list of documents as it goes out."""
    return DocumentsOut(documents=[DocumentOut.model_validate(document) for document in documents])
