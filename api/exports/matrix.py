"""A matrix of precedents as Word, with real footnotes, and as Excel, with its citations on a second sheet."""

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.exports.cited import cited
from api.exports.footnotes import Footnotes, writable
from api.exports.paper import repeat_header, shade
from api.language import Language, say
from api.links import page_link
from api.precedents import region_said
from api.views import cited_as
from kb.naming import short_name
from kb.precedent import Matrix, Precedent

LINE_POINTS, MAX_ROW_POINTS = 14.0, 409.0
MAX_CELL_CHARACTERS = 32_767
"""What a cell of Excel holds."""


def matrix_docx(matrix: Matrix, language: Language) -> bytes:
    """The matrix as a Word file: a row a topic, a column a region, each quote with its footnote."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(9)
    notes = Footnotes(document)
    document.add_heading(say(language, "matrix_title"), level=1)
    table = document.add_table(rows=1, cols=1 + len(matrix.regions), style="Table Grid")
    head = table.rows[0]
    repeat_header(head)
    for cell, text in zip(head.cells, _head(matrix, language), strict=True):
        cell.paragraphs[0].add_run(writable(text)).bold = True
        shade(cell)
    for topic, row in zip(matrix.topics, matrix.cells, strict=True):
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(writable(topic)).bold = True
        for cell, precedent in zip(cells[1:], row, strict=True):
            if precedent is None:
                cell.paragraphs[0].add_run(say(language, "matrix_none"))
                continue
            shown = cited(precedent)
            cell.paragraphs[0].add_run(writable(_label(precedent))).bold = True
            notes.add(cell.add_paragraph(writable(f"“{shown.quote}”")), shown.cited)
    notes.write()
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def matrix_xlsx(matrix: Matrix, language: Language, address: str) -> bytes:
    """The matrix as an Excel file; each quote ends with the number of its citation, listed on the second sheet.

    address: of this server, for the links of the citations.
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError(f"expected a worksheet, got {sheet!r}")
    sheet.title = say(language, "matrix_sheet")
    sources = book.create_sheet(say(language, "matrix_sources"))
    for column, text in enumerate(_head(matrix, language), 1):
        _write(sheet, 1, column, text, bold=True)
    for column, key in enumerate(("matrix_number", "matrix_citation", "matrix_quote", "matrix_link"), 1):
        _write(sources, 1, column, say(language, key), bold=True)
    number = 0
    for row, (topic, cells) in enumerate(zip(matrix.topics, matrix.cells, strict=True), 2):
        _write(sheet, row, 1, topic, bold=True)
        for column, precedent in enumerate(cells, 2):
            if precedent is None:
                _write(sheet, row, column, say(language, "matrix_none"))
                continue
            number += 1
            shown = cited(precedent)
            _write(sheet, row, column, f"{_label(precedent)}\n“{shown.quote}” [{number}]")
            link = f"{address.rstrip('/')}{_link(precedent)}"
            for place, text in enumerate((str(number), shown.cited, shown.quote, link), 1):
                _write(sources, number + 1, place, text)
            sources.cell(number + 1, 4).hyperlink = link
    _lay_out(sheet, [24] + [44] * len(matrix.regions))
    _lay_out(sources, [6, 60, 80, 50])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _head(matrix: Matrix, language: Language) -> list[str]:
    national = say(language, "national")
    return [say(language, "matrix_topic"), *(region_said(region, national) for region in matrix.regions)]


def _label(precedent: Precedent) -> str:
    document = precedent.closest.document
    return cited_as(precedent.closest.label, short_name(document.metadata) or document.name)


def _link(precedent: Precedent) -> str:
    closest = precedent.closest
    document = closest.document
    return page_link(document.id, document.version_id, closest.spans[0].page, closest.spans)


def _write(sheet: Worksheet, row: int, column: int, text: str, bold: bool = False) -> None:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"expected a cell, got {cell!r}")
    cell.value = writable(text)[:MAX_CELL_CHARACTERS]
    # A text that begins with "=" would run as a formula on whoever opens the file.
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    line = Side(style="thin", color="999999")
    cell.border = Border(left=line, right=line, top=line, bottom=line)


def _lay_out(sheet: Worksheet, widths: list[int]) -> None:
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    # Not every reader fits a row to its wrapped text by itself.
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        lines = max(_n_lines(str(text or ""), width) for text, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(lines * LINE_POINTS, MAX_ROW_POINTS)


def _n_lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of `width` characters."""
    return sum(-(-max(len(line), 1) // width) for line in text.split("\n"))
