"""The gate: what the example documents answer may not get worse unseen."""

import json
from pathlib import Path

import pytest

from tests.quality.measured import FLOORS, Fall, asked, falls, figures


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    return figures(asked(tmp_path_factory.mktemp("examples")))


def least() -> dict[str, float]:
    return json.loads(FLOORS.read_text("utf-8"))


def test_nothing_fell_below_its_floor(measured: dict[str, float]) -> None:
    assert [str(fall) for fall in falls(measured, least())] == []


def test_everything_measured_has_a_floor(measured: dict[str, float]) -> None:
    assert least().keys() == measured.keys()


def test_a_fall_names_the_measure_and_by_how_much() -> None:
    [fall] = falls({"nDCG@10": 0.7, "R@5": 0.9}, {"nDCG@10": 0.75, "R@5": 0.9})
    assert fall == Fall("nDCG@10", 0.75, 0.7)
    assert str(fall) == "nDCG@10: 0.7000, 0.0500 below the floor of 0.7500"


def test_a_measure_that_is_gone_has_fallen() -> None:
    assert falls({}, {"R@5": 0.9}) == [Fall("R@5", 0.9, 0.0)]


def test_quotes_have_no_room_to_fall() -> None:
    assert least()["quotes equal to their page"] == 1.0


def test_the_floors_are_a_file_for_people_to_read() -> None:
    assert Path(FLOORS).read_text("utf-8") == json.dumps(least(), indent=1) + "\n"
