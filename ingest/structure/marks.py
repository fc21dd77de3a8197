"""What the first words of a line say it begins: BAB, Pasal, ayat, huruf, angka, and the fixed parts of a regulation.

A mark is only what a line looks like. Whether it is a heading or a reference that a line break brought to the
front is decided by its neighbours (`dangling`) and by the order of the numbers, in `regulation`.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto


class Style(Enum):
    """How an item of a list is numbered."""

    AYAT = auto()
    HURUF = auto()
    ANGKA = auto()
    ANGKA_PAREN = auto()
    HURUF_PAREN = auto()


@dataclass(frozen=True, slots=True, order=True)
class Ordinal:
    """A number with the letters of later insertions: 12, 12A, 1a. Letters count from 1 (a), 27 (aa)."""

    number: int
    suffix: str = ""

    def follows(self, before: "Ordinal") -> bool:
        """Whether this is the next number, or an insertion after `before`."""
        if self.number == before.number + 1:
            return len(self.suffix) <= 1
        return self.number == before.number and (len(self.suffix), self.suffix) > (len(before.suffix), before.suffix)

    def __str__(self) -> str:
        return f"{self.number}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Item:
    """The beginning of a list item: its style, how it may be read, and what follows it.

    is_sure: False where it is misspelled ("b, pengawasan", "2l sebelah") and so believed only where it comes next.
    """

    style: Style
    readings: tuple[Ordinal, ...]
    rest: str
    is_sure: bool = True


_LOOKALIKE = str.maketrans(
    dict.fromkeys("lIi|!", "1") | dict.fromkeys("Oo", "0") | {"S": "5", "s": "5", "T": "7", "Z": "2", "B": "8"}
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ORDINAL_WORDS = (
    "kesatu|pertama|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|kesebelas|keduabelas"
)

PASAL = re.compile(
    r"[\"“”'‘`.,~]{0,2}\s?[Pp](?:asa|ASA|Asa)[lL1Ii!|t\]][\s,.]{0,3}"
    r"(?P<n>\d\s\d{1,2}(?=\s*$)|\d{1,4}(?=(?:[A-Z]{0,3}|[a-z])(?![\w-]))|[IVX]{2,6}(?![A-Za-z])|[0-9lIiOoSTZ|]{1,4}|[IVX])"
    r"(?:(?P<suffix>[A-Z]{1,3}|[a-z](?![\w-]))|\s(?P<far>[A-Z]))?(?![\w-])\s*(?P<end>[.:]?)\s*"
)
BAB = re.compile(r"B(?:AB|ab)\s?(?P<n>[IVXLCivxlr1|T]{1,8}|\d{1,2})(?P<suffix>[A-Z]?)\b\.?\s*")
BAGIAN = re.compile(
    rf"Bagian\s+(?P<n>(?i:{_ORDINAL_WORDS})(?:\s?[Bb]elas|\s[Pp]uluh)?|[A-Z]\b|[IVX]{{1,5}}\b|\d{{1,2}}\b)\.?\s*"
)
PARAGRAF = re.compile(rf"Paragraf\s?(?P<n>\d{{1,3}}[A-Z]?|[lIg]|(?i:{_ORDINAL_WORDS}))\b\.?\s*")
LABELLED = re.compile(
    r"(?P<what>Ayat|Huruf|Angka|Butir)\s*\(?\s?(?P<n>\d{1,3}[a-z]?|[a-z]{1,2})\s?\)?(?![\w-])\s*[.:]?\s*"
)
FIXED = re.compile(
    r"(?P<considering>[Mm](?:enimbang|ENIMBANG)\b)"
    r"|(?P<recalling>[Mm](?:engingat|ENGINGAT)\b)"
    r"|(?P<deciding>M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\b|Memutuskan\b|[Mm]enetapkan\s*:|Menetapkan$|MENETAPKAN\b"
    r"|D(?:engan|ENGAN)\s+P(?:ersetujuan|ERSETUJUAN)\s+[BD])"
    r"|(?P<closing>(?P<known>Agar\s+(?:supa[yj]a\s+)?(?:setiap|semua)\s+orang)|Ditetapkan\s+di\b|Disahkan\s+di\b|Dikeluarkan\s+di\b"
    r"|Ditetapkan\s*:|DITETAPKAN\s+DI\b|DISAHKAN\s+DI\b|D\s?i\s?t\s?e\s?t\s?a\s?p\s?k\s?a\s?n\s+di\b)"
    r"|(?P<explanation>(?:MEMORI\s+)?P\s?E\s?N\s?D?\s?J\s?E\s?L\s?A\s?S\s?A\s?N(?=\s*$|\s*:|\s+ATAS|\s+UMUM|\s+UNDANG|\s+PERATURAN"
    r"|\s+MENGENAI|\s+TENTANG))"
    r"|(?P<attachment>LAMPIRAN\s?(?P<which>[IVX]{1,5}|\d{1,2})?(?=\s*$|\s*:|\s+[A-Z]{2}|\s+[IVX\d]))"
)
GENERAL = re.compile(
    r"(?:[IA1]\s?[.)]\s*)?(?:PENJELASAN\s+)?U\s?M\s?U\s?M\s*[.:]?(?:$|\s+[A-Z][a-z])|(?:I\.\s*)?Umum\s*[.:]?$"
)
BY_ARTICLE = re.compile(
    r"(?:[IVB2]{1,3}\s?[.)]\s*)?(?:PENJELASAN\s+)?PASAL\s+DEMI\s+PASAL\b|(?:II\.\s*)?Pasal\s+demi\s+[Pp]asal\b"
)

_ITEM = re.compile(
    r"(?P<ayat>[({\[]\s?(?P<ayat_n>[0-9lIiOoSsZB|]{1,3})(?P<ayat_s>[a-z]?)\s?(?P<ayat_end>[)}\]]|[tj\\](?=\s))?[.,]?(?=\s|[A-Z]))"
    r"|(?P<angka>(?P<angka_n>\d{1,3})(?P<angka_s>[a-z]?)\s?\.(?=\s|[A-Z\"“]|$))"
    r"|(?P<angkap>(?P<angkap_n>\d{1,3})\s?\)(?=\s|\w|$))"
    r"|(?P<angkal>(?P<angkal_n>\d{1,2})l(?=\s))"
    r"|(?P<huruf>(?P<huruf_n>(?P<hl>[a-z])(?P=hl)?|[IJL])\s?\.(?=\s|\w|\"|“|$))"
    r"|(?P<bare>(?P<bare_n>[a-zIJL])(?:\s?,(?=\s)|(?=\s\w{3})))"
    r"|(?P<hurufp>(?P<hurufp_n>(?P<pl>[a-z])(?P=pl)?)\s?\)(?=\s|\w|$))"
)


def item(text: str) -> Item | None:
    """How `text` begins as an item of a list, with every reading of its number that a bad scan allows."""
    match = _ITEM.match(text)
    if match is None:
        return None
    rest = text[match.end() :].lstrip()
    if match["ayat"]:
        return Item(Style.AYAT, _ayat_readings(match), rest)
    if match["angka"]:
        return Item(Style.ANGKA, (Ordinal(int(match["angka_n"]), match["angka_s"]),), rest)
    if match["angkap"]:
        return Item(Style.ANGKA_PAREN, (Ordinal(int(match["angkap_n"])),), rest)
    if match["angkal"]:
        return Item(Style.ANGKA_PAREN, (Ordinal(int(match["angkal_n"])),), rest, is_sure=False)
    if match["huruf"]:
        return Item(Style.HURUF, _letter_readings(match["huruf_n"]), rest)
    if match["bare"]:
        return Item(Style.HURUF, _letter_readings(match["bare_n"]), rest, is_sure=False)
    return Item(Style.HURUF_PAREN, (letter(match["hurufp_n"]),), rest)


def _ayat_readings(match: re.Match[str]) -> tuple[Ordinal, ...]:
    digits = match["ayat_n"].translate(_LOOKALIKE)
    if match["ayat_end"]:
        return (Ordinal(int(digits), match["ayat_s"]),)
    if match["ayat_s"] in ("t", "j"):
        return (Ordinal(int(digits)),)
    # "(21 Selain" is "(2) Selain" with a bracket read as a one.
    return (Ordinal(int(digits[:-1])),) if len(digits) > 1 and digits[-1] == "1" else ()


def _letter_readings(text: str) -> tuple[Ordinal, ...]:
    # A capital I is the small i, or the small l with its look; a capital J is the small j.
    return (letter("i"), letter("l")) if text == "I" else (letter(text.lower()),)


def letter(text: str) -> Ordinal:
    """A is 1, z is 26, aa is 27, as lists count."""
    return Ordinal(ord(text[0]) - 96 + 26 * (len(text) - 1))


def roman(text: str) -> int | None:
    """The value of a Roman numeral, or None."""
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def looks_roman(text: str) -> int | None:
    """The value of a Roman numeral that a scan may have misread (Il, rv, 1V), or None."""
    plain = text.upper().replace("R", "I").replace("1", "I").replace("|", "I").replace("T", "I")
    if "l" in text and "L" not in text:
        plain = plain.replace("L", "I")
    return roman(plain)


def arabic(text: str) -> int | None:
    """The value of a number that a scan may have misread (l2, 1O, 1 2), or None."""
    digits = text.replace(" ", "").translate(_LOOKALIKE)
    return int(digits) if digits.isascii() and digits.isdigit() else None


_DANGLING = re.compile(
    r"(?:\b(?:dalam|pada|dan|atau|dengan|ketentuan|menurut|pasal|ayat|huruf|angka|antara|yakni|yaitu|dari|ke|oleh|serta"
    r"|sampai|nomor|no|tentang|terhadap|untuk|atas|bunyi|setelah|sesudah|sebelum|berdasarkan|bab|bagian|paragraf|tersebut"
    r"|melanggar|jo|junto|juncto|s/d|sehingga|memenuhi|melalui|isi|rumusan|penjelasan|mengenai|kecuali)|[,/(]|(?<![\d,.-])-)$",
    re.I,
)
_TITLE_COMMA = re.compile(r"[A-Z]{4,},$")
"""A comma after a title in capitals ends it: "REPUBLIK INDONESIA,"."""
_FURNITURE = re.compile(
    r"(?:\s*(?:[-–—]\s?\d{1,4}(?:\s?[-–—])?|[-–—]?\s?\d{1,4}\s?[-–—]|_+|\^+|·|•"
    r"|(?<=[.;:])\s\d{1,4}|ditjen\s+Peraturan\s+Perundang-undangan|www\.\S{5,40}"
    r"|(?:P\s?R\s?E\s?S\s?I\s?D\s?E\s?N\s+)?REP\w{3,6} IND\w{5,7}))+$"
)
"""A page number or the letterhead at the end of a line, where a page ended inside the text."""
_LIST_REFERENCE = re.compile(r"\b(?:ayat|huruf|angka|pasal|nomor|no|butir|bab)\.?$", re.I)


def dangling(text: str) -> bool:
    """Whether a line breaks off where a reference must follow, so that the next line does not begin anything."""
    return _DANGLING.search(text[-24:]) is not None and _TITLE_COMMA.search(text[-24:]) is None


def without_furniture(text: str) -> str:
    """The end of a line without the page number or letterhead that the page break left there."""
    return _FURNITURE.sub("", text) if text[-1:] in "-–—_^·•ANnd0123456789" else text


def names_an_item(text: str) -> bool:
    """Whether a line ends in "ayat", "huruf" or the like, so that the number on the next line belongs to it."""
    return _LIST_REFERENCE.search(text[-12:]) is not None


def ends_item(text: str) -> bool:
    """Whether a text ends an item, so that the next one may begin after it on the same line."""
    return text[-1:] in ".;:,”" or text.endswith((" dan", " atau", "dan/atau"))


def terminal(text: str) -> bool:
    """Whether a line ends a sentence, an item or a lead-in."""
    return text[-1:] in '.;:!?)”"’' or text.endswith((" dan", " atau", "dan/atau"))
