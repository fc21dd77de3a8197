"""A regulation as it is learned from: its passages as they are embedded, and which of them holds a place in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from index.training.pairs import likeness
from kb.naming import embedded_text
from kb.pages import Page, Span
from kb.passages import Passage
from kb.sections import Section, SectionKind


class Version(NamedTuple):
    """Of which regulation, by its id, and which Pasal of it, by its address there, something is a version."""

    regulation: str
    pasal: str


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation cut by the outline, with the name that stands before each of its passages.

    versions: by the address of each Pasal that it puts into another regulation, which one that is a version of.
    """

    id: str
    title: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    versions: Mapping[str, Version] = field(default_factory=dict)


class Body:
    """A regulation's texts by section, and which passage holds a place in it.

    A passage is named by its place in `regulation.passages`. pasal: the address of each passage's Pasal; None for
    those of no Pasal and of the Penjelasan.
    """

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation
        self._texts = {page.number: page.text for page in regulation.pages}
        self._by_address: dict[str, int] = {}
        self._versions = {own_address(address): version for address, version in regulation.versions.items()}
        self._by_version: dict[Version, int] = {}
        for i, section in enumerate(regulation.sections):
            place = own_address(section.address)
            if place:
                self._by_address.setdefault(place, i)
                version = self._versions.get(place) or Version(regulation.id, place)
                self._by_version.setdefault(version, i)
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

    def section_at(self, address: str) -> int | None:
        """The section of the provision at `address`, or of its nearest parent."""
        while address:
            section = self._by_address.get(address)
            if section is not None:
                return section
            address = address.rpartition("/")[0]
        return None

    def passage_at(self, address: str) -> int | None:
        """The passage that holds the beginning of the provision at `address`, or of its nearest parent."""
        section = self.section_at(address)
        spans = () if section is None else self.regulation.sections[section].spans
        return self.passage_with(spans[0]) if spans else None

    def section_of(self, version: Version) -> int | None:
        """The section that words a Pasal: its own, or one that puts it into another regulation."""
        return self._by_version.get(version)

    def passages_of(self, section: int) -> list[int]:
        """The passages that hold words of a section, in order."""
        held = {
            i
            for span in self.regulation.sections[section].spans
            for page, start, end, i in self._spans
            if page == span.page and start < span.end and span.start < end
        }
        return sorted(held)

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
        """What no negative of a passage may share: its Pasal or the one that it explains, and its words.

        A Pasal that is put into another regulation has the guard of the one that it is a version of as well.
        """
        address = self.regulation.sections[self.regulation.passages[i].section].address
        place = self.pasal[i] or provision(address).partition("/")[0] or address
        version = self._version_at(provision(address))
        versions = () if version is None else (f"{version.regulation}/{version.pasal}",)
        return (f"{self.regulation.id}/{place}", *versions, *likeness(self.regulation.passages[i].text))

    def _version_at(self, place: str) -> Version | None:
        """What the Pasal at a place, or the innermost one around it, is a version of."""
        while place and place not in self._versions:
            place = place.rpartition("/")[0]
        return self._versions.get(place)

    def _pasal_of(self, section: int) -> str | None:
        at: int | None = section
        while at is not None:
            found = self.regulation.sections[at]
            if found.kind is SectionKind.PASAL and (address := own_address(found.address)):
                return address
            at = found.parent
        return None


def provision(address: str) -> str:
    """The address from its outermost Pasal on, "" for what lies in none."""
    at = re.search(r"(?:^|/)(pasal-.*)$", address)
    return at[1] if at else ""


def own_address(address: str) -> str:
    """The address from its outermost Pasal on, "" for what lies in none or only explains one."""
    return "" if address.startswith("penjelasan") else provision(address)
