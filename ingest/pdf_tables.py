"""Tables with ruled lines on a PDF page: their rows and cells as stretches of the page's text, which stays PDFium's."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double, c_float
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.grid import is_header
from kb.tables import Cell, Row, Table

MAX_RULES = 4_000
"""Lines of a page that are looked at; a page of more is a drawing."""

_THIN = 3.0
"""Points; a line drawn as a box is no thicker."""
_SHORTEST = 5.0
_TOUCHING = 3.0
_LEVEL_SHARE = 0.5
"""Of a table's width that a line covers where it divides rows; of its height, where it divides columns."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line at `at` (y of a level one, x of an upright one) from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """The lines of one table: `rows` are the ys between its rows from the top, `columns` the xs from the left."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of a point, None outside."""
        row = bisect_right([-level for level in self.rows], -y) - 1
        column = bisect_right(self.columns, x) - 1
        inside = 0 <= row < len(self.rows) - 1 and 0 <= column < len(self.columns) - 1
        return (row, column) if inside else None


def tables_of(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, text: str) -> list[Table]:
    """Return the ruled tables of a page from its top, without names.

    A row whose words PDFium does not give one after another is left out: no stretch of the text would be it alone.
    """
    level, upright = _rules(page)
    frames = list(_frames(level, upright))
    if not frames:
        return []
    middles = [(i, *_middle(textpage, i)) for i, sign in enumerate(text) if not sign.isspace()]
    tables = (_table(frame, middles, number, text) for frame in frames)
    return [table for table in tables if table is not None]


def joined(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables of a file's pages in order, named, each that goes on from the page before under the header of that."""
    named: list[Table] = []
    for table in tables:
        last = named[-1] if named else None
        goes_on = last is not None and table.header is None and last.rows[-1].page == table.rows[0].page - 1
        if last is not None and goes_on and _n_columns(last) == _n_columns(table):
            rows = tuple(replace(row, number=last.rows[-1].number + i) for i, row in enumerate(table.rows, 1))
            named[-1] = replace(last, rows=(*last.rows, *rows))
        else:
            named.append(replace(table, name=f"Tabel {len(named) + 1}"))
    return tuple(named)


def _n_columns(table: Table) -> int:
    return max(int(cell.column) for row in table.rows for cell in row.cells) if any(r.cells for r in table.rows) else 0


def _rules(page: pdfium.PdfPage) -> tuple[list[_Rule], list[_Rule]]:
    """The level and the upright lines of a page."""
    level: list[_Rule] = []
    upright: list[_Rule] = []
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for i in range(pdfium_c.FPDFPage_CountObjects(page)):
        drawn = pdfium_c.FPDFPage_GetObject(page, i)
        if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            continue
        width, height = right.value - left.value, top.value - bottom.value
        if height <= _THIN and width >= _SHORTEST:
            level.append(_Rule((top.value + bottom.value) / 2, left.value, right.value))
        elif width <= _THIN and height >= _SHORTEST:
            upright.append(_Rule((left.value + right.value) / 2, bottom.value, top.value))
        if len(level) + len(upright) > MAX_RULES:
            return [], []
    return level, upright


def _frames(level: Sequence[_Rule], upright: Sequence[_Rule]) -> Iterator[_Frame]:
    """The tables that lines which touch each other make, from the top; at least two rows and two columns each."""
    found: list[_Frame] = []
    for some_level, some_upright in _touching(level, upright):
        rows = _levels(some_level)
        columns = _levels(some_upright)
        if len(rows) > 2 and len(columns) > 2:
            found.append(_Frame(tuple(sorted(rows, reverse=True)), tuple(sorted(columns))))
    yield from sorted(found, key=lambda frame: -frame.rows[0])


def _touching(level: Sequence[_Rule], upright: Sequence[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """The lines in groups that hang together by crossing or meeting."""
    # Of joined stretches first: a table of 500 cells has 2,000 of them and no more than 60 lines.
    across, down = _joined(level), _joined(upright)
    group = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, one in enumerate(across):
        for k, other in enumerate(down):
            meets = one.start - _TOUCHING <= other.at <= one.end + _TOUCHING
            if meets and other.start - _TOUCHING <= one.at <= other.end + _TOUCHING:
                group[root(i)] = root(len(across) + k)
    members: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i in range(len(group)):
        of_group = members.setdefault(root(i), ([], []))
        if i < len(across):
            of_group[0].append(across[i])
        else:
            of_group[1].append(down[i - len(across)])
    yield from (pair for pair in members.values() if pair[0] and pair[1])


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    """Lines with those that continue them at the same level made one."""
    found: list[_Rule] = []
    for at, some in _by_level(rules):
        for rule in sorted(some, key=lambda one: one.start):
            last = found[-1] if found else None
            if last is not None and last.at == at and rule.start <= last.end + _TOUCHING:
                found[-1] = _Rule(at, last.start, max(last.end, rule.end))
            else:
                found.append(_Rule(at, rule.start, rule.end))
    return found


def _by_level(rules: Iterable[_Rule]) -> Iterator[tuple[float, list[_Rule]]]:
    """The rules at one level together, with the level of the first."""
    some: list[_Rule] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if some and rule.at - some[0].at > _TOUCHING:
            yield some[0].at, some
            some = []
        some.append(rule)
    if some:
        yield some[0].at, some


def _levels(rules: Sequence[_Rule]) -> list[float]:
    """The levels at which lines go over most of the table."""
    extent = max(rule.end for rule in rules) - min(rule.start for rule in rules)
    return [
        at
        for at, some in _by_level(rules)
        if sum(rule.end - rule.start for rule in some) >= _LEVEL_SHARE * extent and extent > 0
    ]


def _middle(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return (left.value + right.value) / 2, (bottom.value + top.value) / 2


def _table(frame: _Frame, middles: Sequence[tuple[int, float, float]], number: int, text: str) -> Table | None:
    places = {i: place for i, x, y in middles if (place := frame.place(x, y)) is not None}
    order = [i for i, _, _ in middles]
    rows: list[Row] = []
    header: Row | None = None
    for row in range(len(frame.rows) - 1):
        own = [i for i in order if i in places and places[i][0] == row]
        if not own or not _is_whole(own, order):
            continue
        cells = []
        for column in range(len(frame.columns) - 1):
            inside = [i for i in own if places[i][1] == column]
            if inside and _is_whole(inside, order):
                cells.append(Cell(inside[0], inside[-1] + 1, str(column + 1)))
        found = Row(number, own[0], own[-1] + 1, len(rows) + 1, tuple(cells))
        if header is None and not rows and is_header([text[cell.start : cell.end] for cell in cells]):
            header = found
        else:
            rows.append(found)
    return Table("", header, tuple(rows)) if rows else None


def _is_whole(indices: Sequence[int], order: Sequence[int]) -> bool:
    """Whether no other letter stands between these in the text. order: of all letters, ascending."""
    first = bisect_right(order, indices[0]) - 1
    return len(indices) == bisect_right(order, indices[-1]) - first
