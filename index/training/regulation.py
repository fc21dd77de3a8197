"""A regulation as it is learned from: its passages as they are embedded, and which of them holds a place in it."""

import re
from dataclasses import dataclass

from index.training.pairs import likeness
from kb.naming import embedded_text
from kb.pages import Page, Span
from kb.passages import Passage
from kb.sections import Section, SectionKind


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation cut by the outline, with the name that stands before each of its passages."""

    id: str
    title: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


class Body:
    """A regulation's texts by section, and which passage holds a place in it.

    A passage is named by its place in `regulation.passages`. pasal: the address of each passage's Pasal; None for
    those of no Pasal and of the Penjelasan.
    """

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation
        self._texts = {page.number: page.text for page in regulation.pages}
        self._by_address: dict[str, int] = {}
        for i, section in enumerate(regulation.sections):
            place = provision(section.address)
            if place and not section.address.startswith("penjelasan"):
                self._by_address.setdefault(place, i)
        self._spans = sorted(
            (span.page, span.start, span.end, i) for i, p in enumerate(regulation.passages) for span in p.spans
        )
        self.pasal = [self._pasal_of(passage.section) for passage in regulation.passages]

    def text(self, section: int, *, own: bool = False) -> str:
        """The words of a section; with `own` only those before its first child."""
        spans = self.regulation.sections[section].spans
        stop = None
        if own:
            children = [s for s in self.regulation.sections[section + 1 :][:1] if s.parent == section and s.spans]
            stop = (children[0].spans[0].page, children[0].spans[0].start) if children else None
        parts = []
        for span in spans:
            end = span.end
            if stop is not None and (span.page, span.end) > stop:
                end = stop[1] if span.page == stop[0] else span.start
            parts.append(self._texts[span.page][span.start : max(end, span.start)])
        return "\n".join(parts)

    def passage_at(self, address: str) -> int | None:
        """The passage that holds the beginning of the provision at `address`, or of its nearest parent."""
        while address:
            section = self._by_address.get(address)
            if section is not None:
                spans = self.regulation.sections[section].spans
                return self.passage_with(spans[0]) if spans else None
            address = address.rpartition("/")[0]
        return None

    def passage_with(self, span: Span) -> int | None:
        """The passage that holds the beginning of `span`."""
        held = (i for page, start, end, i in self._spans if page == span.page and start <= span.start < end)
        return next(held, None)

    def embedded(self, i: int) -> str:
        """A passage as it is embedded."""
        return embedded_text(self.regulation.title, self.regulation.passages[i])

    def in_embedded(self, i: int, span: Span) -> tuple[int, int]:
        """Where a span that begins in a passage stands in it as it is embedded, (start, end) in characters.

        What reaches beyond the passage is cut. Raises ValueError for a span that begins elsewhere.
        """
        passage = self.regulation.passages[i]
        before = len(self.embedded(i)) - len(passage.text)
        for own in passage.spans:
            if own.page == span.page and own.start <= span.start < own.end:
                return before + span.start - own.start, before + min(span.end, own.end) - own.start
            before += len(own) + 1
        raise ValueError(f"expected a span that begins in passage {i}, not {span}")

    def guards(self, i: int) -> tuple[str, ...]:
        """What no negative of a passage may share: its Pasal or the one that it explains, and its words."""
        address = self.regulation.sections[self.regulation.passages[i].section].address
        place = self.pasal[i] or provision(address).partition("/")[0] or address
        return (f"{self.regulation.id}/{place}", *likeness(self.regulation.passages[i].text))

    def _pasal_of(self, section: int) -> str | None:
        at: int | None = section
        while at is not None:
            found = self.regulation.sections[at]
            if found.kind is SectionKind.PASAL and not found.address.startswith("penjelasan"):
                return provision(found.address)
            at = found.parent
        return None


def provision(address: str) -> str:
    """The address from its outermost Pasal on, "" for what lies in none."""
    at = re.search(r"(?:^|/)(pasal-.*)$", address)
    return at[1] if at else ""
