"""The outline of a regulation: its title and considerations, BAB, Pasal and ayat, its Penjelasan and Lampiran.

One pass over the lines. A line that looks like a heading is one only if the line before does not break off where a
reference must follow and its number comes next; so "sebagaimana dimaksud dalam" / "Pasal 5 ayat (2)" opens nothing.
"""

from collections.abc import Sequence

from ingest.cleaning import Line
from ingest.structure import marks
from ingest.structure.amendments import amends, begin_implied, note_host, take_point
from ingest.structure.containers import open_container
from ingest.structure.endings import open_attachment, open_closing, open_declared
from ingest.structure.explanation import open_explanation, open_part, open_unheaded, take_explained, take_labelled
from ingest.structure.marks import Item, Ordinal, Style
from ingest.structure.pasal import take_pasal
from ingest.structure.pieces import pieces_of
from ingest.structure.place import Place, Zone
from ingest.structure.recitals import open_recital
from ingest.structure.tree import Node, Tree
from kb.pages import Heading, Page
from kb.sections import Section, SectionKind

_HOLDERS = (SectionKind.PASAL, SectionKind.CONSIDERING, SectionKind.RECALLING)
"""What may hold a list of ayat, huruf or angka; the points of an amendment and a Lampiran have none of their own."""


def regulation(lines: Sequence[Line], pages: Sequence[Page], headings: Sequence[Heading] = ()) -> tuple[Section, ...]:
    """The sections of a regulation's lines, the root first, parents before children.

    headings: those that the file declares; asked only below the closing words, where no number says what begins.

    Where the Pasal stand in no order, as in scans read from the foot of the page up, only the root: a passage that
    named the wrong Pasal would be worse than one that names none.
    """
    pieces = [piece for line in lines for piece in pieces_of(line)]
    place = Place(pieces, pages)
    place.declared = frozenset((heading.span.page, heading.span.start) for heading in headings)
    for i, piece in enumerate(pieces):
        _take(place, i, piece.text)
    if place.is_disordered:
        return Tree(lines, pages).sections()
    return place.tree.sections()


def _take(place: Place, i: int, text: str) -> None:
    """Open what line `i` begins, or read it as part of a title. Its first letter says what it cannot be."""
    note_host(place, i)
    if _take_heading(place, i, text):
        return
    if not place.goes_on_with_title(text):
        place.end_title()
    if _may_be_item(text):
        found = marks.item(text)
        if found and _take_item(place, i, found):
            place.end_title()
            return
    place.read_title(text)


def _take_heading(place: Place, i: int, text: str) -> bool:
    first = text[0]
    if first in "MDALPm" and _take_fixed(place, i, text):
        return True
    if open_declared(place, i, text):
        return True
    is_explanation = place.zone is Zone.EXPLANATION
    if first in "IP" and open_unheaded(place, i, text):
        return True
    if is_explanation and first in "PBIUA12V" and open_part(place, i, text):
        return True
    if first in "BP" and open_container(place, i, text):
        return True
    if first in "Pp\"“‘'" and (take_explained if is_explanation else take_pasal)(place, i, text):
        return True
    return is_explanation and first in "AHB" and take_labelled(place, i, text)


def _take_fixed(place: Place, i: int, text: str) -> bool:
    """Open one of the parts that every regulation has, if line `i` is its heading; whether it did."""
    match = marks.FIXED.match(text)
    if match is None:
        return False
    if match["explanation"]:
        return open_explanation(place, i)
    if match["attachment"]:
        return open_attachment(place, i, match["which"] or "")
    if match["closing"]:
        return open_closing(place, i, makes_known=bool(match["known"]))
    may_recite = place.zone is Zone.FRONT or (place.zone is Zone.ATTACHMENT and not place.numbering.n_pasal)
    return may_recite and open_recital(place, i, match.lastgroup or "")


def _may_be_item(text: str) -> bool:
    return text[0] in "([{" or text[0].isdigit() or (text[0].isalpha() and (text[1:2] in ".), " or text[2:3] in ".) "))


def _take_item(place: Place, i: int, found: Item) -> bool:
    """Open the item of a list that begins on line `i`, if one does here; whether it did."""
    if place.zone is Zone.CLOSING or (place.zone is Zone.EXPLANATION and found.style is not Style.AYAT):
        return False
    numbering = place.numbering
    if numbering.host and found.style is Style.ANGKA and take_point(place, i, found.readings[0]):
        return True
    if found.style is Style.ANGKA and found.readings[0] == Ordinal(1) and begin_implied(place, i):
        return take_point(place, i, found.readings[0])
    holder = place.tree.inside(*_HOLDERS, SectionKind.AMENDMENT, SectionKind.ATTACHMENT)
    if holder is None or holder.kind is SectionKind.ATTACHMENT or not found.readings:
        return False
    if found.style is Style.ANGKA and _may_host(place, holder) and found.readings[0] == Ordinal(1) and amends(place, i):
        numbering.host = place.tree.depth
        return take_point(place, i, found.readings[0])
    return holder.kind is not SectionKind.AMENDMENT and place.lists.take(i, found, place.before(i))


def _may_host(place: Place, holder: Node) -> bool:
    """Whether a list that begins here may be the points of an amendment."""
    return holder.kind is SectionKind.PASAL and not place.numbering.point.number and not place.lists.are_open
