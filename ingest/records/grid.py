"""Tables of a PDF, found by where their words stand: the text of a page says nothing of its cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.boxes import Box
from ingest.cleaning import Line
from ingest.records.closing import is_closing
from ingest.records.roles import Role, column_role, heading_role, label_role
from kb.media import PDF
from kb.pages import Page, Reading, Span, Verdict
from kb.scans import Reason

Place = Callable[[Sequence[Span]], Sequence[Sequence[Box]]]
"""From spans to the boxes that cover each of them on its page."""

GAP = 0.65
"""Blank between two cells on one line, in heights of the line: more than between words, less than two paddings."""
_NARROW_GAP = 0.55
"""Enough where it stands between two columns that are known already."""
_FAR = 3.0
"""Blank below which a table has ended, in heights of a line."""
_CLOSE = 0.9
"""Blank between two lines of one cell, in heights of a line."""
_MIN_ROLES = 2
_ALIGNED = 3.0
"""Points by which the left edges of one column may differ; a letter's own edge is not the line's."""
MAX_WORDS = 60_000
"""Of a report or minutes; where a file has more, its tables are not looked for."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on lines `first` up to `last`: the spans of its head's cells, and of its rows' cells."""

    first: int
    last: int
    head: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and, behind a wide blank, what it is the label of, on lines `first` up to `last`."""

    first: int
    last: int
    label: Span
    value: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands in columns on the pages of a document: tables, and facts beside their labels."""

    grids: tuple[Grid, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(slots=True)
class _Chunk:
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
        return self.spans[0].page

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def whole(self) -> Span:
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


def read_layout(lines: Sequence[Line], pages: Sequence[Page], place: Place) -> Layout:
    """The tables whose heads name what their columns hold, and the labelled facts, in reading order."""
    chunks = _chunks(lines, pages, place)
    texts = {page.number: page.text for page in pages}
    grids: list[Grid] = []
    free: list[_Chunk] = []
    i = 0
    while i < len(chunks):
        found = _Reader(chunks, lines, texts).read(i)
        if found is None:
            free.append(chunks[i])
            i += 1
        else:
            grid, i = found
            grids.append(grid)
    return Layout(tuple(grids), tuple(_pairs(free, lines, texts)))


def _pairs(chunks: Sequence[_Chunk], lines: Sequence[Line], texts: dict[int, str]) -> Iterator[Pair]:
    """Lines of two cells whose first is a label we know; two at least must stand one above the other."""
    by_line: dict[int, list[_Chunk]] = {}
    for chunk in chunks:
        by_line.setdefault(chunk.line, []).append(chunk)
    found: list[tuple[_Chunk, list[_Chunk]]] = []
    for i, own in by_line.items():
        if len(own) != 2 or own[0].spans[0].start != lines[i].span.start:
            continue
        label, value = own
        if label_role(texts[label.page][label.whole().start : label.whole().end].rstrip(" :")) is None:
            continue
        below = [value]
        while len(more := by_line.get(below[-1].line + 1, [])) == 1 and _is_under(more[0], below[-1], value):
            below.append(more[0])
        found.append((label, below))
    for label, below in found:
        if sum(abs(other[0].left - below[0].left) < _ALIGNED for _, other in found) > 1:
            yield Pair(label.line, below[-1].line + 1, label.whole(), tuple(chunk.whole() for chunk in below))


def _is_under(chunk: _Chunk, before: _Chunk, value: _Chunk) -> bool:
    return chunk.page == before.page and abs(chunk.left - value.left) < _ALIGNED and _follows(before, chunk)


def _chunks(lines: Sequence[Line], pages: Sequence[Page], place: Place) -> list[_Chunk]:
    words = [
        (i, Span(line.span.page, line.span.start + a, line.span.start + b))
        for i, line in enumerate(lines)
        for a, b in _words(line.text)
    ]
    if len(words) > MAX_WORDS:
        return []
    sizes = {page.number: (page.width, page.height) for page in pages}
    chunks: list[_Chunk] = []
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
            chunks.append(_Chunk(line, [span], left, top, right, bottom, []))
    return chunks


def _words(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


@dataclass(slots=True)
class _Row:
    """A row in the making: its cells, the blank above it in heights of a line, and whether it begins a page."""

    cells: list[list[_Chunk]]
    gap: float
    is_turned: bool

    @property
    def filled(self) -> list[int]:
        return [k for k, cell in enumerate(self.cells) if cell]


class _Reader:
    """Reads one table from the chunk of its head on."""

    def __init__(self, chunks: Sequence[_Chunk], lines: Sequence[Line], texts: dict[int, str]) -> None:
        self._chunks, self._lines, self._texts = chunks, lines, texts
        self._columns: list[tuple[float, float]] = []
        self._height = 1.0

    def read(self, first: int) -> tuple[Grid, int] | None:
        """The table whose head begins with chunk `first`, and the chunk after it; None where none does."""
        begin = self._chunks[first]
        if not self._begins_line(begin):
            return None
        head, at = self._head(first)
        if not _is_head([self._said(cell) for cell in head]):
            return None
        self._columns = [(min(c.left for c in cell), max(c.right for c in cell)) for cell in head]
        # The box of a word is as high as its letters; the tallest of the head is the measure for blanks between lines.
        self._height = max(chunk.height for cell in head for chunk in cell)
        rows: list[_Row] = []
        column = len(head)
        last = head[-1][-1]
        bottom = max(chunk.bottom for cell in head for chunk in cell)
        while at < len(self._chunks):
            chunk = self._chunks[at]
            if chunk.page != last.page:
                again, after = self._head(at)
                if [self._said(cell) for cell in again] == [self._said(cell) for cell in head]:
                    at, last, bottom, column = after, self._chunks[after - 1], again[0][0].bottom, len(head)
                    continue
                bottom = chunk.top
            gap = (chunk.top - bottom) / self._height
            if chunk.page - last.page not in (0, 1) or gap > _FAR or self._is_heading(chunk):
                break
            if rows and self._begins_line(chunk) and chunk.left < self._columns[0][1] and self._is_below(at, gap):
                break
            pieces = self._assigned(chunk, column)
            if pieces is None:
                break
            for piece, place in pieces:
                if place < column or (place == column and self._is_apart(piece, rows[-1].cells[place][-1])):
                    rows.append(_Row([[] for _ in head], gap, chunk.page != last.page))
                rows[-1].cells[place].append(piece)
                column = place
                left, right = self._columns[place]
                self._columns[place] = min(left, piece.left), max(right, piece.right)
            bottom = max(bottom, chunk.bottom) if chunk.page == last.page else chunk.bottom
            last = chunk
            at += 1
        kept = _joined(rows)
        if not kept:
            return None
        end = max(chunk.line for row in kept for cell in row for chunk in cell) + 1
        while at > first and self._chunks[at - 1].line >= end:
            at -= 1
        made = tuple(tuple(tuple(chunk.whole() for chunk in cell) for cell in row) for row in kept)
        return Grid(begin.line, end, tuple(tuple(c.whole() for c in cell) for cell in head), made), at

    def _head(self, first: int) -> tuple[list[list[_Chunk]], int]:
        """The cells of a row of heads that begins with a chunk, and the chunk after it."""
        begin = self._chunks[first]
        cells = [[begin]]
        at = first + 1
        while at < len(self._chunks) and self._chunks[at].page == begin.page:
            chunk, cell = self._chunks[at], cells[-1]
            right = max(each.right for each in cell)
            is_level = chunk.top < begin.bottom + 1.6 * begin.height and chunk.bottom > begin.top - 2.6 * begin.height
            if chunk.left >= right and is_level:
                cells.append([chunk])
            elif chunk.left < right and chunk.right > min(each.left for each in cell) and _follows(cell[-1], chunk):
                cell.append(chunk)
            else:
                break
            at += 1
        return cells, at

    def _said(self, cell: Sequence[_Chunk]) -> str:
        return " ".join(" ".join(self._texts[c.page][c.spans[0].start : c.spans[-1].end] for c in cell).split())

    def _begins_line(self, chunk: _Chunk) -> bool:
        return chunk.spans[0].start == self._lines[chunk.line].span.start

    def _is_below(self, at: int, gap: float) -> bool:
        """Whether a chunk at the left heads another table, or is a heading or closing words below this one."""
        if _is_head([self._said(cell) for cell in self._head(at)[0]]):
            return True
        line = self._lines[self._chunks[at].line]
        is_alone = self._chunks[at].spans[-1].end == line.span.end
        return is_alone and gap > _CLOSE and (heading_role(line.text) is not None or is_closing(line.text))

    def _is_heading(self, chunk: _Chunk) -> bool:
        """Whether a chunk is a numbered heading that stands alone on its line, at the left of the table."""
        line = self._lines[chunk.line]
        return (
            line.text[:1].isalpha()
            and line.text[1:2] == "."
            and line.span.start == chunk.spans[0].start
            and chunk.left < self._columns[0][1]
        )

    def _assigned(self, chunk: _Chunk, column: int) -> list[tuple[_Chunk, int]] | None:
        """The chunk, or its pieces, with the columns they stand in; None where they fit none."""
        touched = [k for k, (left, right) in enumerate(self._columns) if chunk.left < right and chunk.right > left]
        if len(touched) == 1:
            return [(chunk, touched[0])]
        if touched:
            pieces = self._cut(chunk, touched)
            return (
                None if pieces is None else [each for piece in pieces for each in self._assigned(piece, column) or []]
            )
        after = [k for k, (_, right) in enumerate(self._columns) if right <= chunk.left]
        before = [k for k, (left, _) in enumerate(self._columns) if left >= chunk.right]
        if not after or not before:
            k = 0 if before else len(self._columns) - 1
            return [(chunk, k)]
        left_gap, right_gap = chunk.left - self._columns[after[-1]][1], self._columns[before[0]][0] - chunk.right
        return [(chunk, after[-1] if left_gap < right_gap and column != after[-1] else before[0])]

    def _cut(self, chunk: _Chunk, touched: Sequence[int]) -> list[_Chunk] | None:
        """The chunk cut at its widest blank, where that is wide for a line whose columns are known."""
        if not chunk.gaps or max(chunk.gaps) < _NARROW_GAP * self._height:
            return None
        at = chunk.gaps.index(max(chunk.gaps)) + 1
        share = sum(len(span) for span in chunk.spans[:at]) / sum(len(span) for span in chunk.spans)
        middle = chunk.left + (chunk.right - chunk.left - sum(chunk.gaps)) * share + sum(chunk.gaps[: at - 1])
        left = _Chunk(chunk.line, chunk.spans[:at], chunk.left, chunk.top, middle, chunk.bottom, chunk.gaps[: at - 1])
        right_left = middle + chunk.gaps[at - 1]
        right = _Chunk(chunk.line, chunk.spans[at:], right_left, chunk.top, chunk.right, chunk.bottom, chunk.gaps[at:])
        return [left, right]

    def _is_apart(self, chunk: _Chunk, before: _Chunk) -> bool:
        """Whether a chunk of the same column begins a row of its own."""
        return chunk.page == before.page and chunk.top - before.bottom > self._height


def _follows(before: _Chunk, chunk: _Chunk) -> bool:
    return -0.5 * chunk.height < chunk.top - before.bottom < 0.8 * chunk.height


def _is_head(cells: Sequence[str]) -> bool:
    """Whether these words head the columns of a table that we know."""
    roles = {column_role(cell, is_owed=False) for cell in cells} - {None, Role.NUMBER}
    n_known = sum(column_role(cell, is_owed=False) is not None for cell in cells)
    return len(roles) >= _MIN_ROLES and 2 * n_known >= len(cells)


def _joined(rows: Sequence[_Row]) -> list[list[list[_Chunk]]]:
    """The rows of a table, those joined that go on with the row before, and what stands below the table left out.

    Every row of a table begins in the first column that any does. What begins further right goes on with the row
    before where it follows as closely as a line follows a line; otherwise a cell that is shared by several rows stands
    left of it, or, where it is alone, it is the signature below.
    """
    kept: list[list[list[_Chunk]]] = []
    begins = min((row.filled[0] for row in rows), default=0)
    for row in rows:
        goes_on = row.filled[0] > begins and (row.is_turned or row.gap < _CLOSE)
        if kept and (goes_on or (row.is_turned and len(row.filled) == 1)):
            for mine, more in zip(kept[-1], row.cells, strict=True):
                mine += more
        elif len(row.filled) == 1 and (row.filled[0] > begins or not kept):
            break
        else:
            kept.append(row.cells)
    return kept
