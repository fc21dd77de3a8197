"""The quotable units of a passage: its ayat, or its sentences, by position."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentences
from kb.pages import Span
from kb.sections import Outline, SectionKind

MAX_UNIT_WORDS = 90
"""A longer ayat is quoted by its sentences."""


_ITEMS = frozenset({SectionKind.HURUF, SectionKind.ANGKA})

MAX_LINES_WORDS = 50
"""Lines of a table are quoted in groups of about this many words."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a passage that can be quoted alone: `passage.text[start:end]`."""

    start: int
    end: int


def units(text: str, spans: Sequence[Span], sections: Outline) -> list[Unit]:
    """The units of a passage's text, in order, without overlap.

    spans: of the passage. sections: of its version.
    """
    cuts = sorted({0, len(text), *_ayat_starts(spans, sections)})
    found: list[Unit] = []
    for start, end in itertools.pairwise(cuts):
        piece = text[start:end]
        if len(piece.split()) <= MAX_UNIT_WORDS and len(cuts) > 2:
            found.append(_stripped(text, start, end))
            continue
        for a, b in sentences(piece):
            found.extend(_by_lines(text, start + a, start + b))
    return [unit for unit in found if unit.end > unit.start]


def _by_lines(text: str, start: int, end: int) -> list[Unit]:
    """The sentence itself, or groups of its lines where it is as long as a table without full stops."""
    if len(text[start:end].split()) <= MAX_UNIT_WORDS:
        return [Unit(start, end)]
    groups: list[Unit] = []
    first, n_words = start, 0
    at = start
    for line in text[start:end].splitlines(keepends=True):
        n_line = len(line.split())
        if n_words and n_words + n_line > MAX_LINES_WORDS:
            groups.append(_stripped(text, first, at))
            first, n_words = at, 0
        n_words += n_line
        at += len(line)
    groups.append(_stripped(text, first, end))
    return groups


def joined(run: Sequence[Unit], text: str, spans: Sequence[Span], sections: Outline) -> list[Unit]:
    """Neighbouring units made one where they stand in the same provision, so that each has a label of its own.

    The items of a list are made one with what leads it in: none of them says anything without it. Between those that
    are made one stands white space alone: nothing is quoted that was not chosen. text, spans: of their passage.
    sections: of its version.
    """
    found: list[Unit] = []
    places: list[int] = []
    for unit in run:
        where = spans_of(unit, spans)
        place = sections.at(where[0]) if where else -1
        if found and not text[found[-1].end : unit.start].strip() and _is_within(sections, place, places[-1]):
            found[-1] = Unit(found[-1].start, unit.end)
        else:
            found.append(unit)
            places.append(place)
    return found


def _is_within(sections: Outline, place: int, whole: int) -> bool:
    """Whether the section at `place` is that at `whole`, or an item of a list in it."""
    while place != whole and place > 0 and sections[place].kind in _ITEMS:
        place = sections[place].parent or 0
    return place == whole


def spans_of(unit: Unit, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Where a unit stands on the pages, given its passage's spans (joined by one line break each)."""
    found = []
    at = 0
    for span in spans:
        start, end = max(unit.start - at, 0), min(unit.end - at, len(span))
        if start < end:
            found.append(Span(span.page, span.start + start, span.start + end))
        at += len(span) + 1
    return tuple(found)


def _ayat_starts(spans: Sequence[Span], sections: Outline) -> list[int]:
    """Positions in the passage's text at which an ayat or a Pasal begins."""
    starts: list[int] = []
    at = 0
    for span in spans:
        starts.extend(at + start - span.start for start in sections.starts_in(span))
        at += len(span) + 1
    return starts


def _stripped(text: str, start: int, end: int) -> Unit:
    piece = text[start:end]
    return Unit(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
