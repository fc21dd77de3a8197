"""The quoted pages of a dossier: drawn with their highlights, or as text where the format has no pages."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from api.document_pages import DocumentPages
from ingest.boxes import Box
from kb.access import Viewer
from kb.documents import VersionId
from kb.dossier import CheckedItem
from kb.errors import KbError
from kb.pages import Page, Span

DPI = 110
JPEG_QUALITY = 82
AROUND = 700
"""Characters shown before and after a quote where the format has no pages: such a document is one long text."""
AMBER, EDGE = (255, 231, 163), (125, 74, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text, quoted or not."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class QuotedPage:
    """A page that quotes stand on. numbers: of their footnotes. image: JPEG, b"" where there is none to draw."""

    numbers: tuple[int, ...]
    name: str
    page: Page
    has_pages: bool
    image: bytes
    text: tuple[Piece, ...]


def quoted_pages(drawn_by: DocumentPages, viewer: Viewer, items: Sequence[CheckedItem]) -> tuple[QuotedPage, ...]:
    """Each page that one of the quotable `items` stands on, once, in the order of their footnotes (from 1)."""
    found: dict[tuple[VersionId, int], list[tuple[int, CheckedItem]]] = {}
    for number, each in enumerate((each for each in items if each.is_quotable), 1):
        for page in each.pages:
            found.setdefault((each.item.what.version_id, page.number), []).append((number, each))
    return tuple(_quoted_page(drawn_by, viewer, number, quotes) for (_, number), quotes in found.items())


def _quoted_page(
    drawn_by: DocumentPages, viewer: Viewer, page_number: int, quotes: Sequence[tuple[int, CheckedItem]]
) -> QuotedPage:
    first = quotes[0][1]
    page = next(page for page in first.pages if page.number == page_number)
    spans = tuple(span for _, each in quotes for span in each.item.what.spans if span.page == page_number)
    image = _drawn(drawn_by, viewer, first, page_number, spans) if first.has_pages else b""
    return QuotedPage(
        numbers=tuple(number for number, _ in quotes),
        name=first.item.what.name,
        page=page,
        has_pages=first.has_pages,
        image=image,
        text=_pieces(page.text, spans, whole=first.has_pages),
    )


def _drawn(drawn_by: DocumentPages, viewer: Viewer, each: CheckedItem, number: int, spans: Sequence[Span]) -> bytes:
    """The page with its quotes marked, as JPEG; b"" where the original cannot be drawn any more."""
    what = each.item.what
    try:
        png = drawn_by.draw(viewer, what.document_id, number, DPI, what.version_id)
        boxes = drawn_by.highlight(viewer, what.document_id, spans, what.version_id)
    except KbError:
        # Its text is in the store and goes in instead: the paper is whole without the picture.
        return b""
    return marked(png, [box for box in boxes if box.page == number])


def marked(png: bytes, boxes: Sequence[Box]) -> bytes:
    """A page image as JPEG with `boxes` (in percent) on amber ground with an edge, told also without colour."""
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    ground = Image.new("RGB", image.size, (255, 255, 255))
    places = [
        (
            round(box.left * image.width / 100) - 1,
            round(box.top * image.height / 100) - 1,
            round((box.left + box.width) * image.width / 100) + 1,
            round((box.top + box.height) * image.height / 100) + 1,
        )
        for box in boxes
    ]
    draw = ImageDraw.Draw(ground)
    for place in places:
        draw.rectangle(place, fill=AMBER, outline=EDGE)
    written = io.BytesIO()
    # Multiplied, so that the letters stay black on it.
    ImageChops.multiply(image, ground).save(written, "JPEG", quality=JPEG_QUALITY)
    return written.getvalue()


def _pieces(text: str, spans: Sequence[Span], whole: bool) -> tuple[Piece, ...]:
    """The page's text cut at its quotes; far from them it is left out ("…") unless the `whole` is wanted."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    cut: list[Piece] = []
    at = 0
    for start, end in merged:
        cut.append(_between(text[at:start], whole, is_first=at == 0))
        cut.append(Piece(text[start:end], True))
        at = end
    rest = text[at:]
    cut.append(Piece(rest if whole or len(rest) <= AROUND else f"{rest[:AROUND]}…", False))
    return tuple(piece for piece in cut if piece.text)


def _between(text: str, whole: bool, is_first: bool) -> Piece:
    if whole or len(text) <= (AROUND if is_first else 2 * AROUND):
        return Piece(text, False)
    return Piece(f"…{text[-AROUND:]}" if is_first else f"{text[:AROUND]} … {text[-AROUND:]}", False)
