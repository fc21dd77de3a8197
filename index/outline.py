"""Where in its document a span stands: the provision around it and its label."""

from collections.abc import Sequence

from kb.pages import Span
from kb.sections import Outline, Section, SectionKind

_NUMBERED_ALONE = (SectionKind.PASAL, SectionKind.AMENDMENT)
_CITED = (*_NUMBERED_ALONE, SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA)


def section_at(sections: Sequence[Section], span: Span) -> int:
    """The place of the deepest section that holds the whole span; the root's where none below it does."""
    return Outline.of(sections).at(span)


def ancestors(sections: Sequence[Section], place: int) -> list[int]:
    """The places from the root's child down to `place` itself; empty for the root."""
    path: list[int] = []
    # A document that goes out while it is found has no outline any more.
    at: int | None = place if sections else None
    while at is not None and sections[at].parent is not None:
        path.append(at)
        at = sections[at].parent
    return path[::-1]


def label_of(sections: Sequence[Section], spans: Sequence[Span]) -> str:
    """The label of what all spans stand in: "Pasal 7 ayat (1) dan ayat (2)", "Pasal 7 dan Pasal 9", or ""."""
    places = list(dict.fromkeys(section_at(sections, span) for span in spans)) if sections else []
    if len(places) < 2:
        return label(sections, places[0]) if places else ""
    paths = [ancestors(sections, place) for place in places]
    shared = [at for at in paths[0] if all(at in path for path in paths)]
    if not shared or sections[shared[-1]].kind not in _CITED:
        return " dan ".join(dict.fromkeys(filter(None, (label(sections, place) for place in places))))
    whole = shared[-1]
    parts = [sections[place] for place in places]
    if all(part.kind is SectionKind.AYAT and part.parent == whole for part in parts):
        return f"{label(sections, whole)} {' dan '.join(part.label for part in parts)}"
    return label(sections, whole)


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
