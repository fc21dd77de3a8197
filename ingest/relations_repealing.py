"""What a regulation takes out of force: "… dicabut dan dinyatakan tidak berlaku"."""

import re
from collections.abc import Iterator

from ingest.relations_body import Body, own_parts
from kb.legal import SOME, Change, Relation, RelationKind
from kb.mentions import Mention
from kb.sections import SectionKind

_NOT_IN_FORCE = r"tidak\s+(?:lagi\s+)?(?:mempunyai\s+kekuatan\s+)?berlaku(?:\s+lagi)?"
_REPEALED = re.compile(
    rf"\bdicabut(?:\s+kembali)?(?:\s*,)?\s*(?:dan(?:/atau)?|serta)?\s*(?:dengan\s+ini\s+)?(?:di\s?nyatakan|menyatakan)\s+{_NOT_IN_FORCE}"
    rf"|\b(?:di\s?nyatakan\s+(?:dicabut|dihapus|{_NOT_IN_FORCE})(?:\s+dan\s+(?:di\s?nyatakan\s+)?(?:dicabut|{_NOT_IN_FORCE}))?)"
    r"|\btidak\s+berlaku\s+lagi|\bdicabut(?=\s*(?:[.;:]|dan\s+diganti|$))",
    re.I,
)
_OTHER_VERB = re.compile(
    r"\b(?:masih\s+)?(?:tetap\s+berlaku|dinyatakan\s+(?:masih|tetap)\s\w+|(?:harus|wajib)\s+(?:disesuaikan|ditetapkan|sudah))[^.;]*",
    re.I,
)
_LEAD = re.compile(
    r"(?:pada\s+saat|sejak|dengan|setelah|pada\s+waktu|terhitung)\s+(?:tanggal\s+)?(?:mulai\s+)?(?:berlakunya|berlaku|ditetapkannya|diundangkannya"
    r"|dikeluarkannya|diberlakukannya|terbentuknya)?[^,;:]{0,90}?\bini\b(?:\s*\([^)]*\))?(?:\s+(?:mulai\s+)?(?:berlaku|diundangkan|ditetapkan))?\s*[,:]?\s*"
    r"(?:maka\s*)?:?",
    re.I,
)
_BY_WAY_OF = re.compile(
    r"pelaksana|berdasarkan|sebagaimana\s+(?:dimaksud|diatur|ditetapkan)|dimaksud\s+dalam|diatur\s+(?:dalam|dengan|oleh)|\b(?:per)?izin\w*|sesuai"
    r"|bertentangan|menurut|selain|kecuali|dibentuk|didirikan|ditetapkan\s+(?:dalam|dengan|berdasarkan)|atas\s+kuasa|yang\s+dikeluarkan|tersebut\s+dalam"
    r"|yang\s+terdapat\s+dalam\s+peraturan|dapat\b|jo\.?\s*$|juncto\s*$|jis\s*$",
    re.I,
)
_PARTLY = re.compile(
    r"\b(?:sepanjang|sejauh|khusus(?:nya)?|yang\s+bertentangan|hanya|mengenai\s+hal|yang\s+mengatur|yang\s+menyangkut|kecuali)\b",
    re.I,
)
_LIMITED_TO = re.compile(r"\s*(?:lagi\s+)?(?:bagi|terhadap|untuk|atas)\b", re.I)
_A_PART = re.compile(
    r"\b(?:Buku|Bab|BAB|Bagian|Paragraf|Lampiran|Bijlage|Titel|Angka|Penjelasan|ketentuan\s+mengenai|kata|frasa)\s+(?:[\w,-]+\s+){0,14}$"
)
_ACTIVE = re.compile(
    r"\b(?:mencabut|menarik\s+kembali)\b(?:\s+dan\s+menyatakan\s+tidak\s+berlaku(?:\s+lagi)?)?\s*:?\s*", re.I
)
_AND_ALL = re.compile(r"\b(?:serta|dan|beserta)\s+(?:segala|semua|seluruh)\b", re.I)
_HEADING = re.compile(r"Pasal\s+(?:[IVX]+|\d+)\s?[A-Z]?\s?[.:]?\s+")
_ACTIVE_END = re.compile(r"(?<=[a-z)]{3})\.\s(?=[A-Z(])|\bMenetapkan\b|\bPasal\s+\d+\s+[A-Z(]")
_POINT = re.compile(
    r"(?:(?<=[.”\"] )|(?<=[.”\"]))\d{1,2}\s?\.\s"
    r"(?=(?:Dengan|Pada\s+saat|Sejak)\s[^.;:]{0,40}berlaku\w*\s[^.;:]{0,60}\bini\b)"
)
"""A point of an amending Pasal that speaks for itself: "2. Dengan berlakunya Peraturan Pemerintah ini, maka …"."""
_POINT_END = re.compile(r"\bberlaku(?:\s+lagi)?\s?\.")
_STOP = re.compile(
    r"(?<=[a-z)]{2})(?<!\b[a-z][a-z])(?<!\bbis)(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})\.\s(?=[A-Z(])"
)
_AYAT = re.compile(r"(?<=[.:;] )\(\d{1,2}\)\s(?=[A-Z])")
_TIME = re.compile(
    r"^\W*(?:\(\d{1,2}\)\s*)?(?:terhitung|sejak|dengan|pada\s+(?:saat|tanggal)|setelah|mulai)\b.*,\s*(?:maka\s*)?$",
    re.I,
)
"""When it happens, up to the comma before what it happens to."""
_CONTENT = re.compile(
    r"\b(?:ketentuan|lampiran|jenis\s+penerimaan|pengaturan)\b[^;]{0,200}?"
    r"(?:\b(?:sebagaimana\s+(?:\w+\s+)?(?:dimaksud|diatur|tercantum|ditetapkan)|(?:yang\s+)?(?:diatur|tertuang|termuat))\s+)?"
    r"\b(?:dalam|dengan|pada)\b(?=\s*$)",
    re.I,
)
"""What a work contains, and not the work: "ketentuan mengenai gaji sebagaimana diatur dalam Peraturan …"."""
_MARGIN = re.compile(r"\s*(?:(?:\d{1,2}|[a-z]|[IVX]+)\s?[.)]|[-–•])\s*$")
_NEVER = re.compile(r"\b(?:dapat|akan|untuk|diubah,?|diganti|diubah\s+atau|atau)\s*$", re.I)


