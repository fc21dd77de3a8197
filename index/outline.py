"""Where in its document a span stands: the provision around it and its label."""

from collections.abc import Sequence

from kb.types import Section, SectionKind, Span

_NUMBERED_ALONE = (SectionKind.PASAL, SectionKind.AMENDMENT)
_CITED = (*_NUMBERED_ALONE, SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA)


def section_at(sections: Sequence[Section], span: Span) -> int:
    """The place of the deepest section that holds the whole span; the root's where none below it does."""
    found, depth = 0, -1
    for place, section in enumerate(sections):
        if any(s.page == span.page and s.start <= span.start and span.end <= s.end for s in section.spans):
            here = len(ancestors(sections, place))
            if here > depth:
                found, depth = place, here
    return found


def ancestors(sections: Sequence[Section], place: int) -> list[int]:
    """The places from the root's child down to `place` itself; empty for the root."""
    path: list[int] = []
    # A document that goes out while it is found has no outline any more.
    at: int | None = place if sections else None
    while at is not None and sections[at].parent is not None:
        path.append(at)
        at = sections[at].parent
    return path[::-1]


def label(sections: Sequence[Section], place: int) -> str:
    """The section's label as it is cited: "Pasal 7 ayat (2) huruf b", "Menimbang huruf c", "Lampiran I", a heading.

    BAB and Bagian are left out where a Pasal is named: a Pasal's number is unique without them.
    """
    path = [sections[at] for at in ancestors(sections, place) if sections[at].label]
    within = next((i for i, section in enumerate(path) if section.kind in _NUMBERED_ALONE), None)
    if within is None:
        # What has no number of its own is named by what it stands in: the last heading above it.
        within = max((i for i, section in enumerate(path) if section.kind not in _CITED), default=0)
    parts: list[str] = []
    for section in path[within:]:
        # A point of an amendment repeats the Pasal that it stands in: "Pasal I", "Pasal I angka 3".
        if parts and section.label.startswith(parts[-1]):
            parts.pop()
        parts.append(section.label)
    return " ".join(parts)
