"""From spreadsheets (XLSX, CSV) to pages: a sheet is a page, a row a line, and every cell can be cited."""

import csv
import datetime
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.grid import Grid
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.office import Leaves, unpacking
from ingest.text import decoded
from kb.errors import DamagedFileError, Text
from kb.pages import Reading
from kb.tables import Table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"

DELIMITERS = ",;\t|"
"""What may stand between the fields of a CSV file; Indonesian Excel writes semicolons."""

_MAX_FIELD = 131_072


def read(file: Path, limits: Limits) -> Reading:
    """Return a workbook with a page for each sheet, its label the sheet's name.

    A cell shows what was last calculated in it. Raises FileTooLargeError or DamagedFileError.
    """
    # Here, for it takes a third of a second to import and most files are no spreadsheets.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with unpacking(file, limits, _damaged(file.name), InvalidFileException), warnings.catch_warnings():
        # It grumbles about extensions that hold no cells.
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=True)
        try:
            return _reading(book, file.name, limits)
        finally:
            book.close()


def read_csv(file: Path, limits: Limits) -> Reading:
    """Return a file of separated values as one page. Raises FileTooLargeError."""
    text = decoded(file.read_bytes())
    limits.check_characters(file.name, len(text))
    lines = Lines(file.name, limits)
    grid = Grid(lines, file.stem[:80] or "CSV", is_sheet=True)
    delimiter = delimiter_of(text) or ","
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
            grid.add(number, [(letters(i), field) for i, field in enumerate(fields, 1)])
    except csv.Error as cause:
        raise DamagedFileError(
            file.name,
            Text("baris CSV-nya terlalu panjang atau rusak", "a line of this CSV is too long or broken"),
            Text("simpan ulang sebagai XLSX", "save it again as XLSX"),
        ) from cause
    table = grid.table()
    return Reading(media_type=CSV, pages=(lines.page(),), has_pages=False, tables=(table,) if table else ())


def delimiter_of(text: str, fewest_lines: int = 2) -> str | None:
    """The character that divides every one of the first lines into equally many fields, at least two; else None."""
    sample = text[:_MAX_FIELD].splitlines()[:30]
    lines = [line for line in sample if line.strip()][:20]
    if len(lines) < fewest_lines:
        return None
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        try:
            widths = {len(fields) for fields in csv.reader(lines, delimiter=delimiter)}
        except csv.Error:
            continue
        if len(widths) == 1 and (width := widths.pop()) > 1 and (best is None or width > best[0]):
            best = (width, delimiter)
    return best[1] if best else None


def letters(column: int) -> str:
    """The letters of a spreadsheet's column, from 1: A, B, …, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _reading(book: "Workbook", where: str, limits: Limits) -> Reading:
    tables: list[Table] = []
    leaves = Leaves(where, limits, len(book.worksheets))
    for sheet in book.worksheets:
        lines = leaves.lines()
        grid = Grid(lines, sheet.title, is_sheet=True)
        lines.head(f"Lembar {sheet.title}", 1)
        # The file's word on how large the sheet is may be wrong by a million rows.
        sheet.reset_dimensions()
        for row_number, row in enumerate(sheet.iter_rows(), 1):
            cells = [(letters(i), _shown(cell)) for i, cell in enumerate(row, 1)]
            grid.add(row_number, cells)
        leaves.add(lines, sheet.title)
        if (table := grid.table()) is not None:
            tables.append(table)
    stated = book.properties
    return leaves.reading(XLSX, tables, stated.title, stated.created)


def _shown(cell: "Cell | MergedCell | EmptyCell") -> str:
    """What a cell says: days as 2024-12-05, shares as 85%, other figures with their 15 digits."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime.datetime():
            is_day = value.time() == datetime.time()
            return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
        case int() | float():
            is_share = "%" in (cell.number_format or "")
            return f"{value * 100:.15g}%" if is_share else f"{value:.15g}"
    return str(value)


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("lembar kerja ini terpotong atau rusak", "this spreadsheet is cut off or broken"),
        Text("buka dan simpan ulang sebagai XLSX", "open it and save it again as XLSX"),
    )
