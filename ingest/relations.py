"""What a regulation says of the legal life of itself and of others, with the words that say so."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.flat import Flat
from ingest.in_force import promulgated, read_start
from ingest.references import read_references
from ingest.relations_amending import amendments
from ingest.relations_body import Body, own_parts
from ingest.relations_repealing import repeals
from kb.documents import REGULATIONS, Kind, Metadata
from kb.legal import Change, LegalReading, Relation, RelationKind, Work
from kb.mentions import Mention
from kb.pages import Page
from kb.sections import Section, SectionKind

_LIKE_REGULATIONS = REGULATIONS | {Kind.SK, Kind.SE}

_IMPLEMENTS = re.compile(
    r"\b(?:untuk|guna|dalam rangka|sebagai|dengan|bahwa)\s+(?:lebih\s+)?"
    r"(?:(?:m|rn)elaksanakan|pelaksanaan|menindaklanjuti|menjalankan|memenuhi|tindak lanjut(?: dari)?)"
    r"(?:\s+(?:lebih lanjut|[\w.]+))?\s+"
    r"(?=(?:ketentuan\s+|dalam\s+|dari\s+)*(?:Pasal|ayat|Undang|Peraturan|Keputusan|Perpres|UU|PP))",
    re.I,
)
_NOW_MAKES = re.compile(
    r"\b(?:telah\s+(?:di|mem|men)(?!ubah|rubah|tambah|ganti|cabut)\w+|perlu|dipandang|maka|Pemerintah|dengan)\b|;|$",
    re.I,
)
_MADE_BEFORE = re.compile(r"[\s,]*(?:telah|sudah)\s+(?:di|mem|men)(?!ubah|rubah|tambah|ganti|cabut)", re.I)
_RECALLED_UNTIL = re.compile(
    r"\b(?:Dengan\s+(?:P|p)ersetujuan|DENGAN\s+PERSETUJUAN|M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N|Memutuskan|Memperhatikan|MEMPERHATIKAN|Mendengar"
    r"|Menetapkan\s*:|Membaca|Dewan Perwakilan Rakyat Daerah)"
)
_DECIDED = re.compile(
    r"\bPasal 1 (?=Dalam|\()|\bBAB\s?[I1l]\b|\bDalam (?:Undang|Peraturan)[\w -]{1,40} ini\b,? yang dimaksud"
)
_ITEM = re.compile(r"(?:^|[;:]|\b(?:Mengingat|Menimbang))\s*(?:dan\s*)?(?:(?:\d{1,2}|[a-z]|L|I)\s?[.,])?\s*$")
_FRONT = 15_000
"""Characters within which a document without an outline has its considerations."""


def read_legal(sections: Sequence[Section], pages: Sequence[Page], metadata: Metadata) -> LegalReading:
    """The relations, references and coming into force that the document's text states."""
    if not sections:
        return LegalReading()
    flat = Flat(pages, sections[0].spans)
    body = Body(flat, sections, metadata)
    references = tuple(read_references(body))
    has_grounds = any(section.kind is SectionKind.RECALLING for section in sections)
    if metadata.kind not in _LIKE_REGULATIONS and not (metadata.kind is Kind.LAINNYA and has_grounds):
        return LegalReading(references=references)
    found = [
        *_by_title(body),
        *_recalled(body),
        *_implemented(body),
        *amendments(body),
        *repeals(body),
        *_told_of_others(body),
    ]
    when = promulgated(body)
    return LegalReading(tuple(_each_once(body, found)), references, read_start(body, when), when)


def _each_once(body: Body, found: Iterable[Relation]) -> Iterator[Relation]:
    """The relations, each with the first words that say it; none of the document to itself."""
    seen: set[tuple[str, str, str, str, str]] = set()
    for relation in found:
        if relation.target.key == body.own_key and relation.actor is None:
            continue
        if relation.actor is not None and relation.actor.key in (body.own_key, relation.target.key):
            continue
        if relation.key not in seen:
            seen.add(relation.key)
            yield relation


def _by_title(body: Body) -> Iterator[Relation]:
    """What its title says that it does: "Perubahan atas …", "Pelaksanaan …", "Pencabutan …"."""
    enacted: list[Mention] = []
    for mention in body.of_title:
        if mention.role is None:
            continue
        role = mention.role
        holder = body.title_mentions[mention.inside] if mention.inside is not None else None
        if holder is not None and holder not in (*enacted, body.title_mentions[0]):
            continue
        if role is RelationKind.ENACTS:
            enacted.append(mention)
        spans = body.title_spans(mention)
        yield Relation(role, body.completed(mention.work), source_address=body.title_address, spans=spans)


