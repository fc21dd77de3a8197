"""The references inside a text: "Pasal 5 ayat (1)", "ayat (2)" of the same Pasal, "Pasal 9 Undang-Undang Nomor …"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.relations_body import Body
from kb.legal import Reference, RelationKind, Work
from kb.mentions import Mention
from kb.provision_grammar import Part, provisions
from kb.sections import Section, SectionKind

_BETWEEN = re.compile(r"\s*(?:(?:dari|dalam|pada|ketentuan)\s+)?", re.I)
_ITSELF = re.compile(
    r"\s*(?:dari|dalam|pada)?\s*(?:pasal|ayat|Undang\s?-\s?undang|Peraturan(?:\s\w+){1,3}|Keputusan(?:\s\w+){1,2})\s+ini\b",
    re.I,
)
_ANOTHER = re.compile(
    r"\s*(?:dari|dalam|pada)?\s*(?:Undang\s?-\s?undang|Peraturan|Keputusan|Kitab|Konvensi|Protokol|Statuta|Ordonansi|Staatsblad|Perjanjian|KUH)",
    re.I,
)


def read_references(body: Body) -> Iterator[Reference]:
    """Every reference whose target can be told, in reading order; headings of provisions are none.

    One to the document itself is kept only if the provision is there.
    """
    text = body.flat.text
    extents = [body.flat.extent(section) for section in body.sections]
    heads = {
        start
        for (start, end), section in zip(extents, body.sections, strict=True)
        if end and section.kind is not SectionKind.ROOT
    }
    places = _Places(body.sections, extents)
    known = {section.address for section in body.sections}
    targets = dict(_amended(body))
    taken: set[int] = set()
    by_start = sorted(body.mentions, key=lambda mention: mention.start)
    for run in provisions(text):
        if run.start in heads:
            continue
        holder = places.at(run.start)
        mention = _owner(text, run.end, by_start)
        if mention is not None:
            taken.add(mention.start)
            work: Work | None = body.completed(mention.work)
        elif _ITSELF.match(text, run.end) or not _ANOTHER.match(text, run.end):
            work = None
        else:
            continue
        for part in run.parts:
            found = _resolve(body.sections, holder, part, work, known, targets)
            if found is not None:
                spans = body.flat.spans(part.start, part.end)
                yield Reference(spans[0], body.sections[holder].address, *found)
    for mention in by_start:
        if mention.inside is None and mention.start not in taken and body.completed(mention.work).key != body.own_key:
            spans = body.flat.spans(mention.start, mention.end)
            yield Reference(spans[0], body.sections[places.at(mention.start)].address, body.completed(mention.work), "")


def _owner(text: str, end: int, mentions: Sequence[Mention]) -> Mention | None:
    """The work named right after the provisions that end at `end`."""
    i = bisect_right(mentions, end - 1, key=lambda mention: mention.start)
    if i < len(mentions) and _BETWEEN.fullmatch(text, end, mentions[i].start):
        return mentions[i]
    return None


def _resolve(
    sections: Sequence[Section],
    holder: int,
    part: Part,
    work: Work | None,
    known: set[str],
    targets: dict[str, Work],
) -> tuple[Work | None, str] | None:
    """The work, None for the document itself, and the address there; None where the reference cannot be told."""
    if work is not None:
        address = part.address()
        return (work, address) if address else None
    chain = _chain(sections, holder)
    pasal = next((sections[i] for i in reversed(chain) if sections[i].kind is SectionKind.PASAL), None)
    ayat = next((sections[i] for i in reversed(chain) if sections[i].kind is SectionKind.AYAT), None)
    point = next((sections[i] for i in chain if sections[i].kind is SectionKind.AMENDMENT), None)
    own_pasal = _number(pasal, "pasal-")
    address = part.address(own_pasal, _number(ayat, "ayat-"))
    if not address:
        return None
    if pasal is not None and part.pasal is None:
        # In the same Pasal, wherever that stands: an amended text has its own address
        inner = pasal.address + address.removeprefix(f"pasal-{own_pasal}")
        if not pasal.label.startswith("Penjelasan"):
            return (None, inner) if inner in known else None
    if point is not None:
        host = point.address.rpartition("/angka-")[0]
        inside = next((a for a in known if a.startswith(f"{host}/angka-") and a.endswith(f"/{address}")), None)
        if inside is not None:
            return None, inside
        target = targets.get(point.address)
        return (target, address) if target is not None else None
    prefix = _prefix(sections, chain)
    for candidate in (prefix + address, address):
        if candidate in known:
            return None, candidate
    return None


def _amended(body: Body) -> Iterator[tuple[str, Work]]:
    """The work that each amending point changes."""
    of_title = next((m.work for m in body.of_title if m.role is RelationKind.AMENDS), None)
    for i, section in enumerate(body.sections):
        if section.kind is not SectionKind.AMENDMENT:
            continue
        chain = _chain(body.sections, i)
        host = next((body.sections[j] for j in reversed(chain) if body.sections[j].kind is SectionKind.PASAL), None)
        work = of_title
        if host is not None:
            start, _ = body.flat.extent(host)
            named = next((m for m in body.within(start, start + 1_500) if m.is_main), None)
            work = named.work if named is not None else of_title
        if work is not None:
            yield section.address, body.completed(work)


def _chain(sections: Sequence[Section], place: int) -> list[int]:
    path = [place]
    while (parent := sections[path[-1]].parent) is not None:
        path.append(parent)
    return path[::-1]


def _number(section: Section | None, prefix: str) -> str:
    """The number in the last part of a section's address, without the mark of a repeated one."""
    if section is None:
        return ""
    last = section.address.rpartition("/")[2].partition("~")[0]
    return last.removeprefix(prefix) if last.startswith(prefix) else ""


def _prefix(sections: Sequence[Section], chain: Sequence[int]) -> str:
    """What the addresses of a Lampiran's own provisions begin with; "" in the regulation itself and its Penjelasan."""
    attachment = next((sections[i] for i in chain if sections[i].kind is SectionKind.ATTACHMENT), None)
    return f"{attachment.address}/" if attachment is not None else ""


class _Places:
    """The deepest section at a position."""

    def __init__(self, sections: Sequence[Section], extents: Sequence[tuple[int, int]]) -> None:
        # Parents come before children and begin no later: the last that begins before a position is the deepest
        # unless it has ended, and then one of its ancestors holds it.
        self._sections, self._extents = sections, extents
        self._order = [i for i, (start, end) in enumerate(extents) if end > start]
        self._starts = [extents[i][0] for i in self._order]

    def at(self, position: int) -> int:
        place = bisect_right(self._starts, position) - 1
        if place < 0:
            return 0
        at: int | None = self._order[place]
        while at is not None and self._extents[at][1] <= position:
            at = self._sections[at].parent
        return at or 0
