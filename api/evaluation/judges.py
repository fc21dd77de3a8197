"""What judges a set: which passages hold an answer to a question, and whether an answer given is right."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from api.evaluation.questions import Gold, Question
from api.library import Library
from index.measures import Qrels
from index.reference import named_documents, read_reference
from kb.access import LOCAL_ADMIN
from kb.addresses import explains
from kb.answers import Answer, Citation
from kb.documents import Document, DocumentId
from kb.errors import Text
from kb.naming import official_name, short_name
from kb.pages import Span, text_of
from kb.passages import StoredPassage
from kb.regions import bare_region
from kb.sections import Section

ENOUGH_SHARED = 0.6
"""The share of a gold quote's words that a quote must have to count as it."""


class Judge(Protocol):
    """A set of questions with what is known of their answers."""

    @property
    def name(self) -> str:
        """What the set is called."""
        ...

    @property
    def questions(self) -> Sequence[Question]:
        """All of them, in order."""
        ...

    @property
    def qrels(self) -> Qrels:
        """Gold ids and grades of the questions that have an answer; the others are there to be left unanswered."""
        ...

    @property
    def n_left_out(self) -> int:
        """How many questions are not asked, because none of the documents that answer them is in."""
        ...

    def found(self, question: str, passages: Iterable[StoredPassage]) -> dict[str, float]:
        """The gold ids that passages of a ranking hold, best first, scored by rank; other ids are of no gold."""
        ...

    def text(self, question: str) -> str:
        """The words of the gold, to tell how many of them the question shares; "" where that says nothing."""
        ...

    def is_right(self, question: str, answer: Answer) -> bool:
        """Whether a quote of the answer is the gold one, or stands where the gold does if there is no gold quote."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A gold answer found in the store; a document alone where neither pages nor spans nor quote are known.

    pages: of a document that has pages. spans: of the provision, where no page is known. text: of the quote or place.
    """

    document: DocumentId
    pages: frozenset[int]
    spans: tuple[Span, ...]
    quote: str
    grade: int
    text: str

    def is_held_by(self, passage: StoredPassage, *, strictly: bool) -> bool:
        """Whether the passage is of this place; strictly: whether it holds the quote."""
        if passage.document_id != self.document:
            return False
        if self.quote and squash(self.quote) in squash(passage.text):
            return True
        if strictly and self.quote:
            return False
        return self._is_at(passage.spans)

    def is_quoted_by(self, citation: Citation) -> bool:
        """Whether the citation quotes the gold quote or most of its words; without one, whether it is of this place."""
        if citation.document_id != self.document:
            return False
        if not self.quote:
            return self._is_at((citation.span,))
        wanted = _plain_words(self.quote)
        shared = len(wanted & _plain_words(citation.quote)) / len(wanted) if wanted else 0.0
        return squash(self.quote) in squash(citation.quote) or shared >= ENOUGH_SHARED

    def _is_at(self, spans: Sequence[Span]) -> bool:
        if self.pages:
            return any(span.page in self.pages for span in spans)
        if self.spans:
            return any(overlap(mine, other) for mine in self.spans for other in spans)
        return not self.quote


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A gold that the store cannot be asked for; its question is left out where no other gold is left."""

    question: str
    document: str
    why: Text


class OwnQuestions:
    """Questions of one's own, judged over the documents of the library.

    A passage is right that has a gold's page or quote (or Pasal, where no page is given); strictly: only one that
    holds the quote. A passage counts for one gold, and a gold for the first passage that has it.
    """

    def __init__(self, name: str, library: Library, questions: Iterable[Question], *, strictly: bool = False) -> None:
        self.name = name
        self._strictly = strictly
        documents = library.documents(LOCAL_ADMIN)
        self.unresolved: list[Unresolved] = []
        self.n_left_out = 0
        self._places: dict[str, tuple[Place, ...]] = {}
        kept = []
        for question in questions:
            places = []
            for gold in question.golds:
                place = _place(library, documents, gold)
                if isinstance(place, Place):
                    places.append(place)
                else:
                    self.unresolved.append(Unresolved(question.id, gold.document, place))
            # A question whose documents are not in is no question without an answer: it says nothing here.
            if places or not question.golds:
                self._places[question.id] = tuple(places)
                kept.append(question)
            else:
                self.n_left_out += 1
        self.questions = tuple(kept)
        self.qrels: Qrels = {
            key: {f"gold-{i}": place.grade for i, place in enumerate(places)}
            for key, places in self._places.items()
            if places
        }

    def found(self, question: str, passages: Iterable[StoredPassage]) -> dict[str, float]:
        """See `Judge`."""
        left = dict(enumerate(self._places[question]))
        ids = []
        for rank, passage in enumerate(passages):
            held = [i for i, place in left.items() if place.is_held_by(passage, strictly=self._strictly)]
            ids.append(f"gold-{max(held, key=lambda i: left[i].grade)}" if held else f"other-{rank}")
            for i in held:
                del left[i]
        return by_rank(ids)

    def text(self, question: str) -> str:
        """See `Judge`."""
        return "\n".join(place.text for place in self._places[question])

    def is_right(self, question: str, answer: Answer) -> bool:
        """See `Judge`."""
        places = self._places[question]
        best = max((place.grade for place in places), default=0)
        citations = [citation for statement in answer.statements for citation in statement.citations]
        return any(place.is_quoted_by(c) for place in places if place.grade == best for c in citations)


def by_rank(ids: Sequence[str]) -> dict[str, float]:
    """Ids, best first, each once, scored so that ties keep the order in which they were shown."""
    return {key: float(len(ids) - place) for place, key in reversed(list(enumerate(ids)))}


def squash(text: str) -> str:
    """Letters and digits alone, so that line breaks, hyphens and case do not matter."""
    return re.sub(r"[^0-9a-z]+", "", text.lower())


def overlap(first: Span, second: Span) -> bool:
    """Whether two spans share a character."""
    return first.page == second.page and first.start < second.end and second.start < first.end


def documents_called(name: str, documents: Sequence[Document]) -> Sequence[Document]:
    """The documents that `name` may mean: by file name, else by title, else by number and year."""
    plain = name.casefold().strip()
    named = [d for d in documents if plain in _file_names(d.name)]
    if not named:
        named = [d for d in documents if plain in (_folded(f(d.metadata)) for f in (official_name, short_name))]
    if not named:
        ids = named_documents(read_reference(name), documents)
        named = [d for d in documents if d.id in ids]
        regions = [d for d in named if d.metadata.region and bare_region(d.metadata.region).casefold() in plain]
        named = regions or named
    return named


def _file_names(name: str) -> set[str]:
    path = PurePosixPath(name.casefold())
    return {str(path), path.name, path.stem, str(path.with_suffix(""))}


def _folded(text: str) -> str:
    return text.casefold().strip()


def _place(library: Library, documents: Sequence[Document], gold: Gold) -> Place | Text:
    """The gold in the store, or why it is not there."""
    named = documents_called(gold.document, documents)
    if len(named) != 1:
        if not named:
            return Text("tidak ada di gudang", "is not in the store")
        among = ", ".join(sorted(document.name for document in named)[:3])
        return Text(f"lebih dari satu: {among}", f"more than one: {among}")
    [document] = named
    pages = frozenset(gold.pages) if document.has_pages else frozenset[int]()
    sections = library.store.versions.sections(document.version_id)
    spans = () if pages else _provision(sections, gold)
    if gold.pasal and not (pages or spans or gold.quote):
        return Text(f"tidak memuat Pasal {gold.pasal}", f"has no Pasal {gold.pasal}")
    if any(number > document.n_pages for number in pages):
        return Text(f"hanya {document.n_pages} halaman", f"has only {document.n_pages} pages")
    text = gold.quote or _text_of(library, document, pages, spans)
    return Place(document.id, pages, spans, gold.quote, gold.grade, text)


def _provision(sections: Sequence[Section], gold: Gold) -> tuple[Span, ...]:
    """Where the Pasal stands, or its ayat where that has a section of its own; not its Penjelasan."""
    if not gold.pasal:
        return ()
    pasal = f"pasal-{gold.pasal.lower()}"
    ayat = f"{pasal}/ayat-{gold.ayat.lower()}"
    for wanted in (ayat, pasal) if gold.ayat else (pasal,):
        found = [
            section.spans
            for section in sections
            if f"/{section.address}".endswith(f"/{wanted}") and not explains(section.address)
        ]
        if found:
            return tuple(span for spans in found for span in spans)
    return ()


def _text_of(library: Library, document: Document, pages: frozenset[int], spans: Sequence[Span]) -> str:
    numbers = sorted(pages or {span.page for span in spans})
    texts: Mapping[int, str] = {n: library.store.versions.page(document.version_id, n).text for n in numbers}
    return text_of(spans, texts) if spans else "\n".join(texts.values())


def _plain_words(text: str) -> set[str]:
    return set(re.findall(r"[0-9a-z]+", text.lower()))
