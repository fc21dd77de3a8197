"""What a document is, read from itself: kind, number, year, region, issuer, title and date.

Its first pages speak first, then what the file says of itself, then its name.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.cleaning import body_lines
from ingest.titles import parse_title, plain, readable, region_of, tidy_number
from kb.types import REGULATIONS, Kind, Metadata, Reading

__all__ = ["parse_title", "read_metadata"]

_FIRST_PAGES = 5
_FRONT_LINES = 150
_TITLE_LINES = 40
_BLOCK_LINES = 14
_MONTHS = {
    name: number
    for number, names in enumerate(
        ["januari", "februari pebruari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november nopember", "desember"],
        start=1,
    )
    for name in names.split()
}
_DATE = re.compile(rf"\b(\d{{1,2}})\s*[-/ ]?\s*({'|'.join(_MONTHS)})\s*[-/ ]?\s*((?:19|20)\d\d)\b", re.I)
_ENACTED = re.compile(r"(?:Ditetapkan|Disahkan|Dikeluarkan)\b", re.I)
_DATED = re.compile(r"(?:hari\s*[/,]?\s*(?:dan\s+)?)?tanggal\b.{0,12}|.{0,30}\btanggal\b", re.I)

_HEAD_LINE = re.compile(
    r"(?:RANCANGAN )?(?:UNDANG\s?[ -]\s?UNDANG(?: REPUBLIK INDONESIA| DARURAT)?\b|PERATURAN [A-Z]|KEPUTUSAN [A-Z]|QANUN |SURAT EDARAN\b"
    r"|INSTRUKSI [A-Z])"
)
_NUMBER_LINE = re.compile(r"NO(?:MOR|\.|MCR)\s*[:.]?\s*\S*", re.I)
_BLOCK_END = re.compile(
    r"DENGAN RAHMAT|Menimbang|MENIMBANG|ATAS RAHMAT|BISMILLAH|(?:PRESIDEN|Presiden|GUBERNUR|BUPATI|WALI\s?KOTA|Walikota|MENTERI|KEPALA)\b.*,$"
    r"|(?:PRESIDEN|Presiden) REPUBLIK INDONESIA|(?:Kepada|KEPADA)\b|Mengingat|BAB I\b|Pasal 1\b"
)
_CLAUSE = re.compile(
    r"(?:membentuk|menetapkan|mengesahkan|dibentuk|ditetapkan|Menetapkan\s*:)\s+(?P<kind>(?:dengan\s+)?(?:Rancangan\s+)?"
    r"(?:Undang\s?-\s?Undang|Peraturan|Keputusan|Qanun)[^;.]{0,120}?)\s+tentang\s+(?P<subject>[^;.]{3,600})[;.]",
    re.I,
)

_OTHER_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.NOTULEN,
        re.compile(r"\bnotul(?:en|a|ensi)\b|\b(?:resume|risalah|catatan) rapat\b|\bberita acara rapat\b", re.I),
    ),
    (
        Kind.STUDI_TIRU,
        re.compile(
            r"\bstudi\s?(?:tiru|banding)\b|\bkaji\s?(?:banding|terap|tiru)\b|\blaporan (?:hasil )?(?:kunjungan|perjalanan dinas)\b"
            r"|\bkunjungan kerja\b|\bbenchmarking\b",
            re.I,
        ),
    ),
    (Kind.SOP, re.compile(r"\bstandar[dt]?\s?operas\w+\s?prosedu?re?\b|\bstandard operating\b|\bSOP\b")),
    (Kind.SOP, re.compile(r"\bstandar operasional prosedur\b|\bprosedur tetap\b", re.I)),
    (
        Kind.LAPORAN_KINERJA,
        re.compile(
            r"\blaporan (?:akuntabilitas )?kinerja\b|\bl[ak]k?jip\b|\blakip\b|\blkpj\b|\blkjip\b|\blppd\b"
            r"|\blaporan keterangan pertanggung\s?jawaban\b|\blaporan penyelenggaraan pemerintahan\b|\blaporan (?:capaian|tahunan)\b",
            re.I,
        ),
    ),
    (Kind.SE, re.compile(r"^surat edaran\b", re.I)),
)
_OFFICE = re.compile(
    r"\b(?:DINAS|BADAN|SEKRETARIAT|BAPPEDA|KEMENTERIAN|INSPEKTORAT|KECAMATAN|UPTD)\s+[A-Z][A-Z ,/&()-]{5,160}?(?:KOTA|KABUPATEN|PROVINSI)"
    r"\s+[A-Z]+(?:\s(?!TAHUN|JALAN|JL)[A-Z]+){0,2}"
)
_PLACE = re.compile(
    r"\b(KOTA|KABUPATEN|PROVINSI)\s+([A-Z]{3,}(?:\s(?!TAHUN|JALAN|JL|DINAS|NOMOR|SALINAN|BADAN)[A-Z]{3,}){0,2})\b"
)
_PLACE_READ = re.compile(r"\b(Kota|Kabupaten|Provinsi)\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})")
_LETTERHEAD = re.compile(
    r"PEMERINTAH (?:KOTA|KABUPATEN|PROVINSI|DAERAH)|(?:DINAS|BADAN|SEKRETARIAT|INSPEKTORAT)\b|JL\.|JALAN\b|TELP|SALINAN$|\d|.*@",
    re.I,
)
_YEAR = re.compile(r"\bTAHUN\s+(?:ANGGARAN\s+)?((?:19|20)\d\d)\b", re.I)
_NAME = re.compile(
    r"(?P<kind>uu|perppu|pp|perpres|permen\w*|perda|pergub|perbup|perwali?|sk|se)[-_ ]?(?P<region>[a-z]+(?:[-_ ][a-z]+)*?)?[-_ ]?"
    r"(?:no(?:mor)?[-_ .]*)?(?P<number>\d{1,3})[-_ ](?:tahun[-_ ])?(?P<year>(?:19|20)\d\d)(?!\d)(?:[-_ ]+(?P<rest>.*))?",
    re.I,
)
_NAME_KIND = re.compile(
    r"(?P<kind>perda|pergub|perbup|perwali?)[-_ ](?P<region>[a-z]+)[-_ ](?P<year>(?:19|20)\d\d)", re.I
)
_UNTITLED = re.compile(
    r"(?:microsoft word\s*-|untitled|document\d*$|.*\.(?:docx?|pdf|xlsx?|rtf|pmd|indd|cdr|ppt)$|slide \d|\W*$)", re.I
)


def read_metadata(reading: Reading, name: str) -> Metadata:
    """What the document says it is; what it does not say stays empty.

    name: of the file, asked only for what the text and the file's own information leave open.
    """
    lines = [plain(line.text) for line in body_lines(reading.pages)]
    front = [line for line in (plain(line.text[:400]) for line in body_lines(reading.pages[:_FIRST_PAGES]))][
        :_FRONT_LINES
    ]
    found = _regulation(front) or _other(front, reading, name)
    if found.kind in REGULATIONS or found.kind in (Kind.SK, Kind.SE):
        found = replace(found, date=_enacted(lines))
        if found.year is None and found.date is not None:
            found = replace(found, year=found.date.year)
    return _from_name(found, name)


def _regulation(front: Sequence[str]) -> Metadata | None:
    """What the title of a regulation says, if the first pages hold one."""
    for i, line in enumerate(front[:90]):
        if not _HEAD_LINE.match(line) or not _is_capitals(line):
            continue
        near = _number_near(front, i)
        if near is None:
            continue
        block = _block(front, i)
        found = parse_title(" ".join(block))
        if found.kind is Kind.LAINNYA:
            continue
        if not found.number and not found.year:
            said = parse_title(f"{line} {front[near]}")
            found = replace(said, title=found.title)
        clause = _clause(front, found)
        if not found.title or (clause and (_key(clause) == _key(found.title) or near < i)):
            found = replace(found, title=clause or found.title)
        if not found.region and found.kind in (Kind.PERDA, Kind.PERGUB, Kind.PERBUP, Kind.PERWAL):
            found = replace(found, region=_region(front, found.kind))
        return found
    return None


def _number_near(front: Sequence[str], i: int) -> int | None:
    """The line of the number of a title that begins on line `i`: below it, or above where a scan turned the page over."""
    order = [*range(i, min(len(front), i + 5)), *range(i - 1, max(-1, i - 4), -1)]
    return next((j for j in order if re.search(r"\bNO(?:MOR|\.|MCR)\s*[:.]?\s*[\dIl]", front[j], re.I)), None)


def _block(front: Sequence[str], i: int) -> list[str]:
    """The lines of the title from line `i` on."""
    block = [front[i]]
    for line in front[i + 1 : i + 1 + _BLOCK_LINES]:
        if _BLOCK_END.match(line):
            break
        block.append(line)
    return block


def _clause(front: Sequence[str], found: Metadata) -> str:
    """The subject as Menimbang or Menetapkan spells it: "perlu menetapkan Peraturan Daerah tentang …;"."""
    text = " ".join(front)
    clauses = [plain(match["subject"]) for match in _CLAUSE.finditer(text)]
    same = [clause for clause in clauses if _key(clause) == _key(found.title)]
    if same:
        return readable(same[0])
    return readable(clauses[-1]) if clauses and not found.title else readable(clauses[0]) if clauses else ""


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _region(front: Sequence[str], kind: Kind) -> str:
    word = {Kind.PERGUB: "GUBERNUR", Kind.PERBUP: "BUPATI", Kind.PERWAL: r"WALI\s?KOTA"}.get(kind)
    for line in front[:60]:
        head = re.match(rf"{word}\s+([A-Z][A-Z ]+?),?$", line) if word else _PLACE.search(line)
        if head:
            return region_of(kind, head[1] if word else head[0])
    return ""


def _enacted(lines: Sequence[str]) -> datetime.date | None:
    """The day on which it was enacted, as its closing says."""
    for i, line in enumerate(lines):
        if _ENACTED.match(line):
            found = _date(" ".join(lines[i : i + 3])[:300])
            if found is not None:
                return found
    return None


def _date(text: str) -> datetime.date | None:
    for match in _DATE.finditer(text):
        try:
            return datetime.date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        except ValueError:
            continue
    return None


def _other(front: Sequence[str], reading: Reading, name: str) -> Metadata:
    """What a document that is no regulation says of itself."""
    head = front[:_TITLE_LINES]
    kind = (
        _kind_of(head[:12])
        or _kind_of([plain(reading.title), re.sub(r"[-_]+", " ", name)])
        or _kind_of(head)
        or Kind.LAINNYA
    )
    joined = " ".join(head)
    office = _OFFICE.search(joined)
    place = _PLACE.search(office[0] if office else joined) or _PLACE_READ.search(joined)
    year = _YEAR.search(joined)
    date = (
        next((found for line in front if _DATED.match(line) and (found := _date(line[:200]))), None) or reading.created
    )
    return Metadata(
        kind=kind,
        title=_title(head, reading, name),
        year=int(year[1]) if year else date.year if date else None,
        region=f"{place[1].capitalize()} {readable(place[2])}" if place else "",
        issuer=readable(office[0]) if office else "",
        date=date,
    )


def _kind_of(lines: Sequence[str]) -> Kind | None:
    text = "\n".join(lines)
    placed = [(match.start(), kind) for kind, pattern in _OTHER_KINDS if (match := pattern.search(text))]
    return min(placed)[1] if placed else None


def _title(head: Sequence[str], reading: Reading, name: str) -> str:
    """The first words in capitals that are no letterhead; else the first heading, the file's title, its name."""
    first = reading.pages[0].number if reading.pages else 0
    block: list[str] = []
    for line in head[:25]:
        if _is_capitals(line) and len(line) > 3 and (block or not _LETTERHEAD.match(line)):
            block.append(line)
        elif block:
            break
        if len(block) == 5:
            break
    if block and sum(map(len, block)) >= 8:
        return readable(" ".join(block))
    declared = next((h.title for h in reading.headings if h.span.page == first and h.title.strip()), "")
    for title in (declared, reading.title):
        if title and not _UNTITLED.match(title):
            return readable(title)
    return _from_file_name(name)


def _from_file_name(name: str) -> str:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return readable(" ".join(re.sub(r"[_-]+", " ", re.sub(r"_SCAN$", "", stem)).split()))


def _from_name(found: Metadata, name: str) -> Metadata:
    """`found`, with what it leaves open taken from a file name such as "perbup-dairi-23-2017_alokasi-dana-desa.pdf"."""
    if found.kind is not Kind.LAINNYA and (found.number or found.kind not in REGULATIONS):
        return found
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].removesuffix("_SCAN")
    match = _NAME.match(stem) or _NAME_KIND.match(stem)
    if match is None:
        return found
    parts = match.groupdict()
    word = parts["kind"].lower()
    kind = Kind.PERWAL if word.startswith("perwal") else Kind.PERMEN if word.startswith("permen") else Kind(word)
    region = (parts["region"] or "").replace("-", " ")
    rest = re.sub(r"[_-]+", " ", parts.get("rest") or "")
    return replace(
        found,
        kind=kind,
        number=tidy_number(parts.get("number") or ""),
        year=int(parts["year"]),
        region=found.region or (region_of(kind, region.upper()) if region else ""),
        title=readable(rest.upper()) if rest else found.title,
    )


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.7 * len(letters)
