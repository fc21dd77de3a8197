"""The words of a knowledge base: documents, pages, sections, passages, queries, hits and answers.

Positions are characters of a page's stored text; page numbers count from 1.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

import numpy as np
from numpy.typing import NDArray

from kb.media import is_drawn
from kb.scans import Reason, WordBox
from kb.tables import Table

if TYPE_CHECKING:
    from kb.identity import Guarding
    from kb.legal import LegalReading, Standing
    from kb.records import Record

DocumentId = NewType("DocumentId", int)
VersionId = NewType("VersionId", int)
SectionId = NewType("SectionId", int)
PassageId = NewType("PassageId", int)

Vectors = NDArray[np.float32]
"""(n, d) float32, unit rows unless a docstring says otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """What an embedder makes of passages, in order.

    vectors: one unit row each. tokens: the vectors of each one's tokens, packed; empty where the model keeps none.
    """

    vectors: Vectors
    tokens: tuple[bytes, ...] = ()


Embed = Callable[[Sequence[str]], Embedded]
"""From passage texts to what is kept of them."""

CountTokens = Callable[[Sequence[str]], list[int]]
"""From texts to the number of tokens each costs the embedder, prefix and special tokens included."""


class Kind(StrEnum):
    """What a document is, in the office's own words."""

    UUD = "uud"
    UU = "uu"
    PERPPU = "perppu"
    PP = "pp"
    PERPRES = "perpres"
    PERMEN = "permen"
    PERDA = "perda"
    PERGUB = "pergub"
    PERBUP = "perbup"
    PERWAL = "perwal"
    RAPERDA = "raperda"
    SK = "sk"
    SE = "se"
    STUDI_TIRU = "laporan-studi-tiru"
    NOTULEN = "notulen"
    SOP = "sop"
    LAPORAN_KINERJA = "laporan-kinerja"
    LAINNYA = "lainnya"


REGULATIONS = frozenset(
    {
        Kind.UUD,
        Kind.UU,
        Kind.PERPPU,
        Kind.PP,
        Kind.PERPRES,
        Kind.PERMEN,
        Kind.PERDA,
        Kind.PERGUB,
        Kind.PERBUP,
        Kind.PERWAL,
    }
)
"""The kinds whose body is cut into Pasal."""


class Verdict(StrEnum):
    """What a page's text is worth.

    TEXT: the file's own characters. OCR, DOUBTFUL: read from a picture, well or not. NONE: a picture nobody has read
    yet. FAILED: read, and nothing usable came of it. BLANK: nothing is drawn on it. CORRECTED: typed by hand.
    """

    TEXT = "teks"
    OCR = "ocr-baik"
    DOUBTFUL = "ocr-meragukan"
    NONE = "perlu-ocr"
    FAILED = "gagal"
    BLANK = "kosong"
    CORRECTED = "dikoreksi"


UNREAD = frozenset({Verdict.NONE, Verdict.FAILED})
"""The verdicts of pages that no question can find."""

SCANNED = frozenset({Verdict.OCR, Verdict.DOUBTFUL, Verdict.CORRECTED, *UNREAD})
"""The verdicts of pages that are pictures, whose text a person may correct."""


