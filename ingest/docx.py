"""From a Word document to one page of text: letterhead, paragraphs with their numbers, tables and notes, in order."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as OpenedDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from ingest.docx_notes import REFERENCES, Notes, heads_and_feet, is_page_count, mark_of
from ingest.docx_styles import Styles
from ingest.grid import Grid
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.office import unpacking
from ingest.stated import meaningful_title, one_line
from kb.errors import DamagedFileError, Text
from kb.pages import Reading
from kb.tables import Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_PROPERTIES = qn("w:pPr")
_TEXT_BOX = qn("w:txbxContent")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# What was struck out by a reviewer is not in the document any more; field codes and properties never were.
_NOT_TEXT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), qn("w:rPr"), _PROPERTIES}


def read(file: Path, limits: Limits) -> Reading:
    """Return a Word document as one page.

    A table row is a line, its cells apart by " | ". A paragraph that Word
    numbers ("Pasal 3", "a.") starts with its number: without it the provision
    could not be cited. Content controls and tracked insertions are text.

    Raises FileTooLargeError, before anything is unpacked, or DamagedFileError.
    """
    with unpacking(file, limits, _damaged(file.name), OpcError):
        return _reading(Document(str(file)), file.name, limits)


def _reading(document: OpenedDocument, where: str, limits: Limits) -> Reading:
    styles = Styles(document)
    writer = _Writer(Lines(where, limits), styles, Notes(document))
    letterhead = _letterhead(document)
    for block in _blocks(letterhead) if letterhead is not None else ():
        writer.add(block)
    for block in _blocks(document.element.body):
        writer.add(block)
    # Once each and last: on paper they stand on every page, and between two of its sentences on none.
    seen = {_plain(letterhead)} if letterhead is not None else set()
    for part in heads_and_feet(document):
        if part is not letterhead and _plain(part) not in seen:
            seen.add(_plain(part))
            for block in _blocks(part):
                writer.add_edge(block)
    return Reading(
        media_type=MEDIA_TYPE,
        pages=(writer.lines.page(),),
        has_pages=False,
        headings=writer.lines.headings(),
        title=_title(document, styles),
        created=_created(document),
        tables=tuple(writer.tables),
    )


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("dokumen Word ini terpotong atau rusak", "this Word document is cut off or broken"),
        Text("buka dan simpan ulang dengan Word", "open it in Word and save it again"),
    )


def _letterhead(document: OpenedDocument) -> etree._Element | None:
    """The header of the first page."""
    section = document.sections[0] if len(document.sections) else None
    if section is None:
        return None
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    return None if header.is_linked_to_previous else header._element


def _plain(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables below `parent`, those in content controls and insertions among them, in order."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag not in _NOT_TEXT:
            yield from _blocks(child)


class _Writer:
    """Writes blocks as lines, tables with their rows, and footnotes below the paragraph that bears their mark."""

    def __init__(self, lines: Lines, styles: Styles, notes: Notes) -> None:
        self.lines = lines
        self.tables: list[Table] = []
        self._styles, self._notes = styles, notes

    def add(self, block: etree._Element) -> None:
        """Add a paragraph or a table."""
        if block.tag == _TABLE:
            grid = Grid(self.lines, f"Tabel {len(self.tables) + 1}")
            for i, row in enumerate(_rows(block)):
                grid.add(i, [(str(k), _cell_text(cell, self._styles)) for k, cell in enumerate(row, 1)])
            if (table := grid.table()) is not None:
                self.tables.append(table)
        else:
            text = self._styles.number(block) + _paragraph_text(block)
            self.lines.add(text, self._styles.level(block))
            for box in _text_boxes(block):
                for inner in _blocks(box):
                    self.add(inner)
        for mark, note in self._notes.below(block):
            words = " ".join(_paragraph_text(inner).strip() for inner in _blocks(note) if inner.tag == _PARAGRAPH)
            self.lines.add(f"[{mark}] {' '.join(words.split())}")

    def add_edge(self, block: etree._Element) -> None:
        """Add a block of a header or footer, unless it only counts pages."""
        if not is_page_count(block):
            self.add(block)


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is table:
            yield [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]


def _cell_text(cell: etree._Element, styles: Styles) -> str:
    parts = []
    for block in _blocks(cell):
        if block.tag == _TABLE:
            parts += [" | ".join(_cell_text(inner, styles) for inner in row) for row in _rows(block)]
        else:
            parts.append(styles.number(block) + _paragraph_text(block))
    return " ".join(" ".join(parts).split())


def _paragraph_text(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:sym"):
            yield _symbol(child.get(qn("w:char"), ""))
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag in REFERENCES:
            yield f"[{mark_of(child)}]"
        elif child.tag not in _NOT_TEXT and child.tag not in (_TEXT_BOX, _ALTERNATIVES):
            yield from _pieces(child)


def _symbol(code: str) -> str:
    """The character of a symbol font; its private codes (Wingdings) become a bullet."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= character <= "\uf8ff" or "\ud800" <= character <= "\udfff" else character


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in a paragraph, each once: Word writes a second copy for old programs."""
    for box in paragraph.iter(_TEXT_BOX):
        fallback = any(above.tag.endswith("}Fallback") for above in box.iterancestors())
        nested = next(box.iterancestors(_TEXT_BOX), None) is not None
        if not fallback and not nested:
            yield box


def _title(document: OpenedDocument, styles: Styles) -> str:
    """The title in the properties, or the first paragraph in the style Title."""
    stated = meaningful_title(document.core_properties.title or "")
    if stated:
        return stated
    titled = (block for block in _blocks(document.element.body) if block.tag == _PARAGRAPH and styles.is_title(block))
    return next(filter(None, (one_line(_paragraph_text(block)) for block in titled)), "")


def _created(document: OpenedDocument) -> datetime.date | None:
    created = document.core_properties.created
    return created.date() if created else None
