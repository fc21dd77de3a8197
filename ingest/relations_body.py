"""A regulation's body as the readers of its relations share it: one line of text, its sections, the works it names."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.flat import Flat
from kb.documents import Metadata
from kb.legal import REGIONAL, Work, work_of
from kb.mentions import Mention, mentions
from kb.naming import official_name
from kb.pages import Span
from kb.provision_grammar import provisions
from kb.sections import Section, SectionKind

_BETWEEN = re.compile(r"\s*,?\s*(?:(?:dari|dalam|pada|tersebut|ketentuan)\s+)*", re.I)
_AS_MEANT = re.compile(r"\b(?:dimaksud(?:kan)?|diatur|tersebut)\s+(?:dalam|pada)\s*$")
_LONGEST_LIST = 1_500
"""Characters of a list of provisions before the work that they belong to."""


class Body:
    """What the readers of relations look at."""

    def __init__(self, flat: Flat, sections: Sequence[Section], metadata: Metadata) -> None:
        self.flat, self.sections, self.metadata = flat, sections, metadata
        self.own = work_of(metadata)
        self.own_key = self.own.key if self.own else ""
        self.mentions = mentions(flat.text)
        self._starts = [mention.start for mention in self.mentions]
        self.title_mentions, self.title_address, self._title_at = self._title()
        self.of_title = self.title_mentions[1:]

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """The works named in `text[start:end]`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def completed(self, work: Work) -> Work:
        """The work with the region that its name leaves to the reader: that of the regulation which names it."""
        if work.form in REGIONAL and not work.region and self.metadata.region:
            return replace(work, region=self.metadata.region)
        return work

    def provisions_before(self, mention: Mention, low: int) -> tuple[int, tuple[str, ...]]:
        """Where the provisions named right before a work begin, and their addresses; its own start and none."""
        start = max(low, mention.start - _LONGEST_LIST)
        last = None
        for run in provisions(self.flat.text, start, mention.start):
            last = run
        if last is None or _BETWEEN.fullmatch(self.flat.text, last.end, mention.start) is None:
            return mention.start, ()
        if "," in self.flat.text[last.end : mention.start] and _AS_MEANT.search(self.flat.text, 0, last.start):
            # "sebagaimana dimaksud dalam Pasal 1, Undang-Undang Nomor …": the comma ends a clause
            return mention.start, ()
        addresses = tuple(dict.fromkeys(address for part in last.parts if (address := part.address())))
        return (last.start, addresses) if addresses else (mention.start, ())

    def title_spans(self, mention: Mention) -> tuple[Span, ...]:
        """Where a work that the document's title names stands; nothing where the title was not read from its words."""
        if self._title_at is None:
            return ()
        return self.flat.spans(self._title_at + mention.start, self._title_at + mention.end)

    def _title(self) -> tuple[tuple[Mention, ...], str, int | None]:
        """The works of the document's title, itself the first; the section it stands in and where that begins."""
        opening = next((s for s in self.sections if s.kind is SectionKind.OPENING), None)
        if opening is not None:
            start, end = self.flat.extent(opening)
            text = _without_ends(self.flat.text[start:end])
            # A gazette's head may name others before the title does
            own = next((one.start for one in mentions(text) if one.work.key == self.own_key), None)
            found = () if own is None else mentions(text[own:])
            if own is not None and len(found) > 1 and found[1].inside == 0:
                return found, opening.address, start + own
        if self.own is None:
            return (), "", None
        said = mentions(official_name(self.metadata))
        return (said, "", None) if said else ((), "", None)


_MAKER = re.compile(r"\b(?:DENGAN RAHMAT|PRESIDEN REPUBLIK INDONESIA,|Menimbang)", re.I)


def _without_ends(text: str) -> str:
    """The opening up to the words after its title, full stops made blanks: a title has none that ends it."""
    stop = _MAKER.search(text, 40)
    return text[: stop.start()] if stop else text


def own_parts(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections of the regulation itself: nothing of its Penjelasan or of a Lampiran."""
    outside: set[int] = set()
    for i, section in enumerate(sections):
        if section.parent in outside or section.kind in (SectionKind.EXPLANATION, SectionKind.ATTACHMENT):
            outside.add(i)
        else:
            yield section
