"""What follows the Pasal of a regulation: the closing words with date and signatures, and each Lampiran."""

import re

from ingest.structure.place import Numbering, Place, Zone
from kb.sections import SectionKind

_LONGEST_CLOSING = 300
_LONGEST_HEADING = 120
_COMMANDS = re.compile(r"memerintah|diperintah|pengundangan|pengumuman|penempatan|diumumkan", re.I)


def open_closing(place: Place, i: int, makes_known: bool = False) -> bool:
    """Open the closing words on line `i`, if Pasal stand before them; whether it did.

    makes_known: "Agar setiap orang mengetahuinya", which is the closing only where publication is ordered: a law on
    laws says in a Pasal of its own what for they are published.
    """
    numbering = place.numbering
    if makes_known:
        said = " ".join(line.text for line in place.lines[i : i + 3])[:_LONGEST_CLOSING]
        if not _COMMANDS.search(said):
            return False
    if place.zone not in (Zone.BODY, Zone.ATTACHMENT) or not numbering.n_pasal or place.goes_on(i):
        return False
    place.end_body(i)
    place.tree.open(SectionKind.CLOSING, "Penutup", f"{numbering.prefix}penutup", i)
    if place.zone is Zone.BODY:
        place.zone = Zone.CLOSING
    else:
        # The regulation in a Lampiran is at its end; the next one there begins with its own title.
        numbering.n_pasal = 0
    return True


def open_declared(place: Place, i: int, text: str) -> bool:
    """Open a heading of the file's own below the closing words or in a Lampiran; whether line `i` is one."""
    span = place.lines[i].span
    if place.zone not in (Zone.CLOSING, Zone.ATTACHMENT) or (span.page, span.start) not in place.declared:
        return False
    in_attachment = place.zone is Zone.ATTACHMENT
    place.end_lists()
    place.tree.close(i, SectionKind.HEADING)
    if not in_attachment:
        place.tree.close_to(1, i)
    title = text[:_LONGEST_HEADING]
    slug = "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:40].strip("-") or "bagian"
    place.tree.open(SectionKind.HEADING, title, f"{place.numbering.prefix if in_attachment else ''}{slug}", i)
    return True


def open_attachment(place: Place, i: int, which: str) -> bool:
    """Open a Lampiran on line `i`, if that is its heading; whether it did. which: its number as written, or ""."""
    if place.zone is Zone.FRONT or (place.zone in (Zone.BODY, Zone.ATTACHMENT) and not place.stands_out(i)):
        return False
    slug = f"lampiran-{which.lower()}" if which else "lampiran"
    start = _first_of_page(place, i)
    place.end_body(start)
    place.tree.close_to(1, start)
    place.tree.open(SectionKind.ATTACHMENT, f"Lampiran {which}".strip(), slug, start)
    place.zone = Zone.ATTACHMENT
    place.numbering = Numbering(f"{slug}/")
    return True


def _first_of_page(place: Place, i: int) -> int:
    """The first line of the page of line `i`, if all of that page follows the closing words."""
    if place.zone is not Zone.CLOSING:
        return i
    page = place.lines[i].span.page
    start = i
    while start and place.lines[start - 1].span.page == page:
        start -= 1
    return start if start > place.tree.innermost.start else i