def repeals(body: Body) -> Iterator[Relation]:
    """The works and provisions that the regulation repeals, whole or in part."""
    for start, end, address in _units(body):
        for low, high, verb in _clauses(body, start, end):
            if _LIMITED_TO.match(body.flat.text, verb):
                continue
            for mention in body.within(low, high):
                yield from _repealed(body, mention, low, high, address)
        yield from _actively(body, start, end, address)


def _units(body: Body) -> Iterator[tuple[int, int, str]]:
    """The Pasal of the regulation itself, and what it decides before the first; of a text without Pasal, all of it."""
    sections = list(own_parts(body.sections))
    inner = {id(section) for section in sections if "/angka-" in section.address and section.kind is SectionKind.PASAL}
    has_pasal = any(section.kind is SectionKind.PASAL for section in sections)
    for section in sections:
        if section.kind in (SectionKind.PASAL, SectionKind.DECIDING) and id(section) not in inner:
            start, end = body.flat.extent(section)
            amended = [
                s for s in sections if s.kind is SectionKind.AMENDMENT and s.address.startswith(f"{section.address}/")
            ]
            heading = _HEADING.match(body.flat.text, start, end)
            start = heading.end() if heading else start
            if section.kind is SectionKind.DECIDING:
                end = min(end, start + 1_500)
            if amended:
                whole, end = end, body.flat.extent(amended[0])[0] or end
                for point in _POINT.finditer(body.flat.text, end, whole):
                    stop = _POINT_END.search(body.flat.text, point.end(), whole)
                    yield point.end(), stop.end() if stop else whole, section.address
            yield start, end, section.address
    if not has_pasal:
        explained = re.search(r"\bPENJELASAN\b", body.flat.text)
        decided = re.search(r"M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N|\bMemutuskan\b|\bMenetapkan\s*:", body.flat.text)
        if decided:
            yield (
                decided.end(),
                explained.start() if explained and explained.start() > decided.end() else len(body.flat.text),
                "",
            )


