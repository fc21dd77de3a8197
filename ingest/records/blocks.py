"""A report or minutes as headings, labelled facts, items, paragraphs and tables, in reading order."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.cleaning import Line, body_lines
from ingest.records.chunks import Place, words_placed
from ingest.records.closing import is_closing
from ingest.records.grid import Grid
from ingest.records.layout import Layout, Pair, read_layout
from ingest.records.quotes import MARKER, NOTHING, Quote, Sheets
from ingest.records.roles import Role, column_role, heading_role, label_role
from kb.pages import Page, Reading, Span
from kb.sections import Section, SectionKind

_FULL = 0.75
"""A line of this share of the page's longest was broken at the margin; a shorter one ends its paragraph."""
_ENDS = (".", ";", ":", "!", "?")
_LABEL = re.compile(r"(?P<label>[A-Z][\w ,/.()-]{1,45}?)\s*:(?!\d)\s*(?P<rest>.*)", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,2})[.)]\s")
_RULE = re.compile(r"\|?[\s:|-]+\|?")
_CELLS = re.compile(r"(?:^|(?<=\|))[^|]*(?=\||$)")
_MAX_HEADING = 90
_WRAPPED = ("text/markdown", "text/plain")
"""Formats without pages in which a paragraph may go on over several lines, until an empty one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows. role: what it announces, None where it is only a title. level: 1 is the highest."""

    quote: Quote
    role: Role | None
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fact behind its label: "Tempat : aula"."""

    role: Role
    quote: Quote
    whole: Quote


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, without its number."""

    quote: Quote
    whole: Quote


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    quote: Quote


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. roles: what each column holds, None where nobody knows."""

    roles: tuple[Role | None, ...]
    rows: tuple[tuple[Quote, ...], ...]


Block = Heading | Labelled | Item | Paragraph | Table


def read_blocks(reading: Reading, sections: Sequence[Section], place: Place | None) -> tuple[Sheets, tuple[Block, ...]]:
    """The blocks of a document; running heads and page numbers are in none.

    place: says where words stand on a page; without it a PDF's tables are not seen.
    """
    lines = body_lines(reading.pages)
    place = words_placed(reading, place)
    if reading.has_pages:
        lines = _without_foot(lines, reading.pages)
    sheets = Sheets({page.number: page.text for page in reading.pages})
    layout = read_layout(lines, reading.pages, place) if place is not None and reading.has_pages else Layout()
    is_lined = not reading.has_pages and reading.media_type not in _WRAPPED
    reader = _Blocks(lines, sheets, layout, _levels(sections), is_lined, reading.has_pages)
    return sheets, tuple(reader.read())


def _without_foot(lines: Sequence[Line], pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines without a foot that stands on several pages: `body_lines` keeps the first of them."""
    last: dict[int, Line] = {line.span.page: line for line in lines}
    feet = Counter(page.text.rstrip().rpartition("\n")[2].strip() for page in pages)
    dropped = {line.span for line in last.values() if feet[line.text] > 1}
    return tuple(line for line in lines if line.span not in dropped)


def _levels(sections: Sequence[Section]) -> Mapping[tuple[int, int], tuple[int, str]]:
    """The level and the words of the heading that begins at a place of the document."""
    depths = [0] * len(sections)
    found: dict[tuple[int, int], tuple[int, str]] = {}
    for i, section in enumerate(sections):
        if section.parent is not None:
            depths[i] = depths[section.parent] + 1
        if section.kind is SectionKind.HEADING and section.spans:
            found[section.spans[0].page, section.spans[0].start] = (depths[i], section.label)
    return found


