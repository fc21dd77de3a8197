"""The guard at the door: a reading becomes the same reading with what identifies people hidden."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ingest.identity.names import names
from ingest.identity.numbers import numbers
from ingest.identity.spread import Known
from ingest.identity.tables import in_tables
from kb.documents import Metadata
from kb.identity import (
    BETWEEN,
    IN_HEADING,
    IN_NAME,
    MASK,
    Found,
    Guarding,
    Hidden,
    IdentityKind,
    Rulings,
    key,
    masked,
    spelled,
)
from kb.pages import Heading, Page, Reading, Span

RULES = "3"
"""Rises when the rules change, so that what older ones guarded is known."""

_OF_FILE = re.compile(rf"(?![\s.]){BETWEEN}|(?<=[^\W\d_]{{2}})\.(?=[^\W\d_]{{2}})(?!\w{{2,5}}(?![\w.]))")
"""What stands between the words of a file's name.

Of the points only those between two words: "a.n." says who is named, and the last one begins the name's extension.
"""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A reading and the name of its file with nobody's identity in them, and what was taken out.

    clean: masks any other line about the document in the same way.
    """

    reading: Reading
    name: str
    guarding: Guarding
    clean: Callable[[str], str] = field(repr=False)

    def metadata(self, metadata: Metadata) -> Metadata:
        """The metadata with nobody's identity in it."""
        return replace(
            metadata,
            title=self.clean(metadata.title),
            region=self.clean(metadata.region),
            issuer=self.clean(metadata.issuer),
        )


def find(text: str, rulings: Rulings | None = None) -> tuple[Found, ...]:
    """What identifies people in `text` alone, in order and without overlap."""
    return _settled(text, _raw(text), rulings or Rulings())


def guard(reading: Reading, name: str, rulings: Rulings) -> Guarded:
    """The reading with each identity masked, position by position, in its pages, headings, title and file name.

    A name that is found once is hidden everywhere in the document. rulings: what the office decided otherwise.
    """
    plain_name = _plain(name)
    texts = [page.text for page in reading.pages]
    found_alone = [find(text, rulings) for text in texts]
    known = Known(
        text[one.start : one.end]
        for text, found in (*zip(texts, found_alone, strict=True), (plain_name, find(plain_name, rulings)))
        for one in found
        if one.kind is IdentityKind.NAME
    )

    def in_all(text: str, found: Iterable[Found]) -> tuple[Found, ...]:
        return _settled(text, (*found, *known.occurrences(text)), rulings)

    def clean(line: str) -> str:
        return _masked(line, in_all(line, _raw(line)))

    pages: list[Page] = []
    headings: list[Heading] = []
    hidden: list[Hidden] = []
    for page, alone in zip(reading.pages, found_alone, strict=True):
        found = in_all(page.text, alone)
        hidden += _hidden(page.text, page.number, found)
        pages.append(replace(page, text=_masked(page.text, found)))
    for ordinal, heading in enumerate(reading.headings):
        found = in_all(heading.title, _raw(heading.title))
        hidden += _hidden(heading.title, IN_HEADING, found, ordinal)
        headings.append(replace(heading, title=_masked(heading.title, found)))
    in_name = in_all(plain_name, _raw(plain_name))
    hidden += _hidden(name, IN_NAME, in_name)
    masked_reading = replace(
        reading,
        pages=tuple(replace(page, label=clean(page.label)) if page.label else page for page in pages),
        headings=tuple(headings),
        title=clean(reading.title),
        tables=tuple(replace(table, name=clean(table.name)) for table in reading.tables),
    )
    return Guarded(masked_reading, _masked(name, in_name), Guarding(RULES, rulings.stamp, tuple(hidden)), clean)


def mask_by_rules(line: str) -> str:
    """A line that is shown though no document stands behind it, such as a refused file's path, masked by itself."""
    return _masked(line, find(_plain(line)))


def cleaner(names: Iterable[str], rulings: Rulings) -> Callable[[str], str]:
    """Masks a line about a document, such as the name of its file, as `guard` did that found `names` in it."""
    known = Known(names)

    def clean(line: str) -> str:
        plain = _plain(line)
        return _masked(line, _settled(plain, (*_raw(plain), *known.occurrences(plain)), rulings))

    return clean


def _plain(name: str) -> str:
    """A file's name with a blank for each character that stands between its words: every position stays."""
    return _OF_FILE.sub(lambda sign: " " * len(sign[0]), name)


def _raw(text: str) -> list[Found]:
    return [*numbers(text), *names(text), *in_tables(text)]


def _settled(text: str, found: Iterable[Found], rulings: Rulings) -> tuple[Found, ...]:
    """`found` as ruled, in order, those that overlap made one, those already masked left out."""
    ruled = [one for one in found if key(text[one.start : one.end]) not in rulings.released]
    ruled += (Found(start, end, IdentityKind.NAME) for start, end in spelled(text, rulings.hidden))
    merged: list[Found] = []
    for one in sorted(ruled):
        if not text[one.start : one.end].strip(MASK).strip():
            continue
        if merged and one.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Found(last.start, max(last.end, one.end), last.kind)
        else:
            merged.append(one)
    return tuple(one for one in merged if key(text[one.start : one.end]) not in rulings.released)


def _hidden(text: str, page: int, found: Iterable[Found], heading: int = 0) -> list[Hidden]:
    return [Hidden(Span(page, f.start, f.end), f.kind, text[f.start : f.end], heading) for f in found]


def _masked(text: str, found: Iterable[Found]) -> str:
    return masked(text, ((one.start, one.end) for one in found))
