"""Measures of rankings, against values worked out by hand."""

import pytest

from index.measures import mean, p_value, per_question

QRELS = {"q1": {"a": 1}, "q2": {"b": 1, "c": 1}}
RUN = {"q1": {"x": 3.0, "a": 2.0}, "q2": {"b": 1.0}}


def test_measures_are_those_of_the_field() -> None:
    values = per_question(QRELS, RUN)
    assert values["nDCG@10"]["q1"] == pytest.approx(0.6309, abs=1e-4)
    assert values["RR@10"] == {"q1": 0.5, "q2": 1.0}
    assert values["R@5"] == {"q1": 1.0, "q2": 0.5}
    assert values["Success@1"] == {"q1": 0.0, "q2": 1.0}


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


def test_runs_over_other_questions_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same questions"):
        p_value({"a": 1.0}, {"b": 1.0})
