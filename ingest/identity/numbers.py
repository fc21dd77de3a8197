"""Numbers that identify a person: NIK, telephones, bank accounts, and those of cases and police reports."""

import re
from collections.abc import Iterator

from kb.identity import Found, IdentityKind

_PROVINCES = frozenset(
    map(
        str,
        (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)),
    )
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_SIXTEEN = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?:"
    r"\d{16}|\d{6}(?P<a>[ .-])\d{6}(?P=a)\d{4}|\d{4}(?P<b>[ .-])\d{4}(?P=b)\d{4}(?P=b)\d{4}"
    r"|\d{2}(?P<c>[ .-])\d{2}(?P=c)"
    r"\d{2}(?P=c)\d{6}(?P=c)\d{4}"
    r")(?![.,/-]?\d)"
)
_CALLED_NIK = re.compile(
    r"(?:\bNIK\b|\bKTP\b|\bKK\b|kartu keluarga|induk kependudukan|nomor kependudukan|no\.? ?nik)[^\n\d]{0,40}$", re.I
)
_MISTYPED_NIK = re.compile(r"\bNIK\b[^\n\d]{0,20}(\d{15}|\d{17})(?!\d)", re.I)

_GAP = r"(?:[ .\-–\u00a0]| ?[-–] ?)?"
_MOBILE = re.compile(
    rf"(?<![\d/])(?<!\d[.,-])(?:\+?62{_GAP}(?:\(0\))?{_GAP}|\(?0)8\d(?:{_GAP}\)?{_GAP}\d){{7,10}}(?!\d|[.,]\d)"
)
_LANDLINE = re.compile(
    rf"(?<![\d/])(?<!\d[.,-])(?:\(0\d{{2,3}}\){_GAP}|\+62{_GAP}\(?[2-79]\d{{1,2}}\)?{_GAP}"
    rf"|0[2-79]\d{{1,2}}[-/ .]{{1,3}}|0[2-79]\d{{1,2}})"
    rf"\d{{2,4}}(?:{_GAP}\d){{3,6}}(?!\d|[.,/]\d)"
)
_CALLED_PHONE = re.compile(
    r"(?:\btel(?:epon|pon|p)?\b|\btlp\b|\bhp\b|\bhandphone\b|\bponsel\b|\bwa\b|\bwhatsapp\b|\bkontak\b|\bhubungi\b|\bfaks?\b"
    r"|\bfax\b|\bfaksimil[ei]\b|\bnomor\b|\bno\.)[^\n\d]{0,30}$",
    re.I,
)
_PUBLIC = re.compile(
    r"hot ?line|call ?cent(?:er|re)|\bsapa\b|layanan (?:pengaduan|darurat|informasi|telepon)|pos pengaduan"
    r"|pengaduan masyarakat"
    r"|\bkantor\b|sekretariat|kode pos|\bfaks?\b|\bfax\b|faksimil|e-?mail|\bwww\.|laman\b|website|situs|\b\d{5},? *tel"
    r"|\bnarahubung\b|\bdinas\b|\buptd\b|\bpolres|\bpolsek|\brsud\b|\brumah sakit\b|puskesmas|kementerian"
    r"|pemerintah|\bunit\b",
    re.I,
)
_PRIVATE = re.compile(
    r"korban|pelapor|saksi|klien|penyintas|\bibu\b|\bayah|\bkeluarga|\bwali\b|suami|\bistri|orang ?tua|\banak\b"
    r"|tante|paman"
    r"|nenek|kakek|\bbibi|\brumah korban|terlapor",
    re.I,
)
_AROUND = 90

_ACCOUNT = re.compile(
    r"(?<!kode )\brek(?:ening|\.)(?P<between>[^\n\d]{0,40}?)(?P<number>\d(?:[ .-]?\d){7,22})(?![\d/])", re.IGNORECASE
)
_PUBLIC_ACCOUNT = re.compile(r"kas (?:umum|daerah|negara|desa)|\brkud\b|\brkun\b|belanja|anggaran|kode", re.I)
_NO_ACCOUNT = re.compile(r"\d(?:\.\d{1,2}){2,}|\d{1,3}(?:\.\d{3}){2,}$")
"""The code of a budget line, and an amount of money."""

