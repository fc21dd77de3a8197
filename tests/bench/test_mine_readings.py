"""What the reader learns from is drawn from what was mined."""

import random

import pytest

from bench import mine_readings
from bench.mine_readings import drawn, questions_before, with_silent
from bench.written import LAWS, read_invented, read_written
from index.training.readings import Reading


def test_of_each_kind_so_many_are_learned_from(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mine_readings, "N_ANSWERED", 4)
    monkeypatch.setattr(mine_readings, "N_UNANSWERED", 3)
    monkeypatch.setattr(mine_readings, "N_NOT_WRITTEN", 2)
    readings = [
        Reading(f"{source} {i}", "teks", (), answers, source)
        for source, answers in (("written", True), ("invented", False), ("idk-mrc", True))
        for i in range(5)
    ]
    kept = drawn(readings, random.Random(1))
    assert len(set(kept)) == len(kept)
    assert [sum(reading.source == source for reading in kept) for source in ("written", "invented", "idk-mrc")] == [
        4,
        3,
        2,
    ]


def test_half_of_the_marked_answers_are_read_without_what_answers_too():
    text = "Wali Kota memimpin gugus tugas. " + "Dinas itu bekerja setiap hari di gedung lama. " * 8
    readings = [Reading(f"soal {i}", text, ((0, 9),), True, "written") for i in range(400)]
    read = list(with_silent(readings, random.Random(1)))
    silent = [reading for reading in read if not reading.answers]
    assert len(read) - len(silent) == 400
    assert 160 < len(silent) < 240
    assert not any("Wali Kota" in reading.text for reading in silent)


def test_questions_that_an_earlier_training_read_are_known():
    known = questions_before(10, "b")
    laws = read_written(LAWS)
    assert {question.text for question in laws[:10]} <= known
    first_of_b = next(excerpt for excerpt in read_invented() if excerpt.document.startswith("b"))
    assert not known & {question for question, _ in first_of_b.answered}
    assert questions_before(0, "") == frozenset()