class SectionKind(StrEnum):
    """The role of a section in its document's outline."""

    ROOT = "dokumen"
    OPENING = "pembukaan"
    CONSIDERING = "menimbang"
    RECALLING = "mengingat"
    DECIDING = "menetapkan"
    BAB = "bab"
    BAGIAN = "bagian"
    PARAGRAF = "paragraf"
    PASAL = "pasal"
    AYAT = "ayat"
    HURUF = "huruf"
    ANGKA = "angka"
    AMENDMENT = "angka-perubahan"
    CLOSING = "penutup"
    EXPLANATION = "penjelasan"
    ATTACHMENT = "lampiran"
    HEADING = "judul-bagian"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`page.text[start:end]` of page number `page`."""

    page: int
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Page:
    """A numbered page with its text exactly as read.

    width, height: points (1/72 inch); 0 where the format has no paper.
    label: the number printed on it, where the file says so (PDF page labels), or the name of a sheet.
    confidence: the share of its characters that are expected to be right, in [0, 1]; None where nobody has measured it.
    reason: why the verdict is not TEXT, where there is one to tell.
    """

    number: int
    text: str
    verdict: Verdict
    width: float = 0.0
    height: float = 0.0
    label: str = ""
    confidence: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading the file itself declares: an outline entry, a heading style, an `<h2>`.

    level: 1 is the highest. span: where its words stand; empty (start == end)
    where the file points at a place without repeating the words.
    """

    level: int
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: its pages in order and what the file says of itself.

    tables: whose rows stand in the pages. boxes: of the words of pages read by OCR.
    members: the names of the files inside it (a mail's attachments, an archive's files), each a document of its own.
    """

    media_type: str
    pages: tuple[Page, ...]
    has_pages: bool
    headings: tuple[Heading, ...] = ()
    title: str = ""
    created: datetime.date | None = None
    tables: tuple[Table, ...] = ()
    boxes: tuple[WordBox, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of a document's outline; in a regulation a provision.

    label: "Pasal 12", "ayat (2)", "huruf b", "BAB III", "Penjelasan Pasal 5"; a plain heading is its own label.
    heading: the title that stands under a label ("KETENTUAN UMUM"), or "".
    address: unique in its version, from the labels of its parents ("pasal-12/ayat-2/huruf-b").
    parent: its place in the tuple of sections, before this one; None for the root.
    spans: the whole extent, children included, running heads and page numbers left out.
    """

    kind: SectionKind
    label: str
    heading: str
    address: str
    parent: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a piece of one section.

    section: its place in the tuple of sections.
    text: the page texts under `spans`, joined by a line break.
    heading_path: labels and headings from the document's top down to the section, without the document's own title.
    """

    section: int
    text: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is, read from itself or corrected by hand. Empty or None is unknown."""

    kind: Kind = Kind.LAINNYA
    title: str = ""
    number: str = ""
    year: int | None = None
    region: str = ""
    issuer: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One publication, as its current version stands."""

    id: DocumentId
    version_id: VersionId
    name: str
    source: str
    metadata: Metadata
    corrected: frozenset[str]
    audience: str
    sha256: str
    media_type: str
    n_bytes: int
    n_pages: int
    n_pages_unread: int
    n_pages_doubtful: int
    n_passages: int
    has_pages: bool
    ingested_at: datetime.datetime
    n_versions: int

    @property
    def is_drawn(self) -> bool:
        """Whether its pages have pictures on which a quote can be marked."""
        return self.has_pages and is_drawn(self.media_type)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. An administrator sees every document; others those of their audiences.

    sees_identities: may have the hidden names and numbers shown, which keeping the machine alone gives no right to.
    """

    name: str
    is_admin: bool = False
    audiences: frozenset[str] = frozenset()
    sees_identities: bool = False


LOCAL_ADMIN = Viewer(name="admin", is_admin=True, sees_identities=True)
"""The one person at this machine, until people sign in."""


class Content(StrEnum):
    """What a passage holds, beside plain text."""

    PROVISIONS = "ketentuan"
    FINDINGS = "temuan"
    DECISIONS = "keputusan"


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
    standing: "Standing | None" = None
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
    standing: "Standing | None" = None
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


class Outcome(StrEnum):
    """What taking in a file changed."""

    NEW = "baru"
    REPLACED = "diganti"
    UNCHANGED = "sama"


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is in, and whether it is new."""

    document: Document
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in, with the reason in both languages."""

    source: str
    code: str
    message: str
    message_en: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Status:
    """What a knowledge base holds. change: rises by one with every change of the store."""

    n_documents: int
    n_pages: int
    n_pages_unread: int
    n_passages: int
    change: int
    model: str
    store_bytes: int


@dataclass(frozen=True, slots=True)
class Defect:
    """Something `kb verify` found that is not as it must be."""

    code: str
    where: str
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A document read, cut and embedded, ready to go into the store in one transaction.

    words, heading_words: the analysed text and headings of each passage, for the word index.
    vectors: one row a passage. tokens: packed token vectors of each, or empty. stamp: names the model that made them.
    guarding: what the guard took out of the reading; None where no guard looked at it.
    legal: what it says of the legal life of regulations; None where that was not read.
    records: the visits, findings, meetings, decisions and follow-ups in it.
    """

    source: str
    name: str
    audience: str
    sha256: str
    n_bytes: int
    reading: Reading
    metadata: Metadata
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    words: tuple[str, ...]
    heading_words: tuple[str, ...]
    vectors: Vectors
    stamp: str
    guarding: "Guarding | None" = None
    legal: "LegalReading | None" = None
    records: "tuple[Record, ...]" = ()
    tokens: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the store holds it, with the document it belongs to."""

    id: PassageId
    document_id: DocumentId
    version_id: VersionId
    section: Section
    text: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    words: str
    heading_words: str
