"""A hard negative is near the query, and never what may answer it."""

import random
from dataclasses import replace

import numpy as np
import pytest

from index.training import negatives
from index.training.negatives import MOST_LIKE, hard_negatives, near_negatives
from index.training.pairs import Pair


def pair(n: int, *guards: str, source: str = "written", group: str = "uu") -> Pair:
    return Pair(f"tanya {n}", f"jawab {n}", source, group, guards or (f"g{n}",))


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


def near_the_first(pairs: list[Pair], passages: np.ndarray, *, nearer_in_regulation: bool = False) -> list[int]:
    """What may be a negative of the first pair, all queries at 0 degrees."""
    queries = at(*[0.0] * len(pairs))
    return next(near_negatives(pairs, queries, passages, nearer_in_regulation=nearer_in_regulation))


def test_what_may_be_a_negative_comes_nearest_first():
    assert near_the_first([pair(n) for n in range(4)], at(10, 70, 30, 50)) == [2, 3, 1]


def test_equal_passages_are_one_negative():
    pairs = [pair(0), pair(1), replace(pair(2), passage="jawab 1")]
    assert near_the_first(pairs, at(10, 50, 50)) == [1]


def test_passages_that_may_answer_do_not_hide_the_negatives_behind_them():
    pairs = [pair(n) for n in range(102)]
    assert near_the_first(pairs, at(0, *[1.0] * 100, 60)) == [101]


def test_another_provision_of_the_same_regulation_may_be_nearer_than_the_answer():
    pairs = [pair(0), pair(1), pair(2, group="pp"), pair(3, "g0")]
    passages = at(20, 5, 5, 5)
    assert near_the_first(pairs, passages, nearer_in_regulation=True) == [1]
    assert near_the_first(pairs, passages) == []


def test_a_set_of_questions_is_no_regulation():
    pairs = [pair(n, source="idk-mrc", group="idk-mrc") for n in range(2)]
    assert near_the_first(pairs, at(20, 5), nearer_in_regulation=True) == []


def test_blocks_are_looked_through_like_one(monkeypatch):
    rng = np.random.default_rng(1)
    pairs = [pair(n, f"g{n // 2}", group=f"uu-{n % 3}") for n in range(20)]
    vectors = at(*rng.uniform(0, 90, 40).tolist())
    whole = list(near_negatives(pairs, vectors[:20], vectors[20:], nearer_in_regulation=True))
    monkeypatch.setattr(negatives, "_BLOCK", 7)
    assert list(near_negatives(pairs, vectors[:20], vectors[20:], nearer_in_regulation=True)) == whole
