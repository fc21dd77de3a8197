"""A document's body on one line, with the way back from its characters to those of the pages."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kb.pages import Page, Span
from kb.sections import Section

_WORD = re.compile(r"\S+")
_HYPHENS = str.maketrans({"\ufffe": "-", "\u00ad": "-", "\x02": "-", "‐": "-", "‑": "-", "–": "-"})


class Flat:
    """The words under some spans, joined by single blanks, hyphens that a line break hid made visible."""

    def __init__(self, pages: Sequence[Page], spans: Sequence[Span]) -> None:
        """spans: in reading order, none overlapping another."""
        texts = {page.number: page.text for page in pages}
        words: list[str] = []
        self._starts: list[int] = []
        self._places: list[tuple[int, int, int]] = []
        length = 0
        for i, span in enumerate(spans):
            for match in _WORD.finditer(texts[span.page], span.start, span.end):
                words.append(match[0].translate(_HYPHENS))
                self._starts.append(length)
                self._places.append((span.page, match.start(), i))
                length += len(match[0]) + 1
        self.text = " ".join(words)
        self._keys = [(page, start) for page, start, _ in self._places]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where `text[start:end]` stands: a span for each stretch of a page."""
        if not self._starts or end <= start:
            return ()
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end) - 1
        found: list[Span] = []
        at = first
        while at <= last:
            page, begin, run = self._places[at]
            stop = at
            while stop < last and self._places[stop + 1][2] == run:
                stop += 1
            if at == first:
                begin += start - self._starts[first]
            finish = self._places[stop][1] + min(self._length(stop), end - self._starts[stop])
            found.append(Span(page, begin, finish))
            at = stop + 1
        return tuple(found)

    def extent(self, section: Section) -> tuple[int, int]:
        """(start, end) of a section's words in `text`; (0, 0) for one without any."""
        if not section.spans:
            return 0, 0
        first, last = section.spans[0], section.spans[-1]
        low = bisect_left(self._keys, (first.page, first.start))
        high = bisect_left(self._keys, (last.page, last.end))
        if low >= high:
            return 0, 0
        return self._starts[low], self._starts[high - 1] + self._length(high - 1)

    def _length(self, word: int) -> int:
        end = self._starts[word + 1] - 1 if word + 1 < len(self._starts) else len(self.text)
        return end - self._starts[word]
