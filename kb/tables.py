"""Tables inside pages: their rows as stretches of the page's text, and how a row or cell is cited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.errors import Text


class Cell(NamedTuple):
    """Characters `start` to `end` of the page; column: the letter of a sheet ("B") or the number in a table ("2")."""

    start: int
    end: int
    column: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: characters `start` to `end` of page `page`.

    number: as the sheet counts it, or from 1 below the header. cells: those that hold something, in order.
    """

    page: int
    start: int
    end: int
    number: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its row of names where it has one, and its rows.

    is_sheet: whether columns have letters and rows the numbers of a spreadsheet, where the header is one of the rows.
    """

    name: str
    header: Row | None
    rows: tuple[Row, ...]
    is_sheet: bool = False


def without_pages(tables: Sequence[Table], pages: Collection[int]) -> tuple[Table, ...]:
    """The tables without their rows on `pages`, whose text is another now: rows count the characters of the old one."""
    kept = (
        replace(
            table,
            header=table.header if table.header is not None and table.header.page not in pages else None,
            rows=tuple(row for row in table.rows if row.page not in pages),
        )
        for table in tables
    )
    return tuple(table for table in kept if table.rows)


def cited(table: Table, start: int, end: int) -> Text:
    """Where characters `start` to `end` of a page stand in `table`: "lembar Anggaran, sel B5", "Tabel 2, baris 3".

    table: with only the rows that these characters touch.
    """
    numbers = [row.number for row in table.rows]
    if not numbers:
        return Text("", "")
    if not table.is_sheet:
        rows = _range(str(min(numbers)), str(max(numbers)), "–")
        return Text(f"{table.name}, baris {rows}", f"{table.name.replace('Tabel', 'table')}, row {rows}")
    columns = [cell.column for row in table.rows for cell in row.cells if cell.start < end and start < cell.end]
    if not columns:
        rows = _range(str(min(numbers)), str(max(numbers)), ":")
        return Text(f"lembar {table.name}, baris {rows}", f"sheet {table.name}, row {rows}")
    ordered = sorted(set(columns), key=lambda letters: (len(letters), letters))
    cells = _range(f"{ordered[0]}{min(numbers)}", f"{ordered[-1]}{max(numbers)}", ":")
    return Text(f"lembar {table.name}, sel {cells}", f"sheet {table.name}, cell {cells}")


def placed(place: str, tables: Sequence[Table], start: int, end: int) -> str:
    """A place in a document with the rows or cells of the tables that the characters stand in."""
    rows = [cited(table, start, end).id for table in tables]
    # A sheet is a section of its own, whose name the cells say too.
    is_said = any(row.casefold().startswith(place.casefold()) for row in rows)
    return ", ".join(filter(None, ("" if is_said else place, *rows)))


def _range(first: str, last: str, between: str) -> str:
    return first if first == last else f"{first}{between}{last}"
