"""What a document that is no regulation says of itself on its first page: its kind, title, office, place and day."""

import datetime
import re
from collections.abc import Iterator, Sequence

from ingest.capitals import is_capitals
from ingest.titles import plain, readable
from kb.documents import Kind, Metadata
from kb.pages import Reading
from kb.regions import n_words_of_name

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.NOTULEN,
        re.compile(r"\bnotul(?:en|a|ensi)\b|\b(?:resume|risalah|catatan) rapat\b|\bberita acara rapat\b", re.I),
    ),
    (
        Kind.STUDI_TIRU,
        re.compile(
            r"\bstudi\s?(?:tiru|banding)\b|\bkaji\s?(?:banding|terap|tiru)\b|\bkunjungan kerja\b|\bbenchmarking\b"
            r"|\blaporan (?:hasil )?(?:kunjungan|perjalanan dinas)\b",
            re.I,
        ),
    ),
    (Kind.SOP, re.compile(r"\bstandar[dt]?\s?operas\w+\s?prosedu?re?\b|\bprosedur tetap\b|\bSOP\b", re.I)),
    (
        Kind.LAPORAN_KINERJA,
        re.compile(
            r"\blaporan (?:akuntabilitas )?kinerja\b|\bl[ak]k?jip\b|\blakip\b|\blkpj\b|\blkjip\b|\blppd\b"
            r"|\blaporan keterangan pertanggung\s?jawaban\b|\blaporan penyelenggaraan pemerintahan\b"
            r"|\blaporan (?:capaian|tahunan)\b",
            re.I,
        ),
    ),
    (Kind.SE, re.compile(r"^surat edaran\b", re.I | re.M)),
)
_SCANNED = re.compile(r"[-_ ](?:scan(?:ned)?|pindaian|hasil[-_ ]pindai|pindai)(?:[-_ ]?\d{1,2})?$", re.I)
_MONTHS = {
    "januari": 1, "februari": 2, "pebruari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7,
    "agustus": 8, "september": 9, "oktober": 10, "november": 11, "nopember": 11, "desember": 12,
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(rf"\b(\d{{1,2}})\s*[-/ ]?\s*({_MONTH})\s*[-/ ]?\s*((?:19|20)\d\d)\b", re.I)
_MONTH_AND_YEAR = re.compile(rf"\b(?:{_MONTH})\s+((?:19|20)\d\d)\b", re.I)
_ENACTED = re.compile(r"\W*pada\s+tanggal\b", re.I)
_DATED = re.compile(
    r"\W*(?i:(?:hari\s*[/,]?\s*(?:dan\s+)?)?tanggal)\b|\W*(?i:pada\s+tanggal)\b"
    r"|[A-Z][A-Za-z ,]{2,120}, ?\d{1,2} [A-Z]\w+ (?:19|20)\d\d\W*$|[A-Z][A-Za-z ]{2,30}, ?\d{1,2} [A-Z]"
)

_WEEKDAY = re.compile(r"\W*Hari\b.{0,4}tanggal\b", re.I)

_TITLE_WORD = re.compile(
    r"LAPORAN|NOTUL|RESUME|RISALAH|STANDAR|PROSEDUR|SOP\b|RENCANA|PROFIL|BULETIN|PANDUAN|PEDOMAN|BUKU|NASKAH|KAJIAN"
    r"|RANCANGAN|BERITA ACARA|KERANGKA ACUAN|PERJANJIAN|STATISTIK|DATA\b|STRUKTUR|SURAT",
    re.I,
)
_LETTERHEAD = re.compile(
    r"(?:PEMERINTAH|DINAS|BADAN|SEKRETARIAT|INSPEKTORAT|BAGIAN|UPTD?|UNIT|KECAMATAN|KEMENTERIAN|GUGUS TUGAS)\b"
    r"|JL\.|JALAN\b|TELP|SALINAN$|NIP\b|CONTOH\b|\W|\d|.*@|(?:DRS?|IR|H)\.",
    re.I,
)
_UNTITLED = re.compile(
    r"microsoft word\s*-|untitled|document\d*$|slide \d|\W*$|.*\.(?:docx?|pdf|xlsx?|rtf|pmd|indd|cdr|pptx?)\b", re.I
)
_NO_PLACE = (
    r"(?!(?:LAYAK|DAN|RAMAH|YANG|TAHUN|JALAN|JL|DINAS|NOMOR|SALINAN|BADAN|UPTD|GUGUS|SE|LAIN|ATAU|INI|BESAR|DI|RANCANGAN"
    r"|DRS|DRA|IR|NIP|PROF|DR)\b)"
)
_PLACE = re.compile(
    rf"\b(KOTA|KABUPATEN|PROVINSI)\s+({_NO_PLACE}[A-Z]{{3,}}(?: {_NO_PLACE}[A-Z]{{3,}}){{0,2}})(?![a-z.])"
)
_PLACE_READ = re.compile(
    rf"\b(?:Dinas|Badan|Pemerintah|Sekretariat)\b[^.;]{{0,120}}?\b(Kota|Kabupaten|Provinsi)\s+"
    rf"((?i:{_NO_PLACE})[A-Z][a-z]{{2,}}(?:\s(?i:{_NO_PLACE})[A-Z][a-z]{{2,}})?)"
)
_OFFICE = re.compile(
    r"(?:DINAS|BADAN|SEKRETARIAT|BAPPEDA|KEMENTERIAN|INSPEKTORAT|KECAMATAN|UPTD)\s+[A-Z][A-Z0-9 ,/&()-]{3,}$"
)
_CITED = re.compile(r"\bNo(?:mor|\.)?\s*:?\s*[\w./-]+\s+Tahun\s+\d{4}", re.I)
"""The number and year of a law that is spoken of."""
_YEAR = re.compile(r"\bTAHUN\s+(?:ANGGARAN\s+)?((?:19|20)\d\d)\b", re.I)
_BARE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FOLIO = re.compile(r"\s+[ivx]{1,5}(?=\s|$)")
"""A roman page number in a line in capitals."""
_BEGINNING = 16
"""So many letters of a line tell that the title is said again."""
_ITEM = re.compile(r"(?:[A-Z]|[IVX]{1,4}|\d{1,2})\.\s")
_TITLE_LINES = 5
_HEAD_LINES = 25
_TITLE_WITHIN = 8
_WEB_PAGE = "text/html"
"""The only format whose stated date is one that an author wrote, not the day a program saved the file."""
_SPOKEN_TITLE = re.compile(
    r"(?:Laporan|Notul\w+|Resume|Risalah|Standar Operas\w+|Prosedur|Profil|Pedoman|Panduan|Kerangka Acuan|Rencana)"
    r" [^.:;]{8,140}$"
)
"""A title in small letters, a line of its own."""


def describe(front: Sequence[str], reading: Reading, name: str) -> Metadata:
    """What the first lines of a document say of it, with the file's own title and its name for what they leave open."""
    head = front[:_HEAD_LINES]
    block = _block(head)
    spoken = re.sub(r"[-_]+", " ", name.replace("\\", "/").rsplit("/", 1)[-1])
    title = _title(block, head, reading, name)
    sources = (title, "\n".join(head[:12]), f"{reading.title}\n{spoken}", "\n".join(front))
    kind = next((kind for kind in map(_kind_of, sources) if kind), Kind.LAINNYA)
    office = _office(head)
    date = day_of(front, title) or (reading.created if reading.media_type == _WEB_PAGE else None)
    return Metadata(
        kind=kind,
        title=title,
        year=_year(title, head, date, spoken, reading),
        region=_region(head, office, title),
        issuer=readable(office),
        date=date,
    )


def dates(text: str) -> Iterator[datetime.date]:
    """The days that a text names, "5 Desember 2024", in their order."""
    for match in _DATE.finditer(text):
        try:
            yield datetime.date(int(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        except ValueError:
            continue


def from_file_name(name: str) -> str:
    """A title made of a file's name, its words apart."""
    return readable(" ".join(re.sub(r"[_-]+", " ", stem_of(name)).split()))


def stem_of(name: str) -> str:
    """A file's name without its folder, its ending, and the word that says it is a scan."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return _SCANNED.sub("", stem) or stem


def _kind_of(text: str) -> Kind | None:
    """The kind that the text names first."""
    placed = [(match.start(), i) for i, (_, pattern) in enumerate(_KINDS) if (match := pattern.search(text))]
    return _KINDS[min(placed)[1]][0] if placed else None


def _block(head: Sequence[str]) -> list[str]:
    """The lines in capitals that begin with what the document is; else the first in capitals below the letterhead."""
    capitals = [i for i, line in enumerate(head) if is_capitals(line) and len(line) > 3]
    start = next((i for i in capitals if _TITLE_WORD.match(head[i])), None)
    if start is None:
        start = next((i for i in capitals if not _LETTERHEAD.match(head[i])), None)
    block: list[str] = []
    for text in head[start : start + _TITLE_LINES] if start is not None else []:
        line = _FOLIO.sub("", text)
        if not is_capitals(line) or len(line) < 4 or _says_again(line, block):
            break
        if block and _ITEM.match(line):
            break
        block.append(line)
    return block


def _says_again(line: str, block: Sequence[str]) -> bool:
    """Whether a line begins the title anew, as the pages after a cover do; however its letters are spaced."""
    said, again = _letters(" ".join(block)), _letters(line)
    return any(map(line.startswith, block)) or (len(again) >= _BEGINNING and again[:_BEGINNING] in said)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _title(block: Sequence[str], head: Sequence[str], reading: Reading, name: str) -> str:
    """The title on the page; else the one first heading, the file's own title, a line that says so, or its name."""
    first = [heading for heading in reading.headings if heading.level == 1]
    declared = first[0].title if len(first) == 1 and not reading.has_pages else ""
    if not declared and block and len(" ".join(block)) >= 8 and _TITLE_WORD.match(block[0]):
        return readable(" ".join(block))
    for title in (declared, reading.title):
        if title.strip() and not _UNTITLED.match(title):
            return readable(title)
    if block and len(" ".join(block)) >= 16:
        return readable(" ".join(block))
    spoken = next((line for line in head[:_TITLE_WITHIN] if _SPOKEN_TITLE.match(line)), "")
    return readable(spoken) or from_file_name(name)


def _known(words: str) -> str:
    """A region's name without the words that only follow it; one that no list knows stays as it is."""
    parts = words.split()
    return " ".join(parts[: n_words_of_name(parts) or len(parts)])


def _office(head: Sequence[str]) -> str:
    """The office of the letterhead or the cover, with its region: "DINAS … KOTA SEMARANG"."""
    for i, line in enumerate(head):
        if not _OFFICE.match(line):
            continue
        office = line
        for following in head[i + 1 : i + 3]:
            if _PLACE.search(office) or not is_capitals(following):
                break
            if _TITLE_WORD.match(following) or following[0].isdigit():
                break
            office = f"{office} {following}"
        end = _PLACE.search(office)
        return office[: end.start(2)] + _known(end[2]) if end else line
    return ""


def government_region(head: Sequence[str]) -> str:
    """The region of the government that a letterhead names: "PEMERINTAH KOTA SEMARANG"."""
    for line in head:
        if re.match(r"PEMERINTAH\s+(?:DAERAH\s+)?(?:KOTA|KABUPATEN|PROVINSI)\b", line, re.I):
            place = _PLACE.search(line.upper())
            if place:
                return f"{place[1].capitalize()} {readable(_known(place[2]))}"
    return ""


def _region(head: Sequence[str], office: str, title: str) -> str:
    """The region of the letterhead, the office or the title; else of the first office in the text."""
    own_title = re.sub(r"\bKE (?:KOTA|KABUPATEN|PROVINSI)\b.*", "", title.upper())
    place = _PLACE.search(office) or _PLACE.search(own_title) or _PLACE_READ.search(" ".join(head))
    found = f"{place[1].capitalize()} {readable(_known(place[2]))}" if place else ""
    return government_region(head) or found


def day_of(front: Sequence[str], title: str) -> datetime.date | None:
    """The day the page is dated with, or that its title names; no day of a letter or law that it cites."""
    dated = [line for line in front[:_HEAD_LINES] if _DATED.match(line) or _WEEKDAY.match(line)]
    enacted = [line for line in front if _ENACTED.match(line)]
    for line in (*dated, title, *enacted):
        found = next(dates(line[:200]), None)
        if found is not None:
            return found
    return None


def _year(title: str, head: Sequence[str], date: datetime.date | None, spoken: str, reading: Reading) -> int | None:
    own_title = _CITED.sub("", title)
    said = _YEAR.search(own_title) or _BARE_YEAR.search(own_title)
    if said:
        return int(said[1])
    if date is not None:
        return date.year
    own = "\n".join(line for line in head[:15] if "omor" not in line and not _CITED.search(line))
    found = _MONTH_AND_YEAR.search(own) or _BARE_YEAR.search(spoken)
    if found:
        return int(found[1])
    return reading.created.year if reading.created is not None else None


def front_lines(texts: Sequence[str], most: int) -> list[str]:
    """The first lines, plain and none of them long."""
    return [plain(text[:400]) for text in texts[:most]]
