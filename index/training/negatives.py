"""Hard negatives: for each pair a passage that the model takes for the answer, and that is not."""

import random
from collections.abc import Sequence

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

    queries, passages: (n, d), unit rows, of the pairs' queries and passages. Where all near passages may answer, the
    farthest. Raises ValueError where all pairs share a guard with one.
    """
    first: dict[str, int] = {}
    for i, pair in enumerate(pairs):
        first.setdefault(pair.passage, i)
    pool = np.array(list(first.values()), np.int64)
    pool_vectors = passages[pool]
    n_looked = min(_LOOKED_AT, len(pool))
    found = []
    for start in range(0, len(pairs), _BLOCK):
        block = queries[start : start + _BLOCK]
        scores = block @ pool_vectors.T
        own = np.einsum("nd,nd->n", block, passages[start : start + _BLOCK])
        nearest = np.argpartition(-scores, n_looked - 1, axis=1)[:, :n_looked]
        for row, pair in enumerate(pairs[start : start + _BLOCK]):
            ordered = nearest[row][np.argsort(-scores[row, nearest[row]], kind="stable")]
            far_enough = ordered[scores[row, ordered] < MOST_LIKE * own[row]]
            near = [i for i in pool[far_enough].tolist() if _may_be_wrong(pairs[i], pair)]
            found.append(rng.choice(near[:N_NEAREST]) if near else _farthest(pairs, pool, scores[row], pair))
    return found


def _may_be_wrong(other: Pair, pair: Pair) -> bool:
    return set(other.guards).isdisjoint(pair.guards)


def _farthest(pairs: Sequence[Pair], pool: Ids, scores: Vectors, pair: Pair) -> int:
    """Of a pair whose own passage is no nearer than others: what is farthest from its query is surely wrong."""
    for place in np.argsort(scores).tolist():
        if _may_be_wrong(pairs[pool[place]], pair):
            return int(pool[place])
    raise ValueError(f"no passage may be a negative of {pair.query!r}: all share a guard with it")
