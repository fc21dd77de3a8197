"""The nearest passages by their vectors: the protocol, its definition in numpy, and FAISS."""

import threading
from dataclasses import dataclass
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from index.arrays import unit
from kb.vectors import Vectors

Ids = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Passage ids, best first, and their scores: they rise with relevance and compare only inside this ranking."""

    ids: Ids
    scores: Scores

    def __len__(self) -> int:
        return len(self.ids)


EMPTY = Ranking(np.empty(0, np.int64), np.empty(0, np.float64))


class VectorIndex(Protocol):
    """Vectors by passage id, searched by cosine similarity."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in `n` vectors, (n, d) float32 of any length but zero. Raises ValueError for an id that is in."""

    def remove(self, ids: Ids) -> None:
        """Leave these passages out from now on; ids that are not in are passed over."""

    def ids(self) -> Ids:
        """The ids that are in, ascending."""

    def search(self, query: NDArray[np.float32], k: int, allowed: Ids | None = None) -> Ranking:
        """The `k` nearest passages, best first; fewer where fewer are in or allowed.

        query: (d,) of any length but zero. allowed: ids to choose from, None for all. Score: cosine in [-1, 1].
        """

    def scores(self, query: NDArray[np.float32], ids: Ids) -> Scores:
        """The cosine of each of `ids`, in their order; NaN for one that is not in."""


class ExactIndex:
    """The definition: every cosine, sorted. For tests to hold the others against."""

    def __init__(self, dim: int) -> None:
        self._ids: Ids = np.empty(0, np.int64)
        self._vectors: Vectors = np.empty((0, dim), np.float32)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """See `VectorIndex`."""
        check_new(self._ids, ids)
        order = np.argsort(np.concatenate([self._ids, ids]))
        self._vectors = np.concatenate([self._vectors, unit(vectors)])[order]
        self._ids = np.concatenate([self._ids, ids])[order]

    def remove(self, ids: Ids) -> None:
        """See `VectorIndex`."""
        keep = ~np.isin(self._ids, ids)
        self._ids, self._vectors = self._ids[keep], self._vectors[keep]

    def ids(self) -> Ids:
        """See `VectorIndex`."""
        return self._ids

    def search(self, query: NDArray[np.float32], k: int, allowed: Ids | None = None) -> Ranking:
        """See `VectorIndex`."""
        ids = self._ids if allowed is None else self._ids[np.isin(self._ids, allowed)]
        scores = self.scores(query, ids)
        best = np.argsort(-scores, kind="stable")[:k]
        return Ranking(ids[best], scores[best])

    def scores(self, query: NDArray[np.float32], ids: Ids) -> Scores:
        """See `VectorIndex`."""
        return _scores_of(self._ids, self._vectors, query, ids)


class FlatIndex:
    """Exact cosine search over unit vectors that FAISS holds (`IndexFlatIP`), its rows in the order of the ids.

    Exact, because a filter then costs nothing in recall, and a row can be taken out. FAISS answers a single question on
    one thread: the product of all rows with it is taken by BLAS, in under half the time
    (docs/decisions/003-exact-search.md).
    """

    def __init__(self, dim: int) -> None:
        self._dim = dim
        self._ids: Ids = np.empty(0, np.int64)
        self._index = faiss.IndexFlatIP(dim)
        self._lock = threading.Lock()

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """See `VectorIndex`. Ids are given in ascending order, above those that are in (the store hands them so)."""
        with self._lock:
            check_new(self._ids, ids)
            if np.any(np.diff(np.concatenate([self._ids[-1:], ids])) <= 0):
                raise ValueError("expected ascending ids above those that are in")
            if len(ids):
                self._index.add(unit(np.ascontiguousarray(vectors, np.float32)))
                self._ids = np.concatenate([self._ids, ids])

    def remove(self, ids: Ids) -> None:
        """See `VectorIndex`."""
        with self._lock:
            gone = np.isin(self._ids, ids)
            if gone.any():
                # FAISS closes the gaps and keeps the order of what stays, as the mask does.
                self._index.remove_ids(faiss.IDSelectorBatch(np.flatnonzero(gone)))
                self._ids = self._ids[~gone]

    def ids(self) -> Ids:
        """See `VectorIndex`."""
        return self._ids

    def search(self, query: NDArray[np.float32], k: int, allowed: Ids | None = None) -> Ranking:
        """See `VectorIndex`."""
        with self._lock:
            rows = self._rows()
            ids = self._ids
            if allowed is not None:
                chosen = np.flatnonzero(np.isin(ids, allowed))
                # A few rows are copied out; of many, all are compared and those not allowed passed over.
                if len(chosen) < len(ids) // 4:
                    ids, rows, chosen = ids[chosen], rows[chosen], np.arange(len(chosen))
            scores = rows @ unit(query)
        if allowed is not None:
            ids, scores = ids[chosen], scores[chosen]
        return best_first(ids, scores, k)

    def scores(self, query: NDArray[np.float32], ids: Ids) -> Scores:
        """See `VectorIndex`."""
        with self._lock:
            return _scores_of(self._ids, self._rows(), query, ids)

    def _rows(self) -> Vectors:
        """FAISS's own memory, seen as (n, d) without a copy; FAISS has no address for no rows."""
        n = self._index.ntotal
        if n == 0:
            return np.empty((0, self._dim), np.float32)
        return np.asarray(faiss.rev_swig_ptr(self._index.get_xb(), n * self._dim), np.float32).reshape(n, self._dim)


def check_new(held: Ids, ids: Ids) -> None:
    """Nothing, where no id comes twice. Raises ValueError: FAISS itself would take it without a word."""
    if len(np.unique(ids)) != len(ids) or np.isin(ids, held).any():
        raise ValueError("expected ids that are not in yet, each once")


def best_first(ids: Ids, scores: NDArray[np.floating], k: int | None = None) -> Ranking:
    """Passages by score, highest first, of equals the lower id first. k: only so many, None for all."""
    if k is not None and len(ids) > k:
        # All that are as good as the last one wanted: which of them stay is for their ids to say.
        likely = np.flatnonzero(scores >= np.partition(scores, len(scores) - k)[len(scores) - k])
        ids, scores = ids[likely], scores[likely]
    best = np.lexsort((ids, -scores))[:k]
    return Ranking(ids[best], scores[best].astype(np.float64))


def _scores_of(held: Ids, vectors: Vectors, query: NDArray[np.float32], ids: Ids) -> Scores:
    """held: ascending, beside the rows of `vectors`."""
    scores = np.full(len(ids), np.nan)
    if len(held) == 0:
        return scores
    rows = np.minimum(np.searchsorted(held, ids), len(held) - 1)
    found = held[rows] == ids
    scores[found] = vectors[rows[found]] @ unit(query)
    return scores
