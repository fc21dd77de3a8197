"""Pages, and places in them, over the wire."""

from typing import Annotated

from pydantic import Field

from api.schemas import Out
from kb.pages import Verdict
from kb.scans import Reason


class SpanOut(Out):
    """`page.text[start:end]` of page number `page`, in characters."""

    page: int
    start: int
    end: int


class PageOut(Out):
    """A page's text exactly as read. width, height: points, 0 where the format has no pages."""

    number: int
    text: str
    verdict: Verdict
    width: float
    height: float
    label: str
    confidence: Annotated[float | None, Field(description="How far its text can be relied on, 0 to 1.")]
    reason: Annotated[Reason | None, Field(description="Why the verdict is not `teks`.")]


class BoxOut(Out):
    """A rectangle on a page image, in percent of its width and height from the top left."""

    page: int
    left: float
    top: float
    width: float
    height: float


class HighlightOut(Out):
    """The rectangles that cover the spans asked for."""

    boxes: list[BoxOut]
