"""How good rankings are: the field's measures per question, their means, intervals and differences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

Qrels = Mapping[str, Mapping[str, int]]
"""Question id to the ids that answer it and their grades."""

Run = Mapping[str, Mapping[str, float]]
"""Question id to the ids found and their scores."""

GRADED = (nDCG @ 10,)
OF_BEST = (RR @ 10, R @ 5, R @ 10, R @ 100, Success @ 1, Success @ 5)
MEASURES = tuple(str(measure) for measure in (*GRADED, *OF_BEST))

N_DRAWS = 2_000
N_PERMUTATIONS = 10_000
SEED = 7

_AT_ONCE = 1_000
"""How many draws are held in memory together: 5,000 questions are then 40 MB."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A measure's mean over questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two runs lie apart over the same questions.

    mean: of first minus second, with its paired bootstrap interval. p: how likely chance alone makes as much.
    """

    first: float
    second: float
    mean: Mean
    p: float


PerQuestion = dict[str, dict[str, float]]
"""Measure's name to question id to value; every question of the qrels has one."""


def per_question(qrels: Qrels, run: Run) -> PerQuestion:
    """Every measure of every question of `qrels`; 0 for one that the run does not answer.

    A grade g gains 2^g - 1 in nDCG (Burges et al., "Learning to Rank Using Gradient Descent", 2005); the other
    measures look for what has the best grade of its question.
    """
    found: PerQuestion = {measure: dict.fromkeys(qrels, 0.0) for measure in MEASURES}
    gains = {key: {entry: 2**grade - 1 for entry, grade in grades.items()} for key, grades in qrels.items()}
    best = {
        key: {e: 1 for e, grade in grades.items() if grade == max(grades.values())} for key, grades in gains.items()
    }
    for measures, wanted in ((GRADED, gains), (OF_BEST, best)):
        for metric in ir_measures.iter_calc(measures, wanted, run):
            found[str(metric.measure)][metric.query_id] = float(metric.value)
    return found


def mean(values: Mapping[str, float]) -> Mean:
    """The mean and its interval, by drawing questions with replacement. Raises ValueError for no questions."""
    if not values:
        raise ValueError("expected at least one question")
    return _mean(np.array([values[key] for key in sorted(values)]))


def difference(first: Mapping[str, float], second: Mapping[str, float]) -> Difference:
    """The paired difference of two runs over the same questions.

    Raises ValueError where the questions differ, or there are none.
    """
    if first.keys() != second.keys() or not first:
        raise ValueError("expected the same questions in both runs, at least one")
    keys = sorted(first)
    ours, theirs = np.array([first[key] for key in keys]), np.array([second[key] for key in keys])
    return Difference(float(ours.mean()), float(theirs.mean()), _mean(ours - theirs), permutation_p(ours - theirs))


def p_value(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """How likely chance alone makes the paired means differ as much. Raises ValueError as `difference` does."""
    return difference(first, second).p


def permutation_p(differences: NDArray[np.float64]) -> float:
    """The two-sided p of a paired permutation test: the share of sign changes whose mean is as far from 0.

    Exact where all 2^n sign changes are at most `N_PERMUTATIONS`; else by drawing that many, the observed one counted
    in, so that p is never 0. Source: Smucker, Allan, Carterette, "A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation" (2007).
    """
    n = len(differences)
    observed = abs(float(differences.sum()))
    # Sums of the same numbers in another order differ in their last bits.
    least = observed - 1e-9 * max(1.0, float(np.abs(differences).sum()))
    if 2**n <= N_PERMUTATIONS:
        rows = np.arange(2**n)[:, None] >> np.arange(n) & 1
        return float(np.mean(np.abs((1.0 - 2.0 * rows) @ differences) >= least))
    n_as_far = sum(
        int(np.sum(np.abs((1.0 - 2.0 * generator.integers(0, 2, (size, n))) @ differences) >= least))
        for generator, size in _batches(N_PERMUTATIONS)
    )
    return (n_as_far + 1) / (N_PERMUTATIONS + 1)


def _mean(array: NDArray[np.float64]) -> Mean:
    n = len(array)
    draws = [array[each.integers(0, n, (size, n))].mean(axis=1) for each, size in _batches(N_DRAWS)]
    low, high = np.quantile(np.concatenate(draws), [0.025, 0.975])
    return Mean(float(array.mean()), float(low), float(high))


def _batches(n: int) -> Iterator[tuple[np.random.Generator, int]]:
    """The same generator and the sizes of batches that make `n` draws."""
    generator = np.random.default_rng(SEED)
    for start in range(0, n, _AT_ONCE):
        yield generator, min(_AT_ONCE, n - start)
