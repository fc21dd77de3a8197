"""What is read of a file: its pages with their text and verdict, and places in them.

Positions are characters of a page's stored text; page numbers count from 1.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.scans import Reason, WordBox
from kb.tables import Table


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


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`page.text[start:end]` of page number `page`."""

    page: int
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def text_of(spans: Sequence[Span], texts: Mapping[int, str]) -> str:
    """The page texts under `spans`, joined by a line break. texts: by page number."""
    return "\n".join(texts[span.page][span.start : span.end] for span in spans)


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
