"""The figures of a report, its file, and how two are compared."""

from dataclasses import replace
from pathlib import Path

import pytest

from api.evaluation.files import read_report, to_json
from api.evaluation.report import RIGHT, Outcome, Report, Store, compare
from index.measures import MEASURES
from kb.errors import FileRefusedError, NotFoundError

GOOD = Outcome(has_answer=True, is_answered=True, is_right=True, confidence=0.9, n_quotes=2, n_equal=2)
WRONG = replace(GOOD, is_right=False, n_quotes=1, n_equal=1)
REFUSED = Outcome(has_answer=True, is_answered=False, is_right=False, confidence=0.2, n_quotes=0, n_equal=0)
SILENT = replace(REFUSED, has_answer=False)
TALKS = replace(WRONG, has_answer=False)


def report(**values: float) -> Report:
    """A report of the questions q1 to q4 that have an answer, and two that have none."""
    by_question = {"q1": 1.0, "q2": 0.5, "q3": 0.0, "q4": 0.5} | values
    return Report(
        name="soal",
        store=Store(2, 10, "toy"),
        values={channel: dict.fromkeys(MEASURES, by_question) for channel in ("words", "fused")},
        slices={"kind perda": ("q1", "q2"), "kind lain": ("q3",)},
        outcomes={"q1": GOOD, "q2": GOOD, "q3": WRONG, "q4": REFUSED, "u1": SILENT, "u2": TALKS},
        n_left_out=0,
    )


def test_means_are_over_all_questions_or_a_slice() -> None:
    found = report()
    assert found.means("fused")["nDCG@10"].value == 0.5
    assert found.means("fused", found.slices["kind perda"])["nDCG@10"].value == 0.75


def test_answers_are_counted_by_what_they_should_have_been() -> None:
    answers = report().answers()
    assert (answers.n_with, answers.n_without, answers.refused, answers.recall) == (4, 2, 0.25, 0.5)
    assert answers.right is not None
    assert answers.right_of_answered is not None
    assert (answers.right.value, answers.right_of_answered.value) == (0.5, pytest.approx(2 / 3))
    assert answers.precision == 0.5


def test_precision_on_an_equal_mix_does_not_ask_how_many_had_an_answer() -> None:
    one = report()
    more = replace(one, outcomes=one.outcomes | {f"m{i}": outcome for i in range(5) for outcome in (GOOD, WRONG)})
    thrice = replace(one, outcomes=one.outcomes | {f"{i}{k}": o for i in range(2) for k, o in one.outcomes.items()})
    assert one.answers().equal_precision == pytest.approx(0.5 / 0.75)
    assert thrice.answers().equal_precision == one.answers().equal_precision
    assert more.answers().precision == one.answers().precision


def test_a_set_without_answers_has_no_shares_of_them() -> None:
    found = replace(report(), outcomes={"u1": SILENT}, values={"fused": {}}, slices={})
    answers = found.answers()
    assert (answers.right, answers.refused, answers.equal_precision, answers.recall) == (None, None, None, 1.0)
    assert found.means("fused") == {}


def test_quotes_are_counted() -> None:
    assert report().quotes == (6, 6)


def test_a_report_outlives_its_file(tmp_path: Path) -> None:
    file = tmp_path / "laporan.json"
    file.write_text(to_json(report()), "utf-8")
    assert read_report(file) == report()


def test_the_same_report_is_the_same_bytes() -> None:
    assert to_json(report()) == to_json(report())


@pytest.mark.parametrize("text", ["", "{}", '{"format": "acuan-eval/2"}', "[]"])
def test_another_file_is_no_report(tmp_path: Path, text: str) -> None:
    file = tmp_path / "laporan.json"
    file.write_text(text, "utf-8")
    with pytest.raises(FileRefusedError):
        read_report(file)


def test_a_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_report(tmp_path / "tidak.json")


def test_two_runs_are_compared_over_the_questions_they_share() -> None:
    other = report(q1=0.5, q2=0.0)
    other = replace(other, outcomes={k: o for k, o in other.outcomes.items() if k != "q4"} | {"q9": GOOD})
    other = replace(other, values={c: {m: {**v, "q9": 1.0} for m, v in of.items()} for c, of in other.values.items()})
    found = compare(report(), other)
    assert (found.n_shared, found.n_only_first, found.n_only_second) == (3, 1, 1)
    assert found.measures["nDCG@10"].mean.value == pytest.approx(1 / 3)
    assert (found.measures[RIGHT].mean.value, found.measures[RIGHT].p) == (0.0, 1.0)
    assert {name: each.mean.value for name, each in found.slices.items()} == {"kind perda": 0.5, "kind lain": 0.0}


def test_runs_without_a_question_in_common_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same questions"):
        compare(report(), replace(report(), outcomes={}))
