"""A line of a regulation, cut where something begins in its middle."""

import re
from collections.abc import Iterator

from ingest.cleaning import Line
from kb.types import Span

_INLINE = re.compile(
    r"(?:(?<=[.;:”\")…])|(?<=[A-Z]{4}))\s{1,4}"
    r"(?=Pasal \d{1,3}[A-Z]{0,2}\.?(?:$|\s[A-Z(“\"])|\d{1,3}\. (?:Ketentuan|Di ?antara|Pasal) "
    r"|Agar (?:supaya )?setiap orang)"
    r"|(?<=[.;:”\")])\s{1,4}(?=\(\d{1,2}\)\s[A-Z])"
    r"|(?<=\S)\s{1,4}(?=BAB [IVXL]{1,7} [A-Z]{3})"
)
"""Where a heading begins inside a line, because the file has lost the line break before it."""
_LEAD = re.compile(
    r"(?:[Mm](?:enimbang|ENIMBANG)|[Mm](?:engingat|ENGINGAT))\s*:\s*(?=(?:\d{1,2}|[a-z])\.\s)"
    r"|M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\s*:\s*(?=[Mm]enetapkan)"
    r"|[Pp](?:asal|ASAL) \d{1,3}[A-Z]?\.?\s+(?=\(1\)\s)"
    r"|\(\d{1,2}[a-z]?\)\s+(?=a\.\s)"
)


def pieces_of(line: Line) -> Iterator[Line]:
    """A line cut where something begins in its middle: "Menimbang : a. bahwa", "Pasal 9 (1) Setiap"."""
    cuts = [0, *(match.end() for match in _INLINE.finditer(line.text))]
    for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        yield from _halves(line, start, end)


def _halves(line: Line, start: int, end: int) -> Iterator[Line]:
    while True:
        match = _LEAD.match(line.text, start, end)
        if match is None or match.end() >= end:
            break
        yield _cut(line, start, match.end())
        start = match.end()
    yield _cut(line, start, end)


def _cut(line: Line, start: int, end: int) -> Line:
    if start == 0 and end == len(line.text):
        return line
    text = line.text[start:end]
    begin = line.span.start + start
    return Line(Span(line.span.page, begin, begin + len(text.rstrip())), text.rstrip())
