"""The findings of a visit: subheadings with their text, items, labelled facts, and rows of tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.records.blocks import Heading, Item, Labelled, Paragraph, Table
from ingest.records.closing import is_closing
from ingest.records.parts import Placed, contents
from ingest.records.places import find_regions
from ingest.records.quotes import NOTHING, Quote, Sheets
from ingest.records.roles import Role
from ingest.records.signs import cost, evidence, is_empty, outcome, regulations, sentences, themes
from kb.records import ABSENT, Finding

_FACTS: Mapping[Role, str] = {
    Role.PRACTICE: "practice",
    Role.REGION: "region",
    Role.OFFICE: "office",
    Role.HOW: "how",
    Role.FACTOR: "factor",
    Role.RESULT: "result",
    Role.EVIDENCE: "evidence",
    Role.CONDITIONS: "conditions",
    Role.COST: "cost",
    Role.LEGAL: "legal_basis",
}


@dataclass(slots=True)
class _Draft:
    """A finding in the making. is_item: named by an item of a list and not by a heading."""

    facts: dict[str, list[Quote]] = field(default_factory=dict)
    body: list[Quote] = field(default_factory=list)
    is_item: bool = False

    def add(self, name: str, quote: Quote) -> None:
        self.facts.setdefault(name, []).append(quote)


def read_findings(sheets: Sheets, blocks: Sequence[Placed]) -> Iterator[Finding]:
    """Every finding of a report, in order."""
    under = [each for each in blocks if each.role is Role.FINDINGS]
    drafts = _drafts(under) or [_of_paragraph(sheets, quote) for quote in contents(under, Role.FINDINGS)]
    for draft in drafts:
        if draft.facts.get("practice"):
            yield _finding(sheets, draft)


def _of_paragraph(sheets: Sheets, quote: Quote) -> _Draft:
    """A report without headings or lists: a paragraph is a finding, its first sentence names it."""
    first = next(sentences(sheets, quote), NOTHING)
    return _Draft({"practice": [first]}, [quote])


def _drafts(under: Sequence[Placed]) -> list[_Draft]:
    drafts: list[_Draft] = []
    current: _Draft | None = None
    region: Quote | None = None
    waiting: str | None = None

    def begin(practice: Quote | None, *, is_item: bool = False) -> _Draft:
        draft = _Draft(is_item=is_item)
        if practice is not None:
            draft.add("practice", practice)
        if region is not None:
            draft.add("region", region)
        drafts.append(draft)
        return draft

    for i, each in enumerate(under):
        block = each.block
        following = under[i + 1].block if i + 1 < len(under) else None
        match block:
            case Heading(quote, None, _, _):
                waiting = None
                if _is_region(quote.text):
                    region, current = quote, None
                else:
                    current = begin(quote)
            case Heading(_, role, _, _):
                waiting = _FACTS.get(role) if role is not None else None
                current = current if waiting else None
            case Labelled(Role.PRACTICE, quote, _):
                waiting = None
                is_bare = current is not None and not current.body and set(current.facts) <= {"practice", "region"}
                if current is not None and is_bare and not current.is_item:
                    drafts.remove(current)
                current = begin(quote)
            case Labelled(Role.REGION, quote, _):
                region = quote
                if current is not None:
                    current.facts["region"] = [quote]
            case Labelled(role, quote, whole):
                waiting = None
                if current is not None:
                    if role in _FACTS:
                        current.add(_FACTS[role], quote)
                    else:
                        current.body.append(whole)
            case Item(quote, whole):
                if waiting is not None and current is not None:
                    current.add(waiting, quote)
                elif current is None or current.is_item:
                    is_title = not quote.text.endswith((".", ";")) and isinstance(following, Paragraph | Labelled)
                    if current is None or is_title or not current.body:
                        current = begin(quote, is_item=True)
                    else:
                        current.body.append(whole)
                else:
                    current.body.append(whole)
            case Paragraph(quote):
                if waiting is not None and current is not None:
                    current.add(waiting, quote)
                elif current is not None and not is_closing(quote.text):
                    current.body.append(quote)
            case Table(roles, rows) if Role.PRACTICE in roles:
                waiting = current = None
                drafts += [_of_row(roles, row, region) for row in rows]
    return drafts


def _is_region(text: str) -> bool:
    found = list(find_regions(text))
    return bool(found) and found[0][0] == 0 and found[-1][1] >= len(text) - 1


def _of_row(roles: Sequence[Role | None], row: Sequence[Quote], region: Quote | None) -> _Draft:
    draft = _Draft()
    for role, cell in zip(roles, row, strict=True):
        if role is not None and role in _FACTS and not is_empty(cell.text):
            draft.add(_FACTS[role], cell)
    if region is not None and "region" not in draft.facts:
        draft.add("region", region)
    return draft


def _finding(sheets: Sheets, draft: _Draft) -> Finding:
    """The finding with what its text gives away beside what it says in so many words."""
    facts = draft.facts
    told = [*facts.get("how", []), *draft.body]
    result = facts.get("result", [None])[0] or outcome(sheets, draft.body)
    price = facts.get("cost", [None])[0] or cost(sheets, told)
    everything = [
        *facts["practice"],
        *told,
        *facts.get("factor", []),
        *facts.get("legal_basis", []),
        *facts.get("conditions", []),
    ]
    mentioned = [named for quote in everything for named in regulations(sheets, quote)]
    legal = mentioned or facts.get("legal_basis", [])
    regions = [name for quote in facts.get("region", []) for _, _, name in find_regions(quote.text)]
    return Finding(
        "",
        0,
        practice=sheets.together(facts["practice"]),
        region=sheets.together(facts.get("region", []), ",".join(regions)),
        office=sheets.together(facts.get("office", [])),
        how=sheets.together(told),
        factor=sheets.together(facts.get("factor", [])),
        result=sheets.field(result) if result else ABSENT,
        evidence=evidence(sheets, result, told or facts["practice"]),
        conditions=sheets.together(facts.get("conditions", [])),
        cost=sheets.field(price) if price else ABSENT,
        legal_basis=sheets.together(legal),
        theme=themes(sheets, [*facts["practice"], *told, *([result] if result else [])]),
    )
