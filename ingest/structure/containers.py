"""What holds the Pasal of a regulation: BAB, Bagian, Paragraf, with the titles under them."""

import re

from ingest.capitals import is_capitals
from ingest.numerals import roman
from ingest.structure import marks
from ingest.structure.pasal import cites
from ingest.structure.place import CONTAINERS, Place, Zone
from kb.sections import SectionKind

_FURTHEST_BAB = 3
"""A BAB may come this many numbers late, where a scan has lost those between."""
_FURTHEST_REPEATED = 3
_MAX_TITLE = 120


def open_container(place: Place, i: int, text: str) -> bool:
    """Open the BAB, Bagian or Paragraf that `text`, line `i`, is the heading of; whether it is one."""
    if place.zone in (Zone.CLOSING, Zone.EXPLANATION):
        return False
    if text[0] == "P":
        match = marks.PARAGRAF.match(text)
        return match is not None and _paragraf(place, i, match)
    match = marks.BAB.match(text)
    if match:
        return _bab(place, i, match)
    match = marks.BAGIAN.match(text)
    return match is not None and _bagian(place, i, match)


def _bab(place: Place, i: int, match: re.Match[str]) -> bool:
    rest = match.string[match.end() :]
    numbering = place.numbering
    value = int(match["n"]) if match["n"].isdigit() else marks.looks_roman(match["n"])
    if value is None or (rest and not _may_title(place, i, rest, value)) or place.goes_on(i):
        return False
    if _repeats(place, i, value):
        place.tree.innermost.heading = ""
        place.begin_title(i, rest)
        return True
    follows = 0 < value - numbering.bab <= _FURTHEST_BAB or bool(match["suffix"]) or bool(numbering.host)
    if not follows or (place.zone is Zone.FRONT and value != 1):
        return False
    if not numbering.host:
        numbering.bab = value
    name = roman(value).upper() + match["suffix"]
    _open(place, i, SectionKind.BAB, f"BAB {name}", f"bab-{name.lower()}", rest)
    return True


def _may_title(place: Place, i: int, rest: str, value: int) -> bool:
    """Whether what follows the number is the title of a BAB; in small letters only of the next, at a line's start."""
    if is_capitals(rest):
        return True
    if place.lines[i].is_inner or value != place.numbering.bab + 1 or cites(rest):
        return False
    return rest[0].isupper() and rest[-1] not in ";:," and len(rest) < _MAX_TITLE and place.begins_anew(i)


def _repeats(place: Place, i: int, value: int) -> bool:
    """Whether the foot of the page before has said this BAB already."""
    node = place.tree.innermost
    return node.kind is SectionKind.BAB and value == place.numbering.bab and i - node.start <= _FURTHEST_REPEATED


def _bagian(place: Place, i: int, match: re.Match[str]) -> bool:
    rest = match.string[match.end() :]
    if not _may_open(place, i, rest):
        return False
    name = " ".join(match["n"].split()).capitalize()
    _open(place, i, SectionKind.BAGIAN, f"Bagian {name}", f"bagian-{name.lower().replace(' ', '-')}", rest)
    return True


def _paragraf(place: Place, i: int, match: re.Match[str]) -> bool:
    rest = match.string[match.end() :]
    if not _may_open(place, i, rest):
        return False
    name = match["n"].replace("l", "1").replace("I", "1").replace("g", "9") if len(match["n"]) == 1 else match["n"]
    _open(place, i, SectionKind.PARAGRAF, f"Paragraf {name}", f"paragraf-{name.lower()}", rest)
    return True


def _may_open(place: Place, i: int, rest: str) -> bool:
    """Whether a Bagian or Paragraf begins here: a title follows, and no sentence goes on."""
    if rest and (not rest[0].isupper() or rest[-1] in ".;,:" or len(rest) > _MAX_TITLE):
        return False
    if place.goes_on(i) or place.zone is Zone.FRONT:
        return False
    if place.lines[i].is_inner and not (place.reads_title or place.begins_anew(i)):
        return False
    return bool(rest) or not place.after(i)[:1].islower()


def _open(place: Place, i: int, kind: SectionKind, label: str, slug: str, rest: str) -> None:
    place.take_back_empty(i)
    place.enter_body(i)
    place.end_lists()
    _close_before(place, i, kind)
    parent = place.tree.innermost
    is_inside = parent.kind in (*CONTAINERS, SectionKind.AMENDMENT)
    within = f"{parent.path}/" if is_inside else place.numbering.prefix
    place.tree.open(kind, label, within + slug, i)
    place.begin_title(i, rest)


def _close_before(place: Place, i: int, kind: SectionKind) -> None:
    """Close what a new container of this kind ends; inside an amending point, only what the point itself opened."""
    tree, host = place.tree, place.numbering.host
    if host:
        ended = (kind, SectionKind.PASAL)
        depth = next((d for d, node in enumerate(tree.chain()) if d > host and node.kind in ended), None)
        if depth is not None:
            tree.close_to(depth, i)
        return
    tree.close(i, SectionKind.PASAL)
    tree.close(i, kind)
    if kind is SectionKind.BAGIAN:
        tree.close(i, SectionKind.PARAGRAF)
