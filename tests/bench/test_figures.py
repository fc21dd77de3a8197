import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figures import Figure, Table, at_least, at_most, median, percentile, shown

TIMES = st.lists(st.floats(0, 1e6), min_size=1)


def test_the_95th_percentile_leaves_at_most_one_in_twenty_above() -> None:
    assert percentile(range(1, 101), 95) == 95


def test_the_median_of_an_even_number_is_the_lower_of_the_two() -> None:
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.0


@given(TIMES, st.floats(0, 100))
def test_a_percentile_is_one_of_the_values(times: list[float], percent: float) -> None:
    assert percentile(times, percent) in times


@given(TIMES, st.floats(0, 100), st.floats(0, 100))
def test_percentiles_rise(times: list[float], first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert percentile(times, low) <= percentile(times, high)


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        percentile([], 50)


def test_a_figure_says_whether_it_is_met() -> None:
    assert [at_most("a", 7.0, 7, "ms").met, at_most("a", 7.1, 7, "ms").met, at_least("a", 99.9, 100, "x").met] == [
        True,
        False,
        False,
    ]


def test_a_figure_that_misses_by_little_does_not_read_as_met() -> None:
    assert at_most("p50", 25.04, 25, "ms") == Figure("p50", "25.04 ms", "at most 25 ms", False)


def test_a_table_is_markdown() -> None:
    table = Table("Reading", "Once.", (at_least("pages", 1234.4, 100, "pages/s"), shown("files", 3, "files")))
    assert list(table.markdown()) == [
        "## Reading",
        "",
        "Once.",
        "",
        "| | measured | asked for | |",
        "| --- | --- | --- | --- |",
        "| pages | 1,234 pages/s | at least 100 pages/s | met |",
        "| files | 3 files |  |  |",
        "",
    ]
