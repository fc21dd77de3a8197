"""How good rankings are: the field's measures per question, their means, intervals and differences."""

from collections.abc import Mapping
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

Qrels = Mapping[str, Mapping[str, int]]
"""Question id to the ids that answer it and their grades."""

Run = Mapping[str, Mapping[str, float]]
"""Question id to the ids found and their scores."""

MEASURES = (nDCG @ 10, RR @ 10, R @ 5, R @ 10, R @ 100, Success @ 1, Success @ 5)

N_DRAWS = 2_000
SEED = 7


@dataclass(frozen=True, slots=True)
class Mean:
    """A measure's mean over questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


PerQuestion = dict[str, dict[str, float]]
"""Measure's name to question id to value; every question of the qrels has one."""


def per_question(qrels: Qrels, run: Run) -> PerQuestion:
    """Every measure of every question of `qrels`; 0 for one that the run does not answer."""
    found: PerQuestion = {str(measure): dict.fromkeys(qrels, 0.0) for measure in MEASURES}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        found[str(metric.measure)][metric.query_id] = float(metric.value)
    return found


def mean(values: Mapping[str, float]) -> Mean:
    """The mean and its interval, by drawing questions with replacement. Raises ValueError for no questions."""
    if not values:
        raise ValueError("expected at least one question")
    array = np.array([values[key] for key in sorted(values)])
    draws = _generator().choice(array, (N_DRAWS, len(array))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return Mean(float(array.mean()), float(low), float(high))


def p_value(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """How likely chance alone makes the paired means differ as much: a two-sided permutation test of signs.

    Raises ValueError where the questions differ.
    """
    if first.keys() != second.keys():
        raise ValueError("expected the same questions in both runs")
    differences = np.array([first[key] - second[key] for key in sorted(first)])
    signs: NDArray[np.float64] = _generator().choice([-1.0, 1.0], (N_DRAWS, len(differences)))
    permuted = np.abs((signs * differences).mean(axis=1))
    return float((np.sum(permuted >= abs(differences.mean()) - 1e-12) + 1) / (N_DRAWS + 1))


def _generator() -> np.random.Generator:
    return np.random.default_rng(SEED)
