"""What a document is, read from itself: kind, number, year, region, issuer, title and date.

Its first pages speak first, then what the file says of itself, then its name.
"""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ingest.capitals import is_capitals
from ingest.cleaning import body_of
from ingest.titlepage import dates, day_of, describe, from_file_name, front_lines, government_region, stem_of
from ingest.titles import issuer_of, parse_title, plain, readable, region_of, tidy_number
from kb.documents import OF_HEADS, REGIONAL, REGULATIONS, Kind, Metadata
from kb.pages import Reading, Verdict
from kb.regions import bare_region

__all__ = ["parse_title", "read_metadata"]

_FRONT_LINES = 200
_TITLE_WITHIN = 120
_BLOCK_LINES = 16

_HEAD_LINE = re.compile(
    r"(?:UNDANG\s?[ .-]\s?UNDANG(?: REPUBLIK INDONESIA| DARURAT)?\b|PERATURAN [A-Z]|KEPUTUSAN [A-Z]|INSTRUKSI [A-Z]"
    r"|QANUN |SURAT EDARAN\b)"
)
_TANGLED_WITHIN = 6
_TITLE_INSIDE = re.compile(
    r"(?:UNDANG\s?[ .-]\s?UNDANG|PERATURAN (?:PEMERINTAH|DAERAH|PRESIDEN|MENTERI|GUBERNUR|BUPATI|WALI)|QANUN)"
    r"(?: (?!PERATURAN|UNDANG)[A-Z-]{2,20}){0,6} NOMOR.?\S{1,12}? ?TAH?[UV]N ?\S{4}\b"
)
_TITLE_ENDS = re.compile(
    r"\s(?:DENGAN RAHMAT|Presiden Republik Indonesia|PRESIDEN REPUBLIK INDONESIA\s?,|M(?:enimbang|ENIMBANG)\b"
    r"|Pasal 1\b|BAB I\b)"
)
_DRAFT = re.compile(r"RANCANGAN\s+(?:PERATURAN|UNDANG|QANUN)")
_NUMBERED = re.compile(r"\bNO(?:MOR|\.|MCR)\s*[:.]?\s*(?:[\dIl]|\S{1,4}\s+TAHUN\s+\d{4})", re.I)
"""A title's number; one written by hand is read as anything: "NOMOR $ TAHUN 2024"."""
_NUMBER_ALONE = re.compile(r"No(?:mor|\.)\s*[:.]?\s*[\w./-]+(?:\s+Tahun\s+\d{4})?", re.I)
_YEAR_OF_NUMBER = re.compile(r"/((?:19|20)\d\d)$")
_HEAD_OF_REGION = re.compile(r"(?:BUPATI|WALI\s?KOTA|GUBERNUR)(?: [A-Z]{3,}){1,4}")
_BLOCK_END = re.compile(
    r"DENGAN RAHMAT|ATAS RAHMAT|BISMILLAH|BAB I\b|Pasal 1\b|(?i:MENIMBANG|MENGINGAT|MENETAPKAN|MEMUTUSKAN|KEPADA)\b"
    r"|(?i:YTH\b)|(?:[A-Z]|[IVX]{1,4}|\d{1,2})\.\s"
    r"|(?i:PRESIDEN REPUBLIK INDONESIA)\b|(?:PRESIDEN|GUBERNUR|BUPATI|WAL[IT!]\s?KOTA|Walikota|MENTERI|KEPALA)\b.*,$"
)
_CLAUSE = re.compile(
    r"(?:membentuk|menetapkan|mengesahkan|dibentuk|ditetapkan|Menetapkan\s*:)\s+(?:dengan\s+)?(?:Rancangan\s+)?"
    r"(?:Undang\s?-\s?Undang|Peraturan|Keputusan|Qanun)[^;.]{0,120}?\s+tentang\s+(?P<subject>(?:[^;.]|(?<=\bPT)\.){3,600})[;.]",
    re.I,
)
_CLOSE = 0.85
"""How alike two spellings of one title are, the mistakes of a scan allowed for."""
_ENACTED = re.compile(r"(?:^|[.;] )(?:Ditetapkan|Disahkan|Dikeluarkan)(?:\s+di\b|$)", re.I)

_NAME = re.compile(
    r"(?P<kind>uu|perppu|pp|perpres|permen\w*|perda|pergub|perbup|perwali?|sk|se)[-_ ]?"
    r"(?P<region>[a-z]+(?:[-_ ][a-z]+)*?)?[-_ ]?(?:no(?:mor)?[-_ .]*)?"
    r"(?P<number>\d{1,3})[-_ ](?:tahun[-_ ])?(?P<year>(?:19|20)\d\d)(?!\d)(?:[-_ ]+(?P<rest>.*))?",
    re.I,
)
_NAME_OF_KIND = re.compile(
    r"(?P<kind>perda|pergub|perbup|perwali?)[-_ ](?P<region>[a-z]+)[-_ ](?P<year>(?:19|20)\d\d)", re.I
)
_NATIONAL_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<kind>pd|pg|pb|pw|pk)\d{4}(?P<number>\d{3})(?!\d)", re.I)
"""The name of a file in the national network: year, kind, region and number, "2024pw7416005"."""
_PLACES = re.compile(r"\b(?i:KOTA|KABUPATEN|BUPATI|GUBERNUR|PROVINSI)\s+([A-Z][a-z]{2,}|[A-Z]{3,})\b")


