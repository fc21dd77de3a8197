"""What belongs to a provision: the words that lead into it, and the Penjelasan that explains it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.addresses import explains
from kb.pages import Page, Span, text_of
from kb.sections import Section, SectionKind

_EXPLAINED = "penjelasan/"
"""Where the addresses of a Penjelasan begin, below the regulation or the Lampiran that it explains."""

_LEADING = frozenset({SectionKind.PASAL, SectionKind.AMENDMENT, SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA})
_TOGETHER = re.compile(r"Pasal (\d+)[A-Z]? (dan|s\.d\.) (\d+)")


@dataclass(frozen=True, slots=True)
class Lead:
    """The words of an outer provision that lead into an inner one: "(2) Pemerintah Daerah wajib:".

    text: the page texts under `spans`, joined by a line break.
    """

    place: int
    spans: tuple[Span, ...]
    text: str


def leads_into(sections: Sequence[Section], place: int, pages: Sequence[Page]) -> tuple[Lead, ...]:
    """The words of the outer provisions that lead into section `place`, outermost first; bare headings left out."""
    texts = {page.number: page.text for page in pages}
    found: list[Lead] = []
    at = sections[place].parent
    while at is not None and sections[at].kind in _LEADING:
        spans = _trimmed(_before_children(sections, at), texts)
        text = text_of(spans, texts)
        if text.strip() and not _is_bare(text, sections[at]):
            found.append(Lead(at, spans, text))
        at = sections[at].parent
    return tuple(reversed(found))


def explanations(sections: Sequence[Section]) -> dict[int, int]:
    """Which section of the Penjelasan explains each section of the regulation, by their places.

    A provision without an explanation of its own has that of the provision around it, up to its Pasal.
    """
    explained = {address: place for place, section in enumerate(sections) for address in _addresses_explained(section)}
    found: dict[int, int] = {}
    for place, section in enumerate(sections):
        if explains(section.address):
            continue
        address = section.address
        while "pasal-" in address:
            if address in explained:
                found[place] = explained[address]
                break
            address = address.rpartition("/")[0]
    return found


def explained(sections: Sequence[Section], place: int) -> int | None:
    """The provision that section `place` of a Penjelasan explains; None for anything else."""
    places = {section.address: at for at, section in enumerate(sections)}
    return next((places[address] for address in _addresses_explained(sections[place]) if address in places), None)


def _addresses_explained(section: Section) -> Iterator[str]:
    """The addresses of the provisions that a section of a Penjelasan explains."""
    outer, _, inner = section.address.rpartition(_EXPLAINED)
    if not explains(section.address) or "pasal-" not in inner or inner == "pasal-demi-pasal":
        return
    yield outer + inner
    together = _TOGETHER.search(section.label) if section.kind is SectionKind.PASAL else None
    if together:
        first, last = int(together[1]), int(together[3])
        numbers = range(first + 1, last + 1) if together[2] == "s.d." else (last,)
        yield from (f"{outer}pasal-{number}" for number in numbers)


def _before_children(sections: Sequence[Section], place: int) -> tuple[Span, ...]:
    """The spans of a section up to where its first child begins."""
    section = sections[place]
    starts = [child.spans[0] for child in sections[place + 1 :] if child.parent == place and child.spans]
    if not starts:
        return section.spans
    first = min(starts)
    kept = [span for span in section.spans if span < first and (span.page < first.page or span.end <= first.start)]
    cut = next(
        (span for span in section.spans if span.page == first.page and span.start < first.start < span.end), None
    )
    if cut is not None:
        kept.append(Span(cut.page, cut.start, first.start))
    return tuple(kept)


def _trimmed(spans: Sequence[Span], texts: Mapping[int, str]) -> tuple[Span, ...]:
    """Spans without the blanks at their ends."""
    return tuple(
        Span(span.page, span.start, span.start + len(texts[span.page][span.start : span.end].rstrip()))
        for span in spans
        if texts[span.page][span.start : span.end].strip()
    )


def _is_bare(text: str, section: Section) -> bool:
    """Whether the words are only the number: "Pasal 12", "(2)"."""
    words = re.sub(r"[^a-z0-9]", "", text.casefold())
    return words in (re.sub(r"[^a-z0-9]", "", section.label.casefold()), section.address.rpartition("-")[2])
