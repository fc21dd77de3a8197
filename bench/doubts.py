"""What looks wrong in the outline of a regulation: numbers missing or going back, Pasal without text, text under none.

A doubt is no verdict: the regulation itself may number so, or its text may have lost a line.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.pages import Page, Span
from kb.sections import Section, SectionKind

_FEWEST_WORDS = 12
"""Up to so many words between a BAB and its first Pasal are a heading that ran over; more stand under no provision."""
_CONTAINERS = (SectionKind.BAB, SectionKind.BAGIAN, SectionKind.PARAGRAF)
_BODY = (*_CONTAINERS, SectionKind.PASAL)
_LISTED = (SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA)
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looks wrong at an address.

    what: "gap", "back", "empty", "loose", "list gap", "twice", "no pasal".
    """

    what: str
    address: str
    detail: str


def doubts(sections: Sequence[Section], pages: Sequence[Page]) -> tuple[Doubt, ...]:
    """Everything that looks wrong in the outline of a regulation, in reading order by what is looked for."""
    if not any(section.kind is SectionKind.PASAL for section in sections):
        return (Doubt("no pasal", "", ""),)
    texts = {page.number: page.text for page in pages}
    return (*_numbering(sections), *_lists(sections), *_words(sections, texts))


def _numbering(sections: Sequence[Section]) -> Iterator[Doubt]:
    """The Pasal of the body between which a number is missing or goes back."""
    last: dict[str, int] = defaultdict(int)
    for section in sections:
        place, _, number = section.address.rpartition("pasal-")
        if section.kind is not SectionKind.PASAL or place or section.label.startswith("Penjelasan"):
            continue
        bare = number.partition("~")[0]
        if bare != number:
            yield Doubt("twice", section.address, "")
        digits = re.match(r"\d+", bare)
        if digits:
            value = int(digits[0])
            late = value - last[place]
            if late > 1:
                yield Doubt("gap", section.address, f"after {last[place]}")
            if late < 0:
                yield Doubt("back", section.address, f"after {last[place]}")
            last[place] = value


def _lists(sections: Sequence[Section]) -> Iterator[Doubt]:
    """The items of a Pasal before which one is missing, or that stand alone under a letter."""
    last: dict[tuple[int, str], int] = {}
    for section in sections:
        if section.kind not in _LISTED or section.parent is None or not section.address.startswith(("pasal", "bab")):
            continue
        name = section.address.rpartition("/")[2]
        slug, _, number = name.partition("-")
        if "~" in number:
            continue
        digits = re.match(r"\d+", number)
        value = int(digits[0]) if digits else ord(number[0]) - 96 + _LETTERS * (len(number) - 1)
        before = last.get((section.parent, slug), 0)
        if value - before > 1:
            yield Doubt("list gap", section.address, f"after {before}")
        last[section.parent, slug] = value


def _words(sections: Sequence[Section], texts: dict[int, str]) -> Iterator[Doubt]:
    """Pasal that are nothing but their heading, and words under a BAB that stand in no Pasal."""
    children: dict[int, list[Section]] = defaultdict(list)
    for section in sections:
        if section.parent is not None:
            children[section.parent].append(section)
    for i, section in enumerate(sections):
        if section.kind is SectionKind.PASAL and not section.label.startswith("Penjelasan"):
            words = " ".join(texts[span.page][span.start : span.end] for span in section.spans).split()
            if len(words) <= 2:
                yield Doubt("empty", section.address, "")
        if section.kind in _CONTAINERS:
            own = " ".join(_own(section, children[i], texts)).split()
            n_loose = len(own) - len(section.label.split()) - len(section.heading.split())
            if n_loose > _FEWEST_WORDS:
                yield Doubt("loose", section.address, f"{n_loose} words: {' '.join(own[:14])}")


def _own(section: Section, children: Sequence[Section], texts: dict[int, str]) -> Iterator[str]:
    """The text of a section that stands in none of its children."""
    inner = sorted(span for child in children for span in child.spans)
    for span in section.spans:
        at = span.start
        for taken in inner:
            if taken.page == span.page and span.start <= taken.start < span.end:
                yield texts[span.page][at : taken.start]
                at = taken.end
        yield texts[span.page][at : span.end]


def excerpt(pages: Sequence[Page], span: Span, n_characters: int = 120) -> str:
    """The text around the start of a span, on one line."""
    text = next(page.text for page in pages if page.number == span.page)
    return " ".join(text[max(0, span.start - n_characters) : span.start + n_characters].split())
