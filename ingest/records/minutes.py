"""The minutes of a meeting: the meeting, what it decided, and what is to follow."""

import re
from collections.abc import Iterator, Sequence

from ingest.records.blocks import Paragraph
from ingest.records.follow_ups import read_follow_ups
from ingest.records.parts import Placed, cells, contents, days_of, labelled
from ingest.records.quotes import Quote, Sheets
from ingest.records.roles import Role
from kb.records import ABSENT, Decision, Field, FollowUp, Meeting

_CHAIRED = re.compile(
    r"\bdipimpin(?: langsung)?(?: oleh)?\s+(?P<who>.+?)\s*"
    r"(?:,? (?:dan|serta)?\s*dihadiri|, (?:didampingi|bertempat)|\.|$)",
    re.I,
)
_ATTENDED = re.compile(r"\bdihadiri(?: oleh)?\s+(?P<who>.+?)\s*(?:\.$|\.\s|$)", re.I)
_ABOUT = (None, Role.WHEN, Role.DELEGATION, Role.AGENDA)


def read_meeting(sheets: Sheets, blocks: Sequence[Placed], title: Sequence[Quote]) -> Meeting:
    """The meeting that minutes tell of."""
    date = labelled(blocks, Role.DATE, _ABOUT)
    days = (
        days_of(sheets, [date])
        if date
        else days_of(sheets, contents(blocks, Role.WHEN, both=True)) or days_of(sheets, title)
    )
    return Meeting(
        "",
        title=sheets.together(title),
        date=sheets.field(date, days.value) if date else days,
        time=_of(sheets, labelled(blocks, Role.TIME, _ABOUT)),
        place=_of(sheets, labelled(blocks, Role.PLACE, _ABOUT)),
        chair=_of(sheets, labelled(blocks, Role.CHAIR, _ABOUT)) or _said(sheets, blocks, _CHAIRED),
        secretary=_of(sheets, labelled(blocks, Role.SECRETARY, _ABOUT)),
        attendees=_of(sheets, labelled(blocks, Role.DELEGATION, _ABOUT))
        or _said(sheets, blocks, _ATTENDED)
        or sheets.together(contents(blocks, Role.DELEGATION)),
        agenda=sheets.together(contents(blocks, Role.AGENDA)) or _of(sheets, labelled(blocks, Role.AGENDA, _ABOUT)),
    )


def read_decisions(sheets: Sheets, blocks: Sequence[Placed]) -> Iterator[Decision]:
    """Every decision of the minutes, in order; a cell shared by several rows once."""
    rows = [cell for role in {each.role for each in blocks} for cell in cells(blocks, Role.DECISION, role)]
    listed = [quote for role in (Role.DECISION, Role.RECOMMENDATION) for quote in contents(blocks, role)]
    for quote in [*sorted(rows, key=lambda cell: cell.spans), *listed]:
        yield Decision("", text=sheets.field(quote))


def read_minutes(
    sheets: Sheets, blocks: Sequence[Placed], title: Sequence[Quote]
) -> Iterator[Meeting | Decision | FollowUp]:
    """The meeting first, then its decisions and follow-ups."""
    yield read_meeting(sheets, blocks, title)
    yield from read_decisions(sheets, blocks)
    yield from read_follow_ups(sheets, blocks)


def _of(sheets: Sheets, quote: Quote | None) -> Field:
    return sheets.field(quote) if quote else ABSENT


def _said(sheets: Sheets, blocks: Sequence[Placed], pattern: re.Pattern[str]) -> Field:
    """Who a sentence before the discussion names."""
    for each in blocks:
        if each.role in _ABOUT and isinstance(each.block, Paragraph):
            found = pattern.search(each.block.quote.text)
            if found is not None:
                return sheets.field(sheets.part(each.block.quote, *found.span("who")))
    return ABSENT