def read_metadata(reading: Reading, name: str) -> Metadata:
    """What the document says it is; what it does not say stays empty.

    name: of the file, asked only for what the text and the file's own information leave open.
    """
    lines = [line.text for line in body_of(reading)]
    front = _untangled(front_lines(lines, _FRONT_LINES))
    found = _regulation(front)
    if found is not None:
        date = _enacted(lines) or (day_of(front, "") if found.kind is Kind.SE else None)
        numbered = _YEAR_OF_NUMBER.search(found.number)
        year = found.year or (int(numbered[1]) if numbered else date.year if date else None)
        found = replace(found, date=date, year=year)
        return _with_name(_with_national_name(found, name, any(p.verdict is Verdict.OCR for p in reading.pages)), name)
    return _with_name(_draft(front) or describe(front, reading, name), name)


def _untangled(front: Sequence[str]) -> list[str]:
    """The first lines with a title that stands in the middle of one on a line of its own.

    Some files run a heading together with what is above it and with "Presiden Republik Indonesia" below it.
    """
    lines: list[str] = []
    for line in front[:_TANGLED_WITHIN]:
        title = _TITLE_INSIDE.search(line)
        begin = title.start() if title else 0
        end = _TITLE_ENDS.search(line, title.end()) if title else None
        stop = end.start() if end else len(line)
        lines += [part.strip() for part in (line[:begin], line[begin:stop], line[stop:]) if part.strip()]
    return [*lines, *front[_TANGLED_WITHIN:]]


def _regulation(front: Sequence[str]) -> Metadata | None:
    """What the title of a regulation says, if the first lines hold one."""
    for i, line in enumerate(front[:_TITLE_WITHIN]):
        if not _HEAD_LINE.match(line) or not is_capitals(line):
            continue
        near = _number_near(front, i)
        if near is None:
            continue
        found = parse_title(" ".join(_block(front, i)))
        if found.kind is Kind.LAINNYA:
            continue
        if not found.number and not found.year:
            # A scan may give the lines of a title from the last to the first.
            found = replace(parse_title(f"{line} {front[near]}"), title=found.title)
        return _settle(found, front, turned=near < i)
    return None


def _settle(found: Metadata, front: Sequence[str], turned: bool) -> Metadata:
    """The title as the considerations spell it, and the region as most lines do, where the heading was misread."""
    clause = _clause(front, found.title, turned)
    if clause:
        found = replace(found, title=clause)
    if not found.region and found.kind in REGIONAL:
        region = _letterhead_region(front, found.kind)
        issuer = issuer_of(found.kind, bare_region(region) if found.kind is not Kind.PERDA else region)
        found = replace(found, region=region, issuer=issuer)
    elif not found.region and found.kind in (Kind.SK, Kind.SE):
        found = _of_letterhead(found, front[:20])
    if found.kind in OF_HEADS:
        bare = bare_region(found.region)
        spelled = _most_spelled(bare, front)
        if spelled != bare:
            found = replace(
                found,
                region=found.region.removesuffix(bare) + spelled,
                issuer=found.issuer.removesuffix(bare) + spelled,
            )
    return found


def _of_letterhead(found: Metadata, head: Sequence[str]) -> Metadata:
    """A letter or decree that does not name its maker in its title, with the one at the top of the page."""
    signed = next((match for match in map(_HEAD_OF_REGION.fullmatch, head) if match), None)
    if signed is not None:
        maker = parse_title(f"KEPUTUSAN {signed[0]} NOMOR 1")
        return replace(found, region=maker.region, issuer=found.issuer or maker.issuer)
    region = government_region(head)
    return replace(found, region=region, issuer=found.issuer or (f"Pemerintah {region}" if region else ""))


def _number_near(front: Sequence[str], i: int) -> int | None:
    """The line of a title's number: below its first line `i`, or above where a scan turned the lines about."""
    below = [*range(i, min(len(front), i + 5))]
    above = [*range(i - 1, max(-1, i - 4), -1)]
    return next((j for j in (*below, *above) if _is_number(front[j])), None)


def _is_number(line: str) -> bool:
    """Whether a line holds the number of a title: "NOMOR 5 TAHUN 2024", "Nomor: 463/12/DP3A/2024"."""
    return _NUMBERED.search(line) is not None and (is_capitals(line) or _NUMBER_ALONE.fullmatch(line) is not None)


def _block(front: Sequence[str], i: int) -> list[str]:
    """The lines of the title from line `i` on: in capitals, or capitalised after "TENTANG"; no sentence."""
    block = [front[i]]
    for line in front[i + 1 : i + _BLOCK_LINES]:
        if _BLOCK_END.match(line) or not (_is_heading(line) or (_is_capitalised(line) and _goes_on(block[-1]))):
            break
        block.append(line)
    return block


