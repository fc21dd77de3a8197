"""What stands in columns on the pages of a report: tables, and facts beside their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cleaning import Line
from ingest.records.chunks import Chunk, Place, chunks_of, follows
from ingest.records.grid import Grid, GridReader
from ingest.records.roles import label_role
from kb.pages import Page, Span

_ALIGNED = 3.0
"""Points by which the left edges of one column may differ; a letter's own edge is not the line's."""


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


def read_layout(lines: Sequence[Line], pages: Sequence[Page], place: Place) -> Layout:
    """The tables whose heads name what their columns hold, and the labelled facts, in reading order."""
    chunks = chunks_of(lines, pages, place)
    texts = {page.number: page.text for page in pages}
    grids: list[Grid] = []
    free: list[Chunk] = []
    i = 0
    while i < len(chunks):
        found = GridReader(chunks, lines, texts).read(i)
        if found is None:
            free.append(chunks[i])
            i += 1
        else:
            grid, i = found
            grids.append(grid)
    return Layout(tuple(grids), tuple(_pairs(free, lines, texts)))


def _pairs(chunks: Sequence[Chunk], lines: Sequence[Line], texts: dict[int, str]) -> Iterator[Pair]:
    """Lines of two cells whose first is a label we know; two at least must stand one above the other."""
    by_line: dict[int, list[Chunk]] = {}
    for chunk in chunks:
        by_line.setdefault(chunk.line, []).append(chunk)
    found: list[tuple[Chunk, list[Chunk]]] = []
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


def _is_under(chunk: Chunk, before: Chunk, value: Chunk) -> bool:
    return chunk.page == before.page and abs(chunk.left - value.left) < _ALIGNED and follows(before, chunk)
