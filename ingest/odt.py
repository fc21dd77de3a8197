"""From an OpenDocument text (ODT) to one page: letterhead, numbered paragraphs, tables and notes, in order."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest.grid import BETWEEN, Grid
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.numerals import letters, roman
from ingest.office import unpacking
from ingest.stated import meaningful_title
from kb.errors import DamagedFileError, Text
from kb.pages import Reading
from kb.tables import Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
_MAX_REPEATED = 100
"""Blanks, or cells of a row, that one element may stand for."""
_MAX_DEPTH = 200


def _q(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NS[prefix]}}}{local}"


_PARAGRAPH, _HEADING, _LIST, _TABLE = _q("text:p"), _q("text:h"), _q("text:list"), _q("table:table")
_ITEMS = (_q("text:list-item"), _q("text:list-header"))
_NOTE, _ROW, _CELLS = _q("text:note"), _q("table:table-row"), (_q("table:table-cell"), _q("table:covered-table-cell"))
_NOT_TEXT = {_q("text:tracked-changes"), _q("office:annotation"), _q("text:sequence-decls"), _q("office:forms")}
_FORMS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}


def read(file: Path, limits: Limits) -> Reading:
    """Return an OpenDocument text as one page; a row of a table is a line, a footnote stands below its paragraph.

    Raises FileTooLargeError or DamagedFileError.
    """
    damaged = _damaged(file.name)
    with unpacking(file, limits, damaged) as archive:
        content = _parsed(archive.read("content.xml"))
        names = set(archive.namelist())
        styles = _parsed(archive.read("styles.xml")) if "styles.xml" in names else None
        stated = _parsed(archive.read("meta.xml")) if "meta.xml" in names else None
        walk = _Walk(Lines(file.name, limits), _list_styles([styles, content]))
        if styles is not None:
            walk.letterhead(styles)
        body = content.find(".//office:body/office:text", _NS)
        if body is None:
            raise damaged
        walk.blocks(body)
    return Reading(
        media_type=MEDIA_TYPE,
        pages=(walk.lines.page(),),
        has_pages=False,
        headings=walk.lines.headings(),
        title=meaningful_title(_stated(stated, "dc:title")),
        created=_day(_stated(stated, "meta:creation-date")),
        tables=tuple(walk.tables),
    )


def _parsed(content: bytes) -> etree._Element:
    # The limits are those of the reading process; entities of the file's own making are not opened.
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True, no_network=True))


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered; form "" is a bullet."""

    form: str
    prefix: str
    suffix: str
    start: int


_ListStyles = dict[str, dict[int, _Level]]


def _list_styles(parts: list[etree._Element | None]) -> _ListStyles:
    found: _ListStyles = {}
    for part in parts:
        for style in part.iter(_q("text:list-style")) if part is not None else ():
            levels = {}
            for level in style:
                depth = level.get(_q("text:level"), "")
                if depth.isdecimal():
                    levels[int(depth)] = _Level(
                        form=level.get(_q("style:num-format"), "") if level.tag.endswith("number") else "•",
                        prefix=level.get(_q("style:num-prefix"), ""),
                        suffix=level.get(_q("style:num-suffix"), ""),
                        start=_number(level.get(_q("text:start-value")), 1),
                    )
            found[style.get(_q("style:name"), "")] = levels
    return found


