"""Names in tables whose head says that they are of victims, witnesses or children."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.identity.reading import Sureness, read_name
from ingest.identity.vocabulary import is_common, is_label
from kb.identity import Found, IdentityKind

_WHO = (
    r"korban|anak|saksi|pelapor|klien|penyintas|terlapor|pelaku|orang ?tua(?:/wali)?|ibu|ayah|wali|siswa/?i?|siswi"
    r"|suami|istri|balita|bayi|abh|pengadu"
)
_COLUMN = re.compile(
    rf"(?:nama|inisial)(?: lengkap)?(?: ?/ ?inisial)? (?:anak )?(?:{_WHO})"
    r"(?: (?:kandung|korban|anak))?(?: \(.{0,20}\))?"
    rf"|(?:{_WHO})",
    re.IGNORECASE,
)
_BARE_COLUMN = re.compile(r"nama(?: lengkap)?|inisial", re.IGNORECASE)
_CASE_COLUMN = re.compile(
    r"(?:jenis )?(?:kasus|kekerasan)|korban|kronologi|jenis kekerasan|tanggal (?:lapor|kejadian)", re.I
)
_COLUMN_INSIDE = re.compile(rf"\b(?:nama|inisial)(?: lengkap)? (?:anak )?(?:{_WHO})\b(?! *[:=])", re.IGNORECASE)
_DELIMITERS = ("|", "\t", ";")
_ROW = re.compile(r"[^\S\n]*\d{1,4}[.)]?[^\S\n]+")
_NUMBER_ALONE = re.compile(r"[^\S\n]*\d{1,4}[.)]?[^\S\n]*")
_MOST_ROWS = 400


def in_tables(text: str) -> Iterator[Found]:
    """The names in the columns of `text` that are headed "Nama Korban" and the like."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]*", text) if match.end() > match.start()]
    for i, (start, end) in enumerate(lines):
        head = text[start:end]
        if "nama" not in head.lower() and "inisial" not in head.lower() and "korban" not in head.lower():
            continue
        rows = lines[i + 1 : i + 1 + _MOST_ROWS]
        yield from (Found(*span, IdentityKind.NAME) for span in _under(text, head, rows))


def _under(text: str, head: str, rows: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    delimiter = next((mark for mark in _DELIMITERS if mark in head), "")
    if delimiter:
        columns = _name_columns(head.split(delimiter))
        if columns:
            yield from _in_cells(text, rows, delimiter, columns, head.count(delimiter))
    elif _COLUMN.fullmatch(head.strip()) and re.match("nama|inisial", head.strip(), re.I):
        yield from _cell_by_cell(text, rows)
    elif _COLUMN_INSIDE.search(head) and len(head.split()) <= 16:
        yield from _in_plain_rows(text, rows)


def _name_columns(cells: Sequence[str]) -> list[int]:
    titles = [" ".join(cell.split()) for cell in cells]
    named = [i for i, title in enumerate(titles) if _COLUMN.fullmatch(title)]
    has_name = any(re.match("nama|inisial", titles[i], re.I) for i in named)
    if has_name:
        return [i for i in named if re.match("nama|inisial", titles[i], re.I)]
    if any(_CASE_COLUMN.fullmatch(title) for title in titles):
        return [i for i, title in enumerate(titles) if _BARE_COLUMN.fullmatch(title)]
    return []


def _in_cells(
    text: str, rows: Sequence[tuple[int, int]], delimiter: str, columns: Sequence[int], n_delimiters: int
) -> Iterator[tuple[int, int]]:
    for start, end in rows:
        line = text[start:end]
        if line.count(delimiter) != n_delimiters:
            return
        marks = [start - 1, *(start + m.start() for m in re.finditer(re.escape(delimiter), line)), end]
        for i, (left, right) in enumerate(pairwise(marks)):
            if i in columns and (span := _stripped(text, left + 1, right)) is not None:
                yield span


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    cell = text[start:end]
    words = [word for word in re.findall(r"[^\W\d_]+", cell) if len(word) > 1 or word.isupper()]
    if not words or all(is_label(word) for word in words) or (len(words) > 1 and all(map(is_common, words))):
        return None
    lead = len(cell) - len(cell.lstrip())
    return start + lead, start + len(cell.rstrip())


def _in_plain_rows(text: str, rows: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Rows that begin with their number; between them a few lines may carry on a cell."""
    n_others = 0
    for start, end in rows:
        row = _ROW.match(text, start, end)
        if row is None:
            n_others += 1
            if n_others > 3:
                return
            continue
        n_others = 0
        name = read_name(text, row.end(), Sureness.LIKELY)
        if name is not None and name[1] <= end:
            yield name


def _cell_by_cell(text: str, rows: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cells on lines of their own: a name stands after the number of its row."""
    for (start, end), (next_start, next_end) in pairwise(rows):
        if _NUMBER_ALONE.fullmatch(text, start, end):
            name = read_name(text, next_start, Sureness.LIKELY)
            if name is not None and name[1] <= next_end:
                yield name
    if rows:
        # The first cell under a head alone on its line may be the only one.
        first = read_name(text, rows[0][0], Sureness.LIKELY)
        if first is not None and first[1] == rows[0][1] and len(text[slice(*first)].split()) > 1:
            yield first
