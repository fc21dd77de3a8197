"""The Penjelasan of a regulation: its general part, and each Pasal, ayat, huruf and angka that it explains."""

import re

from ingest.structure import marks
from ingest.structure.amendments import open_inner, open_point
from ingest.structure.marks import Ordinal, Style
from ingest.structure.pasal import FURTHEST_GAP, cites, is_text, open_pasal, pasal_mark, read_ordinal, take_pasal
from ingest.structure.place import Numbering, Place, Zone
from ingest.structure.tree import Node
from kb.sections import SectionKind

_MISCOUNTED = 2
"""A Penjelasan may speak of a Pasal or two more than its law has, when the law was changed last."""
_FURTHEST_EXPLAINED = 4 * FURTHEST_GAP
"""A Penjelasan may leave out many Pasal between two that it explains."""
_AND = re.compile(
    r"(?:(?P<two>dan|,)|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|-)\s*"
    r"(?:Pasal\s*)?(?P<n>\d{1,3}[A-Z]?|[IVX]{1,5})\s*[.:]?\s*"
)
"""The second of two Pasal that are explained together: "dan Pasal 8", "s.d. 12"."""


def open_explanation(place: Place, i: int) -> bool:
    """Open the Penjelasan on line `i`, if that is its heading; whether it did."""
    if place.zone in (Zone.FRONT, Zone.EXPLANATION) or not place.stands_out(i):
        return False
    nested = place.zone is Zone.ATTACHMENT and place.tree.inside(SectionKind.ATTACHMENT) is not None
    _open_explanation(place, i, place.numbering.prefix if nested else "")
    text = place.lines[i].text
    open_part(place, i, text.split(maxsplit=1)[-1] if "UMUM" in text else "")
    return True


def open_unheaded(place: Place, i: int, text: str) -> bool:
    """Open what has lost its heading below the closing words: a Penjelasan, or a text that the law adopts.

    The Penjelasan begins with its second part, or with a Pasal 1 near which something is "cukup jelas".
    """
    if place.zone is not Zone.CLOSING:
        return False
    if text.startswith("II") and marks.BY_ARTICLE.match(text):
        _open_explanation(place, i)
        return open_part(place, i, text)
    if not place.begins_again(i):
        return False
    if place.speaks_of(i, "ukup jelas"):
        _open_explanation(place, i)
        place.by_article = True
        return take_explained(place, i, text)
    place.begin_annex(i)
    return take_pasal(place, i, text)


def _open_explanation(place: Place, i: int, prefix: str = "") -> None:
    place.end_body(i)
    if not prefix:
        place.tree.close_to(1, i)
    place.tree.open(SectionKind.EXPLANATION, "Penjelasan", f"{prefix}penjelasan", i)
    place.n_explained = place.numbering.last.number
    place.zone, place.by_article = Zone.EXPLANATION, False
    place.numbering = Numbering(f"{prefix}penjelasan/", "Penjelasan Pasal")


def open_part(place: Place, i: int, text: str) -> bool:
    """Open "Umum" or "Pasal demi Pasal" on line `i`, if `text` is that; whether it is."""
    if marks.BY_ARTICLE.match(text):
        label, slug, place.by_article = "Pasal demi pasal", "pasal-demi-pasal", True
    elif not place.by_article and marks.GENERAL.match(text):
        label, slug = "Penjelasan Umum", "umum"
    else:
        return False
    place.end_lists()
    chain = place.tree.chain()
    depth = next(d for d, node in enumerate(chain) if node.kind is SectionKind.EXPLANATION)
    place.tree.close_to(depth + 1, i)
    place.tree.open(SectionKind.EXPLANATION, label, place.numbering.prefix + slug, i)
    place.note_heading(i)
    return True


