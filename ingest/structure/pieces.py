"""A line of a regulation, cut where something may begin in its middle.

Files lose line breaks: "… diatur lebih lanjut. Pasal 9 (1) Setiap …", "b. pengaturan; c. pengawasan". A cut only says
that something may begin there; a piece from the middle of a line opens a section only where its number comes next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.cleaning import Line
from ingest.structure import marks
from kb.pages import Span


@dataclass(frozen=True, slots=True)
class Piece(Line):
    """A line or a part of one. `text` is as it is read, without the marks that a scan strews over it.

    is_inner: whether it stands in the middle of its line, so that only its number can say that something begins.
    """

    is_inner: bool = False


_SURE = re.compile(
    r"(?:(?<=[.;:”\")…])|(?<=[A-Z]{4}))\s{1,4}"
    r"(?=\d{1,3}\. (?:Ketentuan|Di ?antara|Pasal) )"
    r"|(?<=\S)\s{1,4}(?=Agar (?:supa[yj]a )?(?:setiap|semua) orang |MEMORI PEN(?:D)?JELASAN\b"
    r"|(?:II\s?\.|2\.|B\.) (?:PENJELASAN )?PASAL DEMI PASAL\b|(?:I\s?\.|A\.) (?:PENJELASAN )?UMUM\b)"
    r"|(?<!MEMORI)(?<=\S)\s{1,4}(?=PEN(?:D)?JELASAN ATAS (?:UNDANG|PERATURAN|RANCANGAN))"
    r"|(?<![IB2]\.)(?<!I \.)(?<!PENJELASAN)(?<=\S)\s{1,4}(?=(?:PENJELASAN )?PASAL DEMI PASAL\b)"
    r"|(?<=\S)\s{1,4}(?=BAB [IVXL]{1,7} [A-Z]{3}|M(?:EMUTUSKAN|emutuskan|enetapkan|engingat)\s?:)"
)
"""Where a heading begins inside a line, because the file has lost the line break before it."""
_MAYBE = re.compile(
    r"(?<=[^\s(/])[\s_·^]{1,6}(?:"
    r"(?=[\"“'‘]?\^?(?:[Pp][Aa]sa[l1Ii!|]|PASAL)[\s,.]{0,2}\^?[0-9lIiOoSTZ|VX])"
    r"|(?=(?:Ayat \(\w{1,3}\)|Huruf [a-z]\b|Angka \d{1,2}\b)[.:]?\s*(?:[A-Z]|cukup|[a-z]\.|$))"
    r"|(?=(?:Bagian (?:Ke|Per)\w+|Paragraf \d{1,2})\s[A-Z])"
    r"|(?=[({\[]\s?[0-9lIiOoSsZ|]{1,3}\s?[)}\]tj\\]{0,2}\s?[A-Z])"
    r"|(?=[a-zIJL]\s?[.,]\s+[\"“A-Za-z])"
    r"|(?<=[;,.])\s(?=[a-z]\s[a-z]{3})"
    r"|(?=[a-z]{2}\s?\.\s+[\"“A-Za-z])"
    r"|(?=\d{1,3}\s?\.(?:\s+[\"“A-Za-z]|[A-Z]))"
    r"|(?=\d{1,2}\s?[)l]\s+[A-Za-z])"
    r")"
)
"""Where a Pasal or an item of a list may begin inside a line."""
_LEAD = re.compile(
    r"(?:[Mm](?:enimbang|ENIMBANG)|[Mm](?:engingat|ENGINGAT))\s*:\s*(?=(?:\d{1,2}|[a-z])\.\s)"
    r"|M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\s*:\s*(?=[Mm]enetapkan)"
    r"|[Pp](?:asal|ASAL) \d{1,3}[A-Z]?\.?\s+(?=\(1\)\s)"
    r"|\(\d{1,2}[a-z]?\)\s+(?=a\.\s)"
    r"|\d{1,3}\.\s?(?=a\.\s)"
)
"""What stands before a heading or an item on its own line."""
_MAX_STREWN = 8
"""So many marks at the beginning of a line go with what follows them."""
_MARKS = frozenset("^_·•")
_STREWN = re.compile(r"\^+\s?|(?<!\S)[_·•]+(?:\s|$)|(?:^|\s)ditjen Peraturan Perundang-undangan")
"""Marks that a scan or a conversion leaves between the words."""


def pieces_of(line: Line) -> Iterator[Piece]:
    """A line cut where something begins in its middle: "Menimbang : a. bahwa", "Pasal 9 (1) Setiap"."""
    text = line.text
    sure = {match.end() for match in _SURE.finditer(text)}
    maybe = {match.end() for match in _MAYBE.finditer(text) if _may_begin(text, match.start(), match.end())} - sure
    cuts = [0, *sorted(sure | maybe)]
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        yield from _halves(line, start, end, start in maybe)


def _may_begin(text: str, end: int, start: int) -> bool:
    """Whether what begins at `start` is no rest of a reference: "Pasal 2 dan" / "Pasal 4", "ayat" / "(1)"."""
    before = marks.without_furniture(text[max(0, end - 40) : end]).rstrip()
    if not before:
        return end > _MAX_STREWN
    if before.endswith("Pasal") and text.startswith("Pasal", start):
        return True
    return not marks.dangling(before) or (before.endswith(",") and text[start] not in 'Pp"“')


def _halves(line: Line, start: int, end: int, is_inner: bool) -> Iterator[Piece]:
    while True:
        match = _LEAD.match(line.text, start, end)
        if match is None or match.end() >= end:
            break
        yield _cut(line, start, match.end(), is_inner)
        start, is_inner = match.end(), False
    yield _cut(line, start, end, is_inner)


def _cut(line: Line, start: int, end: int, is_inner: bool) -> Piece:
    text = line.text[start:end]
    begin = line.span.start + start
    span = Span(line.span.page, begin, begin + len(text.rstrip()))
    # What is left of a line of strewn marks is the line itself: a piece is never empty.
    is_strewn = not _MARKS.isdisjoint(text) or "ditjen " in text
    plain = _STREWN.sub("", text).strip() if is_strewn else text.rstrip()
    return Piece(span, plain or text.rstrip(), is_inner)
