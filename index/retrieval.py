"""From a question to candidates with the scores of both channels."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.dense import Ids, Ranking, Scores, VectorIndex, best_first
from index.embed import Embedder
from index.english import is_english
from index.late import met
from index.lexical import LexicalIndex
from index.lexicon import Lexicon, likely_words
from index.scoring import HEADING_WEIGHT, Collection, Weights
from index.stemming import is_known
from index.subject import subject
from index.terms import Term, in_words_of
from index.thesaurus import Thesaurus
from index.words import HYPHEN, analysis_stamp, fold
from kb.documents import Document, DocumentId
from kb.errors import ModelMismatchError
from kb.passages import Content, PassageId
from kb.regions import REGION_WORDS
from kb.status import Defect
from kb.store import Store, Traits
from kb.vectors import Vectors

_HYPHENS = re.compile(rf"{HYPHEN}\s*")

N_LATE = 30
"""The tokens of so many of the first passages are looked at."""

N_CANDIDATES = 100
"""How many passages each channel may bring in; a gold passage is among the first 100 of one for 94 of 100 questions."""


MOST_CORRECTED = 40
"""So many unknown words of one question are looked up: a pasted page of bad OCR would take seconds for all of its."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the channels read it.

    plain: with everyday words and typos put right, for the embedder. terms: weighted stems, for the words. mended: as
    `plain`, with nothing explained: what the question names is read from it.
    """

    text: str
    plain: str
    terms: tuple[Term, ...]
    mended: str


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The passages that either channel found, each with what both channels make of it, in no particular order.

    lexical: BM25, 0 without a shared word. dense: cosine. traits: what the store knows, candidate by candidate.
    tokens: the vectors of the question's tokens, (q, d); none where the model keeps none.
    """

    question: Question
    ids: Ids
    lexical: Scores
    dense: Scores
    traits: tuple[Traits, ...]
    collection: Collection
    weights: Weights
    tokens: Vectors

    def lexical_ranking(self) -> Ranking:
        """By words alone, those without a shared word left out."""
        found = self.lexical > 0
        return best_first(self.ids[found], self.lexical[found])

    def dense_ranking(self) -> Ranking:
        """By vectors alone."""
        return best_first(self.ids, self.dense)

    def of(self, passage_id: int) -> Traits:
        """What the store knows of one of the candidates."""
        return self.traits[int(np.flatnonzero(self.ids == passage_id)[0])]