def _is_heading(line: str) -> bool:
    return is_capitals(line) or _is_number(line) or _ends_open(line)


def _goes_on(line: str) -> bool:
    """Whether a title in small letters may follow `line`: it has begun, or comes after "TENTANG"."""
    return _ends_open(line) or not _is_heading(line)


def _is_capitalised(line: str) -> bool:
    """Whether most words of a line, the small ones aside, begin with a capital: a title and no sentence."""
    words = [word for word in line.split() if word[:1].isalpha() and len(word) > 3]
    return 3 * sum(word[0].isupper() for word in words) >= 2 * len(words)


def _ends_open(line: str) -> bool:
    return re.search(r"\bTENT\s?ANG\W*$", line, re.I) is not None


def _clause(front: Sequence[str], title: str, turned: bool) -> str:
    """The subject as Menimbang or Menetapkan spells it, "menetapkan Peraturan Daerah tentang …"; "" if another."""
    clauses = [plain(match["subject"]) for match in _CLAUSE.finditer(" ".join(front))]
    if turned or not title:
        return readable(clauses[0]) if clauses else ""
    alike = [(SequenceMatcher(None, _key(clause), _key(title)).ratio(), -i) for i, clause in enumerate(clauses)]
    best = max(alike, default=(0.0, 0))
    return readable(clauses[-best[1]]) if best[0] >= _CLOSE else ""


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _letterhead_region(front: Sequence[str], kind: Kind) -> str:
    words = {Kind.PERGUB: "GUBERNUR", Kind.PERBUP: "BUPATI", Kind.PERWAL: r"WALI\s?KOTA"}
    word = words.get(kind, r"(?=KABUPATEN|KOTA|PROVINSI)")
    for line in front[:60]:
        head = re.match(rf"{word}\s*((?:[A-Z]+ ?){{1,4}}),?$", line)
        if head:
            return region_of(kind, head[1])
    return ""


def _most_spelled(name: str, front: Sequence[str]) -> str:
    """The spelling of a place that most of the first lines have: a scan rarely makes the same mistake twice."""
    counted = Counter(readable(place) for place in _PLACES.findall(" ".join(front)))
    counted[name] += 1
    alike = {place: n for place, n in counted.items() if SequenceMatcher(None, place, name).ratio() > 0.8}
    return max(alike, key=lambda place: (alike[place], place == name))


def _enacted(lines: Sequence[str]) -> datetime.date | None:
    """The day on which it was enacted, as its closing says."""
    for i, line in enumerate(lines):
        if _ENACTED.search(line[:300]):
            found = next(dates(plain(" ".join(part[:300] for part in lines[i : i + 3]))), None)
            if found is not None:
                return found
    return None


def _draft(front: Sequence[str]) -> Metadata | None:
    """A draft regulation: no regulation yet, so that nobody cites it as one; its title says what it would be."""
    for i, line in enumerate(front[:40]):
        if _DRAFT.match(line) and is_capitals(line):
            block = " ".join(_block(front, i))
            said = parse_title(block.removeprefix("RANCANGAN").strip())
            subject = f" tentang {said.title}" if said.title else ""
            year = re.search(r"\bTAHUN ((?:19|20)\d\d)\b", block)
            return Metadata(
                kind=Kind.RAPERDA,
                title=f"{readable(line)}{subject}",
                year=int(year[1]) if year else None,
                region=said.region,
                issuer=said.issuer,
            )
    return None


def _with_national_name(found: Metadata, name: str, is_scanned: bool) -> Metadata:
    """`found` with the number that the national network gave the file, where the text has none or is a scan's.

    Numbers are often written by hand, which no scan reads: 5 as 7.
    """
    match = _NATIONAL_NAME.search(stem_of(name))
    if match is None or (found.number and not is_scanned):
        return found
    return replace(found, number=tidy_number(match["number"]), year=found.year or int(match["year"]))


def _with_name(found: Metadata, name: str) -> Metadata:
    """`found`, with what it leaves open taken from a file name such as "perbup-dairi-23-2017_alokasi-dana-desa.pdf"."""
    if found.kind is not Kind.LAINNYA and (found.number or found.kind not in REGULATIONS):
        return found
    found = _with_national_name(found, name, is_scanned=True)
    stem = stem_of(name)
    match = _NAME.match(stem) or _NAME_OF_KIND.match(stem)
    if match is None or found.title.startswith("Rancangan "):
        return found
    parts = match.groupdict()
    word = parts["kind"].lower()
    kind = Kind.PERWAL if word.startswith("perwal") else Kind.PERMEN if word.startswith("permen") else Kind(word)
    who = (parts["region"] or "").replace("-", " ").upper()
    region = region_of(kind, who)
    rest = re.sub(r"[_-]+", " ", parts.get("rest") or "")
    title = readable(rest.upper()) if rest else "" if found.title == from_file_name(name) else found.title
    return replace(
        found,
        kind=kind,
        number=tidy_number(parts.get("number") or "") or found.number,
        year=int(parts["year"]),
        region=region or found.region,
        issuer=issuer_of(kind, who) if region or not found.issuer else found.issuer,
        title=title,
    )
