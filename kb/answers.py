"""What comes back of a query: hits, and statements with the citations that carry them."""

from dataclasses import dataclass

from kb.documents import Document, DocumentId, VersionId
from kb.legal import Standing
from kb.pages import Span, Verdict
from kb.passages import Content, PassageId


@dataclass(frozen=True, slots=True)
class ChannelScore:
    """What one channel made of a passage. score rises with relevance, inside its ranking only; rank counts from 1."""

    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and why.

    label: official label with the document ("UU Nomor 35 Tahun 2014 Pasal 9").
    marks: (start, end) of `text` that the query's words account for.
    lexical, dense: None where that channel did not return the passage.
    standing: whether its provision is in force, as far as the viewer's documents say; None for no regulation.
    copies: other documents whose passage of the same words stands under this one.
    contents: what it holds of provisions, findings and decisions.
    """

    passage_id: PassageId
    document: Document
    section_address: str
    label: str
    heading_path: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    marks: tuple[tuple[int, int], ...]
    score: float
    lexical: ChannelScore | None
    dense: ChannelScore | None
    standing: Standing | None = None
    copies: tuple[Document, ...] = ()
    contents: frozenset[Content] = frozenset()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands. `quote` equals the page's text under `span`, compared when it was made.

    standing: whether its provision is in force, as far as the viewer's documents say; None for no regulation.
    verdict, page_confidence: of that page, so that who quotes a scan knows it.
    """

    document_id: DocumentId
    version_id: VersionId
    document_title: str
    label: str
    address: str
    span: Span
    quote: str
    page_label: str
    has_pages: bool
    standing: Standing | None = None
    verdict: Verdict = Verdict.TEXT
    page_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A verbatim statement with the citations that carry it, in reading order (two when it crosses a page)."""

    text: str
    citations: tuple[Citation, ...]
    passage_id: PassageId
    score: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Documents that give different values of one unit ("hari", "Rp"): each document with its values as written."""

    unit: str
    values: tuple[tuple[DocumentId, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements with their citations, or an abstention (`statements` empty) with the closest hits.

    confidence: in [0, 1], how likely the statements answer the question.
    searched_as: the question with everyday words and typos put right, where that changed it.
    differences: what documents give differently, where a number was asked for.
    """

    question: str
    statements: tuple[Statement, ...]
    confidence: float
    hits: tuple[Hit, ...]
    searched_as: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether nothing in the collection was found to answer."""
        return not self.statements