def take_explained(place: Place, i: int, text: str) -> bool:
    """Open the Pasal that is explained from line `i` on; whether one is. Two explained together are one section."""
    mark = pasal_mark(text)
    if mark is None:
        return False
    numbering = place.numbering
    is_roman = marks.roman(mark.name)
    read = read_ordinal(place, mark) if not (is_roman and is_roman == numbering.roman + 1) else None
    ordinal, rest = read or (None, mark.rest)
    if _is_over(place, ordinal):
        if place.begins_again(i):
            place.begin_annex(i)
            return take_pasal(place, i, text)
        return False
    together = _AND.match(rest)
    if together:
        rest = rest[together.end() :]
    if (rest and not _is_explanation(rest)) or cites(rest) or place.goes_on(i):
        return False
    if not place.by_article and (rest or not marks.terminal(place.before(i))):
        return False
    if is_roman and ordinal is None:
        numbering.roman = is_roman
        open_pasal(place, i, mark.name, None)
        return True
    if ordinal is None:
        return False
    if place.tree.inside(SectionKind.AMENDMENT) is not None and _is_of_point(place, i, ordinal):
        open_inner(place, i, ordinal)
        return True
    if not _in_order(place, i, ordinal, rest):
        return False
    open_pasal(place, i, str(ordinal), ordinal)
    if together:
        joined = "dan" if together["two"] else "s.d."
        place.tree.innermost.label += f" {joined} {together['n']}"
        if together["n"].isdigit():
            numbering.last = Ordinal(int(together["n"]))
    return True


def _is_over(place: Place, ordinal: Ordinal | None) -> bool:
    """Whether the Penjelasan has come to the last Pasal of the text, so that no other can follow."""
    numbering = place.numbering
    if ordinal is None or not place.n_explained or place.tree.inside(SectionKind.AMENDMENT) is not None:
        return False
    if ordinal.number == 1:
        return numbering.last.number >= place.n_explained
    return ordinal.number > place.n_explained + _MISCOUNTED


def _is_of_point(place: Place, i: int, ordinal: Ordinal) -> bool:
    """Whether a Pasal explained inside a point is one of the amended regulation, and not the next of this one."""
    numbering = place.numbering
    return bool(numbering.roman) or place.tree.innermost.start == i - 1 or not ordinal.follows(numbering.last)


def take_labelled(place: Place, i: int, text: str) -> bool:
    """Open the "Ayat (1)", "Huruf a", "Angka 3" that is explained from line `i` on; whether one is."""
    match = marks.LABELLED.match(text)
    pasal = place.tree.inside(SectionKind.PASAL)
    if match is None or pasal is None or place.goes_on(i):
        return False
    rest = text[match.end() :]
    if rest and not _is_explanation(rest):
        return False
    what, number = match["what"], match["n"]
    if place.lines[i].is_inner and not (marks.ends_item(place.before(i)) or place.before(i).endswith("jelas")):
        return False
    if what == "Angka" and _in_amending(place, pasal):
        open_point(place, i, number)
        return True
    style = {"Ayat": Style.AYAT, "Huruf": Style.HURUF}.get(what, Style.ANGKA)
    digits = re.match(r"\d+", number)
    if (style is Style.HURUF) == bool(digits):
        return False
    ordinal = Ordinal(int(digits[0]), number[digits.end() :]) if digits else marks.letter(number)
    place.lists.open(i, style, ordinal, ends_others=style is Style.HURUF)
    return True


def _in_amending(place: Place, pasal: Node) -> bool:
    """Whether the numbers below a Pasal are those of the points by which it amends."""
    numbering = place.numbering
    if pasal.path.endswith(("pasal-i", "pasal-ii")) or (numbering.roman and numbering.host):
        return True
    holder = place.tree.chain()[numbering.host - 1] if numbering.host else pasal
    if holder.path.rpartition("pasal-")[2] not in place.hosts:
        return False
    numbering.host = numbering.host or place.tree.chain().index(holder) + 1
    return True


def _is_explanation(rest: str) -> bool:
    """Whether what follows a number on its line can be an explanation."""
    return is_text(rest) or rest.lower().startswith("cukup")


def _in_order(place: Place, i: int, ordinal: Ordinal, rest: str) -> bool:
    last = place.numbering.last
    is_late = 0 < ordinal.number - last.number <= _FURTHEST_EXPLAINED
    before = place.before(i)
    return ordinal.follows(last) or (is_late and (not rest or marks.terminal(before) or before.endswith("jelas")))
