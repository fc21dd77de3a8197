"""Stretches of a document's pages, cut and joined without ever changing a character."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.pages import Span, text_of
from kb.records import ABSENT, Field

MARKER = re.compile(
    r"(?:\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?|\(?[a-z][.)]|[-•–*▪➢✓·])\s+|[IVX]{1,4}\.\s+|[A-Z]\.\s+(?=[A-Z])"
)
"""What stands before an item of a list or before a heading."""

_BLANKS = " \t\r\n|>#*\u00a0"
"""What surrounds words without belonging to them, the signs of Markdown among them."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: spans in reading order, and the text under them on one line."""

    spans: tuple[Span, ...]
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Quote((), "")


class Sheets:
    """The texts of a document's pages by number, from which quotes are cut."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.texts = texts

    def quote(self, spans: Iterable[Span]) -> Quote:
        """The words under spans, blanks at their ends left out; neighbours with nothing between them become one."""
        kept: list[Span] = []
        for span in spans:
            trimmed = self._trimmed(span)
            if trimmed is None:
                continue
            last = kept[-1] if kept else None
            if last is not None and last.page == trimmed.page and self._touch(last, trimmed):
                kept[-1] = Span(last.page, last.start, trimmed.end)
            else:
                kept.append(trimmed)
        return Quote(tuple(kept), " ".join(" ".join(self.texts[s.page][s.start : s.end] for s in kept).split()))

    def part(self, quote: Quote, start: int, end: int) -> Quote:
        """The piece `quote.text[start:end]`, as a quote of its own."""
        places = [place for span in quote.spans for place in self._places(span)]
        wanted = places[start:end]
        if not wanted:
            return NOTHING
        spans: list[Span] = []
        for page, at in wanted:
            if spans and spans[-1].page == page and spans[-1].end <= at and not self._between(page, spans[-1].end, at):
                spans[-1] = Span(page, spans[-1].start, at + 1)
            else:
                spans.append(Span(page, at, at + 1))
        return self.quote(spans)

    def unmarked(self, quote: Quote) -> Quote:
        """The quote without the number or bullet that begins it."""
        marker = MARKER.match(quote.text)
        return self.part(quote, marker.end(), len(quote.text)) if marker else quote

    def field(self, quote: Quote, value: str = "") -> Field:
        """The quote as a fact, with what follows from it."""
        if not quote:
            return ABSENT
        text = text_of(quote.spans, self.texts)
        return Field(text, quote.spans, value, text)

    def together(self, quotes: Sequence[Quote], value: str = "") -> Field:
        """Several quotes as one fact, each its own span."""
        return (
            self.field(Quote(tuple(span for quote in quotes for span in quote.spans), "…"), value) if quotes else ABSENT
        )

    def _trimmed(self, span: Span) -> Span | None:
        text = self.texts[span.page][span.start : span.end]
        start = span.start + len(text) - len(text.lstrip(_BLANKS))
        end = span.start + len(text.rstrip(_BLANKS))
        return Span(span.page, start, end) if start < end else None

    def _touch(self, before: Span, after: Span) -> bool:
        return before.end <= after.start and not self._between(before.page, before.end, after.start)

    def _between(self, page: int, start: int, end: int) -> bool:
        return bool(self.texts[page][start:end].strip())

    def _places(self, span: Span) -> list[tuple[int, int]]:
        """Where each character of the one-line text stands; a run of blanks is one, and one stands between spans."""
        text = self.texts[span.page][span.start : span.end]
        places = [
            (span.page, span.start + word.start() + i)
            for word in re.finditer(r"\S+\s*", text)
            for i in range(_kept(word[0]))
        ]
        return [*places, (span.page, span.end)] if not text[-1:].isspace() else places


def _kept(word: str) -> int:
    """A word with the blanks after it counts as the word and one blank, if it has any."""
    bare = len(word.rstrip())
    return bare + (len(word) > bare)
