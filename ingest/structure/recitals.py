"""The recitals of a regulation: Menimbang, Mengingat, and what is decided."""

from ingest.structure.place import FRONT, Place, Zone
from kb.sections import SectionKind

_PARTS = {
    "considering": (SectionKind.CONSIDERING, "Menimbang", "menimbang"),
    "recalling": (SectionKind.RECALLING, "Mengingat", "mengingat"),
    "deciding": (SectionKind.DECIDING, "Menetapkan", "menetapkan"),
}


def open_recital(place: Place, i: int, what: str) -> bool:
    """Open the recital `what` (a name in `marks.FIXED`) on line `i`, if it comes where it may; whether it did."""
    kind, label, slug = _PARTS[what]
    here = place.tree.inside(*FRONT)
    if here is None and place.zone is not Zone.ATTACHMENT:
        return False
    if here is not None and FRONT.index(here.kind) >= FRONT.index(kind):
        return False
    if what != "deciding" and ":" not in place.lines[i].text and _in_margin(place, i):
        return False
    place.end_lists()
    place.tree.close(i, *FRONT)
    place.tree.open(kind, label, place.numbering.prefix + slug, i)
    return True


def _in_margin(place: Place, i: int) -> bool:
    """Whether the words of the margin stand together, apart from what they introduce, as in some scans."""
    near = [line.text.strip(" :") for line in place.lines[max(0, i - 1) : i + 2]]
    return "Menimbang" in near and "Mengingat" in near
