"""The Pasal of a regulation: which "Pasal 5" is a heading, and whether its number comes next."""

import re

from ingest.structure import marks
from ingest.structure.amendments import is_inner, open_inner
from ingest.structure.marks import Ordinal
from ingest.structure.place import Place, Zone
from kb.types import SectionKind

FURTHEST_GAP = 12
"""A Pasal may come this many numbers late when a bad scan has lost those between; farther ones are references."""

_TEXT_AFTER = re.compile(r"[A-Z(“\"‘'0-9]")
_CITES = re.compile(
    r"(?:Undang|Peraturan|UU|Kitab|KUH|Konvensi|Ayat|Huruf|Keputusan|Ketetapan|Staatsblad|Ordonnan|Reglemen|Statuta)",
    re.I,
)


def take_pasal(place: Place, i: int, text: str) -> bool:
    """Open the Pasal that `text`, line `i`, is the heading of; whether it is one."""
    match = marks.PASAL.match(text)
    if match is None or place.zone is Zone.CLOSING:
        return False
    rest = text[match.end() :]
    is_roman = marks.roman(match["n"])
    if is_roman and not match["far"] and _take_roman(place, i, is_roman, match["n"], rest):
        return True
    ordinal = read_ordinal(place, match)
    if ordinal is None or not _heads(place, i, rest, ordinal, match["end"]):
        return False
    if place.numbering.host and is_inner(place.numbering, ordinal):
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
        numbering.last = ordinal
    numbering.n_pasal += 1
    label, path = f"{numbering.label} {name}", f"{numbering.prefix}pasal-{name.lower()}"
    place.tree.open(SectionKind.PASAL, label, path, i)
    place.note_short_heading(i)
    if ordinal is None:
        numbering.host = place.tree.depth


def read_ordinal(place: Place, match: re.Match[str]) -> Ordinal | None:
    """The number of a match of `marks.PASAL`, or None where it cannot be one here."""
    suffix = match["suffix"] or match["far"] or ""
    value = marks.arabic(match["n"])
    if value is None:
        return None
    ordinal = Ordinal(value, suffix)
    before = place.numbering.before_next
    misread = marks.arabic(match["n"] + suffix) if suffix else None
    if misread == before.number + 1:
        return Ordinal(misread)
    sure = match["n"].isdigit() and not match["far"]
    # A number that is not spelled in digits is believed only where it comes next.
    return ordinal if sure or ordinal.follows(before) else None


def is_text(rest: str) -> bool:
    """Whether what follows a number on its line can be the text of a provision, and not the rest of a reference."""
    return _TEXT_AFTER.match(rest) is not None


def cites(rest: str) -> bool:
    """Whether what follows a number on its line names the regulation or provision that is referred to."""
    return _CITES.match(rest) is not None


def _heads(place: Place, i: int, rest: str, ordinal: Ordinal, end: str) -> bool:
    """Whether "Pasal 5" on line `i` stands as a heading and not as the rest of a reference."""
    before = place.before(i)
    if place.goes_on(i) and not (before.endswith(",") and not rest and not end):
        return False
    if rest:
        if not is_text(rest) or cites(rest):
            return False
        return ordinal.follows(place.numbering.before_next) and place.begins_anew(i)
    after = place.after(i)
    if after[:1].islower() or after[:1] in ",;":
        return marks.terminal(before) and end != "." and not after.startswith(("dan ", "ayat ", "yang ", "berbunyi"))
    return True


def _in_order(place: Place, i: int, ordinal: Ordinal) -> bool:
    numbering = place.numbering
    if ordinal.follows(numbering.last):
        place.note_in_order(ordinal)
        return True
    if numbering.n_pasal == 0:
        return ordinal.number <= 2
    if place.zone is Zone.BODY and not numbering.host and marks.terminal(place.before(i)):
        place.note_out_of_order(ordinal)
    return 1 < ordinal.number - numbering.last.number <= FURTHEST_GAP and place.begins_anew(i)


def _take_roman(place: Place, i: int, value: int, name: str, rest: str) -> bool:
    """Open Pasal I, II of an amending regulation."""
    numbering = place.numbering
    if value != numbering.roman + 1 or (value == 1 and numbering.n_pasal) or place.goes_on(i):
        return False
    if rest and not is_text(rest):
        return False
    numbering.roman = value
    open_pasal(place, i, name, None)
    return True
