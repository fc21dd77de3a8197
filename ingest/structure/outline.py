"""The outline of any other document: by the headings its file declares, else by lines that look like headings.

Minutes and visit reports have their own headings ("Dasar", "Hasil Kunjungan", "Tindak Lanjut"); they are known by name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.cleaning import Line
from ingest.structure import marks
from ingest.structure.tree import Tree
from kb.types import Heading, Page, Section, SectionKind, Span

_KNOWN_HEADINGS = """
    dasar; dasar hukum; dasar pelaksanaan; dasar kegiatan; landasan hukum; latar belakang; maksud; tujuan
    maksud dan tujuan; sasaran; ruang lingkup; waktu; waktu dan tempat; tempat dan waktu; waktu pelaksanaan
    waktu dan tempat pelaksanaan; pelaksanaan; pelaksanaan kegiatan; peserta; peserta rapat; peserta kunjungan
    peserta dan pimpinan; susunan peserta; rombongan; agenda; agenda rapat; susunan acara; jalannya rapat
    keterangan rapat; hasil; hasil kunjungan; hasil kegiatan; hasil rapat; hasil pembahasan; hasil pelaksanaan
    hasil yang dicapai; temuan; temuan utama; praktik baik; praktik baik yang ditemukan; faktor keberhasilan
    faktor pendukung; faktor penghambat; kendala; kendala dan tantangan; hambatan; permasalahan; masalah yang dibahas
    tantangan; pembelajaran; pelajaran yang dipetik; rekomendasi; saran; kesimpulan; simpulan; kesimpulan dan saran
    kesimpulan dan rekomendasi; keputusan; keputusan rapat; tindak lanjut; rencana tindak lanjut; rencana aksi
    pembahasan; pembukaan; penutup; pendahuluan; ikhtisar eksekutif; lampiran; dokumentasi; daftar hadir; daftar isi
    kata pengantar; pengertian; definisi; prosedur; kualifikasi pelaksana; keterkaitan; peralatan; perlengkapan
    peralatan dan perlengkapan; peralatan/perlengkapan; peringatan; pencatatan dan pendataan; uraian prosedur; mutu baku
"""
_KNOWN = frozenset(name.strip() for line in _KNOWN_HEADINGS.splitlines() for name in line.split(";") if name.strip())
_MAX_HEADING = 120
_MAX_CAPITALS_LINES = 5
_NUMBERED = (
    (1, re.compile(r"BAB\s+(?:[IVXLC]+|\d{1,2})\b[.:]?\s*")),
    (1, re.compile(r"LAMPIRAN\b(?:\s+[IVXLC\d]+)?\s*[.:]?\s*")),
    (2, re.compile(r"[IVX]{1,5}\s?\.\s+(?=[A-Z])")),
    (3, re.compile(r"[A-Z]\s?\.\s*(?=[A-Z])")),
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4}|[A-Z]\.\d{1,2}|\d{1,2}\.[A-Z])\.?\s+(?=[A-Z(])")
_NUMBER = re.compile(r"(\d{1,2})\s?\.\s+(?=[A-Z])")
_TABLE_ROW = re.compile(r"\d[\d.,%]*(?:\s+[\d.,%-]+){2,}\s*$")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading found: its level (1 is the highest), its words, its first line and how many lines it takes."""

    level: int
    title: str
    line: int
    n_lines: int


def outline_of(lines: Sequence[Line], pages: Sequence[Page], headings: Sequence[Heading]) -> tuple[Section, ...]:
    """The sections under the headings that the file declares; under those its text shows, if it declares none."""
    declared = _declared(lines, headings)
    found = declared if len(declared) > 1 else _shown(lines)
    tree = Tree(lines, pages)
    levels: list[int] = []
    for mark in found:
        while levels and levels[-1] >= mark.level:
            levels.pop()
        tree.close_to(1 + len(levels), mark.line)
        slug = _slug(mark.title)
        path = f"{tree.innermost.path}/{slug}" if levels else slug
        tree.open(SectionKind.HEADING, mark.title, path, mark.line)
        levels.append(mark.level)
    return tree.sections()


