"""The words of a PDF's lines in chunks with no wide blank between them, placed in points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.boxes import Box
from ingest.cleaning import Line
from kb.media import PDF
from kb.pages import Page, Reading, Span, Verdict
from kb.scans import Reason

Place = Callable[[Sequence[Span]], Sequence[Sequence[Box]]]
"""From spans to the boxes that cover each of them on its page."""

GAP = 0.65
"""Blank between two cells on one line, in heights of the line: more than between words, less than two paddings."""
MAX_WORDS = 60_000
"""Of a report or minutes; where a file has more, its tables are not looked for."""


@dataclass(slots=True)
class Chunk:
    """Words of one line with no wide blank between them; edges in points from the top left of the page."""

    line: int
    spans: list[Span]
    left: float
    top: float
    right: float
    bottom: float
    gaps: list[float]

    @property
    def page(self) -> int:
        """The page it stands on, from 1."""
        return self.spans[0].page

    @property
    def height(self) -> float:
        """Of its letters, in points."""
        return self.bottom - self.top

    def whole(self) -> Span:
        """From its first word to its last."""
        return Span(self.page, self.spans[0].start, self.spans[-1].end)


def words_placed(reading: Reading, drawn: Place | None) -> Place | None:
    """Says where words stand, wherever their page's text is from; None where nobody knows.

    drawn: where PDFium has drawn the characters of a PDF. Of a page that OCR read the reading itself knows.
    """
    known: dict[tuple[int, int], list[Box]] = {}
    for word in reading.boxes:
        box = Box(word.page, word.left, word.top, word.width, word.height)
        known.setdefault((word.page, word.start), []).append(box)
    own = {
        page.number
        for page in reading.pages
        if page.verdict is Verdict.CORRECTED or page.reason is Reason.BAD_LAYER_REPLACED
    }
    own |= {word.page for word in reading.boxes}
    if not known and (drawn is None or reading.media_type != PDF):
        return None

    def place(spans: Sequence[Span]) -> Sequence[Sequence[Box]]:
        asked = [span for span in spans if span.page not in own]
        told = iter(drawn(asked) if drawn is not None and reading.media_type == PDF else [()] * len(asked))
        return [known.get((span.page, span.start), ()) if span.page in own else next(told) for span in spans]

    return place


def chunks_of(lines: Sequence[Line], pages: Sequence[Page], place: Place) -> list[Chunk]:
    """The chunks of all lines in reading order; words that nobody can place are in none."""
    words = [
        (i, Span(line.span.page, line.span.start + a, line.span.start + b))
        for i, line in enumerate(lines)
        for a, b in _words(line.text)
    ]
    if len(words) > MAX_WORDS:
        return []
    sizes = {page.number: (page.width, page.height) for page in pages}
    chunks: list[Chunk] = []
    for (line, span), boxes in zip(words, place([span for _, span in words]), strict=True):
        if not boxes:
            continue
        width, height = sizes[span.page]
        left, right = min(box.left for box in boxes) * width / 100, max(box.right for box in boxes) * width / 100
        top, bottom = min(box.top for box in boxes) * height / 100, max(box.bottom for box in boxes) * height / 100
        last = chunks[-1] if chunks else None
        gap = left - last.right if last is not None else 0.0
        if last is not None and last.line == line and -last.height < gap < GAP * last.height and top < last.bottom:
            last.spans.append(span)
            last.gaps.append(gap)
            last.right, last.top, last.bottom = right, min(last.top, top), max(last.bottom, bottom)
        else:
            chunks.append(Chunk(line, [span], left, top, right, bottom, []))
    return chunks


def _words(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


def follows(before: Chunk, chunk: Chunk) -> bool:
    """Whether a chunk stands as closely below another as a line of the same paragraph."""
    return -0.5 * chunk.height < chunk.top - before.bottom < 0.8 * chunk.height
