"""From a web page to one page of text: what a reader sees, without navigation and scripts."""

import datetime
import re
from collections.abc import Callable, Iterator
from itertools import count, repeat
from pathlib import Path

from lxml import etree, html

from ingest.libxml import out_of_memory_or
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.numerals import letters, roman
from ingest.stated import meaningful_title
from ingest.text import decoded, is_utf16, tidy
from kb.errors import DamagedFileError, Text
from kb.pages import Reading

MEDIA_TYPE = "text/html"

_UNSEEN = frozenset(
    (
        *("script", "style", "noscript", "nav", "template", "svg", "head"),
        *("iframe", "object", "select", "textarea", "button"),
    )
)
_DATES = frozenset(("date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *_HEADINGS,
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "legend", "li", "main", "ol"),
        *("p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_LISTS = frozenset(("ol", "ul", "menu"))
_FORMS: dict[str, Callable[[int], str]] = {
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
_CELLS = frozenset(("td", "th"))
_INVISIBLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CHARSET_BYTES = 4096


def read(file: Path, limits: Limits) -> Reading:
    """Return a web page as one page.

    A table row is a line, its cells apart by " | "; items of a numbered list carry their number.

    Raises FileTooLargeError or DamagedFileError.
    """
    return read_text(_decoded(file.read_bytes()), file.name, limits)


def read_text(text: str, where: str, limits: Limits) -> Reading:
    """Return the source of a web page as one page, as `read` does."""
    limits.check_characters(where, len(text))
    root = _parsed(where, text)
    lines = Lines(where, limits)
    _Walk(lines).over(root)
    return Reading(
        media_type=MEDIA_TYPE,
        pages=(lines.page(),),
        has_pages=False,
        headings=lines.headings(),
        title=meaningful_title(root.findtext(".//title") or ""),
        created=_dated(root),
    )


def _dated(root: html.HtmlElement) -> datetime.date | None:
    """The day that the page states for itself: `<meta name="date" content="2024-07-09">`."""
    for meta in root.iterfind(".//meta"):
        if meta.get("name", "").lower() in _DATES:
            try:
                return datetime.date.fromisoformat(meta.get("content", "").strip()[:10])
            except ValueError:
                continue
    return None


def _parsed(where: str, text: str) -> etree._Element:
    # The limits are those of the reading process: libxml2's own would cut long text in silence.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as cause:
        raise out_of_memory_or(_damaged(where), parser.error_log) from cause
    # Nested deeper than 2,048 levels, or out of memory: it stopped there and says so only here.
    if parser.error_log.filter_from_fatals():
        raise out_of_memory_or(_damaged(where), parser.error_log)
    return root


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("halaman web ini rusak", "this web page is broken"),
        Text("simpan ulang halamannya dari peramban", "save the page again from the browser"),
    )


def _decoded(content: bytes) -> str:
    """The page's text in the encoding that it names, unless its bytes say otherwise."""
    named = _CHARSET.search(content[:_CHARSET_BYTES])
    if named and not is_utf16(content):
        try:
            return tidy(content.decode(named[1].decode("ascii"), "replace"))
        except LookupError:
            return decoded(content)
    return decoded(content)


class _Walk:
    """Goes through a page once, in document order, without recursion: pages nest as deep as they like."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._pieces: list[str] = []
        self._rows: list[list[list[str]]] = []
        self._lists: list[Iterator[str]] = []

    def over(self, root: etree._Element) -> None:
        """Add all that is seen below `root`."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if _is_unseen(element):
                    walk.skip_subtree()
                else:
                    self._enter(element)
            else:
                if not _is_unseen(element):
                    self._leave(element)
                self._pieces.append(element.tail or "")
        self._end_line()

    def _enter(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._end_line()
        if element.tag == "tr":
            self._rows.append([])
        elif element.tag in _CELLS and self._rows:
            self._rows[-1].append([])
        elif element.tag in _LISTS:
            self._lists.append(_numbers(element))
        elif element.tag == "li" and self._lists:
            self._pieces.append(next(self._lists[-1]))
        self._pieces.append(element.text or "")

    def _leave(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._end_line(_HEADINGS.get(element.tag), is_preformatted=element.tag == "pre")
        if element.tag == "tr" and self._rows:
            self._add(" | ".join(" ".join(cell) for cell in self._rows.pop()))
        elif element.tag in _LISTS and self._lists:
            self._lists.pop()

    def _end_line(self, level: int | None = None, *, is_preformatted: bool = False) -> None:
        text = "".join(self._pieces)
        self._pieces = []
        for line in text.splitlines() if is_preformatted else [text]:
            self._add(" ".join(line.split()), level)

    def _add(self, line: str, level: int | None = None) -> None:
        if self._rows and self._rows[-1]:
            if line:
                self._rows[-1][-1].append(line)
        else:
            self._lines.add(line, level)


def _is_unseen(element: etree._Element) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or _INVISIBLE.search(element.get("style", "")) is not None
    )


def _numbers(element: etree._Element) -> Iterator[str]:
    """What stands before each item of a list."""
    if element.tag != "ol":
        yield from repeat("- ")
    form = _FORMS.get(element.get("type", "1"), str)
    start = element.get("start", "1")
    for number in count(int(start) if start.isdecimal() and len(start) < 8 else 1):
        yield f"{form(number)}. "
