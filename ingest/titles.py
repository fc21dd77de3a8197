"""The title of a regulation, on one line or over many: its kind, number, year, region, issuer and subject."""

import re

from kb.types import Kind, Metadata

_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.PERPPU, r"PERATURAN PEMERINTAH PENGGANTI UNDANG[ -]{1,3}UNDANG|PERPPU\b|PERPU\b"),
    (Kind.UUD, r"UNDANG-UNDANG DASAR\b"),
    (Kind.UU, r"UNDANG\s?[ -]\s?UNDANG\b|UU\b"),
    (Kind.PP, r"PERATURAN PEMERINTAH\b|PP\b"),
    (Kind.PERPRES, r"(?:PERATURAN|KEPUTUSAN|INSTRUKSI|PENETAPAN) PRESIDEN\b|PERPRES\b|KEPPRES\b"),
    (
        Kind.PERMEN,
        r"PERATURAN (?:BERSAMA )?(?=MENTERI|KEPALA|BADAN|LEMBAGA|JAKSA|MAHKAMAH|KOMISI|OTORITAS|ARSIP|KEPOLISIAN|DEWAN)|PERMEN\w*",
    ),
    (Kind.PERDA, r"PERATURAN DAERAH\b|PERDA\b|QANUN\b"),
    (Kind.PERGUB, r"PERATURAN GUBERNUR\b|PERGUB\b"),
    (Kind.PERBUP, r"PERATURAN BUPATI\b|PERBUP\b"),
    (Kind.PERWAL, r"PERATURAN WALI\s?KOTA\b|PERWALI?\b"),
    (Kind.SE, r"SURAT EDARAN\b"),
    (Kind.SK, r"KEPUTUSAN\b|INSTRUKSI\b|SK\b"),
)
_HEAD = re.compile(
    r"(?:RANCANGAN\s+|SALINAN\s+)?(?:" + "|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _KINDS) + ")", re.I
)
_NUMBER = re.compile(
    r"\bNO(?:MOR|\.|R\b|MCR\b|RNOR\b)?\s*[:.]?\s*(?P<number>[0-9IlO][\w./-]{0,30})?(?:\s*,?\s*TAH?UN\s*[:.]?\s*(?P<year>\d{4}))?",
    re.I,
)
_ABOUT = re.compile(r"\bTENT\s?ANG\b\s*:?\s*", re.I)
_PLACE = re.compile(r"(?P<type>PROVINSI|PROPINSI|KABUPATEN|KAB\.|KOTAMADYA|KOTA)\s+(?P<name>.+)", re.I)
_SPECIAL = re.compile(r"DAERAH ISTIMEWA YOGYAKARTA|(?:DAERAH KHUSUS (?:IBUKOTA|IBU KOTA)|DKI) JAKARTA|ACEH\b", re.I)

_SMALL = frozenset(
    ["dan", "atau", "di", "ke", "dari", "dalam", "pada", "untuk", "dengan", "oleh", "bagi", "yang", "atas", "tentang", "terhadap", "serta", "sebagai", "antara", "kepada", "sampai", "of", "the", "and", "in", "on", "to", "for", "a", "an", "with", "against"]
)
_CAPITALS = frozenset(
    ["apbd", "apbn", "dprd", "dpr", "mpr", "dpd", "uptd", "upt", "ppa", "rt", "rw", "sop", "kla", "asean", "hiv", "aids", "cpns", "pns", "asn", "pppk", "njop", "pbb", "pajak-bumi", "bumd", "bumn", "blud", "rsud", "dki", "pkk", "tni", "polri", "kk", "ktp", "nik", "ham", "p2ham", "pug", "kdrt", "tpps", "tppo", "tpks", "spm", "skpd", "opd", "rkpd", "rpjmd", "rpjpd", "lkpj", "lppd", "spbe", "pt", "cv", "ntt", "ntb", "diy", "bpjs", "bphtb", "lpm", "bpd", "lkd", "umkm", "jdih", "jdihn", "dp3a", "umum-apbd"]
) - {"pajak-bumi", "umum-apbd"}
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*|\d+[A-Za-z]*|\S")

_ISSUED_BY_PRESIDENT = (Kind.UUD, Kind.UU, Kind.PERPPU, Kind.PP, Kind.PERPRES)


def parse_title(title: str) -> Metadata:
    """What a regulation's title says of it; kind LAINNYA and the title as it is where it is none.

    "Peraturan Daerah Kota Surabaya Nomor 3 Tahun 2018 tentang Penyelenggaraan …" in any case, with "No." or "Nomor".
    """
    line = plain(title)
    head = _HEAD.match(line)
    if head is None:
        return Metadata(title=line)
    kind = Kind[head.lastgroup or "LAINNYA"]
    about = _ABOUT.search(line)
    number = _NUMBER.search(line, head.end(), about.start() if about else len(line))
    end = number.start() if number else about.start() if about else len(line)
    who = line[head.end() : end].strip(" :-")
    subject = line[about.end() :] if about else ""
    return Metadata(
        kind=kind,
        title=readable(subject.rstrip(" .;*)(") if subject.count("(") == subject.count(")") else subject.rstrip(" .;")),
        number=tidy_number(number["number"] or "") if number else "",
        year=int(number["year"]) if number and number["year"] else None,
        region=region_of(kind, who),
        issuer=issuer_of(kind, who),
    )


