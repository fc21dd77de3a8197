"""The Pasal of a regulation: which "Pasal 5" is a heading, and whether its number comes next."""

import re
from dataclasses import dataclass

from ingest.numerals import roman
from ingest.structure import marks
from ingest.structure.amendments import is_inner, open_inner, quotes
from ingest.structure.marks import Ordinal
from ingest.structure.place import Place, Zone
from kb.sections import SectionKind

FURTHEST_GAP = 12
"""A Pasal may come this many numbers late when a bad scan has lost those between; farther ones are references."""

_FURTHEST_INSIDE = 3
"""The same for a Pasal with text on its own line, which a reference may look like."""
_TEXT_AFTER = re.compile(r"[A-Z(“\"‘'0-9]")
_CITES = re.compile(
    r"(?:Undang|Peraturan|UU|Kitab|KUH|Konvensi|Ayat|Huruf|Keputusan|Ketetapan|Staatsblad|Ordonnan|Reglemen|Statuta)",
    re.I,
)
_CATCHWORD = re.compile(r"(?:\.\s?\.|…)[.…\s_·]*$")
_SECOND_HALF = re.compile(r"((?:[\dlIiO]{1,2}\s?){1,2})(?<=\s|\d)(?=\s|\(|$|[A-Z])[.:]?\s*")
"""The rest of a number that a scan has torn apart: "Pasal 1 1 Pemerintah"."""
_BEGINS_AMENDMENT = re.compile(r"(?:Beberapa\s+)?(?:[Kk]etentuan|Mengubah|Menambah|Mencabut|Menghapus|Mengganti)\b")
_BEGINS_LAST = re.compile(r"\(?[1I]?\)?\s?(?:Peraturan|Undang|Pada\s+saat|Ketentuan)")
_AMENDS = re.compile(
    r"\b(?:diubah|dirubah|mengubah|merubah|ditambah|menambah|disisip|menyisip|dihapus|menghapus|diganti|mengganti"
    r"|dicabut|mencabut|ditetapkan\s+(?:sebagai|menjadi))",
    re.I,
)
_NEXT = re.compile(r"[\"“]?Pasal (?P<n>II|2)\b(?!\s*(?:ayat|huruf|dan|sampai))")
_NEAR_LINES, _NEAR_CHARACTERS = 5, 700
_QUOTES = '"“”'
_ONES = frozenset({"l", "I", "1", "|", "i"})
_TWO_ONES = re.compile(r"[Il1|i]{2}")


@dataclass(frozen=True, slots=True)
class PasalMark:
    """A line that begins with "Pasal" and a number.

    name: the number as written. rest: what follows it on its line. end: the stop after it, or "".
    """

    name: str
    suffix: str
    far: str
    rest: str
    end: str


def pasal_mark(text: str) -> PasalMark | None:
    """What `text` looks like as the heading of a Pasal; None where it does not begin with one."""
    match = marks.PASAL.match(text)
    if match is None:
        return None
    return PasalMark(match["n"], match["suffix"] or "", match["far"] or "", text[match.end() :], match["end"])


def take_pasal(place: Place, i: int, text: str) -> bool:
    """Open the Pasal that `text`, line `i`, is the heading of; whether it is one."""
    mark = pasal_mark(text)
    if mark is None:
        return False
    if place.zone is Zone.CLOSING and not _resumes(place, mark):
        return False
    if text[0] in _QUOTES and mark.rest[:1] in _QUOTES and mark.rest:
        return False
    is_roman = _roman(place, i, mark)
    if is_roman and not mark.far and _take_roman(place, i, is_roman, mark.rest):
        return True
    read = read_ordinal(place, mark)
    if read is None:
        return False
    ordinal, rest = read
    if _CATCHWORD.match(f"{mark.end}{rest}") or _repeats(place, i, ordinal):
        # What the foot of a page says is said again at the top of the next: the heading is one.
        return True
    heads = _heads_inside if place.lines[i].is_inner else _heads
    if not heads(place, i, rest, ordinal, mark.end):
        return False
    if place.numbering.host and is_inner(place, i, ordinal):
        open_inner(place, i, ordinal)
        return True
    if not _in_order(place, i, ordinal):
        return False
    open_pasal(place, i, str(ordinal), ordinal)
    return True


