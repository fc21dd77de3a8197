"""What the reader learns from is drawn from what was mined."""

import random

import pytest

from bench import mine_readings
from bench.mine_readings import drawn, questions_before
from bench.written import LAWS, read_invented, read_written
from index.training.readings import Reading


def test_every_written_answer_is_learned_from_beside_a_limited_number_of_others(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mine_readings, "N_UNANSWERED", 3)
    monkeypatch.setattr(mine_readings, "N_NOT_WRITTEN", 2)
    readings = [
        Reading(f"{source} {i}", "teks", (), answers, source)
        for source, answers in (("written", True), ("invented", False), ("idk-mrc", True))
        for i in range(5)
    ]
    kept = drawn(readings, random.Random(1))
    assert [reading for reading in kept if reading.source == "written"] == readings[:5]
    assert sum(reading.source == "invented" for reading in kept) == 3
    assert sum(reading.source == "idk-mrc" for reading in kept) == 2


def test_questions_that_an_earlier_training_read_are_known():
    known = questions_before(10, "b")
    laws = read_written(LAWS)
    assert {question.text for question in laws[:10]} <= known
    first_of_b = next(excerpt for excerpt in read_invented() if excerpt.document.startswith("b"))
    assert not known & {question for question, _ in first_of_b.answered}
    assert questions_before(0, "") == frozenset()
