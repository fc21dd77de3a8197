"""The title of a regulation, on one line: its kind, number, year, region, issuer and subject."""

import re

from kb.documents import Kind, Metadata
from kb.forms import KIND_WORDS
from kb.legal import KIND_OF_FORM, Form
from kb.regions import bare_region

_HEAD = re.compile(
    rf"(?:SALINAN\s+)?(?:{KIND_WORDS}|(?P<SE>SURAT EDARAN\b)|(?P<SK>KEPUTUSAN\b|INSTRUKSI\b|SK\b))", re.I
)
_NUMBER = re.compile(
    r"\bNO(?:MOR|\.|R\b|MCR\b|RNOR\b)?\s*[:.]?\s*-?(?P<number>[0-9IlO][\w./-]{0,40}?(?=[\s,;:)]|TAH?[UV]N|$))?"
    r"(?:\s*,?\s*TAH?[UV]N\s*[:.]?\s*(?P<year>[12][\dOolI]{3}))?",
    re.I,
)
_DIGITS = str.maketrans("IiLlOo", "111100")
"""Digits that a scan takes for letters."""
_ABOUT = re.compile(r"\bTENT\s?ANG\b\s*:?\s*", re.I)
_PLACE = re.compile(r"(?P<type>PROVINSI|PROPINSI|KABUPATEN|KAB\.|KOTAMADYA|KOTA)\s+(?P<name>.+)", re.I)
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_SPECIAL = re.compile(r"DAERAH ISTIMEWA YOGYAKARTA|(?:DAERAH KHUSUS (?:IBUKOTA|IBU KOTA)|DKI) JAKARTA|ACEH\b", re.I)
_OF_THE_REPUBLIC = re.compile(r"\bREPUBLIK INDONESIA\b", re.I)

_SMALL_WORDS = """
    dan atau di ke dari dalam pada untuk dengan oleh bagi yang atas tentang terhadap serta sebagai antara kepada
    mengenai guna tanpa sampai of the and in on to for a an with against
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ABBREVIATED = """
    AIDS APBD APBN ASEAN ASN BLUD BPD BPHTB BPJS BUMD BUMN CPNS CV DIY DKI DP3A DP3AP2KB DP3APPKB DPD DPR DPRD HAM HIV
    JDIH JDIHN KDRT KK KLA KTP LKPJ LKjIP LPM LPPD MPR NIK NJOP NTB NTT OPD P2HAM PKK PNS POLRI PPA PPPK PT PUG RKPD
    RPJMD RPJPD RSUD RT RW SKPD SOP SPBE SPM TIK TNI TPKS TPPO UMKM UPT UPTD
