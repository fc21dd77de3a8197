"""What an amending regulation changes: which work, and which of its provisions how."""

import re
from collections.abc import Iterator, Sequence

from ingest.relations_body import Body, own_parts
from kb.legal import Change, Relation, RelationKind, Work
from kb.mentions import Mention
from kb.pages import Span
from kb.provision_grammar import Part, provisions
from kb.sections import Section, SectionKind

_CHANGED = r"(?:diubah|dirubah|diadakan\s+perubahan|ditambah|disempurnakan|diganti)"
_LEAD = re.compile(
    rf"\b{_CHANGED}\b[^.;]{{0,80}}?(?:sebagai\s*berikut|sehingga|menjadi|berbunyi)|\bMengubah\b|\bMerubah\b", re.I
)
_POINT = re.compile(
    r"(?:(?<=\s)|^)(?:\d{1,3}|[a-z]|[IVX]{1,4})\s?\.\s?(?=(?:Ketentuan(?=Pasal)|(?:Ketentuan|Di\s?antara|Pasal|Judul|Setelah|Sesudah|Pada|Dalam|Mengubah|Menghapus|Ayat"
    r"|Menambah|Menyisipkan|Huruf|Bab|BAB|Antara|Penjelasan|Semua|Kata|Frasa|Lampiran)\b)[^.:]{0,400}?\b(?:diubah|dirubah|dihapus|dihapuskan|disisipkan"
    r"|ditambah|ditambahkan|diganti|berbunyi|dibaca)\b)"
)
_VERB = re.compile(
    r"\b(?P<deleted>dihapus(?:kan)?|ditiadakan|dicabut)\b|\b(?P<inserted>disisipkan|ditambah(?:kan)?|menambah(?:kan)?|menyisipkan)\b"
    r"|\b(?P<altered>diubah|dirubah|diganti|disempurnakan|dibaca|mengubah|merubah)\b"
)
_HEAD_END = re.compile(r"\bberbunyi\b|\bsebagai\s*berikut\b|:|(?<=[a-z)]{3})\.(?=\s|$)|(?<=\d)\.(?=\s[A-Z“\"]|$)")
_SO_THAT = re.compile(r"\bsehingga\b|\bmenjadi\b", re.I)
_NAMELY = re.compile(r"\b(?:yakni|yaitu|berupa)\b|\bbaru\b", re.I)
_EXPLANATION = re.compile(r"\bpenjelasan(?:nya)?\s*$", re.I)
_NUMBER = re.compile(r"\s*(?:\d{1,3}|[a-z]|[IVX]{1,4})\s?\.\s?")
_UNIT = re.compile(r"\s*(?:Pasal|ayat|huruf|angka)\b")
_FROM_BELOW = re.compile(r"\S+\s+Ketentuan\s+(?:ayat|huruf|angka)")
_COMMA = re.compile(
    r"(?<=[\w)]),(?=\s+Pasal\s)(?=(?:(?!\b(?:dan|diubah|dihapus)\b).)*\b(?:diubah|dihapus|ditambah|disisipkan))"
)
_HOW_MANY = re.compile(r"(\d{1,2})\s*\([^)]*\)\s*(?:pasal|ayat|huruf|angka|butir)", re.I)
_HEADING = re.compile(r"Pasal\s+(?:[IVX]+|\d+)[A-Z]?\.?\s+")
_NEXT_GAP = re.compile(r"(?:,|;|\bdan\b|\bserta\b)\s*(?:di\s?antara|setelah|sesudah|sebelum|ketentuan)\b", re.I)
_HEAD_CHARACTERS = 900
_MAX_LEAD = 2_500


def amendments(body: Body) -> Iterator[Relation]:
    """The work that each amending Pasal changes, and what becomes of each provision that its points speak of."""
    title_target = next((m for m in body.of_title if m.role is RelationKind.AMENDS), None)
    is_enacting = any(m.role is RelationKind.ENACTS for m in body.of_title)
    sections = body.sections if is_enacting else tuple(own_parts(body.sections))
    points = [section for section in sections if section.kind is SectionKind.AMENDMENT and not _is_explained(section)]
    for section in sections:
        if section.kind is not SectionKind.PASAL or _is_explained(section) or "/angka-" in section.address:
            continue
        own_points = [point for point in points if point.address.startswith(f"{section.address}/")]
        yield from _of_pasal(body, section, own_points, title_target)


def _is_explained(section: Section) -> bool:
    return (
        section.label.startswith("Penjelasan")
        or section.address.startswith("penjelasan")
        or "/penjelasan" in section.address
    )


def _of_pasal(body: Body, section: Section, points: Sequence[Section], of_title: Mention | None) -> Iterator[Relation]:
    """The changes of one Pasal, where it is one that amends."""
    start, end = body.flat.extent(section)
    first = body.flat.extent(points[0])[0] if points else end
    lead_end = min(first, start + _MAX_LEAD, end)
    lead = _LEAD.search(body.flat.text, start, lead_end)
    if not points and lead is None:
        return
    lead_stop = lead.end() if lead else lead_end
    named = next((m for m in body.within(start, lead_stop) if m.is_main), None)
    if named is None and of_title is None:
        return
    if named is None and not points and not section.address.endswith(("pasal-i", "pasal-1")):
        return
    if named is not None and of_title is None and not points and not _is_amending_lead(body, named, start, lead_stop):
        return
    by = named or of_title
    assert by is not None
    target = body.completed(by.work)
    if named is not None:
        yield Relation(
            RelationKind.AMENDS, target, source_address=section.address, spans=body.flat.spans(named.start, named.end)
        )
    loose = _loose_points(body, lead_stop if named is not None or points else start, first if points else end)
    if not loose and not points:
        heading = _HEADING.match(body.flat.text, start, end)
        yield from _changes(
            body, target, heading.end() if heading else start, min(end, start + _MAX_LEAD), section.address
        )
    for at, stop in loose:
        yield from _changes(body, target, at, stop, section.address)
    for point in points:
        yield from _changes(body, target, *body.flat.extent(point), point.address)


