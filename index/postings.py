"""Which passages hold which words, in memory: immutable segments of arrays, and FTS5's BM25 over them.

The same number as FTS5's own, in the same order of operations, so that either may be asked.
Source: sqlite.org, ext/fts5/fts5_aux.c, "Implementation of bm25() function".
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dense import Ids, Ranking, best_first

K1, B = 1.2, 0.75
LEAST_IDF = 1e-6
"""Of a word that more than half of the passages hold, as FTS5 has it: never negative."""

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """The words of some passages: for each term, ascending, the rows that hold it and how often.

    ids: of the passages, ascending. lengths: words of each, headings included. terms: (t,) ascending. starts: (t + 1,)
    where in `rows` and `counts` each term's begin; the rows of a term ascend.
    """

    ids: Ids
    lengths: NDArray[np.float64]
    terms: _Numbers
    starts: _Numbers
    rows: NDArray[np.int32]
    counts: NDArray[np.float32]

    def of(self, term: int) -> slice:
        """Where the rows and counts of a term stand; empty where no passage holds it."""
        place = int(np.searchsorted(self.terms, term))
        if place == len(self.terms) or self.terms[place] != term:
            return slice(0, 0)
        return slice(int(self.starts[place]), int(self.starts[place + 1]))


class Postings:
    """The words of the passages of a store. Not safe for several writers; readers never see half of a change."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._segments: tuple[Segment, ...] = ()

    def ids(self) -> Ids:
        """The passages that are in, ascending."""
        return np.concatenate([np.empty(0, np.int64), *(segment.ids for segment in self._segments)])

    def add(self, passages: Iterable[tuple[int, str, str]], weights: tuple[float, float]) -> None:
        """Take in passages: id, analysed text, analysed headings; ids ascending, above those that are in.

        weights: what a word of the text and of the headings counts.
        """
        made = self._segment(passages, weights)
        if len(made.ids) == 0:
            return
        segments = [*self._segments, made]
        # Each at least twice as long as the next: a passage is moved a few times, however many changes there are.
        while len(segments) > 1 and len(segments[-2].ids) < 2 * len(segments[-1].ids):
            segments[-2:] = [_merged(segments[-2], segments[-1])]
        self._segments = tuple(segments)

    def remove(self, ids: Ids) -> None:
        """Leave these passages out from now on; ids that are not in are passed over."""
        if len(ids):
            kept = (_without(segment, ids) for segment in self._segments)
            self._segments = tuple(segment for segment in kept if len(segment.ids))

    def frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of the stems; absent ones are left out."""
        segments = self._segments
        found = {stem: _frequency(segments, self._number(stem)) for stem in set(stems)}
        return {stem: df for stem, df in found.items() if df}

    def search(self, stems: Sequence[str], k: int, allowed: Ids | None = None) -> Ranking:
        """The `k` best passages that hold any of `stems`, by FTS5's BM25; of equals the older comes first.

        allowed: ids to choose from, None for all; ascending.
        """
        segments = self._segments
        n = sum(len(segment.ids) for segment in segments)
        mean = sum(float(segment.lengths.sum()) for segment in segments) / max(n, 1)
        numbers = [self._number(stem) for stem in stems]
        idfs = [_idf(n, _frequency(segments, number)) for number in numbers]
        ids, scores = [np.empty(0, np.int64)], [np.empty(0, np.float64)]
        for segment in segments:
            found = _scores(segment, numbers, idfs, mean)
            if allowed is not None:
                found[~np.isin(segment.ids, allowed, assume_unique=True)] = 0.0
            rows = np.flatnonzero(found)
            ids.append(segment.ids[rows])
            scores.append(found[rows])
        return best_first(np.concatenate(ids), np.concatenate(scores), k)

    def _number(self, stem: str) -> int:
        # Not by `[]`: a word that is only asked for gets no number.
        return self._numbers.get(stem, -1)

    def _segment(self, passages: Iterable[tuple[int, str, str]], weights: tuple[float, float]) -> Segment:
        ids, lengths, words = array("q"), (array("i"), array("i")), (array("i"), array("i"))
        number = self._numbers.__getitem__
        for passage_id, *fields in passages:
            ids.append(passage_id)
            for field, held, n_words in zip(fields, words, lengths, strict=True):
                before = len(held)
                held.extend(map(number, field.split()))
                n_words.append(len(held) - before)
        n = len(ids)
        keys, counts = [], []
        for held, n_words, weight in zip(words, lengths, weights, strict=True):
            rows = np.repeat(np.arange(n), np.array(n_words, np.int64))
            keys.append(np.array(held, np.int64) * max(n, 1) + rows)
            counts.append(np.full(len(held), weight, np.float32))
        total = np.array(lengths[0], np.float64) + np.array(lengths[1], np.float64)
        return _from_keys(np.array(ids, np.int64), total, np.concatenate(keys), np.concatenate(counts))


def _from_keys(ids: Ids, lengths: NDArray[np.float64], keys: _Numbers, counts: NDArray[np.float32]) -> Segment:
    """keys: term times the number of passages, and row; of the same ones the counts are added up."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if len(first):
        keys, counts = keys[first], np.add.reduceat(counts, first).astype(np.float32)
    terms, starts = np.unique(keys // max(len(ids), 1), return_index=True)
    rows = (keys % max(len(ids), 1)).astype(np.int32)
    return Segment(ids, lengths, terms, np.append(starts, len(keys)), rows, counts)


def _keys(segment: Segment, first_row: int, n: int) -> _Numbers:
    """The keys of a segment whose first passage becomes number `first_row` of `n`."""
    keys = np.repeat(segment.terms, np.diff(segment.starts)) * n
    keys += segment.rows
    keys += first_row
    return keys


def _merged(one: Segment, other: Segment) -> Segment:
    """Two segments as one; the ids of `other` are above those of `one`."""
    n = len(one.ids) + len(other.ids)
    return _from_keys(
        np.concatenate([one.ids, other.ids]),
        np.concatenate([one.lengths, other.lengths]),
        np.concatenate([_keys(one, 0, n), _keys(other, len(one.ids), n)]),
        np.concatenate([one.counts, other.counts]),
    )


def _without(segment: Segment, ids: Ids) -> Segment:
    """The segment without some passages."""
    kept = ~np.isin(segment.ids, ids)
    if kept.all():
        return segment
    row = np.cumsum(kept) - 1
    stays = kept[segment.rows]
    n = max(int(kept.sum()), 1)
    keys = np.repeat(segment.terms, np.diff(segment.starts))[stays] * n + row[segment.rows[stays]]
    return _from_keys(segment.ids[kept], segment.lengths[kept], keys, segment.counts[stays])


def _scores(segment: Segment, numbers: Sequence[int], idfs: Sequence[float], mean: float) -> NDArray[np.float64]:
    """FTS5's BM25 of every passage of a segment; 0 for one that holds none of the terms."""
    scores = np.zeros(len(segment.ids))
    for number, weight in zip(numbers, idfs, strict=True):
        place = segment.of(number)
        rows, count = segment.rows[place], segment.counts[place].astype(np.float64)
        floor = K1 * (1.0 - B + B * segment.lengths[rows] / mean)
        scores[rows] += weight * ((count * (K1 + 1.0)) / (count + floor))
    return scores


def _idf(n: int, df: int) -> float:
    return max(math.log((n - df + 0.5) / (df + 0.5)), LEAST_IDF)


def _frequency(segments: Sequence[Segment], number: int) -> int:
    """How many passages hold a term."""
    return sum(place.stop - place.start for place in (segment.of(number) for segment in segments))
