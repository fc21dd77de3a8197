"""A table of a report by where its words stand, with lines around its cells or without, drawn or scanned.

A table by its lines alone is `ingest.pdf_tables`: docs/decisions/034 says why one does not do for the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning import Line
from ingest.records.chunks import Chunk, follows
from ingest.records.closing import is_closing
from ingest.records.roles import Role, column_role, heading_role
from kb.pages import Span

_NARROW_GAP = 0.55
"""Enough where it stands between two columns that are known already."""
_FAR = 3.0
"""Blank below which a table has ended, in heights of a line."""
_CLOSE = 0.9
"""Blank between two lines of one cell, in heights of a line."""
_MIN_ROLES = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on lines `first` up to `last`: the spans of its head's cells, and of its rows' cells."""

    first: int
    last: int
    head: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]


@dataclass(slots=True)
class _Row:
    """A row in the making: its cells, the blank above it in heights of a line, and whether it begins a page."""

    cells: list[list[Chunk]]
    gap: float
    is_turned: bool

    @property
    def filled(self) -> list[int]:
        return [k for k, cell in enumerate(self.cells) if cell]


class GridReader:
    """Reads one table from the chunk of its head on."""

    def __init__(self, chunks: Sequence[Chunk], lines: Sequence[Line], texts: dict[int, str]) -> None:
        self._chunks, self._lines, self._texts = chunks, lines, texts
        self._columns: list[tuple[float, float]] = []
        self._height = 1.0

    def read(self, first: int) -> tuple[Grid, int] | None:
        """The table whose head begins with chunk `first`, and the chunk after it; None where none does."""
        begin = self._chunks[first]
        if not self._begins_line(begin):
            return None
        head, at = self._head(first)
        if not is_head([self._said(cell) for cell in head]):
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

    def _head(self, first: int) -> tuple[list[list[Chunk]], int]:
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
            elif chunk.left < right and chunk.right > min(each.left for each in cell) and follows(cell[-1], chunk):
                cell.append(chunk)
            else:
                break
            at += 1
        return cells, at

    def _said(self, cell: Sequence[Chunk]) -> str:
        return " ".join(" ".join(self._texts[c.page][c.spans[0].start : c.spans[-1].end] for c in cell).split())

    def _begins_line(self, chunk: Chunk) -> bool:
        return chunk.spans[0].start == self._lines[chunk.line].span.start

    def _is_below(self, at: int, gap: float) -> bool:
        """Whether a chunk at the left heads another table, or is a heading or closing words below this one."""
        if is_head([self._said(cell) for cell in self._head(at)[0]]):
            return True
        line = self._lines[self._chunks[at].line]
        is_alone = self._chunks[at].spans[-1].end == line.span.end
        return is_alone and gap > _CLOSE and (heading_role(line.text) is not None or is_closing(line.text))

    def _is_heading(self, chunk: Chunk) -> bool:
        """Whether a chunk is a numbered heading that stands alone on its line, at the left of the table."""
        line = self._lines[chunk.line]
        return (
            line.text[:1].isalpha()
            and line.text[1:2] == "."
            and line.span.start == chunk.spans[0].start
            and chunk.left < self._columns[0][1]
        )

    def _assigned(self, chunk: Chunk, column: int) -> list[tuple[Chunk, int]] | None:
        """The chunk, or its pieces, with the columns they stand in; None where they fit none."""
        touched = [k for k, (left, right) in enumerate(self._columns) if chunk.left < right and chunk.right > left]
        if len(touched) == 1:
            return [(chunk, touched[0])]
        if touched:
            pieces = self._cut(chunk)
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

    def _cut(self, chunk: Chunk) -> list[Chunk] | None:
        """The chunk cut at its widest blank, where that is wide for a line whose columns are known."""
        if not chunk.gaps or max(chunk.gaps) < _NARROW_GAP * self._height:
            return None
        at = chunk.gaps.index(max(chunk.gaps)) + 1
        share = sum(len(span) for span in chunk.spans[:at]) / sum(len(span) for span in chunk.spans)
        middle = chunk.left + (chunk.right - chunk.left - sum(chunk.gaps)) * share + sum(chunk.gaps[: at - 1])
        left = Chunk(chunk.line, chunk.spans[:at], chunk.left, chunk.top, middle, chunk.bottom, chunk.gaps[: at - 1])
        right_left = middle + chunk.gaps[at - 1]
        right = Chunk(chunk.line, chunk.spans[at:], right_left, chunk.top, chunk.right, chunk.bottom, chunk.gaps[at:])
        return [left, right]

    def _is_apart(self, chunk: Chunk, before: Chunk) -> bool:
        """Whether a chunk of the same column begins a row of its own."""
        return chunk.page == before.page and chunk.top - before.bottom > self._height


def is_head(cells: Sequence[str]) -> bool:
    """Whether these words head the columns of a table that we know."""
    roles = {column_role(cell, is_owed=False) for cell in cells} - {None, Role.NUMBER}
    n_known = sum(column_role(cell, is_owed=False) is not None for cell in cells)
    return len(roles) >= _MIN_ROLES and 2 * n_known >= len(cells)


def _joined(rows: Sequence[_Row]) -> list[list[list[Chunk]]]:
    """The rows of a table, those joined that go on with the row before, and what stands below the table left out.

    Every row of a table begins in the first column that any does. What begins further right goes on with the row
    before where it follows as closely as a line follows a line; otherwise a cell that is shared by several rows stands
    left of it, or, where it is alone, it is the signature below.
    """
    kept: list[list[list[Chunk]]] = []
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
