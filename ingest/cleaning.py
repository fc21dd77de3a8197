"""The lines of a document's body: its pages without running heads, page numbers, gazette marks and catch-words.

Pages are never altered. Cleaning only leaves spans out, and only at the edges of a page: a line goes when everything
above it (or below it) on its page has gone too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.media import is_drawn
from kb.pages import UNREAD, Page, Reading, Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page without the blanks around it: `page.text[span.start:span.end] == text`."""

    span: Span
    text: str


_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MAX_FURNITURE = 120
"""Longer lines are never taken for furniture, so that a page of one long line is kept without a look inside."""

_PAGE_NUMBER = re.compile(r"\(?([-–—_~.·•|]?)\s*(\d{1,4})\s*([-–—_~.·•|]?)\)?")
_PAGE_OF = re.compile(
    r"(?:hal(?:aman|\.)?|page)\s*:?\s*\d{1,4}(?:\s*(?:dari|of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}", re.I
)
_ROMAN_PAGE = re.compile(r"[-–—]?\s*[ivxl]{1,6}\s*[-–—]?")
_GAZETTE = re.compile(
    r"(?:https?://)?www\.\s?\w[\w.-]*\.(?:go\.id|com|org|id)\S*(?:\s*\d{1,4})?"  # the publisher's address
    r"|https?://\S+"
    r"|(?:\d{1,4}\s+)?(?:19|20)\d\d,\s?No\.?\s?\d{1,4}(?:\s*[-–—]?\s?\d{1,4}\s?[-–—]?)?"  # 2014, No.297 2
    r"|No\.?\s?\d{3,5}(?:\s*[-–—]\s?\d{1,4}\s?[-–—])?"  # No. 6792 -6-, of the supplement
    r"|[-–—]\s?[\dlItrOoSsZiB]{1,4}\s?[-–—]"
    r"|SK\s*No\.?\s?\d{4,7}\s?[A-Z]?"
    r"|Ditjen Peraturan Perundang-undangan|Direktorat Jenderal|Peraturan Perundang-undangan"
    r"|LDj? ?© ?\d{4}.{0,20}",
    re.I,
)
_PRESIDENT, _REPUBLIC = "presiden", "republikindonesia"
_HEADS = (_PRESIDENT, _REPUBLIC, _PRESIDENT + _REPUBLIC)
_ELLIPSIS = re.compile(r"(?<![.…])\s*(?:\.\s?\.(?:\s?\.)?|…)$|\s\.$|(?<=\w)-$")
"""How a catch-word ends. More than three dots are a blank to be filled in by hand."""
_STRUCTURE = re.compile(
    r"(?i:pasal|bab|bagian|paragraf|ayat|huruf|angka|penjelasan|lampiran|cukup|menimbang|mengingat|tabel|gambar)\b"
    r"|\(?(?:\d{1,3}[a-z]?|[a-z]{1,2}|[A-Z])[.)](?:\s|$)"
)
"""Lines that say where we are in a document; they may stand at the top of many pages and are body all the same."""

_MARK = re.compile(r"[(\[{]?\s?\w{1,2}\s?[)\]}1lt.]\s+")
"""The number before an item, as it is or as a scan misreads it."""

_REPEATED_SHARE = 1 / 3
_REPEATED_PAGES = 3


def body_of(reading: Reading) -> tuple[Line, ...]:
    """The lines of a reading's body; all lines of slides and sheets, which have no running heads.

    Sheets repeat their first rows and end on a figure, and slides repeat a title, without any of it being furniture.
    """
    if reading.has_pages and not is_drawn(reading.media_type):
        return tuple(line for page in reading.pages for line in _lines(page))
    return body_lines(reading.pages)


