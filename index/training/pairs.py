"""Training pairs from public text: what a regulation says of its own provisions, and questions with their passages."""

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypedDict

from kb.naming import embedded_text
from kb.pages import Page, Span
from kb.passages import Passage
from kb.sections import Section, SectionKind

WORDS = 120
"""The most words of a passage that is not cut by the outline: what retrieval cuts at, too."""

_QUERY_WORDS = (4, 40)
_LABEL = re.compile(r"^\s*(?:Pasal \w+|[Aa]yat \(\w+\)|[Hh]uruf \w+|[Aa]ngka \w+|\(\w+\)|\w{1,2}[.)])\s+")
_CATCHWORD = re.compile(r"\s*(?:Pasal|Ayat|Huruf)?\s*\S{0,12}\s*(?:…|\.\.\.).*$")
_REFERENCE = re.compile(
    r",?\s*(?:sebagaimana (?:telah )?(?:dimaksud|diatur|diubah)(?:kan)? (?:dalam|pada|dengan)|berdasarkan|menurut) "
    r"(?:ketentuan )?(?:(?:Pasal|pasal|ayat|huruf|angka)(?: \(?\w{1,4}\)?)?(?:,| dan| atau| sampai dengan)?\s*)+"
)
_CLEAR = re.compile(r"^\W*cukup(?: jelas)?\W*$", re.IGNORECASE)
_TERM = re.compile(
    r"(?:^|\n)\s*(?:\d+|[a-z])[.)]\s+(?P<term>[A-Z][^\n.;:]{2,80}?)"
    r"(?:,? yang selanjutnya (?:disingkat|disebut)(?: dengan)? (?P<short>[^,\n.;]{2,60}?),?)?"
    r" (?:adalah|ialah) (?P<meaning>[^\n]{25,600}?)(?=\.\s|[.;]?$)",
    re.MULTILINE,
)
_SAYS_NOTHING = re.compile(
    r"cukup jelas|LEMBARAN NEGARA|REPUBLIK INDONESIA,|berbunyi sebagai berikut|mulai berlaku|diatur lebih lanjut|"
    r"[Kk]etentuan lebih lanjut|\bttd\b|\bRp[ .]\d",
    re.IGNORECASE,
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


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the passage that answers it, the passage as it is embedded but without the model's prefix.

    source: what it was mined from. group: the regulation or collection it belongs to.
    guards: pairs that share one are never each other's negatives (the same Pasal, the same words elsewhere).
    answer: where in the passage the answer stands, (start, end) in characters; None where that is not known.
    """

    query: str
    passage: str
    source: str
    group: str
    guards: tuple[str, ...]
    answer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation cut by the outline, with the name that stands before each of its passages."""

    id: str
    title: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def mine(regulation: Regulation, rng: random.Random) -> Iterator[Pair]:
    """Everything that one regulation teaches: explanations, headings, definitions, duties and its own sentences."""
    body = _Body(regulation)
    yield from _explanations(body, rng)
    yield from _headings(body, rng)
    for i, passage in enumerate(regulation.passages):
        if body.pasal[i] is None:
            continue
        yield from _definitions(body, i, passage, rng)
        yield from _sentences(body, i, passage, rng)


def asked_of(regulation: Regulation, questions: Iterable[tuple[str, Span]]) -> Iterator[Pair]:
    """Questions written for a regulation, each with the passage in which its answer begins.

    questions: what is asked, and where the answer stands. One whose answer no passage holds is passed over.
    """
    body = _Body(regulation)
    for question, answer in questions:
        i = body.passage_with(answer)
        if i is not None:
            place = body.in_embedded(i, answer)
            yield Pair(question, body.embedded(i), "written", regulation.id, body.guards(i), place)


def passage_with(regulation: Regulation, span: Span) -> str | None:
    """The passage that holds the beginning of `span`, as it is embedded; None where none does."""
    body = _Body(regulation)
    i = body.passage_with(span)
    return None if i is None else body.embedded(i)


class _Body:
    """A regulation's texts by section, and which passage holds the beginning of each section."""

    def __init__(self, regulation: Regulation) -> None:
        self.regulation = regulation
        self._texts = {page.number: page.text for page in regulation.pages}
        self._by_address: dict[str, int] = {}
        for i, section in enumerate(regulation.sections):
            place = _provision(section.address)
            if place and not section.address.startswith("penjelasan"):
                self._by_address.setdefault(place, i)
        self._spans = sorted(
            (span.page, span.start, span.end, i) for i, p in enumerate(regulation.passages) for span in p.spans
        )
        self.pasal = [self._pasal_of(passage.section) for passage in regulation.passages]

    def text(self, section: int, *, own: bool = False) -> str:
        """The words of a section; with `own` only those before its first child."""
        spans = self.regulation.sections[section].spans
        stop = None
        if own:
            children = [s for s in self.regulation.sections[section + 1 :][:1] if s.parent == section and s.spans]
            stop = (children[0].spans[0].page, children[0].spans[0].start) if children else None
        parts = []
        for span in spans:
            end = span.end
            if stop is not None and (span.page, span.end) > stop:
                end = stop[1] if span.page == stop[0] else span.start
            parts.append(self._texts[span.page][span.start : max(end, span.start)])
        return "\n".join(parts)

    def passage_at(self, address: str) -> int | None:
        """The passage that holds the beginning of the provision at `address`, or of its nearest parent."""
        while address:
            section = self._by_address.get(address)
            if section is not None:
                return self.passage_of(section)
            address = address.rpartition("/")[0]
        return None

    def passage_of(self, section: int) -> int | None:
        """The passage in which a section begins."""
        spans = self.regulation.sections[section].spans
        if not spans:
            return None
        return self.passage_with(spans[0])

    def passage_with(self, span: Span) -> int | None:
        """The passage that holds the beginning of `span`."""
        held = (i for page, start, end, i in self._spans if page == span.page and start <= span.start < end)
        return next(held, None)

    def embedded(self, i: int) -> str:
        """A passage as it is embedded."""
        return embedded_text(self.regulation.title, self.regulation.passages[i])

    def in_embedded(self, i: int, span: Span) -> tuple[int, int]:
        """Where a span that begins in a passage stands in it as it is embedded; what reaches beyond it is cut."""
        passage = self.regulation.passages[i]
        before = len(self.embedded(i)) - len(passage.text)
        for own in passage.spans:
            if own.page == span.page and own.start <= span.start < own.end:
                return before + span.start - own.start, before + min(span.end, own.end) - own.start
            before += len(own) + 1
        raise ValueError(f"expected a span that begins in passage {i}, not {span}")

    def guards(self, i: int) -> tuple[str, ...]:
        """What no negative of a passage may share: its Pasal, and its words."""
        place = self.pasal[i] or self.regulation.sections[self.regulation.passages[i].section].address
        return (f"{self.regulation.id}/{place}", *likeness(self.regulation.passages[i].text))

    def pair(self, query: str, i: int, source: str, passage: Passage | None = None) -> Iterator[Pair]:
        """The pair, where the query has a fitting length and the passage belongs to a Pasal."""
        query = _tidy(query)
        least, most = _QUERY_WORDS
        n_words = len(query.split())
        if self.pasal[i] is None or n_words > most or _SAYS_NOTHING.search(query):
            return
        if n_words < (2 if source in ("judul", "definisi") else least):
            return
        passage = passage or self.regulation.passages[i]
        yield Pair(query, embedded_text(self.regulation.title, passage), source, self.regulation.id, self.guards(i))

    def _pasal_of(self, section: int) -> str | None:
        at: int | None = section
        while at is not None:
            found = self.regulation.sections[at]
            if found.kind is SectionKind.PASAL and not found.address.startswith("penjelasan"):
                return _provision(found.address)
            at = found.parent
        return None


def _explanations(body: _Body, rng: random.Random) -> Iterator[Pair]:
    """A sentence of the Penjelasan, and the passage of the provision that it explains."""
    for i, section in enumerate(body.regulation.sections):
        place = _provision(section.address)
        if not section.address.startswith("penjelasan/pasal-") or not place:
            continue
        text = " ".join(_unlabelled(body.text(i, own=True)).split())
        text = _CATCHWORD.sub("", text)
        if _CLEAR.match(text) or len(text.split()) < 6:
            continue
        at = body.passage_at(place)
        if at is not None:
            yield from body.pair(_window(text, rng), at, "penjelasan")


def _headings(body: _Body, rng: random.Random) -> Iterator[Pair]:
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
                query = f"{query} {_topic(body.regulation.title)}"
            yield from body.pair(query, j, "judul", bare if rng.random() < 0.75 else passage)


def _definitions(body: _Body, i: int, passage: Passage, rng: random.Random) -> Iterator[Pair]:
    """A term, or its meaning without the term, and the passage that defines it."""
    for match in _TERM.finditer(passage.text):
        names = [name for name in (match["term"], match["short"]) if name]
        if rng.random() < 0.5:
            yield from body.pair(rng.choice(_ASK_TERM).format(term=rng.choice(names)), i, "definisi")
        else:
            yield from body.pair(_window(match["meaning"], rng), i, "makna")


def _sentences(body: _Body, i: int, passage: Passage, rng: random.Random) -> Iterator[Pair]:
    """A duty, right, ban or crime asked about; else a sentence itself, and the passage, often without it."""
    lines = [line for line in re.split(r"\n+|(?<=[.;]) ", passage.text) if len(line.split()) >= 7]
    if not lines:
        return
    line = rng.choice(lines)
    plain = _REFERENCE.sub(" ", _unlabelled(line)).strip(" .;,:")
    crime, role = _CRIME.match(plain), _ROLE.match(plain)
    if crime:
        yield from body.pair(rng.choice(_ASK_CRIME).format(deed=_window(crime["deed"], rng, 18)), i, "pidana")
    elif role:
        asked = rng.choice(_ASK[role["verb"]]).format(who=role["who"], what=_window(role["what"], rng, 14))
        if len(asked.split()) < 6:
            asked = f"{asked} {_topic(body.regulation.title)}"
        yield from body.pair(asked, i, "peran")
    elif rng.random() < 0.5:
        rest = passage.text.replace(line, "")
        cut = replace(passage, text=rest) if len(rest.split()) >= 25 and rng.random() < 0.7 else passage
        yield from body.pair(_window(plain, rng, 20), i, "kalimat", cut)


def question_pairs(folder: Path, split: str, rng: random.Random) -> Iterator[Pair]:
    """The answerable questions of a set in the BEIR layout, each with the words around its answer."""
    corpus = {row["id"]: row["text"] for row in _rows(folder / "corpus.jsonl")}
    questions = {row["id"]: row for row in _rows(folder / f"queries_{split}.jsonl")}
    for line in (folder / "qrels" / f"{split}.tsv").read_text("utf-8").splitlines()[1:]:
        key, entry, _grade = line.split("\t")
        question = questions.get(key)
        if question is None or entry not in corpus:
            continue
        passage = _around(corpus[entry], question["answers"], rng)
        yield Pair(question["text"], passage, folder.name, folder.name, (entry, *likeness(passage)))


def write_pairs(file: Path, pairs: Iterable[Pair]) -> int:
    """How many pairs were written, one JSON object a line."""
    n = 0
    with file.open("w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
            n += 1
    return n


def read_pairs(file: Path) -> list[Pair]:
    """The pairs that `write_pairs` wrote."""
    with file.open(encoding="utf-8") as lines:
        return [_pair(json.loads(line)) for line in lines]


class _PairRow(TypedDict):
    query: str
    passage: str
    source: str
    group: str
    guards: list[str]
    answer: tuple[int, int] | None


def _pair(row: _PairRow) -> Pair:
    answer = row["answer"] and (row["answer"][0], row["answer"][1])
    return Pair(row["query"], row["passage"], row["source"], row["group"], tuple(row["guards"]), answer)


def likeness(text: str) -> tuple[str, ...]:
    """Keys that identical and nearly identical texts share: their first and their last letters, numbers left out."""
    letters = re.sub(r"[^a-z]+", "", text.lower())
    return (f"<{letters[:70]}", f">{letters[-70:]}")


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _around(text: str, answers: Sequence[str], rng: random.Random) -> str:
    """At most `WORDS` words of `text` that hold its first answer, at no fixed place."""
    words = text.split()
    if len(words) <= WORDS:
        return text
    at = next((text.find(answer) for answer in answers if answer and answer in text), 0)
    first = len(text[:at].split())
    start = max(0, min(first - rng.randrange(WORDS // 2), len(words) - WORDS))
    return " ".join(words[start : start + WORDS])


def _window(text: str, rng: random.Random, most: int = 30) -> str:
    """A sentence of `text`, cut to at most `most` words from its beginning."""
    text = re.sub(r"^\W*(?:Yang dimaksud dengan|Yang dimaksud)\W+", "", text)
    sentences = [s for s in re.split(r"(?<=[.;]) ", text) if len(s.split()) >= 5] or [text]
    sentence = sentences[0] if rng.random() < 0.6 else rng.choice(sentences)
    words = _REFERENCE.sub(" ", sentence).split()
    return " ".join(words[: rng.randint(most // 2, most)])


def _provision(address: str) -> str:
    """The address from its outermost Pasal on, "" for what lies in none."""
    at = re.search(r"(?:^|/)(pasal-.*)$", address)
    return at[1] if at else ""


def _below(sections: Sequence[Section], section: int, ancestor: int) -> bool:
    at: int | None = section
    while at is not None:
        if at == ancestor:
            return True
        at = sections[at].parent
    return False


def _unlabelled(text: str) -> str:
    """The text without the labels it begins with."""
    while match := _LABEL.match(text):
        text = text[match.end() :]
    return text


def _topic(title: str) -> str:
    """What a regulation is about, from its full name."""
    return title.rpartition(" tentang ")[2].lower()


def _tidy(text: str) -> str:
    return " ".join(re.sub(r"[_“”\"]", "", text).split()).strip(" ,;:-")
