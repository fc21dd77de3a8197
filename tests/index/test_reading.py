"""What a reader made of a text, and where."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading import NOWHERE, Read

places = st.lists(st.integers(0, 50), max_size=20).map(sorted)


def evenly(at: list[int]) -> Read:
    return Read(0.0, np.array(at, np.int64), np.full(len(at), 1 / max(len(at), 1)))


@given(places, st.integers(0, 60), st.integers(0, 60))
def test_the_chances_of_two_halves_are_that_of_the_whole(at: list[int], one: int, other: int) -> None:
    read = evenly(at)
    low, high = sorted((one, other))
    parts = read.chance_within(0, low) + read.chance_within(low, high) + read.chance_within(high, 61)
    assert parts == pytest.approx(read.chance_within(0, 61)) == pytest.approx(float(bool(at)))


@given(places, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_place_moves_with_the_text_when_its_beginning_is_left_out(
    at: list[int], n: int, start: int, more: int
) -> None:
    read = evenly(at)
    assert read.without(n).chance_within(start, start + more) == pytest.approx(
        read.chance_within(n + start, n + start + more)
    )


def test_a_reader_that_does_not_say_where_says_it_of_no_place() -> None:
    assert Read(3.0, NOWHERE, np.empty(0)).chance_within(0, 10) == 0.0
