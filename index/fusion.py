"""From the scores of two channels to one: pure functions over the same candidates."""

from collections.abc import Sequence

import numpy as np

from index.dense import Ids, Ranking, Scores, best_first

RRF_K = 60


def min_max(scores: Scores) -> Scores:
    """The scores stretched to [0, 1]; all equal, all 0."""
    if len(scores) == 0:
        return scores
    low, high = scores.min(), scores.max()
    stretched: Scores = (scores - low) / (high - low) if high > low else np.zeros(len(scores))
    return stretched


def convex(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """`weight` of the stretched dense score and the rest of the stretched lexical one, candidate by candidate.

    Source: Bruch, Gai, Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (2023).
    """
    fused: Scores = weight * min_max(dense) + (1.0 - weight) * min_max(lexical)
    return fused


def reciprocal_rank(rankings: Sequence[Ranking], k: int = RRF_K) -> Ranking:
    """Reciprocal rank fusion: the sum of 1 / (k + rank) over the rankings; their order does not matter.

    Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet" (2009).
    """
    total: dict[int, list[float]] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking.ids.tolist(), 1):
            total.setdefault(passage_id, []).append(1.0 / (k + rank))
    ids: Ids = np.fromiter(total.keys(), np.int64, len(total))
    # Sorted before they are added, so that the last bit of a score is the same for any order of the rankings.
    scores = np.array([sum(sorted(parts)) for parts in total.values()], np.float64)
    return best_first(ids, scores)