def body_lines(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines of the pages in reading order, furniture left out; none for pages without text."""
    sheets = [_Sheet(page, list(_lines(page))) for page in pages]
    while _peel(sheets):
        pass
    return tuple(line for sheet in sheets for line in sheet.lines[sheet.first : sheet.last])


@dataclass(slots=True)
class _Sheet:
    """A page's lines; those from `first` up to `last` are still taken for body."""

    page: Page
    lines: list[Line]
    first: int = 0
    last: int = 0

    def __post_init__(self) -> None:
        self.last = len(self.lines)

    @property
    def top(self) -> str:
        return self.lines[self.first].text if self.first < self.last else ""

    @property
    def bottom(self) -> str:
        return self.lines[self.last - 1].text if self.first < self.last else ""


def _lines(page: Page) -> Iterator[Line]:
    if page.verdict in UNREAD:
        return
    for match in _LINE.finditer(page.text):
        text = match.group()
        stripped = text.strip()
        if stripped:
            start = match.start() + len(text) - len(text.lstrip())
            yield Line(Span(page.number, start, start + len(stripped)), stripped)


def _peel(sheets: list[_Sheet]) -> bool:
    """Whether a line was taken off the edge of a page; one line at most from each edge.

    Asked again until nothing goes, so that what is left has no furniture at its edges and cleaning it changes nothing.
    """
    tops = _repeated([sheet.top for sheet in sheets])
    bottoms = _repeated([sheet.bottom for sheet in sheets])
    offsets = _numbering(sheets)
    peeled = False
    leaders = {"top": _first_with(sheets, tops, "top"), "bottom": _first_with(sheets, bottoms, "bottom")}
    for i, sheet in enumerate(sheets):
        top = sheet.top
        if top and (_is_mark(top, sheet.page, offsets) or _is_head(sheet) or _again(top, tops, leaders["top"], i)):
            sheet.first += 1
            peeled = True
        bottom = sheet.bottom
        if bottom and (
            _is_mark(bottom, sheet.page, offsets)
            or _again(bottom, bottoms, leaders["bottom"], i)
            or (i + 1 < len(sheets) and _is_catchword(bottom, sheets[i + 1], offsets))
        ):
            sheet.last -= 1
            peeled = True
    return peeled


def _numbering(sheets: list[_Sheet]) -> set[int]:
    """The differences between printed and counted page numbers that at least two pages share."""
    found: Counter[int] = Counter()
    for sheet in sheets:
        # The running head may still hide the number, so a look at two lines from each edge.
        for line in {*sheet.lines[sheet.first : sheet.last][:2], *sheet.lines[sheet.first : sheet.last][-2:]}:
            match = _PAGE_NUMBER.fullmatch(line.text) if len(line.text) < 12 else None
            if match:
                found[int(match[2]) - sheet.page.number] += 1
    shared = {offset for offset, n in found.items() if n > 1}
    return shared | {0} if len(sheets) > 1 else shared


def _is_mark(text: str, page: Page, offsets: set[int]) -> bool:
    """Whether a line at the edge of `page` is a page number or the publisher's mark."""
    if len(text) > _MAX_FURNITURE:
        return False
    number = _PAGE_NUMBER.fullmatch(text)
    if number:
        dashed = bool(number[1] and number[3])
        return dashed or int(number[2]) - page.number in offsets
    if text == page.label or _GAZETTE.fullmatch(text) or _PAGE_OF.fullmatch(text):
        return True
    return _ROMAN_PAGE.fullmatch(text) is not None


def _is_head(sheet: _Sheet) -> bool:
    """Whether the page opens with the state's letterhead, PRESIDEN REPUBLIK INDONESIA, however badly read."""
    text = sheet.top
    if len(text) > 30 or text[-1] in ",;:" or not text[0].isupper():
        return False
    key = _letters(text)
    if key == _REPUBLIC:
        return sheet.first > 0
    if key in _HEADS:
        return True
    if not text.replace(" ", "").isupper():
        return False
    below = _letters(sheet.lines[sheet.first + 1].text[:30]) if sheet.first + 1 < sheet.last else ""
    if _alike(key, _PRESIDENT, 0.7) and _alike(below, _REPUBLIC, 0.75):
        return True
    return sheet.first > 0 and _alike(key, _REPUBLIC, 0.8)


def _alike(key: str, head: str, least: float) -> bool:
    return SequenceMatcher(None, key, head).ratio() >= least


def _repeated(texts: list[str]) -> set[str]:
    """The keys of texts that stand at the same edge of many pages."""
    keys = Counter(_key(text) for text in texts if text)
    least = max(_REPEATED_PAGES, len(texts) * _REPEATED_SHARE)
    return {key for key, n in keys.items() if key and (n >= least or n == len(texts) > 1)}


def _first_with(sheets: list[_Sheet], keys: set[str], edge: str) -> dict[str, int]:
    """Where each repeated text stands first, if that is the first page with text: there it is the letterhead."""
    opening = next((i for i, sheet in enumerate(sheets) if sheet.lines), None)
    if opening is None:
        return {}
    key = _key(sheets[opening].top if edge == "top" else sheets[opening].bottom)
    return {key: opening} if key in keys else {}


def _again(text: str, keys: set[str], leaders: dict[str, int], i: int) -> bool:
    key = _key(text)
    return key in keys and leaders.get(key) != i


def _key(text: str) -> str:
    """What a running head keeps from page to page, or "" for what cannot be one."""
    if len(text) > _MAX_FURNITURE or _STRUCTURE.match(text):
        return ""
    key = re.sub(r"\d+", "#", " ".join(text.casefold().split()))
    return key if sum(c.isalpha() for c in key) >= 4 else ""


def _is_catchword(text: str, following: _Sheet, offsets: set[int]) -> bool:
    """Whether a page's last line only repeats how the next page begins."""
    if len(text) > 60 or len(text.split()) > 6:
        return False
    begin = _beginning(following, offsets)
    if not begin:
        return False
    bare = _ELLIPSIS.sub("", text)
    key = _letters(bare)
    if bare != text and (text.rstrip().endswith(("...", "…", ". .")) or begin.startswith(key)):
        return True
    mark = _MARK.match(bare)
    words = _letters(bare[mark.end() :]) if mark else ""
    if len(words) >= 4 and len(text) <= 25 and _begins_with(following, offsets, words):
        return True
    begins = not text[0].islower() or _STRUCTURE.match(text) is not None
    return begins and len(key) >= 4 and len(text) <= 25 and begin.startswith(key)


def _begins_with(sheet: _Sheet, offsets: set[int], words: str) -> bool:
    """Whether the first body line of a page is an item with these words, however a scan has read its number."""
    rest = sheet.lines[sheet.first : min(sheet.last, sheet.first + 6)]
    body = next((line.text for line in rest if not _is_mark(line.text, sheet.page, offsets)), "")
    mark = _MARK.match(body)
    return mark is not None and _letters(body[mark.end() :]).startswith(words)


def _beginning(sheet: _Sheet, offsets: set[int]) -> str:
    """The letters and digits of the first body lines that a page still has."""
    rest = sheet.lines[sheet.first : min(sheet.last, sheet.first + 6)]
    body = [line.text[:80] for line in rest if not _is_mark(line.text, sheet.page, offsets)]
    while body and _letters(body[0]) in _HEADS:
        body.pop(0)
    return _letters("".join(body[:2]))


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