class _Walk:
    """Goes through a document in order and writes its lines."""

    def __init__(self, lines: Lines, list_styles: _ListStyles) -> None:
        self.lines = lines
        self.tables: list[Table] = []
        self._list_styles = list_styles
        self._counts: dict[tuple[str, int], int] = {}
        self._n_notes = 0

    def letterhead(self, styles: etree._Element) -> None:
        """Add the header of the first kind of page."""
        for header in styles.iterfind(".//style:master-page/style:header", _NS):
            self.blocks(header)
            return

    def blocks(self, parent: etree._Element, depth: int = 0) -> None:
        """Add the paragraphs, lists and tables below `parent`."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _NOT_TEXT:
                continue
            if child.tag == _HEADING:
                self._paragraph(child, "", min(max(_number(child.get(_q("text:outline-level")), 1), 1), 9))
            elif child.tag == _PARAGRAPH:
                self._paragraph(child)
            elif child.tag == _LIST:
                self._list(child, "", 1)
            elif child.tag == _TABLE:
                self._table(child)
            elif depth < _MAX_DEPTH:
                self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, number: str = "", level: int | None = None) -> None:
        notes: list[str] = []
        self.lines.add(number + _joined(self._pieces(paragraph, notes)), level)
        for note in notes:
            self.lines.add(note)

    def _list(self, element: etree._Element, style: str, depth: int) -> None:
        style = element.get(_q("text:style-name")) or style
        goes_on = element.get(_q("text:continue-numbering")) == "true" or element.get(_q("text:continue-list"))
        if depth == 1 and not goes_on:
            self._counts = {key: count for key, count in self._counts.items() if key[0] != style}
        self._counts = {key: count for key, count in self._counts.items() if key[0] != style or key[1] <= depth}
        for item in element:
            if item.tag not in _ITEMS:
                continue
            number = self._numbered(item, style, depth)
            for block in item:
                if block.tag == _LIST and depth < _MAX_DEPTH:
                    self._list(block, style, depth + 1)
                elif block.tag in (_PARAGRAPH, _HEADING):
                    level = _number(block.get(_q("text:outline-level")), 1) if block.tag == _HEADING else None
                    self._paragraph(block, number, level)
                    number = ""

    def _numbered(self, item: etree._Element, style: str, depth: int) -> str:
        """What stands before an item, counting on; "" for a header of a list or a list without a style."""
        level = self._list_styles.get(style, {}).get(depth)
        if level is None or item.tag == _ITEMS[1]:
            return ""
        if level.form == "•":
            return "• "
        stated = item.get(_q("text:start-value"))
        count = _number(stated, level.start) if stated else self._counts.get((style, depth), level.start - 1) + 1
        self._counts[style, depth] = count
        if level.form not in _FORMS:
            return ""
        return f"{level.prefix}{_FORMS[level.form](count)}{level.suffix} "

    def _table(self, element: etree._Element) -> None:
        grid = Grid(self.lines, f"Tabel {len(self.tables) + 1}")
        rows = [row for row in element.iter(_ROW) if next(row.iterancestors(_TABLE)) is element]
        for i, row in enumerate(rows):
            grid.add(i, [(str(k), text) for k, text in enumerate(self._cells(row), 1)])
        if (table := grid.table()) is not None:
            self.tables.append(table)

    def _cells(self, row: etree._Element) -> Iterator[str]:
        for cell in row:
            if cell.tag in _CELLS:
                text = self._cell_text(cell)
                repeated = min(_number(cell.get(_q("table:number-columns-repeated")), 1), _MAX_REPEATED)
                yield from [text] * repeated

    def _cell_text(self, cell: etree._Element) -> str:
        parts: list[str] = []
        for block in cell.iter(_PARAGRAPH, _HEADING):
            notes: list[str] = []
            parts += [_joined(self._pieces(block, notes)), *notes]
        return " ".join(filter(None, parts)).replace(BETWEEN, " / ")

    def _pieces(self, element: etree._Element, notes: list[str], depth: int = 0) -> Iterator[str]:
        """The text of a paragraph; its footnotes leave their mark and go to `notes`."""
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
                if child.tag == _q("text:s"):
                    yield " " * min(_number(child.get(_q("text:c")), 1), _MAX_REPEATED)
                elif child.tag in (_q("text:tab"), _q("text:line-break")):
                    yield " "
                elif child.tag == _NOTE:
                    self._n_notes += 1
                    mark = f"[{self._n_notes}]"
                    yield mark
                    inner = child.find("text:note-body", _NS)
                    blocks = inner if inner is not None else ()
                    body = " ".join(_joined(self._pieces(block, notes, depth + 1)) for block in blocks)
                    notes.append(f"{mark} {body}")
                elif depth < _MAX_DEPTH:
                    yield from self._pieces(child, notes, depth + 1)
            yield child.tail or ""


def _joined(pieces: Iterator[str]) -> str:
    return " ".join("".join(pieces).split())


def _number(stated: str | None, default: int) -> int:
    return int(stated) if stated is not None and stated.isdecimal() and len(stated) < 8 else default


def _stated(part: etree._Element | None, name: str) -> str:
    return (part.findtext(f".//{name}", namespaces=_NS) or "") if part is not None else ""


def _day(stated: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(stated[:10])
    except ValueError:
        return None


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("dokumen OpenDocument ini terpotong atau rusak", "this OpenDocument text is cut off or broken"),
        Text("buka dan simpan ulang dengan LibreOffice", "open it in LibreOffice and save it again"),
    )
