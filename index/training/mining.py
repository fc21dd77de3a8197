"""Pairs that a regulation teaches by what it says of its own provisions: queries made by code, not by people."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.training.pairs import Pair
from index.training.phrasing import QUERY_WORDS, is_query, phrase, tidy, topic, unlabelled, without_references
from index.training.regulation import Body, Regulation, provision
from kb.naming import embedded_text
from kb.passages import Passage
from kb.sections import Section, SectionKind

_CATCHWORD = re.compile(r"\s*(?:Pasal|Ayat|Huruf)?\s*\S{0,12}\s*(?:…|\.\.\.).*$")
_CLEAR = re.compile(r"^\W*cukup(?: jelas)?\W*$", re.IGNORECASE)
_TERM = re.compile(
    r"(?:^|\n)\s*(?:\d+|[a-z])[.)]\s+(?P<term>[A-Z][^\n.;:]{2,80}?)"
    r"(?:,? yang selanjutnya (?:disingkat|disebut)(?: dengan)? (?P<short>[^,\n.;]{2,60}?),?)?"
    r" (?:adalah|ialah) (?P<meaning>[^\n]{25,600}?)(?=\.\s|[.;]?$)",
    re.MULTILINE,
)
_ROLE = re.compile(
    r"^(?P<who>\S.{2,80}?) (?P<verb>wajib|berhak|berwenang|bertugas|bertanggung jawab|dilarang|dapat) (?P<what>.{12,})$"
)
_CRIME = re.compile(r"^(?:Setiap orang|Barang ?siapa),? (?:yang )?(?P<deed>.{15,400}?),? dipidana\b", re.IGNORECASE)
_EMPTY_HEADINGS = re.compile(
    r"^(?:BAB \w+|Bagian \w+|Paragraf \w+)?\s*(?:ketentuan )?(?:umum|penutup|peralihan|lain-lain|pidana|pasal \w+)?$",
    re.IGNORECASE,
)
_ASK: Mapping[str, tuple[str, ...]] = {
    "wajib": ("apa kewajiban {who}", "siapa yang harus {what}", "apakah {who} harus {what}", "kewajiban {what}"),
    "berhak": ("apa hak {who}", "siapa yang berhak {what}", "apakah {who} boleh {what}", "hak {what}"),
    "berwenang": ("siapa yang berwenang {what}", "apa wewenang {who}", "kewenangan {what}"),
    "bertugas": ("apa tugas {who}", "siapa yang {what}", "tugas {what}"),
    "bertanggung jawab": ("siapa yang bertanggung jawab {what}", "tanggung jawab {who} apa saja"),
    "dilarang": ("apakah {who} boleh {what}", "larangan {what}", "siapa yang tidak boleh {what}"),
    "dapat": ("apakah {who} bisa {what}", "siapa yang boleh {what}", "bisakah {what}"),
}
_ASK_CRIME = ("apa hukuman bagi orang yang {deed}", "sanksi pidana {deed}", "orang yang {deed} kena pasal apa")
_ASK_TERM = (
    "apa itu {term}",
    "apa yang dimaksud dengan {term}",
    "pengertian {term}",
    "{term} itu apa",
    "definisi {term}",
)


def mine(regulation: Regulation, rng: random.Random) -> Iterator[Pair]:
    """Everything that one regulation teaches: explanations, headings, definitions, duties and its own sentences."""
    body = Body(regulation)
    yield from _explanations(body, rng)
    yield from _headings(body, rng)
    for i, passage in enumerate(regulation.passages):
        if body.pasal[i] is None:
            continue
        yield from _definitions(body, i, passage, rng)
        yield from _sentences(body, i, passage, rng)


def _explanations(body: Body, rng: random.Random) -> Iterator[Pair]:
    """A sentence of the Penjelasan, and the passage of the provision that it explains."""
    for i, section in enumerate(body.regulation.sections):
        place = provision(section.address)
        if not section.address.startswith("penjelasan/pasal-") or not place:
            continue
        text = " ".join(unlabelled(body.text(i, own=True)).split())
        text = _CATCHWORD.sub("", text)
        if _CLEAR.match(text) or len(text.split()) < 6:
            continue
        at = body.passage_at(place)
        if at is not None:
            yield from _paired(body, phrase(text, rng), at, "penjelasan")


def _headings(body: Body, rng: random.Random) -> Iterator[Pair]:
    """The title of a BAB, Bagian or Paragraf, and passages below it that do not repeat it."""
    for i, section in enumerate(body.regulation.sections):
        if section.kind not in (SectionKind.BAB, SectionKind.BAGIAN, SectionKind.PARAGRAF):
            continue
        heading = " ".join(section.heading.split())
        if _EMPTY_HEADINGS.match(heading) or len(heading) > 120:
            continue
        below = [
            j
            for j, passage in enumerate(body.regulation.passages)
            if body.pasal[j] is not None and _below(body.regulation.sections, passage.section, i)
        ]
        for j in rng.sample(below, min(2, len(below))):
            passage = body.regulation.passages[j]
            bare = replace(passage, heading_path=tuple(p for p in passage.heading_path if heading not in p))
            query = heading.lower() if heading.isupper() or rng.random() < 0.5 else heading
            if len(query.split()) < 3 or (len(query.split()) < 5 and rng.random() < 0.5):
                query = f"{query} {topic(body.regulation.title)}"
            yield from _paired(body, query, j, "judul", bare if rng.random() < 0.75 else passage)


def _definitions(body: Body, i: int, passage: Passage, rng: random.Random) -> Iterator[Pair]:
    """A term, or its meaning without the term, and the passage that defines it."""
    for match in _TERM.finditer(passage.text):
        names = [name for name in (match["term"], match["short"]) if name]
        if rng.random() < 0.5:
            yield from _paired(body, rng.choice(_ASK_TERM).format(term=rng.choice(names)), i, "definisi")
        else:
            yield from _paired(body, phrase(match["meaning"], rng), i, "makna")


def _sentences(body: Body, i: int, passage: Passage, rng: random.Random) -> Iterator[Pair]:
    """A duty, right, ban or crime asked about; else a sentence itself, and the passage, often without it."""
    lines = [line for line in re.split(r"\n+|(?<=[.;]) ", passage.text) if len(line.split()) >= 7]
    if not lines:
        return
    line = rng.choice(lines)
    plain = without_references(unlabelled(line)).strip(" .;,:")
    crime, role = _CRIME.match(plain), _ROLE.match(plain)
    if crime:
        yield from _paired(body, rng.choice(_ASK_CRIME).format(deed=phrase(crime["deed"], rng, 18)), i, "pidana")
    elif role:
        asked = rng.choice(_ASK[role["verb"]]).format(who=role["who"], what=phrase(role["what"], rng, 14))
        if len(asked.split()) < 6:
            asked = f"{asked} {topic(body.regulation.title)}"
        yield from _paired(body, asked, i, "peran")
    elif rng.random() < 0.5:
        rest = passage.text.replace(line, "")
        cut = replace(passage, text=rest) if len(rest.split()) >= 25 and rng.random() < 0.7 else passage
        yield from _paired(body, phrase(plain, rng, 20), i, "kalimat", cut)


def _paired(body: Body, query: str, i: int, source: str, passage: Passage | None = None) -> Iterator[Pair]:
    """The pair, where the query has a fitting length and the passage belongs to a Pasal.

    passage: stands in the pair for the passage `i`, cut so that it does not repeat the query.
    """
    query = tidy(query)
    fewest = 2 if source in ("judul", "definisi") else QUERY_WORDS[0]
    if body.pasal[i] is None or not is_query(query, fewest):
        return
    regulation = body.regulation
    passage = passage or regulation.passages[i]
    yield Pair(query, embedded_text(regulation.title, passage), source, regulation.id, body.guards(i))


def _below(sections: Sequence[Section], section: int, ancestor: int) -> bool:
    at: int | None = section
    while at is not None:
        if at == ancestor:
            return True
        at = sections[at].parent
    return False
