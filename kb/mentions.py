"""How regulations name each other in running text, as one grammar for all who read it.

Texts are given on one line (line breaks as blanks), so that positions are the caller's own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.forms import FORMS
from kb.legal import REGIONAL, Form, RelationKind, Work

_OF_WHOM = (Form.PERMEN, Form.KEPMEN, Form.PERDA, Form.PERGUB, Form.PERBUP, Form.PERWAL, Form.KEPUTUSAN)
_DATED = (Form.UU, Form.PP, Form.PERPPU, Form.PERPRES, Form.KEPPRES, Form.INPRES)
"""The forms whose number alone names nothing: it begins anew each year."""
_UNNUMBERED = (Form.UUD, Form.KITAB)

_NUMBER_WORD = r"(?:No(?:m|rn|nr|rr)o[rn]{1,2}|No\b\.?|Nr\b\.?|Nomer)\s?[:.]?\s?"
_YEAR = r"[12l][9O0o][\dOoLlIQZSag]{2}(?!\d)"
_NUMBER = (
    r"(?:[IVXLC]+/MPRS?/(?:19|20)\d\d|\d{1,3}\s?/\s?(?:19|20)\d\d(?!\d)"
    rf"|(?!{_YEAR}(?!\s?/))(?:[A-Z]{{2,4}}\.?\s?(?=\d))?[\dA-Zl][\w.]*(?:\s?[/-]\s?[\w.-]*\w)*(?:\s?(?:Drt|Prp|Darurat)\b\.?)?)"
)
_WHOM = (
    r"(?:(?!\b(?:tentang|yang|ini|sebagaimana|undang|peraturan|pasal|keputusan|nomor|dengan|diatur|untuk|pada|tersebut"
    r"|atas|mengenai|oleh|serta|di|ke)\b)[^;:\d.]){0,110}?"
)
_AFTER_NUMBER = rf"(?:\s?,?\s?(?:dari\s)?(?:Tahun|Th\b\.?|Thn\b\.?)\s?\^?(?P<year>{_YEAR}))?"


def _pattern() -> re.Pattern[str]:
    kinds = "|".join(f"(?P<{form.name}>{words})" for form, words in FORMS)
    return re.compile(
        rf"(?<![\w-])(?:{kinds})(?P<rest>(?P<who>{_WHOM})\s?"
        rf"(?:{_NUMBER_WORD}(?P<number>{_NUMBER}){_AFTER_NUMBER}|(?P<short>\d{{1,3}}\s?/\s?(?:19|20)\d\d)(?!\d)))?",
        re.I,
    )


_WORK = _pattern()
_COUNTRY = re.compile(r"\s*\bRepublik Indonesia\b|\s*\bR\.?I\b\.?", re.I)
_GAZETTE = r"\((?:Lembaran|Berita|LN\b|L\.N|Tambahan|Ditetapkan|Diundangkan|Staatsblad|Stbl)"
_ABOUT = re.compile(r"\s*,?\s*(?:tentang|mengenai)\s+", re.I)
_TITLE_END = re.compile(
    rf"{_GAZETTE}|;|:|(?<!\bNo)(?<!\bNr)\.(?=\s|$)|,?\s(?:sebagaimana|yang telah"
    r"|yang mengatur|yang merupakan|jo\b|juncto|dicabut"
    r"|dinyatakan|tetap berlaku"
    r"|masih tetap|diubah|dirubah|perlu\b|dipandang|maka\b|tidak berlaku|beserta"
    r"|untuk (?:diubah|dicabut)|pada tanggal|menjadi undang)",
    re.I,
)
_NEXT = re.compile(r"(?:,|;)?\s(?:dan|serta|dan/atau|jis|jo\.?|juncto)\s$|,\s$", re.I)
_INDUCES = re.compile(
    r"\b(?:perubahan|mengubah|merubah|pencabutan|mencabut|pelaksanaan|penetapan|berlakunya|penggantian)\b", re.I
)
_GAZETTE_NOTE = re.compile(rf"^\s*{_GAZETTE}[^()]*(?:\([^()]*\)[^()]*)*\)", re.I)

_ORDINALS = r"(?:pertama|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|ke-?\s?\w+)"
_TITLE_ROLES: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (
    (
        RelationKind.AMENDS,
        re.compile(
            rf"(?:perubahan|penambahan|tambahan|mengubah|merubah)"
            rf"(?:[\s/](?:dan|penyempurnaan|menambah|tambahan|perubahan|penambahan|{_ORDINALS}(?:\sbelas)?))*"
            r"(?:\s(?:atas|terhadap|dari|pada))?"
            r"(?:\s(?:beberapa|ketentuan|penyempurnaan|pasal-?pasal|(?:dalam|dari)"
            r"|(?:pasal|ayat)\s[\w(), ]{1,40}(?:dari|dalam)?))*\s*$",
            re.I,
        ),
    ),
    (
        RelationKind.REPEALS,
        re.compile(r"(?:pencabutan|mencabut)(?:\s(?:atas|dari|terhadap|berlakunya|kembali))*\s*$", re.I),
    ),
    (RelationKind.ENACTS, re.compile(r"penetapan(?:\skembali)?\s*$", re.I)),
    (
        RelationKind.IMPLEMENTS,
        re.compile(r"(?:pelaksanaan|melaksanakan)(?:\s(?:dari|atas|ketentuan|\w*pasal [\w() ,]{1,40}))*\s*$", re.I),
    ),
)
_AMENDED_BY = re.compile(
    r"(?:diubah|dirubah|ditambah|disempurnakan|diperbaharui|diperbarui)\b(?:[\s,]|dan\b|atau\b|di(?:ubah|tambah|ganti|sempurnakan)\b"
    rf"|untuk\b|beberapa\b|kali\b|yang\b|telah\b|terakhir\b|(?:se)?kali\b|pertama\b|{_ORDINALS}\b|dengan\b|oleh\b|berdasarkan\b|melalui\b"
    r"|sebagian\b)*\s$",
    re.I,
)
_REPEALED_BY = re.compile(
    r"dicabut\b(?:[\s,]|dan\b|dinyatakan\b|tidak berlaku\b|telah\b|dengan\b|oleh\b)*\b(?:dengan|oleh)\s$", re.I
)
_AND_BY = re.compile(
    r"^[\s,]*(?:dan|serta)[\s,]*(?:terakhir\s)?(?:dengan\s)?$|^[\s,]*(?:dan\s)?(?:terakhir\s)?dengan\s$", re.I
)
_FARTHEST_HISTORY = 1_500
_LOOKALIKE = str.maketrans("OoQqlLIiZzSsaAgG", "0000111122550099")


@dataclass(frozen=True, slots=True)
class Mention:
    """A work named in a text, `text[start:end]`, without its title.

    title_end: where its title ends; `end` where it gives none. inside: the place, in the tuple of mentions, of the one
    in whose title it stands. role: what that one does to it, by its title. amends, repeals: the place of the mention
    that the text says it amended or repealed ("X sebagaimana telah diubah dengan Y": of Y, the place of X).
    """

    start: int
    end: int
    work: Work
    title_end: int
    inside: int | None = None
    role: RelationKind | None = None
    amends: int | None = None
    repeals: int | None = None

    @property
    def is_main(self) -> bool:
        """Whether the sentence itself speaks of it, and not the title or the history of another."""
        return self.inside is None and self.amends is None and self.repeals is None


def mentions(text: str) -> tuple[Mention, ...]:
    """The works that `text` names by number, and the codes and the Constitution, in order."""
    found: list[Mention] = []
    for match, work in _works(text):
        start, end = match.start(), match.end()
        enclosing = next((i for i in reversed(range(len(found))) if start < found[i].title_end), None)
        if enclosing is not None and _NEXT.search(text[found[enclosing].end : start]):
            # A list of works: the title before ends here, and so do those it stands in, unless one of them lists them
            outer = enclosing
            while (above := found[outer].inside) is not None and found[above].title_end > start:
                outer = above
            listed = found[enclosing].inside if _INDUCES.search(text[found[outer].end : start]) else None
            for i in range(len(found)):
                if i != listed and found[i].title_end > start and (listed is None or i > listed):
                    found[i] = replace(found[i], title_end=start)
            enclosing = enclosing if listed is None and _INDUCES.search(text[found[outer].end : start]) else listed
        about = _ABOUT.match(text, end)
        title_end, title = end, ""
        if about and work.form not in _UNNUMBERED:
            stop = _TITLE_END.search(text, about.end())
            title_end = stop.start() if stop else len(text)
            title = text[about.end() : title_end].strip(" ,")
        role = None
        if enclosing is not None:
            role = title_role(text[found[enclosing].end : start])
        amends = repeals = None
        if enclosing is None:
            amends, repeals = _done_by(text, start, work, found)
        found.append(Mention(start, end, replace(work, title=title[:300]), title_end, enclosing, role, amends, repeals))
    return tuple(found)


def title_role(before: str) -> RelationKind | None:
    """What a title does to the work that it names after the words `before`: "Perubahan Kedua atas " amends it."""
    return next((kind for kind, pattern in _TITLE_ROLES if pattern.search(before)), None)


def _done_by(text: str, start: int, work: Work, found: Sequence[Mention]) -> tuple[int | None, int | None]:
    """The places of the mentions that the one of `work` at `start` is said to have amended, and repealed."""
    subject = next((i for i in reversed(range(len(found))) if found[i].is_main), None)
    if subject is None or start - found[subject].start > _FARTHEST_HISTORY:
        return None, None
    before = text[max(found[-1].end, start - 140) : start]
    if _AMENDED_BY.search(before):
        place = _subject_of(text, subject, found)
        if _may_amend(work, found[place].work):
            return place, None
        # "Pelaksanaan UU 16/1969 sebagaimana telah diubah dengan UU 5/1975": the one in the title was amended
        alike = (i for i in reversed(range(subject, len(found))) if _may_amend(work, found[i].work))
        return next(alike, None), None
    if _REPEALED_BY.search(before):
        return None, _subject_of(text, subject, found)
    last = next((i for i in reversed(range(len(found))) if found[i].inside is None), subject)
    one = found[last]
    if one.amends is not None and _AND_BY.match(_without_gazette(text[max(one.end, one.title_end) : start])):
        return (one.amends, None) if _may_amend(work, one.work) else (None, None)
    return None, None


def _may_amend(work: Work, other: Work) -> bool:
    """Whether a work can have amended another: one of its own form and no older, or a law made of an emergency one."""
    laws = (Form.UU, Form.PERPPU, Form.UU_DARURAT, Form.KITAB, Form.STAATSBLAD)
    alike = work.form is other.form or (work.form in laws and other.form in laws)
    return alike and (work.year is None or other.year is None or work.year >= other.year)


def _subject_of(text: str, subject: int, found: Sequence[Mention]) -> int:
    """The work whose history is told: of two joined by "jo", the first."""
    while subject and re.search(r"\b(?:jo\b\.?|juncto|jis)\s*$", text[: found[subject].start], re.I):
        earlier = next((i for i in reversed(range(subject)) if found[i].is_main), None)
        if earlier is None:
            break
        subject = earlier
    return subject


def _without_gazette(text: str) -> str:
    return _GAZETTE_NOTE.sub("", text)


def _works(text: str) -> Iterator[tuple[re.Match[str], Work]]:
    position = 0
    while match := _WORK.search(text, position):
        form = next(form for form, _ in FORMS if match[form.name] is not None)
        work = _work(form, match)
        if work is None:
            # The kind alone may be the beginning of the name of another: "Keputusan Menteri … Peraturan Daerah …"
            position = max(match.start() + 1, match.end(form.name))
            continue
        if match["rest"] and form in _UNNUMBERED:
            # "Undang-Undang Dasar 1945 …; 2. Undang-Undang Nomor 5": the number is another's
            match = re.compile(re.escape(match[form.name])).match(text, match.start()) or match
        position = match.end()
        yield match, work


def _work(form: Form, match: re.Match[str]) -> Work | None:
    words = match[form.name]
    if form is Form.UUD:
        return Work(form, year=1950 if "sementara" in words.casefold() else 1945)
    if form is Form.KITAB:
        return Work(form, number=_code(words))
    if match["rest"] is None:
        return None
    who = _COUNTRY.sub("", match["who"]).strip(" ,")
    if form not in _OF_WHOM and who.casefold() not in ("", "(uu)", "(pp)", "nomor", "pengganti"):
        return None
    number, year = _number_and_year(match["number"] or match["short"], match["year"])
    if number is None or (year is None and form in _DATED):
        return None
    if form is Form.UU and re.search(r"Drt|Darurat", match["number"] or "", re.I):
        form = Form.UU_DARURAT
    return Work(form, number, year, region_of(form, who), issuer_of(form, who))


def _number_and_year(written: str, year: str | None) -> tuple[str | None, int | None]:
    number = re.sub(r"\s+", "", written).strip(".,-/").upper()
    number = re.sub(r"(?:DRT|DARURAT|PRP)\.?$", "", number)
    digits = year.translate(_LOOKALIKE) if year else ""
    known = int(digits) if digits.isascii() and digits.isdigit() else None
    with_year = re.fullmatch(r"(\d{1,3})/((?:19|20)\d\d)", number)
    if with_year:
        number, known = with_year[1], known or int(with_year[2])
    elif re.search(r"/(?:19|20)\d\d$", number) and known is None:
        known = int(number[-4:])
    if re.fullmatch(r"[\dILO]{1,4}", number) and (known is not None or number.isdigit()):
        number = number.translate(str.maketrans("ILO", "110"))
    if not re.search(r"\d", number) or (known is not None and not 1800 <= known <= 2100):
        return None, None
    return number.lstrip("0") or number, known


def _code(words: str) -> str:
    said = words.casefold()
    if "dagang" in said:
        return "hukum-dagang"
    if "perdata" in said or "sipil" in said:
        return "hukum-perdata"
    return "hukum-acara-pidana" if "acara" in said or said == "kuhap" else "hukum-pidana"


_PLACE = re.compile(
    r"(?P<type>Provinsi|Propinsi|Kabupaten|Kotamadya|Kota)\b(?:\s(?:Daerah\s)?Tingkat\s(?:I{1,2}|1{1,2}|ll|l))?\s*(?P<name>.*)",
    re.I,
)


def region_of(form: Form, who: str) -> str:
    """The region that a regional regulation names itself by, "Kota Surabaya"; "" where it names none."""
    name = re.sub(r"^(?:Daerah\s)?Tingkat\s(?:I{1,2}|1{1,2})\s", "", who.strip(" ,.()"), flags=re.I)
    if form not in REGIONAL or not name:
        return ""
    place = _PLACE.fullmatch(name)
    if place:
        kind = place["type"].casefold()
        rank = "Provinsi" if kind[0] == "p" else "Kabupaten" if kind == "kabupaten" else "Kota"
        return f"{rank} {_cased(place['name'])}".strip()
    if re.match(r"Daerah (?:Istimewa|Khusus)|Aceh\b|DKI\b", name, re.I):
        return _cased(name) if name.casefold().startswith("daerah istimewa") else f"Provinsi {_cased(name)}"
    default = {Form.PERGUB: "Provinsi", Form.PERBUP: "Kabupaten", Form.PERWAL: "Kota"}.get(form)
    return f"{default} {_cased(name)}" if default else ""


def issuer_of(form: Form, who: str) -> str:
    """Who issued a ministerial regulation or a decision: "Menteri Dalam Negeri"."""
    return _cased(who) if form in (Form.PERMEN, Form.KEPMEN, Form.KEPUTUSAN) else ""


def _cased(name: str) -> str:
    small = {"dan", "di", "dari", "untuk", "serta", "atau"}
    words = (word if word.casefold() not in small else word.casefold() for word in name.strip(" ,.").title().split())
    return " ".join(words)
