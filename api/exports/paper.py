"""Small things of Word's tables that python-docx has no name for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell, _Row

GREY = "E7ECEE"


def repeat_header(row: _Row) -> None:
    """Let a table repeat this row on top of each of its pages."""
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)


def shade(cell: _Cell) -> None:
    """Give a cell a light grey ground."""
    ground = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", GREY)):
        ground.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(ground)
