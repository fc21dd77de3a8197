"""The passages that share the question's words: the protocol, SQLite's FTS5, and the same held in memory."""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np

from index.dense import Ids, Ranking, best_first
from index.postings import Postings
from index.terms import Term
from kb.documents import DocumentId
from kb.memory import give_back
from kb.passages import Content
from kb.store import Passages

TEXT_WEIGHT, HEADING_WEIGHT = 1.0, 1.0
SYNONYMS = 0.2

_Found = Callable[[Sequence[str]], Ranking]


class LexicalIndex(Protocol):
    """Passages by the words they hold."""

    def search(
        self,
        terms: Sequence[Term],
        k: int,
        documents: Sequence[DocumentId] | None = None,
        contents: Collection[Content] = (),
    ) -> Ranking:
        """The `k` best passages that hold any of `terms`, best first; fewer where fewer do.

        documents: to choose from, None for all. contents: where documents are named, only their passages that hold
        any of these. Score: BM25 of the question's own words plus `SYNONYMS` times that of all synonyms; `scoring`
        weighs each single word exactly among what is found here.
        """

    def document_frequencies(self, stems: Iterable[str]) -> Mapping[str, int]:
        """How many passages hold each of the stems; absent ones are left out."""

    def refresh(self, ids: Ids) -> None:
        """Learn that the store holds just these passages now, ascending."""

    def hold(self) -> None:
        """Get ready for many questions."""


class Fts5Index:
    """FTS5 in the store itself, written in the same transaction as the passages: nothing to keep in step."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def document_frequencies(self, stems: Iterable[str]) -> Mapping[str, int]:
        """See `LexicalIndex`."""
        return self._passages.document_frequencies(stems)

    def refresh(self, ids: Ids) -> None:
        """See `LexicalIndex`; nothing to do."""

    def hold(self) -> None:
        """See `LexicalIndex`; nothing to do."""

    def search(
        self,
        terms: Sequence[Term],
        k: int,
        documents: Sequence[DocumentId] | None = None,
        contents: Collection[Content] = (),
    ) -> Ranking:
        """See `LexicalIndex`."""
        return _own_and_synonyms(terms, k, self._among(k, documents, contents))

    def _among(self, k: int, documents: Sequence[DocumentId] | None, contents: Collection[Content]) -> _Found:
        """What finds, for one question, the `k` best passages that hold any of some stems."""

        def found(stems: Sequence[str]) -> Ranking:
            expression = " OR ".join(f'"{stem}"' for stem in stems)
            return Ranking(*self._passages.match(expression, k, (TEXT_WEIGHT, HEADING_WEIGHT), documents, contents))

        return found


class HeldIndex(Fts5Index):
    """What FTS5 would find, from memory: a tenth of its time, for 17 MB and 0.8 s at the start with 48,000 passages.

    The first question is left to FTS5: for a command that asks one and ends, the words are not worth their loading.
    """

    def __init__(self, passages: Passages) -> None:
        super().__init__(passages)
        self._postings: Postings | None = None
        self._wanted: Ids = np.empty(0, np.int64)
        self._was_asked = False
        self._lock = threading.Lock()

    @property
    def is_held(self) -> bool:
        """Whether the words are in memory."""
        return self._postings is not None

    def document_frequencies(self, stems: Iterable[str]) -> Mapping[str, int]:
        """See `LexicalIndex`."""
        held = self._postings
        return super().document_frequencies(stems) if held is None else held.frequencies(stems)

    def refresh(self, ids: Ids) -> None:
        """See `LexicalIndex`."""
        with self._lock:
            self._wanted = ids
            if self._postings is not None:
                self._follow(self._postings)

    def hold(self) -> None:
        """See `LexicalIndex`."""
        with self._lock:
            if self._postings is None:
                made = Postings()
                self._follow(made)
                self._postings = made
                give_back()

    def _among(self, k: int, documents: Sequence[DocumentId] | None, contents: Collection[Content]) -> _Found:
        if self._was_asked:
            self.hold()
        self._was_asked = True
        held = self._postings
        if held is None:
            return super()._among(k, documents, contents)
        allowed = None if documents is None else self._passages.of_documents(documents, contents)
        return lambda stems: held.search(stems, k, allowed)

    def _follow(self, held: Postings) -> None:
        """Bring the words held in step with the passages that the store was last said to hold."""
        ids = held.ids()
        held.remove(np.setdiff1d(ids, self._wanted, assume_unique=True))
        new = np.setdiff1d(self._wanted, ids, assume_unique=True)
        held.add(self._passages.analysed(new), (TEXT_WEIGHT, HEADING_WEIGHT))


def _own_and_synonyms(terms: Sequence[Term], k: int, found: _Found) -> Ranking:
    """The `k` best by what `found` says of the question's own words, and `SYNONYMS` times that of the others."""
    own = sorted({term.stem for term in terms if not term.is_synonym})
    others = sorted({term.stem for term in terms} - set(own))
    total: dict[int, float] = {}
    for stems, weight in ((own, 1.0), (others, SYNONYMS)):
        if not stems:
            continue
        ranking = found(stems)
        for passage_id, score in zip(ranking.ids.tolist(), ranking.scores.tolist(), strict=True):
            total[passage_id] = total.get(passage_id, 0.0) + weight * score
    ids = np.fromiter(total.keys(), np.int64, len(total))
    scores = np.fromiter(total.values(), np.float64, len(total))
    return best_first(ids, scores, k)
