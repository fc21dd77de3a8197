"""Hard negatives: for each pair the passages that the model takes for the answer, and that are not."""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from index.dense import Ids
from index.training.pairs import Pair
from kb.vectors import Vectors

N_NEAREST = 6
"""A negative is drawn from so many of the nearest passages that may be one."""

MOST_LIKE = 0.95
"""What is nearer to the query than this share of its own passage's cosine may answer as well (NV-Retriever, 2024)."""

_LOOKED_AT = 64
_BLOCK = 512


def hard_negatives(pairs: Sequence[Pair], queries: Vectors, passages: Vectors, rng: random.Random) -> list[int]:
    """For each pair the place of another whose passage is its negative, and which shares none of its guards.

    queries, passages: (n, d), unit rows, of the pairs' queries and passages. Where all passages may answer, the
    farthest. Raises ValueError where all pairs share a guard with one.
    """
    return [
        rng.choice(near[:N_NEAREST]) if near else _farthest(pairs, queries[row], passages, pairs[row])
        for row, near in enumerate(near_negatives(pairs, queries, passages))
    ]


def near_negatives(
    pairs: Sequence[Pair], queries: Vectors, passages: Vectors, *, nearer_in_regulation: bool = False
) -> Iterator[list[int]]:
    """For each pair the places of others whose passages may be its negatives, nearest first, each passage once.

    A negative shares no guard with the pair, and is farther from the query than what may answer as well (`MOST_LIKE`).
    queries, passages: (n, d), unit rows, of the pairs' queries and passages.
    nearer_in_regulation: whether what lies in the pair's own regulation may be as near as it likes: another Pasal of
    it does not answer, however alike.
    """
    pool = _distinct(pairs)
    pool_vectors = passages[pool]
    groups = _regulations(pairs)
    n_looked = min(_LOOKED_AT, len(pool))
    for start in range(0, len(pairs), _BLOCK):
        rows = slice(start, start + _BLOCK)
        scores = queries[rows] @ pool_vectors.T
        own = np.einsum("nd,nd->n", queries[rows], passages[rows])
        may_be = scores < MOST_LIKE * own[:, np.newaxis]
        if nearer_in_regulation:
            of_row = groups[rows, np.newaxis]
            may_be |= (of_row == groups[pool]) & (of_row >= 0)
        # Left out before the nearest are taken: many alike passages would otherwise fill them.
        scores[~may_be] = -np.inf
        nearest = np.argpartition(-scores, n_looked - 1, axis=1)[:, :n_looked]
        for row, pair in enumerate(pairs[rows]):
            ordered = nearest[row][np.argsort(-scores[row, nearest[row]], kind="stable")]
            places = pool[ordered[may_be[row, ordered]]].tolist()
            yield [i for i in places if _may_be_wrong(pairs[i], pair)]


def _distinct(pairs: Sequence[Pair]) -> Ids:
    """The places of the passages, of equal ones the first."""
    first: dict[str, int] = {}
    for i, pair in enumerate(pairs):
        first.setdefault(pair.passage, i)
    return np.array(list(first.values()), np.int64)


def _regulations(pairs: Sequence[Pair]) -> Ids:
    """A number for each pair's regulation; -1 for pairs of a set of questions, whose group is the set itself."""
    numbers: dict[str, int] = {}
    return np.array(
        [-1 if pair.group == pair.source else numbers.setdefault(pair.group, len(numbers)) for pair in pairs], np.int64
    )


def _may_be_wrong(other: Pair, pair: Pair) -> bool:
    return other.passage != pair.passage and set(other.guards).isdisjoint(pair.guards)


def _farthest(pairs: Sequence[Pair], query: Vectors, passages: Vectors, pair: Pair) -> int:
    """Of a pair whose own passage is no nearer than others: what is farthest from its query is surely wrong."""
    for place in np.argsort(passages @ query).tolist():
        if _may_be_wrong(pairs[place], pair):
            return int(place)
    raise ValueError(f"no passage may be a negative of {pair.query!r}: all share a guard with it")