"""
_ABBREVIATIONS = {word.lower(): word for word in _ABBREVIATED.split()}
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")

_BY_THE_PRESIDENT = (Kind.UUD, Kind.UU, Kind.PERPPU, Kind.PP, Kind.PERPRES)


def parse_title(title: str) -> Metadata:
    """What a regulation's title says of it; kind LAINNYA and the title as it stands where it is none.

    "Peraturan Daerah Kota Surabaya Nomor 3 Tahun 2018 tentang Penyelenggaraan …" in any case, with "No." or "Nomor".
    """
    line = plain(title)
    head = _HEAD.match(line)
    if head is None:
        return Metadata(title=line)
    name = head.lastgroup or ""
    kind = KIND_OF_FORM[Form[name]] if name in Form.__members__ else Kind[name]
    about = _ABOUT.search(line)
    number = _NUMBER.search(line, head.end(), about.start() if about else len(line))
    end = number.start() if number else about.start() if about else len(line)
    who = line[head.end() : end].strip(" :-,")
    subject = line[about.end() :] if about else ""
    return Metadata(
        kind=kind,
        title=readable(_trimmed(subject)),
        number=tidy_number(number["number"] or "") if number else "",
        year=int(number["year"].translate(_DIGITS)) if number and number["year"] else None,
        region=region_of(kind, who),
        issuer=issuer_of(kind, who),
    )


def _trimmed(subject: str) -> str:
    """A subject without the stop, the footnote mark or the unpaired bracket at its end."""
    text = subject.rstrip(" .;,*")
    while text.endswith((")", "(", "*")) and text.count("(") != text.count(")"):
        text = text[:-1].rstrip(" .;,*")
    return text


def plain(text: str) -> str:
    """`text` on one line, with the hyphens that a line break hid."""
    return " ".join(text.translate(_HYPHENS).replace("\ufffe", "-").replace("\u00ad", "-").replace("\x02", "-").split())


def tidy_number(text: str) -> str:
    """A number as it is cited: without leading zeros, and with the one that a scan took for a letter."""
    number = text.strip(" .,;:/-")
    if re.fullmatch(r"[\dIlO]{1,4}", number):
        number = number.translate(_DIGITS)
    return number.lstrip("0") or number


def region_of(kind: Kind, who: str) -> str:
    """The region whose regulation it is, "Kota Semarang"; "" for a national one.

    who: what stands between the kind and the number: "KOTA SURABAYA", "SEMARANG", "PROVINSI BALI".
    """
    name = _of_whom(who)
    if kind in _BY_THE_PRESIDENT or kind is Kind.PERMEN or not name:
        return ""
    if kind in (Kind.SK, Kind.SE):
        return _region_in(name)
    special = _SPECIAL.match(re.sub(r"^PROVINSI ", "", name, flags=re.I))
    if special and kind in (Kind.PERDA, Kind.PERGUB):
        spelled = readable(special[0])
        return spelled if spelled.startswith("Daerah Istimewa") else f"Provinsi {spelled}"
    place = _PLACE.fullmatch(name)
    if place:
        return f"{_type_of(place['type'])} {readable(place['name'])}"
    default = {Kind.PERGUB: "Provinsi", Kind.PERBUP: "Kabupaten", Kind.PERWAL: "Kota"}.get(kind)
    return f"{default} {readable(name)}" if default else ""


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
    if kind in _BY_THE_PRESIDENT:
        return "Presiden Republik Indonesia"
    region = region_of(kind, who)
    bare = bare_region(region)
    match kind:
        case Kind.PERDA:
            return f"Pemerintah {region}" if region else ""
        case Kind.PERGUB:
            return f"Gubernur {bare}".strip()
        case Kind.PERBUP:
            return f"Bupati {bare}".strip()
        case Kind.PERWAL:
            return f"Wali Kota {bare}".strip()
    return readable(_of_whom(who))


def _of_whom(who: str) -> str:
    return plain(_OF_THE_REPUBLIC.sub("", plain(who))).strip(" ,.:;-()")


def _type_of(word: str) -> str:
    if word.upper().startswith("KOTA"):
        return "Kota"
    return "Provinsi" if word[0].upper() == "P" else "Kabupaten"


def readable(text: str) -> str:
    """A title in the case that regulations cite each other in: "Perubahan atas Undang-Undang Nomor 23 Tahun 2002".

    Words that are already in mixed case keep it, but for the small ones.
    """
    line = plain(text)
    letters = [c for c in line if c.isalpha()]
    if sum(c.isupper() for c in letters) >= 0.5 * len(letters):
        line = _WORD.sub(lambda match: _cased(match[0]), line)
    words = line.split(" ")
    small = [word.lower() if i and word.lower() in _SMALL else word for i, word in enumerate(words)]
    joined = " ".join(small).replace("dalam Negeri", "Dalam Negeri")
    return joined[:1].upper() + joined[1:]


def _cased(word: str) -> str:
    if word.lower() in _ABBREVIATIONS:
        return _ABBREVIATIONS[word.lower()]
    if len(word) > 1 and _ROMAN.fullmatch(word):
        return word
    return word[0] + word[1:].lower()
