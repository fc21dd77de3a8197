"""From a Word document to one page of text: letterhead, paragraphs with their numbers, and tables, in order."""

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as OpenedDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from ingest.docx_styles import Styles
from ingest.libxml import out_of_memory_or
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.stated import meaningful_title, one_line
from kb.errors import DamagedFileError, Text
from kb.types import Reading

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
    try:
        with zipfile.ZipFile(file) as archive:
            limits.check_unpacked(file.name, sum(part.file_size for part in archive.infolist()))
        document = Document(str(file))
    except etree.XMLSyntaxError as cause:
        raise out_of_memory_or(_damaged(file.name), cause.error_log) from cause
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError) as cause:
        raise _damaged(file.name) from cause
    styles = Styles(document)
    lines = Lines(file.name, limits)
    for block in _letterhead(document):
        _add(block, lines, styles)
    for block in _blocks(document.element.body):
        _add(block, lines, styles)
    return Reading(
        media_type=MEDIA_TYPE,
        pages=(lines.page(),),
        has_pages=False,
        headings=lines.headings(),
        title=_title(document, styles),
        created=_created(document),
    )


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("dokumen Word ini terpotong atau rusak", "this Word document is cut off or broken"),
        Text("buka dan simpan ulang dengan Word", "open it in Word and save it again"),
    )


def _letterhead(document: OpenedDocument) -> Iterator[etree._Element]:
    """The blocks of the header of the first page."""
    section = document.sections[0] if len(document.sections) else None
    if section is None:
        return
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    if not header.is_linked_to_previous:
        yield from _blocks(header._element)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables below `parent`, those in content controls and insertions among them, in order."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag not in _NOT_TEXT:
            yield from _blocks(child)


def _add(block: etree._Element, lines: Lines, styles: Styles) -> None:
    if block.tag == _TABLE:
        for row in _rows(block):
            lines.add(" | ".join(_cell_text(cell, styles) for cell in row))
        return
    text = styles.number(block) + _paragraph_text(block)
    lines.add(text, styles.level(block))
    for box in _text_boxes(block):
        for inner in _blocks(box):
            _add(inner, lines, styles)


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
