"""Measures of rankings, against values worked out by hand, and the laws of their differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from index.measures import N_PERMUTATIONS, difference, mean, p_value, per_question, permutation_p

QRELS = {"q1": {"a": 1}, "q2": {"b": 1, "c": 1}}
RUN = {"q1": {"x": 3.0, "a": 2.0}, "q2": {"b": 1.0}}

VALUES = st.lists(st.floats(-1, 1, width=16), min_size=1, max_size=40)


def test_measures_are_those_of_the_field() -> None:
    values = per_question(QRELS, RUN)
    assert values["nDCG@10"]["q1"] == pytest.approx(0.6309, abs=1e-4)
    assert values["RR@10"] == {"q1": 0.5, "q2": 1.0}
    assert values["R@5"] == {"q1": 1.0, "q2": 0.5}
    assert values["Success@1"] == {"q1": 0.0, "q2": 1.0}


def test_a_grade_gains_more_than_its_number() -> None:
    [value] = per_question({"q": {"best": 2, "helps": 1}}, {"q": {"helps": 2.0, "best": 1.0}})["nDCG@10"].values()
    assert value == pytest.approx((1 + 3 / np.log2(3)) / (3 + 1 / np.log2(3)))


def test_only_the_best_grade_is_a_success() -> None:
    found = per_question({"q": {"best": 2, "helps": 1}}, {"q": {"helps": 2.0, "best": 1.0}})
    assert {name: found[name]["q"] for name in ("RR@10", "R@5", "Success@1", "Success@5")} == {
        "RR@10": 0.5,
        "R@5": 1.0,
        "Success@1": 0.0,
        "Success@5": 1.0,
    }


def test_a_question_without_hits_counts_as_zero() -> None:
    assert per_question(QRELS, {"q2": {"b": 1.0}})["R@10"]["q1"] == 0.0


def test_an_interval_holds_its_mean() -> None:
    found = mean({str(i): float(i % 2) for i in range(40)})
    assert found.value == 0.5
    assert found.low < 0.5 < found.high


def test_equal_runs_do_not_differ_and_clearly_better_ones_do() -> None:
    values = {str(i): i / 100 for i in range(50)}
    assert p_value(values, values) == 1.0
    assert p_value(values, {key: value + 0.2 for key, value in values.items()}) < 0.01


def test_a_difference_is_the_first_minus_the_second() -> None:
    found = difference({"a": 1.0, "b": 0.5}, {"a": 0.5, "b": 0.5})
    assert (found.first, found.second, found.mean.value, found.p) == (0.75, 0.5, 0.25, 1.0)


def test_runs_over_other_questions_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same questions"):
        p_value({"a": 1.0}, {"b": 1.0})


@given(VALUES)
def test_p_is_a_probability_that_is_never_zero(values: list[float]) -> None:
    assert 0.0 < permutation_p(np.array(values)) <= 1.0


@given(VALUES)
def test_p_does_not_ask_which_run_came_first(values: list[float]) -> None:
    assert permutation_p(np.array(values)) == permutation_p(-np.array(values))


@given(st.lists(st.floats(-1, 1, width=16), min_size=1, max_size=9))
def test_p_of_few_questions_is_exact(values: list[float]) -> None:
    array = np.array(values)
    exact = np.mean(
        [
            abs(sum(v if i >> k & 1 else -v for k, v in enumerate(values))) >= abs(array.sum()) - 1e-9
            for i in range(2 ** len(values))
        ]
    )
    assert permutation_p(array) == pytest.approx(exact)


def test_p_of_many_questions_is_near_scipys() -> None:
    array = np.random.default_rng(1).normal(0.12, 1.0, 200)
    theirs = permutation_test(
        (array,), lambda x, axis: np.mean(x, axis=axis), permutation_type="samples", n_resamples=N_PERMUTATIONS, rng=2
    ).pvalue
    assert permutation_p(array) == pytest.approx(theirs, abs=0.02)


@given(VALUES, st.floats(-1, 1, width=16))
def test_what_both_runs_gain_alike_changes_nothing(values: list[float], gain: float) -> None:
    first, second = {str(i): v for i, v in enumerate(values)}, {str(i): v / 2 for i, v in enumerate(values)}
    moved = [{key: value + gain for key, value in run.items()} for run in (first, second)]
    before, after = difference(first, second), difference(*moved)
    assert (after.mean.value, after.p) == (pytest.approx(before.mean.value, abs=1e-9), before.p)