def open_pasal(place: Place, i: int, name: str, ordinal: Ordinal | None) -> None:
    """Open a Pasal on line `i`; one without an ordinal (Pasal I) holds the points of an amendment."""
    place.enter_body(i)
    place.end_lists()
    place.tree.close(i, SectionKind.PASAL)
    numbering = place.numbering
    numbering.host, numbering.announced = 0, frozenset()
    numbering.point = numbering.inner = Ordinal(0)
    if ordinal is not None:
        numbering.before_last, numbering.last = numbering.last, ordinal
    numbering.n_pasal += 1
    label, path = f"{numbering.label} {name}", f"{numbering.prefix}pasal-{name.lower()}"
    place.tree.open(SectionKind.PASAL, label, path, i)
    place.note_short_heading(i)
    if ordinal is None:
        numbering.host = place.tree.depth


def read_ordinal(place: Place, mark: PasalMark) -> tuple[Ordinal, str] | None:
    """The number of a mark and what follows it on its line, or None where it cannot be one here."""
    suffix = (mark.suffix or mark.far).upper()
    value = marks.arabic(mark.name)
    if value is None:
        return None
    ordinal = Ordinal(value, suffix)
    before = place.numbering.before_next
    misread = marks.arabic(mark.name + suffix) if suffix else None
    if misread == before.number + 1:
        return Ordinal(misread), mark.rest
    half = _SECOND_HALF.match(mark.rest) if not (suffix or mark.end) else None
    if half and marks.arabic(f"{value}{half[1]}".replace(" ", "")) == before.number + 1:
        return Ordinal(before.number + 1), mark.rest[half.end() :]
    sure = mark.name.isdigit() and not mark.far
    # A number that is not spelled in digits is believed only where it comes next.
    return (ordinal, mark.rest) if sure or ordinal.follows(before) else None


def is_text(rest: str) -> bool:
    """Whether what follows a number on its line can be the text of a provision, and not the rest of a reference."""
    return _TEXT_AFTER.match(rest) is not None


def cites(rest: str) -> bool:
    """Whether what follows a number on its line names the regulation or provision that is referred to."""
    return _CITES.match(rest) is not None


def _repeats(place: Place, i: int, ordinal: Ordinal) -> bool:
    """Whether the Pasal of this number was opened a line or two before and has no text yet."""
    node = place.tree.innermost
    numbering = place.numbering
    latest = numbering.inner if numbering.host else numbering.last
    just_opened = node.kind is SectionKind.PASAL and i - 2 <= node.start < i
    return just_opened and latest == ordinal and place.is_bare(node.start)


def _heads(place: Place, i: int, rest: str, ordinal: Ordinal, end: str) -> bool:
    """Whether "Pasal 5" on line `i` stands as a heading and not as the rest of a reference."""
    before = place.before(i)
    if place.goes_on(i) and not (before.endswith(",") and not rest and not end):
        return False
    if rest:
        if not is_text(rest) or (cites(rest) and not _speaks_of_itself(place, i, ordinal, end)):
            return False
        numbering = place.numbering
        comes_next = ordinal.follows(numbering.before_next) or _is_quoted(place, i, ordinal)
        return bool(comes_next or _is_late(place, i, ordinal, rest)) and place.begins_anew(i)
    after = place.after(i)
    if after[:1].islower() or after[:1] in ",;":
        return marks.terminal(before) and end != "." and not after.startswith(("dan ", "ayat ", "yang ", "berbunyi"))
    return True


def _heads_inside(place: Place, i: int, rest: str, ordinal: Ordinal, end: str) -> bool:
    """Whether "Pasal 5" in the middle of a line is a heading that has lost its line break.

    Only the next number is, after a stop or a heading, or where a stop or an ayat follows the number itself.
    """
    numbering = place.numbering
    if place.goes_on(i) or (rest and not is_text(rest)):
        return False
    if cites(rest) and not _speaks_of_itself(place, i, ordinal, end):
        return False
    follows = rest or place.after(i)
    if _is_quoted(place, i, ordinal):
        return marks.terminal(place.before(i)) and is_text(follows)
    if not (ordinal.follows(numbering.before_next) or _is_late(place, i, ordinal, rest)) or not is_text(follows):
        return False
    if place.zone is Zone.FRONT and place.tree.inside(SectionKind.DECIDING) is None:
        return end == "." or place.follows_capitals(i)
    if not numbering.n_pasal and place.tree.inside(SectionKind.DECIDING) is not None:
        # Below "Menetapkan" stands the title, in small letters in old texts, and then the first Pasal.
        return ordinal == Ordinal(1) or place.begins_anew(i) or end == "."
    return place.begins_anew(i) or place.reads_title or end == "." or follows.startswith("(1)")


