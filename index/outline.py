"""Where in its document a span stands: the provision around it and its label."""

from collections.abc import Sequence

from kb.pages import Span
from kb.sections import Outline, SectionKind

_NUMBERED_ALONE = (SectionKind.PASAL, SectionKind.AMENDMENT)
_CITED = (*_NUMBERED_ALONE, SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA)


def label_of(sections: Outline, spans: Sequence[Span]) -> str:
    """The label of what all spans stand in: "Pasal 7 ayat (1) dan ayat (2)", "Pasal 7 dan Pasal 9", or ""."""
    places = list(dict.fromkeys(sections.at(span) for span in spans)) if sections else []
    if len(places) < 2:
        return label(sections, places[0]) if places else ""
    paths = [sections.ancestors(place) for place in places]
    shared = [at for at in paths[0] if all(at in path for path in paths)]
    if not shared or sections[shared[-1]].kind not in _CITED:
        return " dan ".join(dict.fromkeys(filter(None, (label(sections, place) for place in places))))
    whole = shared[-1]
    parts = [sections[place] for place in places]
    if all(part.kind is SectionKind.AYAT and part.parent == whole for part in parts):
        return f"{label(sections, whole)} {' dan '.join(part.label for part in parts)}"
    return label(sections, whole)


def label(sections: Outline, place: int) -> str:
    """The section's label as it is cited: "Pasal 7 ayat (2) huruf b", "Menimbang huruf c", "Lampiran I", a heading.

    BAB and Bagian are left out where a Pasal is named: a Pasal's number is unique without them.
    """
    path = [sections[at] for at in sections.ancestors(place) if sections[at].label]
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
