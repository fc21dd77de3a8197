"""The rows of a table as lines of a page, each remembered with its cells."""

from collections.abc import Sequence

from ingest.lines import Lines
from kb.tables import Cell, Row, Table

BETWEEN = " | "
"""What stands between two cells of a row."""

_FEWEST_NAMES = 2


class Grid:
    """Writes rows to a page and makes them a table."""

    def __init__(self, lines: Lines, name: str, *, is_sheet: bool = False) -> None:
        self._lines, self._name, self._is_sheet = lines, name, is_sheet
        self._rows: list[Row] = []
        self._header: Row | None = None

    def add(self, number: int, cells: Sequence[tuple[str, str]]) -> None:
        """Add row `number` of (column, text) cells; an empty row is left out.

        So are empty cells at the end of a sheet's row. The first row of names, none of them a figure, is the header.
        """
        texts = [" ".join(text.replace("\0", " ").split()) for _, text in cells]
        while self._is_sheet and texts and not texts[-1]:
            texts.pop()
        if not any(texts):
            return
        line = BETWEEN.join(texts)
        at = self._lines.add(line)
        if at is None:
            return
        # A row that begins with empty cells loses the blank before its first " | ".
        position = at.start - (len(line) - len(line.lstrip()))
        found: list[Cell] = []
        for text, (column, _) in zip(texts, cells, strict=False):
            if text:
                found.append(Cell(position, position + len(text), column))
            position += len(text) + len(BETWEEN)
        row = Row(at.page, at.start, at.end, number, tuple(found))
        if self._header is None and is_header(texts):
            self._header = row
            if not self._is_sheet:
                return
        self._rows.append(row)

    def table(self) -> Table | None:
        """The table, None where it has no rows."""
        return Table(self._name, self._header, tuple(self._rows), self._is_sheet) if self._rows else None


def is_header(texts: Sequence[str]) -> bool:
    """Whether the cells of a first row are names: two at least, and no figure among them."""
    named = [text for text in texts if text]
    return len(named) >= _FEWEST_NAMES and all(any(map(str.isalpha, text)) for text in named)