_UNIT = r"(?:/[A-Z][\w.]*(?: [A-Z][A-Za-z]+){0,2})?"
_REPORT = re.compile(
    r"\b(?:STTLP|STTPL|STPL|STBL|TBL|SPDP|LP|LI|BP|SP\.?(?:Sidik|Lidik|Han|Kap|Gas))[ .]?(?:[/.-][\w.-]*){1,7}?"
    rf"/(?:19|20)\d\d(?:/[\w.-]+)*{_UNIT}(?: (?:POLRES|POLSEK|POLDA|Polres|Polsek|Polda)(?: [A-Z][A-Za-z]+){{0,2}})?"
)
_PLAIN_REPORT = re.compile(r"\b(?:STTLP|LP|LI)/(?:[\w-]+/){1,4}(?:19|20)\d\d(?:/[\w.-]+)*(?: [A-Z][a-z]+)?")
_COURT = re.compile(
    r"\b\d{1,5} ?/ ?(?:Pid|Pdt|Pen|JN|Diversi)[\w.-]* ?/ ?(?:19|20)\d\d ?/ ?(?:PN|PA|PTA|PT|MS)\b"
    r"[. ]{0,2}(?:[A-Z][A-Za-z]{1,5}\b)?",
    re.IGNORECASE,
)
_REGISTER = re.compile(
    r"\b(?:reg(?:ister|istrasi|\.)|rekam medi[sk]|no\.? ?RM)[^\S\n]*"
    r"(?P<whose>(?:(?:kasus|korban|klien|pengaduan|perkara|laporan|anak|pasien)[^\S\n]*)*)"
    r"(?:(?:nomor|no)\b\.?)?[^\S\n]*[:.]?[^\S\n]*(?P<number>\d[\w./-]{3,}[\w])",
    re.IGNORECASE,
)
_OF_CASES = re.compile(r"PPA\b|P2TP2A|UPTD|PEKSOS|LKSA", re.I)
_BIRTH = re.compile(r"\b\d{4}-L[TU]-\d{8}-\d{4}\b")


def numbers(text: str) -> Iterator[Found]:
    """The numbers in `text` that identify a person, in no particular order."""
    yield from _niks(text)
    yield from _phones(text)
    yield from _accounts(text)
    yield from _cases(text)


def is_nik(digits: str) -> bool:
    """Whether 16 digits can be a NIK: a province that is there, a day (40 more for women) of its month, a serial.

    Source: Permendagri 102/2009 and 109/2019; the number of a family card is made in the same way.
    """
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= 40 if day > 40 else 0
    return (
        digits[:2] in _PROVINCES
        and 1 <= int(digits[2:4]) <= 79
        and digits[4:6] != "00"
        and 1 <= month <= 12
        and 1 <= day <= _DAYS[month - 1]
        and digits[12:] != "0000"
    )


def _niks(text: str) -> Iterator[Found]:
    for match in _SIXTEEN.finditer(text):
        is_called = _CALLED_NIK.search(text, max(0, match.start() - 70), match.start()) is not None
        # Four figures of four digits are how tables of statistics look: only the word before tells them apart.
        may_be_a_row = match["b"] == " "
        if is_called or (not may_be_a_row and is_nik(re.sub(r"\D", "", match[0]))):
            yield Found(*match.span(), IdentityKind.NIK)
    for match in _MISTYPED_NIK.finditer(text):
        yield Found(*match.span(1), IdentityKind.NIK)


def _phones(text: str) -> Iterator[Found]:
    for match in _MOBILE.finditer(text):
        if _has_phone_groups(match[0]) and not _is_public(text, match.start(), match.end(), mobile=True):
            yield _phone(match)
    for match in _LANDLINE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        is_sure = match[0].startswith(("(", "+62"))
        called = is_sure or _CALLED_PHONE.search(text, max(0, match.start() - 60), match.start())
        if called and 8 <= len(digits) <= 13 and not _is_public(text, match.start(), match.end(), mobile=False):
            yield _phone(match)


def _phone(match: re.Match[str]) -> Found:
    end = match.end()
    # The bracket around a whole number is not of it; the one around its area code is.
    start = match.start() + (match[0].startswith("(") and ")" not in match[0])
    return Found(start, end, IdentityKind.PHONE)


def _has_phone_groups(number: str) -> bool:
    """Whether its groups of digits are as people write telephones: no row of small figures."""
    groups = re.findall(r"\d+", number)
    return all(len(group) >= 2 for group in groups) and len(groups) <= 6


def _is_public(text: str, start: int, end: int, *, mobile: bool) -> bool:
    """Whether the line shows that an office or a hotline answers there, and nobody's family."""
    line_start = text.rfind("\n", 0, start) + 1
    before = text[max(line_start, start - _AROUND) : start]
    if _PRIVATE.search(re.sub(r"(?i)perlindungan (?:perempuan dan )?anak|\bbidang \w+ anak", "", before)):
        return False
    line_end = text.find("\n", end)
    after = "" if mobile else text[end : min(line_end if line_end >= 0 else len(text), end + 40)]
    return _PUBLIC.search(before) is not None or (not mobile and _PUBLIC.search(after) is not None)


def _accounts(text: str) -> Iterator[Found]:
    for match in _ACCOUNT.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()] + match["between"]
        if not _PUBLIC_ACCOUNT.search(before) and not _NO_ACCOUNT.match(match["number"]):
            yield Found(*match.span("number"), IdentityKind.ACCOUNT)


def _cases(text: str) -> Iterator[Found]:
    for pattern in (_REPORT, _PLAIN_REPORT, _COURT, _BIRTH):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.start() + len(match[0].rstrip(" .")), IdentityKind.CASE)
    for match in _REGISTER.finditer(text):
        is_medical = match[0][:2].lower() != "re" or match[0][:5].lower() == "rekam"
        if match["whose"] or is_medical or _OF_CASES.search(match["number"]):
            yield Found(*match.span("number"), IdentityKind.CASE)