def plain(text: str) -> str:
    """`text` on one line, with the hyphens that a line break hid."""
    return " ".join(text.replace("\ufffe", "-").replace("\u00ad", "-").replace("\x02", "-").split())


def tidy_number(text: str) -> str:
    """A number as it is cited: without leading zeros, and with ones that a scan took for letters."""
    number = text.strip(" .,;:/-")
    if number in {"I", "l"}:
        return "1"
    return number.lstrip("0") or number


def region_of(kind: Kind, who: str) -> str:
    """The region whose regulation it is, "Kota Semarang"; "" for a national one.

    who: what stands between the kind and the number: "KOTA SURABAYA", "SEMARANG", "PROVINSI BALI".
    """
    name = _until_break(who)
    if kind in _ISSUED_BY_PRESIDENT or kind is Kind.PERMEN or not name:
        return ""
    if kind in (Kind.SK, Kind.SE):
        return _region_in(name)
    special = _SPECIAL.match(name.removeprefix("PROVINSI "))
    if special and kind in (Kind.PERDA, Kind.PERGUB):
        spelled = readable(special[0])
        return spelled if spelled.startswith("Daerah Istimewa") else f"Provinsi {spelled}"
    place = _PLACE.fullmatch(name)
    if place:
        return f"{_type_of(place['type'])} {readable(place['name'])}"
    fallback = {Kind.PERGUB: "Provinsi", Kind.PERBUP: "Kabupaten", Kind.PERWAL: "Kota"}.get(kind)
    return f"{fallback} {readable(name)}" if fallback else ""


def _region_in(name: str) -> str:
    """The region of whoever decides: "BUPATI TOBA", "KEPALA DINAS … KOTA SEMARANG"."""
    head = re.match(r"(GUBERNUR|BUPATI|WALI\s?KOTA)\s+(.+)", name, re.I)
    if head:
        kind = {"g": Kind.PERGUB, "b": Kind.PERBUP, "w": Kind.PERWAL}[head[1][0].lower()]
        return region_of(kind, head[2])
    place = re.search(r"\b(PROVINSI|KABUPATEN|KOTA)\s+(\w[\w ]*)$", name, re.I)
    return f"{_type_of(place[1])} {readable(place[2])}" if place else ""


def issuer_of(kind: Kind, who: str) -> str:
    """Who issued it, as an office: "Presiden Republik Indonesia", "Menteri Dalam Negeri", "Wali Kota Surabaya"."""
    name = _until_break(who)
    if kind in _ISSUED_BY_PRESIDENT:
        return "Presiden Republik Indonesia"
    region = region_of(kind, who)
    bare = region.removeprefix("Kabupaten ").removeprefix("Kota ").removeprefix("Provinsi ")
    match kind:
        case Kind.PERDA:
            return f"Pemerintah {region}" if region else ""
        case Kind.PERGUB:
            return f"Gubernur {bare}".strip()
        case Kind.PERBUP:
            return f"Bupati {bare}".strip()
        case Kind.PERWAL:
            return f"Wali Kota {bare}".strip()
    return readable(re.sub(r"\s+REPUBLIK INDONESIA$", "", name, flags=re.I))


def _until_break(who: str) -> str:
    return re.sub(r"^REPUBLIK INDONESIA\b", "", plain(who), flags=re.I).strip(" ,.:;-")


def _type_of(word: str) -> str:
    return {"P": "Provinsi", "K": "Kabupaten"}[word[0].upper()] if not word.upper().startswith("KOTA") else "Kota"


def readable(text: str) -> str:
    """A title in the case that regulations cite each other in: "Perubahan atas Undang-Undang Nomor 23 Tahun 2002"."""
    line = plain(text)
    if any(c.islower() for c in line) and sum(c.isupper() for c in line) < 0.5 * sum(c.isalpha() for c in line):
        return _lower_small(line)
    return _lower_small(_WORD.sub(lambda match: _cased(match[0]), line))


def _cased(word: str) -> str:
    low = word.lower()
    if low in _CAPITALS or (_ROMAN.fullmatch(word) and len(word) > 1 and word.isupper() and low not in {"di", "mi"}):
        return word.upper()
    return low[:1].upper() + low[1:]


def _lower_small(line: str) -> str:
    words = line.split(" ")
    return " ".join(word.lower() if i and word.lower() in _SMALL else word for i, word in enumerate(words))