class Retriever:
    """Both channels over one store, kept in step with it.

    stamp: names the model of the vectors and the analysis of the words; a store made by others is refused.
    Safe to use from several threads.
    """

    def __init__(
        self, store: Store, embedder: Embedder, vectors: VectorIndex, lexical: LexicalIndex, thesaurus: Thesaurus
    ) -> None:
        self._store, self._embedder, self._vectors = store, embedder, vectors
        self._lexical, self._thesaurus = lexical, thesaurus
        self.stamp = f"{embedder.stamp} {analysis_stamp()}"
        self._lock = threading.Lock()
        self._change = -1
        self._whole = Lexicon(0, {}, (1.0, 1.0), dict)
        self._of_viewers: dict[frozenset[DocumentId], Lexicon] = {}

    def refresh(self) -> None:
        """Bring the vectors and the vocabulary up to the store's last change, whichever process made it.

        Raises ModelMismatchError when the store holds another model's vectors.
        """
        if self._store.change() == self._change:
            return
        with self._lock:
            change = self._store.change()
            if change == self._change:
                return
            stored = self._store.model()
            if stored not in ("", self.stamp):
                raise ModelMismatchError("gudang", stored, self.stamp)
            held, wanted = self._vectors.ids(), self._store.passages.ids()
            self._vectors.remove(np.setdiff1d(held, wanted, assume_unique=True))
            self._vectors.add(
                *self._store.passages.vectors(np.setdiff1d(wanted, held, assume_unique=True), self._embedder.dim)
            )
            self._lexical.refresh(wanted)
            passages = self._store.passages
            self._whole = Lexicon(
                len(wanted), None, passages.mean_words(), lambda: self._and_entries(passages.vocabulary())
            )
            self._of_viewers = {}
            self._change = change

    def hold(self) -> None:
        """Be ready for many questions, the words in memory. Raises ModelMismatchError."""
        self.refresh()
        self._lexical.hold()

    def check(self) -> Iterator[Defect]:
        """Where the vectors in memory are not those of the store."""
        self.refresh()
        ids, vectors = self._store.passages.vectors(self._store.passages.ids(), self._embedder.dim)
        if not np.array_equal(ids, self._vectors.ids()):
            yield Defect(
                "indeks-vektor-tidak-cocok",
                "FAISS",
                "indeks vektor memuat bagian yang lain dari gudang; mulai ulang program",
                "the vector index holds other passages than the store; restart the program",
            )
            return
        for passage_id, vector in zip(ids.tolist(), vectors, strict=True):
            [score] = self._vectors.scores(vector, np.array([passage_id]))
            if not abs(score - 1.0) < 1e-3:
                yield Defect(
                    "vektor-rusak",
                    f"bagian {passage_id}",
                    "vektornya bukan vektor satuan yang tersimpan; jalankan `kb reindex`",
                    "its vector is not the unit vector stored; run `kb reindex`",
                )

    def read_question(self, text: str, visible: Sequence[DocumentId] | None = None) -> Question:
        """The question with everyday words rewritten, misspelt words corrected and synonyms beside its own.

        Chat words of the thesaurus are replaced. An everyday verb gets its standard form, and a misspelt word is
        corrected, only where neither the collection nor the language knows the word as it stands, and never in an
        English question. A name is left as it is, where it is written as one, is a region's (one must never be taken
        for another), or is among the given names we know. Up to `MOST_CORRECTED` unknown words are looked up,
        each once; the others stay as they are.

        visible: the documents whose words may be known; None for all. Raises ModelMismatchError.
        """
        self.refresh()
        lexicon = self._lexicon(visible)

        def count(stem: str) -> int:
            return self._frequencies(lexicon, {stem}).get(stem, 0)

        terms = self._thesaurus.expand(text, count)
        df = self._frequencies(lexicon, {term.stem for term in terms})
        plain = text
        unknown = (
            each
            for term in terms
            if not (
                term.is_synonym
                or term.stem in df
                or is_known(term.stem)
                or term.stem in REGION_WORDS
                or _is_name(term.origin, text)
            )
            for each in _as_typed(term).items()
        )
        for written, typed in () if is_english(text) else islice(unknown, MOST_CORRECTED):
            meant = lexicon.speller().correct(typed)
            if meant is not None:  # in "kucng2" the second half is a 2
                plain = re.sub(rf"(?<!\w){re.escape(written)}(?=2|\W|$)", meant, plain)
        if plain != text:
            terms = self._thesaurus.expand(plain, count)
            df = self._frequencies(lexicon, {term.stem for term in terms})
        mended = self._thesaurus.mend(plain, count)
        return Question(text, self._thesaurus.rewrite(plain, count), in_words_of(terms, df), mended)

    def candidates(
        self,
        asked: str | Question,
        documents: Sequence[DocumentId] | None = None,
        visible: Sequence[DocumentId] | None = None,
        named: Sequence[PassageId] = (),
        contents: frozenset[Content] = frozenset(),
        owned: Sequence[Document] = (),
    ) -> Candidates:
        """What both channels find for what is `asked`, as written or as read, and the passages `named` in it.

        documents: to choose from, None for all. visible: those that whoever asks may see, None for all; the weights of
        words and the corrections of typos come from them alone. contents: only passages that hold any of these, empty
        for all; then `documents` must be named. owned: documents whose region and office, where the question names
        them, are no part of what its vector is made of.
        Raises ModelMismatchError.
        """
        self.refresh()
        question = self.read_question(asked, visible) if isinstance(asked, str) else asked
        told = subject(question.plain, question.terms, owned) if owned else question.plain
        vector, tokens = self._embedder.query_with_tokens(told)
        allowed = None if documents is None else self._store.passages.of_documents(documents, contents)
        by_words = self._lexical.search(question.terms, N_CANDIDATES, documents, contents)
        by_vector = self._vectors.search(vector, N_CANDIDATES, allowed)
        ids = np.union1d(by_words.ids, by_vector.ids)
        also = np.array(named, np.int64)
        ids = np.union1d(ids, np.intersect1d(also, allowed) if contents and allowed is not None else also)
        dense = self._vectors.scores(vector, ids)
        found = self._store.passages.traits(ids)
        # A passage that went out between the two looks, or came in after the vectors were read, is no candidate.
        held = np.array([i in found for i in ids.tolist()], bool) & ~np.isnan(dense)
        ids, dense = ids[held], dense[held]
        traits = tuple(found[i] for i in ids.tolist())
        collection = self._collection(question, self._lexicon(visible))
        weights = Weights(question.terms, collection)
        held_by = ((weights.held(each.words), weights.held(each.heading_words)) for each in traits)
        lexical = np.array([weights.bm25(text, headings) for text, headings in held_by], np.float64)
        return Candidates(question, ids, lexical, dense, traits, collection, weights, tokens)

    def met(self, candidates: Candidates, ranking: Ranking) -> dict[PassageId, NDArray[np.float32]]:
        """How well the first passages of `ranking` meet each token of the question, (q,); none where none are kept."""
        code = self._embedder.token_code
        if code is None:
            return {}
        packed = self._store.passages.tokens([PassageId(i) for i in ranking.ids[:N_LATE].tolist()])
        return dict(zip(packed, met(code.near(candidates.tokens, list(packed.values()))), strict=True))

    def _lexicon(self, visible: Sequence[DocumentId] | None) -> Lexicon:
        if visible is None:
            return self._whole
        key = frozenset(visible)
        of_viewers = self._of_viewers
        if key not in of_viewers:
            df, n, mean_words = self._store.passages.vocabulary_of(visible)
            of_viewers[key] = Lexicon(n, df, mean_words, lambda: self._and_entries(df))
        return of_viewers[key]

    def _and_entries(self, vocabulary: Mapping[str, int]) -> Mapping[str, int]:
        """The words that may be meant: those of the passages, and those that the thesaurus explains."""
        return {**dict.fromkeys(self._thesaurus.stems, 1), **likely_words(vocabulary)}

    def _frequencies(self, lexicon: Lexicon, stems: Set[str]) -> Mapping[str, int]:
        return self._lexical.document_frequencies(stems) if lexicon.df is None else lexicon.df

    def _collection(self, question: Question, lexicon: Lexicon) -> Collection:
        df = self._frequencies(lexicon, {term.stem for term in question.terms})
        text, headings = lexicon.mean_words
        return Collection(lexicon.n, df, text + HEADING_WEIGHT * headings)


def _as_typed(term: Term) -> Mapping[str, str]:
    """The unknown word of `term` as the question has it, and in plain letters; of a reduplication either half.

    With the clitic that its stem has lost: the slip may be in that.
    """
    halves = {written: fold(written) for written in _HYPHENS.split(term.origin)}
    if all(typed.startswith(term.stem) for typed in halves.values()):
        return halves
    return {term.origin: term.stem}


def _is_name(origin: str, text: str) -> bool:
    """Whether a word is written as a name: with a capital, and not only because it begins the question."""
    return not origin.islower() and not text.lstrip().startswith(origin)
