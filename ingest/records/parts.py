"""The blocks of a report under the heading that gives them their role, and what is shared by all who read them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.records.blocks import Block, Heading, Item, Labelled, Paragraph, Table
from ingest.records.closing import is_closing
from ingest.records.days import days_value, find_days
from ingest.records.quotes import Quote, Sheets
from ingest.records.roles import Role
from ingest.records.signs import is_empty
from kb.pages import Span
from kb.records import ABSENT, Field, Record

_TITLE = re.compile(
    r"(?:rancangan |draf )?(?:laporan|notulen\w*|notula|risalah|resume|berita acara|catatan|hasil)\b(?! ini\b)", re.I
)
_MAX_TITLE_LINES = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the role of the innermost heading above it that has one; None before the first."""

    role: Role | None
    block: Block


def placed(blocks: Iterable[Block]) -> Iterator[Placed]:
    """Every block with its role; a heading is placed under itself."""
    above: list[tuple[int, Role | None]] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [each for each in above if each[0] < block.level]
            above.append((block.level, block.role))
        yield Placed(next((role for _, role in reversed(above) if role is not None), None), block)


def title_of(blocks: Sequence[Block]) -> list[Quote]:
    """The lines of the document's own title."""
    texts = [block.quote for block in blocks[:60] if isinstance(block, Paragraph | Heading)]
    first = next((i for i, quote in enumerate(texts) if _TITLE.match(quote.text)), None)
    if first is None:
        return []
    last = first + 1
    while (
        last < len(texts)
        and last - first < _MAX_TITLE_LINES
        and texts[first].text.isupper()
        and texts[last].text.isupper()
    ):
        last += 1
    return texts[first:last]


def contents(blocks: Iterable[Placed], role: Role, *, both: bool = False) -> list[Quote]:
    """The items under headings of a role, or its paragraphs where there are none; with `both`, all of them.

    Words that only lead into a list, and the closing words of the document, are left out.
    """
    items: list[Quote] = []
    everything: list[Quote] = []
    for each in blocks:
        if each.role is not role:
            continue
        if isinstance(each.block, Paragraph) and is_closing(each.block.quote.text):
            if items or everything:
                break
            continue
        if isinstance(each.block, Item):
            items.append(each.block.quote)
            everything.append(each.block.quote)
        elif isinstance(each.block, Paragraph) and not each.block.quote.text.endswith(":"):
            everything.append(each.block.quote)
    return everything if both or not items else items


def labelled(blocks: Iterable[Placed], role: Role, inside: Iterable[Role | None] | None = None) -> Quote | None:
    """The first fact behind a label of this role; inside: only under headings of these roles."""
    wanted = None if inside is None else set(inside)
    return next(
        (
            each.block.quote
            for each in blocks
            if isinstance(each.block, Labelled) and each.block.role is role and (wanted is None or each.role in wanted)
        ),
        None,
    )


def cells(blocks: Iterable[Placed], role: Role, under: Role | None) -> list[Quote]:
    """The cells of a column in the tables under headings of the role `under`."""
    found = []
    for each in blocks:
        if isinstance(each.block, Table) and each.role is under and role in each.block.roles:
            place = each.block.roles.index(role)
            found += [row[place] for row in each.block.rows if not is_empty(row[place].text)]
    return found


def days_of(sheets: Sheets, quotes: Sequence[Quote]) -> Field:
    """The days that quotes name, each as it stands."""
    found = [(quote, days) for quote in quotes for days in find_days(quote.text)]
    if not found:
        return ABSENT
    parts = [sheets.part(quote, days.start, days.end) for quote, days in found]
    return sheets.together(parts, days_value("; ".join(part.text for part in parts)))


def extent(record: Record) -> tuple[Span, ...]:
    """Everywhere that the facts of a record stand, in reading order; what lies within another is not told twice."""
    kept: list[Span] = []
    for span in sorted({span for one in record.fields().values() for span in one.spans}):
        last = kept[-1] if kept else None
        if last is not None and last.page == span.page and span.start < last.end:
            kept[-1] = Span(last.page, last.start, max(last.end, span.end))
        else:
            kept.append(span)
    return tuple(kept)