def _recalled(body: Body) -> Iterator[Relation]:
    """What it rests on: each regulation and provision that its Mengingat names."""
    text = body.flat.text
    for start, end, address in _recalling(body):
        stop = _RECALLED_UNTIL.search(text, start + 10, end)
        for mention in body.within(start, stop.start() if stop else end):
            begin, parts = body.provisions_before(mention, start)
            # Without an outline considerations and grounds stand mixed: a ground is an item that begins with its name
            if not mention.is_main or (not address and not _ITEM.search(text, max(start, begin - 40), begin)):
                continue
            spans = body.flat.spans(begin, mention.end)
            work = body.completed(mention.work)
            for provision in parts or ("",):
                yield Relation(RelationKind.RESTS_ON, work, None, provision, Change.WHOLE, address, spans)


def _recalling(body: Body) -> Iterator[tuple[int, int, str]]:
    """Where the grounds stand, and in which section; the whole front of a text whose outline was lost."""
    own = [s for s in own_parts(body.sections) if s.kind is SectionKind.RECALLING]
    for section in own:
        start, end = body.flat.extent(section)
        yield start, end, section.address
    if not any(mention.is_main for section in own for mention in body.within(*body.flat.extent(section))):
        yield 0, _front_end(body), ""


def _front_end(body: Body) -> int:
    """Where the front of a text ends whose outline does not tell its parts apart: at the first Pasal."""
    first = next((s for s in own_parts(body.sections) if s.kind is SectionKind.PASAL), None)
    if first is not None:
        return min(body.flat.extent(first)[0], _FRONT)
    decided = _DECIDED.search(body.flat.text, 0, _FRONT)
    return decided.start() if decided else 0


def _implemented(body: Body) -> Iterator[Relation]:
    """What it carries out, as its Menimbang says: "untuk melaksanakan ketentuan Pasal 5 Undang-Undang …"."""
    text = body.flat.text
    own = [s for s in own_parts(body.sections) if s.kind is SectionKind.CONSIDERING]
    extents = [(*body.flat.extent(section), section.address) for section in own]
    if not own:
        extents = [(0, _front_end(body), "")]
    for start, end, address in extents:
        for trigger in _IMPLEMENTS.finditer(text, start, end):
            stop = _clause_end(body, trigger.end(), end)
            if _MADE_BEFORE.match(text, stop):
                continue
            for mention in body.within(trigger.end(), stop):
                if not mention.is_main:
                    continue
                begin, parts = body.provisions_before(mention, trigger.end())
                spans = body.flat.spans(begin, mention.end)
                work = body.completed(mention.work)
                for provision in parts or ("",):
                    yield Relation(RelationKind.IMPLEMENTS, work, None, provision, Change.WHOLE, address, spans)


def _clause_end(body: Body, start: int, end: int) -> int:
    """Where what is carried out has been named: after the last title before the words that make something of it."""
    position = start
    for mention in body.within(start, end):
        stop = _NOW_MAKES.search(body.flat.text, position, mention.start)
        if stop and stop.group():
            return stop.start()
        position = max(mention.end, mention.title_end)
    return min(position, end)


def _may_precede(work: Work, other: Work) -> bool:
    """Whether a work is surely no younger than another, so that the other may act on it."""
    return other.year is not None and (work.year is None or work.year <= other.year)


def _told_of_others(body: Body) -> Iterator[Relation]:
    """What it says that other regulations did: "X sebagaimana telah diubah dengan Y", "Y tentang Perubahan atas X"."""
    for i, mention in enumerate(body.mentions):
        address = ""
        for kind, place in ((RelationKind.AMENDS, mention.amends), (RelationKind.REPEALS, mention.repeals)):
            if place is not None and mention.work.year is not None:
                target = body.mentions[place]
                spans = body.flat.spans(target.start, mention.end)
                yield Relation(
                    kind, body.completed(target.work), body.completed(mention.work), "", Change.WHOLE, address, spans
                )
        if mention.role in (RelationKind.AMENDS, RelationKind.REPEALS) and mention.inside is not None and i:
            holder = body.mentions[mention.inside]
            if holder.inside is None and holder.work.key != body.own_key and _may_precede(mention.work, holder.work):
                spans = body.flat.spans(holder.start, mention.end)
                actor, target_work = body.completed(holder.work), body.completed(mention.work)
                assert mention.role is not None
                yield Relation(mention.role, target_work, actor, "", Change.WHOLE, address, spans)
