"""A report of a study visit: the visit, what was found, and what is to follow."""

import re
from collections.abc import Iterator, Sequence

from ingest.records.findings import read_findings
from ingest.records.follow_ups import read_follow_ups
from ingest.records.parts import Placed, cells, contents, days_of, labelled
from ingest.records.places import find_office, find_regions
from ingest.records.quotes import Quote, Sheets
from ingest.records.roles import Role
from kb.records import ABSENT, Field, Finding, FollowUp, Visit

_AT = re.compile(r"(?:\bbertempat\s+di|,?\s*\bdi)\s+(?P<where>[A-Za-z].+?)\s*(?:\.$|$|\.\s)")
_ABOUT = (None, Role.WHEN, Role.BASIS, Role.PURPOSE, Role.DELEGATION)
"""Where the facts of the whole visit stand: not among the findings."""


def read_visit(sheets: Sheets, blocks: Sequence[Placed], title: Sequence[Quote], home: str) -> Visit:
    """The visit that a report tells of. home: the region of those who travelled, never their host."""
    when = contents(blocks, Role.WHEN, both=True)
    told = [
        quote
        for role in (Role.DATE, Role.TIME)
        for quote in [labelled(blocks, role, _ABOUT)]
        if quote is not None and days_of(sheets, [quote])
    ][:1]
    date = days_of(sheets, told)
    if told and date:
        date = sheets.field(told[0], date.value)
    date = date or days_of(sheets, [*when, *cells(blocks, Role.DATE, Role.WHEN)]) or days_of(sheets, title)
    place = labelled(blocks, Role.PLACE, _ABOUT)
    places = [place] if place else _places(sheets, when) or cells(blocks, Role.PLACE, Role.WHEN)
    return Visit(
        "",
        title=sheets.together(title),
        region=_region(sheets, [title, _known(labelled(blocks, Role.REGION, _ABOUT)), places, when], home),
        office=_office(sheets, blocks, when),
        date=date,
        place=sheets.together(places),
        delegation=_listed(sheets, blocks, Role.DELEGATION),
        purpose=_listed(sheets, blocks, Role.PURPOSE, both=True),
        basis=_listed(sheets, blocks, Role.BASIS),
        factors=_listed(sheets, blocks, Role.FACTOR),
        obstacles=_listed(sheets, blocks, Role.OBSTACLE),
        recommendations=_listed(sheets, blocks, Role.RECOMMENDATION),
    )


def read_visit_report(
    sheets: Sheets, blocks: Sequence[Placed], title: Sequence[Quote], home: str
) -> Iterator[Visit | Finding | FollowUp]:
    """The visit first, then its findings and follow-ups."""
    yield read_visit(sheets, blocks, title, home)
    yield from read_findings(sheets, blocks)
    yield from read_follow_ups(sheets, blocks)


def _known(quote: Quote | None) -> list[Quote]:
    return [quote] if quote else []


def _listed(sheets: Sheets, blocks: Sequence[Placed], role: Role, *, both: bool = False) -> Field:
    """What stands under the heading of a role, or behind its label."""
    return sheets.together(contents(blocks, role, both=both) or _known(labelled(blocks, role, _ABOUT)))


def _region(sheets: Sheets, sources: Sequence[Sequence[Quote]], home: str) -> Field:
    """The regions that the first of the sources names which names any but the visitors' own."""
    for quotes in sources:
        found = [
            (sheets.part(q, start, end), name)
            for q in quotes
            for start, end, name in find_regions(q.text)
            if name != home
        ]
        hosts = {name: quote for quote, name in reversed(found)}
        # "Kabupaten Siak Provinsi Riau" says where the host lies; a province is one only where it stands alone.
        smaller = {name: quote for name, quote in hosts.items() if not name.startswith("Provinsi ")}
        hosts = smaller or hosts
        if hosts:
            ordered = sorted(hosts.items(), key=lambda host: host[1].spans)
            return sheets.together([quote for _, quote in ordered], ",".join(name for name, _ in ordered))
    return ABSENT


def _office(sheets: Sheets, blocks: Sequence[Placed], when: Sequence[Quote]) -> Field:
    told = labelled(blocks, Role.OFFICE, _ABOUT)
    if told:
        return sheets.field(told)
    for quote in [*when, *cells(blocks, Role.OFFICE, Role.WHEN), *cells(blocks, Role.PLACE, Role.WHEN)]:
        found = find_office(quote.text)
        if found is not None:
            return sheets.field(sheets.part(quote, *found))
    return ABSENT


def _places(sheets: Sheets, when: Sequence[Quote]) -> list[Quote]:
    """Where a sentence says that the visit took place: what follows "di" after its days."""
    for quote in when:
        days = days_of(sheets, [quote])
        found = _AT.search(quote.text, quote.text.find(days.text.split("\n")[0].split(" ")[-1])) if days else None
        if found is not None:
            return [sheets.part(quote, *found.span("where"))]
    return []
