"""A hard negative is near the query, and never what may answer it."""

import random

import numpy as np
import pytest

from index.training.negatives import MOST_LIKE, hard_negatives
from index.training.pairs import Pair


def pair(n: int, *guards: str) -> Pair:
    return Pair(f"tanya {n}", f"jawab {n}", "written", "uu", guards or (f"g{n}",))


def at(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def drawn(pairs: list[Pair], queries: np.ndarray, passages: np.ndarray) -> set[int]:
    """What may be the negative of the first pair, over many draws."""
    return {hard_negatives(pairs, queries, passages, random.Random(seed))[0] for seed in range(40)}


def test_it_is_among_the_nearest_passages():
    pairs = [pair(n) for n in range(30)]
    passages = at(10, *(25 + 2 * n for n in range(29)))
    assert drawn(pairs, at(*[0.0] * 30), passages) == set(range(1, 7))


def test_what_is_about_as_near_as_the_answer_may_answer_too():
    pairs = [pair(0), pair(1), pair(2)]
    nearly, beyond = np.degrees(np.arccos([MOST_LIKE + 0.01, MOST_LIKE - 0.01]))
    assert drawn(pairs, at(0, 0, 0), at(0, nearly, beyond)) == {2}


def test_the_same_provision_is_no_negative_of_itself():
    pairs = [pair(0, "pasal-1"), pair(1, "pasal-1"), pair(2)]
    assert drawn(pairs, at(0, 0, 0), at(10, 40, 80)) == {2}


def test_where_all_near_ones_may_answer_the_farthest_is_taken():
    pairs = [pair(0), pair(1), pair(2)]
    assert drawn(pairs, at(0, 0, 0), at(60, 5, 10)) == {2}


def test_pairs_that_all_share_a_guard_have_none():
    with pytest.raises(ValueError, match="tanya 0"):
        hard_negatives([pair(0, "a"), pair(1, "a")], at(0, 0), at(10, 20), random.Random(1))