def _speaks_of_itself(place: Place, i: int, ordinal: Ordinal, end: str) -> bool:
    """Whether "Pasal 63 Undang-undang ini berlaku" is a heading with its text: the next number after a full stop."""
    before = place.before(i).rstrip('"”’')
    if place.zone is Zone.FRONT:
        return place.follows_capitals(i) and (end == "." or ordinal == Ordinal(1))
    return (
        ordinal.follows(place.numbering.before_next) and (end == "." or before.endswith(".")) and before[-1:] in ".:;"
    )


def _is_late(place: Place, i: int, ordinal: Ordinal, rest: str) -> bool:
    """Whether a Pasal comes a few numbers late, the ones between lost in a scan: under a BAB, or after a full stop."""
    late = ordinal.number - place.numbering.before_next.number
    if place.reads_title:
        return 0 < late <= FURTHEST_GAP
    if place.numbering.host or not place.numbering.n_pasal or cites(rest):
        return False
    return 0 < late <= _FURTHEST_INSIDE and place.before(i).endswith(".")


def _is_quoted(place: Place, i: int, ordinal: Ordinal) -> bool:
    """Whether a point of an amendment has announced the text of this Pasal."""
    numbering = place.numbering
    return bool(numbering.host) and (str(ordinal) in numbering.announced or quotes(place, i))


def _resumes(place: Place, mark: PasalMark) -> bool:
    """Whether the next Pasal stands alone on a line below what looked like the closing words."""
    read = read_ordinal(place, mark)
    numbering = place.numbering
    if read is None or mark.rest or numbering.host or not read[0].follows(numbering.last) or not numbering.last.number:
        return False
    place.zone = Zone.BODY
    return True


def _in_order(place: Place, i: int, ordinal: Ordinal) -> bool:
    numbering = place.numbering
    if ordinal.follows(numbering.last):
        place.note_in_order(ordinal)
        return True
    if numbering.n_pasal == 0:
        # Below "Menetapkan" nothing but the body can follow, even if a scan has lost its first headings.
        return ordinal.number <= (2 if place.tree.inside(SectionKind.DECIDING) is None else FURTHEST_GAP)
    if place.zone is Zone.BODY and not numbering.host and marks.terminal(place.before(i)):
        place.note_out_of_order(ordinal)
    late = ordinal.number - numbering.last.number
    alone = place.is_bare(i) and not place.lines[i].is_inner and is_text(place.after(i))
    return 1 < late <= (_FURTHEST_INSIDE if alone else 0) or (1 < late <= FURTHEST_GAP and place.begins_anew(i))


def _roman(place: Place, i: int, mark: PasalMark) -> int | None:
    """The value of a Pasal in Roman numerals, as its look allows: "Pasall" above points of an amendment is Pasal I."""
    value = marks.roman(mark.name)
    if value is not None:
        return None if mark.name == "I" and not _amends_below(place, i) else value
    follows = mark.rest or place.after(i)
    numbering = place.numbering
    if mark.name in _ONES and not numbering.n_pasal and _BEGINS_AMENDMENT.match(follows):
        return 1 if mark.name != "1" or follows.startswith("Beberapa") else None
    if numbering.roman == 1 and _TWO_ONES.fullmatch(mark.name) and _BEGINS_LAST.match(follows):
        return None if mark.name in numbering.announced else 2
    return None


def _amends_below(place: Place, i: int) -> bool:
    """Whether what follows a Pasal I changes or adopts something, so that its number is Roman and no misread 1."""
    numbering = place.numbering
    if numbering.n_pasal or place.zone is Zone.EXPLANATION:
        return True
    near = " ".join(line.text for line in place.lines[i : i + _NEAR_LINES])[:_NEAR_CHARACTERS]
    if _AMENDS.search(near):
        return True
    numbers = (_NEXT.match(line.text) for line in place.lines[i + 1 :])
    following = next((match for match in numbers if match), None)
    return following is None or following["n"].startswith("I")


def _take_roman(place: Place, i: int, value: int, rest: str) -> bool:
    """Open Pasal I, II of an amending regulation."""
    numbering = place.numbering
    if value != numbering.roman + 1 or (value == 1 and numbering.n_pasal) or place.goes_on(i):
        return False
    if rest and not is_text(rest):
        return False
    if place.lines[i].is_inner and not place.begins_anew(i):
        return False
    numbering.roman = value
    open_pasal(place, i, roman(value).upper(), None)
    return True