def _clauses(body: Body, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(start, end) of what each verb of repeal in a provision speaks of, and where the verb ends."""
    text = body.flat.text
    low = start
    for match in _REPEALED.finditer(text, start, end):
        if _NEVER.search(text, max(start, match.start() - 30), match.start()):
            continue
        for other in _OTHER_VERB.finditer(text, low, match.start()):
            low = max(low, other.end())
        after = _end_of_list(body, match.end(), end)
        if _turned(body, match.end(), after):
            yield match.end(), after, after
        else:
            yield max(low, _sentence(body, low, match.start())), match.start(), match.end()
        low = match.end()


def _turned(body: Body, verb: int, end: int) -> bool:
    """Whether what the verb speaks of comes after it: a list, or "dinyatakan tidak berlaku lagi UU 5/1960"."""
    if re.match(r"\s*:", body.flat.text[verb : verb + 3]):
        return True
    first = next((one for one in body.within(verb, end) if one.is_main), None)
    return first is not None and body.provisions_before(first, verb)[0] <= verb + 2


def _sentence(body: Body, low: int, high: int) -> int:
    """Where the sentence that ends in the verb at `high` begins; an abbreviation or the number of an item ends none."""
    begin = low
    for stop in _STOP.finditer(body.flat.text, low, high):
        begin = stop.end()
    ayat = list(_AYAT.finditer(body.flat.text, begin, high))
    return ayat[-1].end() if ayat else begin


def _end_of_list(body: Body, start: int, end: int) -> int:
    stop = re.compile(r"\.\s*(?=$|\(\d|Pasal|BAB)|\b(?:masih\s+)?tetap\s+berlaku").search(body.flat.text, start, end)
    return stop.start() if stop else end


def _repealed(body: Body, mention: Mention, low: int, high: int, address: str) -> Iterator[Relation]:
    """The relation of one work that the clause `text[low:high]` names, if that is what the verb speaks of."""
    if not mention.is_main:
        return
    text = body.flat.text
    begin, parts = body.provisions_before(mention, low)
    others = body.within(low, mention.start)
    segment_start = max([low, *(max(m.end, m.title_end if m.title_end < begin else m.end) for m in others)])
    between = text[segment_start:begin]
    between = between[max(between.rfind(";"), 0) :]
    lead = _LEAD.search(between)
    between = between[lead.end() :] if lead else "" if _TIME.search(between) else between
    between = re.sub(r"\((?:Lembaran|Berita|LN|Tambahan)[^()]*(?:\([^()]*\)[^()]*)*\)", " ", between)
    is_content = _CONTENT.search(between) is not None
    if _BY_WAY_OF.search(_CONTENT.sub(" ", between) if is_content else between):
        return
    after = text[max(mention.end, mention.title_end) : high]
    after = after[: after.find(";")] if ";" in after else after
    after = _AND_ALL.split(after, maxsplit=1)[0]
    if re.search(r"\bjo\b|\bjuncto\b|\bjis\b", between, re.I):
        return
    spans = body.flat.spans(begin, mention.end)
    work = body.completed(mention.work)
    is_partial = bool(_PARTLY.search(re.sub(r"\([^()]*\)", " ", after)))
    if parts and not is_partial:
        for provision in parts:
            yield Relation(RelationKind.REPEALS, work, None, provision, Change.DELETED, address, spans)
    elif is_partial or is_content or _A_PART.search(_MARGIN.sub("", between)) or _PARTLY.search(between):
        yield Relation(RelationKind.REPEALS, work, None, SOME, Change.DELETED, address, spans)
    else:
        yield Relation(RelationKind.REPEALS, work, None, "", Change.WHOLE, address, spans)


def _actively(body: Body, start: int, end: int, address: str) -> Iterator[Relation]:
    """The works that follow the verb, as in "Mencabut Peraturan Pemerintah Nomor 3 Tahun 1983"."""
    text = body.flat.text
    for match in _ACTIVE.finditer(text, start, end):
        before = text[max(start, match.start() - 30) : match.start()]
        if not match[0][0].isupper() and not re.search(r"\bini\s*,?\s*$|\bdengan\s*$", before, re.I):
            continue
        stop = _ACTIVE_END.search(text, match.end(), min(end, match.end() + 3_000))
        high = stop.start() if stop else min(end, match.end() + 3_000)
        for mention in body.within(match.end(), high):
            begin, _ = body.provisions_before(mention, match.end())
            gap = text[match.end() : begin]
            if ";" in gap or re.fullmatch(r"[\s:]*(?:(?:[a-z]|\d{1,2}|I+)\s?[.)])?\s*", gap):
                yield from _repealed(body, mention, match.end(), high, address)