class _Blocks:
    """Walks the lines once."""

    def __init__(
        self,
        lines: Sequence[Line],
        sheets: Sheets,
        layout: Layout,
        levels: Mapping[tuple[int, int], tuple[int, str]],
        is_lined: bool,
        is_paged: bool,
    ) -> None:
        self._lines, self._sheets, self._levels = lines, sheets, levels
        self._grids: Mapping[int, Grid] = {grid.first: grid for grid in layout.grids}
        self._pairs: Mapping[int, Pair] = {pair.first: pair for pair in layout.pairs}
        self._is_lined, self._is_paged = is_lined, is_paged
        self._has_gaps = {number: "\n\n" in text for number, text in sheets.texts.items()}
        self._role: Role | None = None
        self._n_headings = 0
        self._longest: dict[int, int] = {}
        for line in lines:
            self._longest[line.span.page] = max(self._longest.get(line.span.page, 0), len(line.text))

    def read(self) -> Iterator[Block]:
        """The blocks, in reading order."""
        i = 0
        while i < len(self._lines):
            if i in self._grids:
                yield self._grid(self._grids[i])
                i = self._grids[i].last
                continue
            if i in self._pairs:
                yield from self._paired(self._pairs[i])
                i = self._pairs[i].last
                continue
            end = self._piped(i)
            if end > i:
                yield from self._pipes(self._lines[i:end])
                i = end
                continue
            heading = self._heading(i)
            if heading is not None:
                self._n_headings = _number(self._lines[i].text) or self._n_headings
                block, i = heading
                self._role = block.role or self._role
                yield block
                continue
            end = self._paragraph(i)
            yield self._said([line.span for line in self._lines[i:end]])
            i = end

    def _heading(self, i: int) -> tuple[Heading, int] | None:
        """The heading that begins on line `i`, and the line after it."""
        line = self._lines[i]
        number = _number(line.text)
        if number and i + 1 < len(self._lines) and _number(self._lines[i + 1].text) == number + 1:
            # "1. Pembukaan", "2. Paparan": a list, whatever its words.
            return None
        found = self._levels.get((line.span.page, line.span.start))
        if found is None:
            bare = line.text.rstrip(" :")
            is_known = len(bare) <= _MAX_HEADING and not bare.endswith(_ENDS) and heading_role(bare) is not None
            begins = i == 0 or not self._is_paged or self._lines[i - 1].text.endswith(_ENDS) or not self._is_full(i - 1)
            is_next = number == self._n_headings + 1 if number else MARKER.match(line.text) is None
            if not (is_known and begins and (number or bare[:1].isupper()) and is_next):
                return None
            quote = self._sheets.unmarked(self._sheets.quote([line.span]))
            return Heading(quote, heading_role(bare), 1 if number else 9, line.span), i + 1
        level, label = found
        end = i + 1
        while end < len(self._lines) and len(" ".join(x.text for x in self._lines[i:end])) < len(label) - 2:
            end += 1
        quote = self._sheets.unmarked(self._sheets.quote([each.span for each in self._lines[i:end]]))
        role = heading_role(label)
        match = _LABEL.fullmatch(quote.text)
        if role is None and match and label_role(match["label"]) is not None:
            return None
        return Heading(quote, role, level, line.span), end

    def _paragraph(self, i: int) -> int:
        """The line after the paragraph or item that begins on line `i`."""
        end = i + 1
        while end < len(self._lines) and self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, i: int) -> bool:
        """Whether line `i` goes on with the line before it."""
        before, line = self._lines[i - 1], self._lines[i]
        if self._is_lined or i in self._grids or self._piped(i) > i or MARKER.match(line.text):
            return False
        if is_closing(line.text) or i in self._pairs or self._heading(i) is not None:
            return False
        if (line.span.page, line.span.start) in self._levels or self._label(line.text) is not None:
            return False
        if not self._is_paged:
            text = self._sheets.texts[line.span.page]
            # Where a file sets no paragraphs apart by empty lines, each line is one.
            return text[before.span.end : line.span.start].count("\n") == 1 and self._has_gaps[line.span.page]
        is_inside = before.text.count("(") > before.text.count(")")
        return is_inside or self._is_full(i - 1) or (line.text[:1].islower() and not before.text.endswith(_ENDS))

    def _is_full(self, i: int) -> bool:
        line = self._lines[i]
        return len(line.text) >= _FULL * self._longest[line.span.page]

    def _label(self, text: str) -> Role | None:
        found = _LABEL.fullmatch(text)
        return label_role(found["label"]) if found else None

    def _said(self, spans: Sequence[Span]) -> Block:
        whole = self._sheets.quote(spans)
        bare = self._sheets.unmarked(whole)
        found = _LABEL.fullmatch(bare.text)
        role = label_role(found["label"]) if found else None
        if found and role is not None:
            rest = self._sheets.part(bare, found.start("rest"), len(bare.text))
            if not rest:
                return Heading(bare, heading_role(found["label"]) or role, 9, whole.spans[0])
            return Labelled(role, rest, whole)
        return Paragraph(whole) if bare == whole else Item(bare, whole)

    def _paired(self, pair: Pair) -> Iterator[Block]:
        """The fact beside its label; the colon between them belongs to neither."""
        role = label_role(self._sheets.quote([pair.label]).text.rstrip(" :"))
        value = self._sheets.quote(pair.value)
        colon = re.match(r"[:\s]+", value.text)
        rest = self._sheets.part(value, colon.end(), len(value.text)) if colon else value
        if role is not None and rest:
            yield Labelled(role, rest, self._sheets.quote([pair.label, *pair.value]))

    # Tables

    def _piped(self, i: int) -> int:
        """The line after the rows that begin on line `i`; `i` itself where none do."""
        end = i
        while end < len(self._lines) and _is_row(self._lines[end].text):
            end += 1
        return end

    def _pipes(self, lines: Sequence[Line]) -> Iterator[Block]:
        """The rows of a table written with bars: labelled facts where it has two columns, else a table."""
        rows = [self._cells(line) for line in lines if not _RULE.fullmatch(line.text)]
        if not rows:
            return
        heads = [cell.text for cell in rows[0]]
        if self._is_head(heads):
            yield self._table(heads, rows[1:])
            return
        facts = [row for row in rows if len([cell for cell in row if cell]) >= 2]
        for row in facts:
            first, *others = [cell for cell in row if cell]
            role = label_role(first.text)
            rest = self._sheets.quote(span for cell in others for span in cell.spans)
            colon = re.match(r"[:\s]+", rest.text)
            rest = self._sheets.part(rest, colon.end(), len(rest.text)) if colon else rest
            if role is not None and rest:
                yield Labelled(role, rest, self._sheets.quote(span for cell in row for span in cell.spans))

    def _is_head(self, heads: Sequence[str]) -> bool:
        known = [role for head in heads if (role := column_role(head, is_owed=False)) is not None]
        return len(set(known) - {Role.NUMBER}) >= 2 or (len(heads) >= 3 and len(known) >= 2)

    def _cells(self, line: Line) -> list[Quote]:
        text = line.text.strip("|")
        start = line.span.start + line.text.index(text) if text else line.span.start
        page = line.span.page
        return [self._sheets.quote([Span(page, start + m.start(), start + m.end())]) for m in _CELLS.finditer(text)]

    def _grid(self, grid: Grid) -> Table:
        heads = [self._sheets.quote(cell).text for cell in grid.head]
        return self._table(heads, [[self._sheets.quote(cell) for cell in row] for row in grid.rows])

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[Quote]]) -> Table:
        roles = [column_role(head, is_owed=False) for head in heads]
        is_owed = (
            Role.PERSON in roles
            or (Role.TASK in roles and self._role is not Role.FINDINGS)
            or self._role is Role.FOLLOW_UP
        )
        named = tuple(column_role(head, is_owed=is_owed) for head in heads)
        padded = tuple((*row[: len(heads)], *[NOTHING] * (len(heads) - len(row))) for row in rows)
        return Table(named, tuple(row for row in padded if any(row)))


def _number(text: str) -> int:
    """The number before a heading or an item, "3." or "3)"; 0 where there is none."""
    found = _NUMBER.match(text)
    return int(found[1]) if found else 0


def _is_row(text: str) -> bool:
    return " | " in text or (text.startswith("|") and text.count("|") >= 2)