def _is_amending_lead(body: Body, named: Mention, start: int, stop: int) -> bool:
    """Whether a Pasal of a regulation that is not called an amendment changes the work it names."""
    heading = _HEADING.match(body.flat.text, start)
    before = body.flat.text[heading.end() if heading else start : named.start]
    after = body.flat.text[max(named.end, named.title_end) : stop]
    return bool(
        re.search(r"\b(?:Beberapa\s+)?[Kk]etentuan\b|\b[Pp]asal\b|\bMengubah\b", before)
        and re.search(r"(?<!telah )(?<!kali )\b(?:diubah|dirubah)\b(?!\s+(?:dengan|terakhir))", after)
        and not re.search(r"\b(?:dapat|harus|dibaca|dimaksud)\b", after)
    )


def _loose_points(body: Body, start: int, end: int) -> list[tuple[int, int]]:
    """The points that the outline has not told apart."""
    found = [match.start() for match in _POINT.finditer(body.flat.text, start, end)]
    return list(zip(found, [*found[1:], end], strict=True)) if found else []


def _changes(body: Body, target: Work, start: int, end: int, address: str) -> Iterator[Relation]:
    """What one point does, by its first sentence: "Ketentuan ayat (1) Pasal 32 diubah dan ayat (2) dihapus, …"."""
    head = _first_sentence(body.flat.text[start : min(end, start + _HEAD_CHARACTERS)])
    so_that = _SO_THAT.search(head)
    said = head[: so_that.start()] if so_that else head
    host = _host(head)
    number = _NUMBER.match(said)
    position = number.end() if number else 0
    spans = body.flat.spans(start + position, start + len(said.rstrip()))
    around: tuple[Part, ...] = ()
    verbs = list(_VERB.finditer(said))
    for i, verb in enumerate(verbs):
        clause_end = verbs[i + 1].start() if i + 1 < len(verbs) else len(said)
        change = next(c for c, name in _BY_NAME if verb[name])
        here = _parts(said, position, verb.start())
        around = here or around
        position = verb.end()
        if change is Change.INSERTED:
            new, stop = _new_parts(said, verb.end(), clause_end)
            for part in new:
                yield _relation(target, _inserted(part, around, host), change, address, spans)
            # What follows "yakni ayat (4)" belongs to the insertion, not to the next verb
            position = stop if new else position
            continue
        if not here and verb["altered"] in ("mengubah", "merubah"):
            here = _parts(said, verb.end(), clause_end)
        for part in here:
            provision = part.address(host)
            if provision:
                yield _relation(target, provision, change, address, spans)


def _first_sentence(text: str) -> str:
    """What a point says before it gives the new text."""
    stop = _HEAD_END.search(text, 6)
    head = text[: stop.start()] if stop else text
    # A comma before the Pasal of an ayat, "ayat (1) huruf f, Pasal 23 diubah", is no list
    return _COMMA.sub(" ", head) if _FROM_BELOW.match(head) else head


def _new_parts(said: str, start: int, end: int) -> tuple[tuple[Part, ...], int]:
    """The provisions that the words after "disisipkan" name, and where they end."""
    namely = _NAMELY.search(said, start, end)
    low = namely.end() if namely else start
    gap = _NEXT_GAP.search(said, low, end)
    stop = gap.start() if gap else end
    if namely is None and not _UNIT.match(said, start, end):
        return (), stop
    new = _parts(said, low, stop)
    many = _HOW_MANY.search(said, start, low)
    n = int(many[1]) if many else len(new)
    if len(new) > n:
        # "ditambah 1 (satu) huruf, yakni huruf d dan ayat (2) diubah": what is too many belongs to the next verb
        return new[:n], new[n].start
    return new, stop


_BY_NAME = ((Change.DELETED, "deleted"), (Change.INSERTED, "inserted"), (Change.ALTERED, "altered"))


def _relation(target: Work, provision: str, change: Change, address: str, spans: tuple[Span, ...]) -> Relation:
    return Relation(RelationKind.AMENDS, target, None, provision, change, address, spans)


def _parts(head: str, start: int, end: int) -> tuple[Part, ...]:
    """The provisions between two places of a point's first sentence, explanations and the ends of a gap left out."""
    found: list[Part] = []
    for run in provisions(head, start, end):
        before = head[start : run.start]
        if _EXPLANATION.search(before):
            continue
        found += run.parts
    return tuple(found)


def _host(head: str) -> str:
    """The one Pasal that a point speaks of; "" where it speaks of several."""
    named = dict.fromkeys(part.pasal for run in provisions(head) for part in run.parts if part.pasal)
    return next(iter(named)) if len(named) == 1 else ""


def _inserted(part: Part, around: Sequence[Part], host: str) -> str:
    """The address of something inserted; what its name leaves open is taken from the provisions it goes between."""
    if part.pasal:
        return part.address()
    pasal = next((one.pasal for one in reversed(around) if one.pasal), host)
    ayat = next((one.ayat for one in reversed(around) if one.ayat), "")
    return part.address(pasal, ayat or "")
