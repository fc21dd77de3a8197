"""Fusing two channels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense import Ranking, best_first
from index.fusion import convex, min_max, reciprocal_rank

scores = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20).map(np.array)
rankings = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=10), min_size=1, max_size=4)


def ranking(ids: list[int]) -> Ranking:
    return Ranking(np.array(ids, np.int64), np.arange(len(ids), 0, -1, dtype=np.float64))


@given(scores)
def test_min_max_keeps_order_and_ends_at_0_and_1(values: np.ndarray) -> None:
    stretched = min_max(values)
    assert ((stretched >= 0) & (stretched <= 1)).all()
    # Values closer than the last bit of the stretched range may tie; none may change places.
    order = np.argsort(values, kind="stable")
    assert (np.diff(stretched[order]) >= 0).all()


@given(rankings, st.randoms())
def test_rrf_ignores_the_order_of_its_inputs(lists: list[list[int]], random: object) -> None:
    made = [ranking(ids) for ids in lists]
    shuffled = made[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = reciprocal_rank(made), reciprocal_rank(shuffled)
    assert first.ids.tolist() == second.ids.tolist()
    assert first.scores.tolist() == second.scores.tolist()


def test_rrf_of_one_ranking_is_that_ranking() -> None:
    assert reciprocal_rank([ranking([5, 3, 9])]).ids.tolist() == [5, 3, 9]


def test_rrf_adds_one_over_sixty_plus_rank() -> None:
    fused = reciprocal_rank([ranking([1, 2]), ranking([2])])
    assert fused.ids.tolist() == [2, 1]
    assert fused.scores.tolist() == pytest.approx([1 / 62 + 1 / 61, 1 / 61])


@given(scores)
def test_the_weight_at_its_ends_is_one_channel_alone(values: np.ndarray) -> None:
    other = values[::-1].copy()
    assert convex(values, other, 0.0).tolist() == min_max(values).tolist()
    assert convex(values, other, 1.0).tolist() == min_max(other).tolist()


def test_equal_scores_are_ranked_by_id() -> None:
    assert best_first(np.array([9, 2, 5]), np.array([1.0, 1.0, 2.0])).ids.tolist() == [5, 2, 9]