def _declared(lines: Sequence[Line], headings: Sequence[Heading]) -> list[_Mark]:
    """Where the declared headings stand among the body's lines; two on one line are one."""
    found: list[_Mark] = []
    i = 0
    for heading in sorted(headings, key=lambda h: h.span):
        title = " ".join(heading.title.split())
        while i < len(lines) and _ends_before(lines[i].span, heading.span):
            i += 1
        if i == len(lines):
            break
        if title and not (found and found[-1].line == i):
            found.append(_Mark(heading.level, title[:_MAX_HEADING], i, 1))
    return found


def _ends_before(line: Span, heading: Span) -> bool:
    if line.page != heading.page:
        return line.page < heading.page
    return line.end <= heading.start


def _shown(lines: Sequence[Line]) -> list[_Mark]:
    """The lines that look like headings, the words of the next lines in capitals taken with them."""
    found: list[_Mark] = []
    i = 0
    numbers: dict[str, int] = {}
    while i < len(lines):
        mark = _mark(lines, i, numbers)
        if mark is None:
            i += 1
        else:
            found.append(mark)
            i += mark.n_lines
    return found


def _mark(lines: Sequence[Line], i: int, numbers: dict[str, int]) -> _Mark | None:
    text = lines[i].text
    if len(text) > _MAX_HEADING or text[-1] in ",;" or _is_contents(text) or _TABLE_ROW.search(text):
        return None
    key = text.strip(" .:").casefold()
    for level, pattern in _NUMBERED:
        match = pattern.match(text)
        if match is None:
            continue
        rest = text[match.end() :]
        if level == 1:
            if not _capitals(text) and not rest.istitle():
                return None
            return _with_title(lines, i, level)
        if level == 3 and not _next_letter(text[0], numbers):
            return None
        if _is_title(rest):
            return _Mark(level, text, i, 1)
    decimal = _DECIMAL.match(text)
    if decimal:
        parts = len(decimal[1].split("."))
        return _Mark(2 + parts, text, i, 1) if _is_title(text[decimal.end() :]) else None
    number = _NUMBER.match(text)
    if number:
        rest = text[number.end() :]
        if rest.strip(" .:").casefold() in _KNOWN:
            return _Mark(4, text, i, 1)
        return None
    if key in _KNOWN:
        return _Mark(2, text, i, 1)
    if _capitals(text) and _is_title(text) and len(text) >= 5 and (i == 0 or marks.terminal(lines[i - 1].text)):
        return _with_title(lines, i, 2)
    return None


def _with_title(lines: Sequence[Line], i: int, level: int) -> _Mark:
    """A heading with the lines in capitals that go on with it."""
    end = i + 1
    while end < len(lines) and end - i < _MAX_CAPITALS_LINES and _goes_on(lines[end - 1], lines[end]):
        end += 1
    title = " ".join(line.text for line in lines[i:end])
    return _Mark(level, title[:_MAX_HEADING], i, end - i)


def _goes_on(before: Line, line: Line) -> bool:
    text = line.text
    return (
        line.span.page == before.span.page
        and _capitals(text)
        and len(text) < _MAX_HEADING
        and text[-1] not in ";:,"
        and not any(pattern.match(text) for _, pattern in _NUMBERED)
        and text.strip(" .:").casefold() not in _KNOWN
    )


def _next_letter(letter: str, numbers: dict[str, int]) -> bool:
    """Whether A., B., C. come in their order; A begins anew."""
    value = ord(letter) - 64
    if value != 1 and value != numbers.get("letter", 0) + 1:
        return False
    numbers["letter"] = value
    return True


def _is_title(text: str) -> bool:
    """Whether words read as a title: no sentence, no row of figures."""
    words = text.split()
    letters = sum(c.isalpha() for c in text)
    return 0 < len(words) <= 16 and letters >= 0.6 * len(text.replace(" ", "")) and text[-1] not in ".;,"


def _is_contents(text: str) -> bool:
    """Whether a line is of a table of contents: dots and a page number at its end."""
    return re.search(r"(?:\.\s?){4,}\s*[\divxl]*$|…\s*[\divxl]*$", text) is not None


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def _slug(title: str) -> str:
    words: Iterable[str] = re.findall(r"[a-z0-9]+", title.casefold())
    return "-".join(words)[:60].strip("-") or "bagian"
