"""The outline of any other document: by the headings its file declares, else by lines that look like headings.

Minutes and visit reports have their own headings ("Dasar", "Hasil Kunjungan", "Tindak Lanjut"); they are known by name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ingest.capitals import is_capitals
from ingest.cleaning import Line
from ingest.structure import marks
from ingest.structure.tree import Tree
from kb.pages import Heading, Reading, Span
from kb.sections import Section, SectionKind

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
_FRONT_MATTER = frozenset({"kata pengantar", "daftar isi", "ikhtisar eksekutif"})
_MAX_HEADING = 120
_MAX_CAPITALS_LINES = 5
_TITLE_WITHIN = 12
"""Lines from the top: words in capitals there, before any other heading, are the document's title."""
_FEWEST_DECLARED = 0.5
"""Headings a page: a PDF with fewer declares only what its maker's program happened to mark."""
_CONTENTS = 5
"""So many headings with nothing between them are a table of contents."""
_BAB = re.compile(r"(?:BAB\s+(?:[IVXLC]+|\d{1,2})|LAMPIRAN(?:\s+[IVXLC\d]{1,5})?)(?=\s*[.:]?(?:\s|$))[\s.:]*")
_ROMAN = re.compile(r"[IVX]{1,5}\s?\.\s+(?=[A-Z])")
_LETTER = re.compile(r"[A-Z]\s?\.\s*(?=[A-Z])")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4}|[A-Z]\.\d{1,2}|\d{1,2}\.[A-Z])(?:\.?\s+(?=[A-Z(])|\.(?=[A-Z][a-z]))")
_NUMBER = re.compile(r"\d{1,2}\s?\.\s+(?=[A-Z])")
_DICTUM = re.compile(
    r"(KE(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN|SEPULUH|SEBELAS|DUA BELAS|TIGA BELAS))\s*:"
    r"|(Menimbang|Mengingat|Memperhatikan|Menetapkan)\s*:",
    re.I,
)
"""The parts of a decision: its considerations, and what it decides first, second, third."""
_DOTS = re.compile(r"(?:\.\s?){4,}\s*[\divxl]*$|…\s*[\divxl]*$")
_FIGURES = re.compile(r"\d[\d.,%]*(?:\s+[\d.,%-]+){2,}\s*$")
_NOT_ALONE = re.compile(
    r"(?:NO|NOMOR|INDIKATOR|REALISASI|TARGET|PERSEN|JUMLAH|TOTAL|URAIAN|PROGRAM|KEGIATAN|PEMERINTAH|DINAS|BADAN|KEPALA|NIP)\b"
)
"""Words in capitals that head a column of a table, a letter or a signature, and no section."""


class _Style(Enum):
    """What a heading is numbered or marked with."""

    DECLARED = auto()
    FRONT = auto()
    BAB = auto()
    ROMAN = auto()
    LETTER = auto()
    DECIMAL = auto()
    NUMBER = auto()
    KNOWN = auto()
    CAPITALS = auto()
    DICTUM = auto()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading found: its style and depth within it, its words, its first line and how many lines it takes."""

    style: _Style
    depth: int
    title: str
    line: int
    n_lines: int


def outline_of(reading: Reading, lines: Sequence[Line]) -> tuple[Section, ...]:
    """The sections under the headings that the file declares; under those its text shows, if it declares too few."""
    declared = _declared(lines, reading.headings)
    fewest = _FEWEST_DECLARED * len(reading.pages) if reading.has_pages else 2
    found = declared if len(declared) >= max(2, fewest) else _shown(lines)
    if found and _is_title_of_all(found):
        found = found[1:]
    tree = Tree(lines, reading.pages)
    opened: list[tuple[_Style, int]] = []
    for mark in found:
        opened = _above(opened, mark)
        tree.close_to(1 + len(opened), mark.line)
        slug = _slug(mark.title)
        tree.open(SectionKind.HEADING, mark.title, f"{tree.innermost.path}/{slug}" if opened else slug, mark.line)
        opened.append((mark.style, mark.depth))
    return tree.sections()


def _is_title_of_all(found: Sequence[_Mark]) -> bool:
    """Whether the first heading is the document's own title, which every passage carries anyway."""
    first, *others = found
    if first.style is _Style.DECLARED:
        return first.depth == 1 and bool(others) and all(mark.depth > 1 for mark in others)
    return first.style is _Style.CAPITALS and first.line < _TITLE_WITHIN


def _above(opened: list[tuple[_Style, int]], mark: _Mark) -> list[tuple[_Style, int]]:
    """The open headings under which a new one stands: it ends those of its own style, and BAB ends all."""
    opened = [one for one in opened if one[0] is not _Style.FRONT]
    if mark.style in (_Style.BAB, _Style.FRONT) or (mark.style is _Style.CAPITALS and not _numbered(opened)):
        return []
    for i, (style, depth) in enumerate(opened):
        if style is mark.style and depth >= mark.depth:
            return opened[:i]
    return opened


def _numbered(opened: Sequence[tuple[_Style, int]]) -> bool:
    return any(style is _Style.BAB for style, _ in opened)


def _declared(lines: Sequence[Line], headings: Sequence[Heading]) -> list[_Mark]:
    """Where the declared headings stand among the body's lines; of two on one line the first."""
    found: list[_Mark] = []
    i = 0
    for heading in sorted(headings, key=lambda h: h.span):
        title = " ".join(heading.title.split())
        while i < len(lines) and _ends_before(lines[i].span, heading.span):
            i += 1
        if i == len(lines):
            break
        if title and not (found and found[-1].line == i):
            found.append(_Mark(_Style.DECLARED, heading.level, title[:_MAX_HEADING], i, 1))
    return found


def _ends_before(line: Span, heading: Span) -> bool:
    if line.page != heading.page:
        return line.page < heading.page
    return line.end <= heading.start


def _shown(lines: Sequence[Line]) -> list[_Mark]:
    """The lines that look like headings, tables of contents left out; bare capitals only where nothing is numbered."""
    found: list[_Mark] = []
    i = 0
    letter = 0
    while i < len(lines):
        mark = _mark(lines, i, letter)
        if mark is None:
            i += 1
            continue
        if mark.style is _Style.LETTER:
            letter = ord(mark.title[0]) - 64
        found.append(mark)
        i += mark.n_lines
    found = _without_contents(found, lines)
    n_numbered = sum(mark.style in (_Style.BAB, _Style.LETTER, _Style.ROMAN, _Style.DECIMAL) for mark in found)
    return [mark for mark in found if mark.style is not _Style.CAPITALS or n_numbered < _CONTENTS]


def _without_contents(found: Sequence[_Mark], lines: Sequence[Line]) -> list[_Mark]:
    kept: list[_Mark] = []
    run: list[_Mark] = []
    for mark in found:
        new_page = run and lines[run[-1].line].span.page != lines[mark.line].span.page
        if run and (new_page or run[-1].line + run[-1].n_lines != mark.line):
            kept += run if len(run) < _CONTENTS else []
            run = []
        run.append(mark)
    return kept + (run if len(run) < _CONTENTS else [])


def _mark(lines: Sequence[Line], i: int, letter: int) -> _Mark | None:
    """The heading that begins on line `i`, if it is one. letter: the last of A., B., C. before it."""
    text = lines[i].text
    dictum = _DICTUM.match(text)
    if dictum:
        return _Mark(_Style.DICTUM, 1, f"Diktum {dictum[1].upper()}" if dictum[1] else dictum[2].capitalize(), i, 1)
    if len(text) > _MAX_HEADING or text[-1] in ",;" or _DOTS.search(text) or _FIGURES.search(text):
        return None
    bab = _BAB.match(text)
    if bab:
        rest = text[bab.end() :]
        return _with_title(lines, i, _Style.BAB) if _capitals(text) or (rest and rest.istitle()) else None
    ends = i == 0 or marks.terminal(lines[i - 1].text) or lines[i - 1].span.page != lines[i].span.page
    known = text.strip(" .:").casefold() in _KNOWN
    if known and text[0].isupper() and text[-1] != ".":
        style = _Style.FRONT if text.strip(" .:").casefold() in _FRONT_MATTER else _Style.KNOWN
        return _Mark(style, 1, text.rstrip(" :"), i, 1)
    decimal = _DECIMAL.match(text)
    if decimal and _is_title(text[decimal.end() :]):
        return _Mark(_Style.DECIMAL, len(decimal[1].split(".")), text, i, 1)
    item = _LETTER.match(text)
    if item and ord(text[0]) - 64 in (1, letter + 1) and _is_title(text[item.end() :]):
        return _Mark(_Style.LETTER, 1, text, i, 1)
    item = _ROMAN.match(text)
    if item and _is_title(text[item.end() :]):
        return _Mark(_Style.ROMAN, 1, text, i, 1)
    item = _NUMBER.match(text)
    if item:
        is_known = text[item.end() :].strip(" .:").casefold() in _KNOWN
        return _Mark(_Style.NUMBER, 1, text, i, 1) if is_known else None
    if ends and _capitals(text) and _is_title(text) and len(text) >= 5 and not _NOT_ALONE.match(text):
        return _with_title(lines, i, _Style.CAPITALS)
    return None


def _with_title(lines: Sequence[Line], i: int, style: _Style) -> _Mark:
    """A heading with the lines in capitals that go on with it."""
    end = i + 1
    while end < len(lines) and end - i < _MAX_CAPITALS_LINES and _goes_on(lines, i, end):
        end += 1
    title = " ".join(line.text for line in lines[i:end])
    return _Mark(style, 1, title[:_MAX_HEADING], i, end - i)


def _goes_on(lines: Sequence[Line], first: int, i: int) -> bool:
    text = lines[i].text
    if lines[i].span.page != lines[first].span.page or not _capitals(text) or len(text) > _MAX_HEADING:
        return False
    if text[-1] in ";:," or any(pattern.match(text) for pattern in (_BAB, _ROMAN, _LETTER, _DECIMAL)):
        return False
    return i == first + 1 or text.strip(" .:").casefold() not in _KNOWN


def _is_title(text: str) -> bool:
    """Whether words read as a title: no sentence, no row of figures."""
    words = text.split()
    letters = sum(c.isalpha() for c in text)
    return 0 < len(words) <= 16 and letters >= 0.6 * len(text.replace(" ", "")) and text[-1] not in ".;,"


def _capitals(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3 and is_capitals(text, 0.85)


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:40].strip("-") or "bagian"
