"""Outlines are compared with labels by address and place, and the labelled regulations are parsed to the letter."""

from pathlib import Path

import pytest

from bench.structure_gold import Gold, Label, Score, compare, golds, judge, total
from kb.pages import Span

LABELS = (Label("pasal", "pasal-1", Span(1, 0, 50)), Label("ayat", "pasal-1/ayat-1", Span(1, 8, 30)))
GOLD = Gold("a.pdf", "0" * 64, False, LABELS, (Span(1, 40, 40),))


def test_what_is_labelled_is_right() -> None:
    result = compare(GOLD, LABELS)
    assert (result.scores["pasal"], result.scores["ayat"]) == (Score(1, 1, 1), Score(1, 1, 1))
    assert (result.n_ends_right, result.n_ends, result.n_traps_taken, result.misses) == (2, 2, 0, ())


def test_the_same_address_elsewhere_is_wrong() -> None:
    result = compare(GOLD, (LABELS[0], Label("ayat", "pasal-1/ayat-1", Span(1, 31, 50))))
    assert result.scores["ayat"] == Score(0, 1, 1)


def test_a_heading_where_none_is_counts_as_taken() -> None:
    result = compare(GOLD, (*LABELS, Label("ayat", "pasal-1/ayat-2", Span(1, 40, 50))))
    assert (result.n_traps_taken, result.misses) == (1, ("extra pasal-1/ayat-2 (p. 1)",))


def test_scores_of_several_regulations_add_up() -> None:
    both = total([compare(GOLD, LABELS), compare(GOLD, LABELS[:1])])
    assert both.scores["ayat"] == Score(1, 2, 1)
    assert both.scores["ayat"].f1 == pytest.approx(2 / 3)


@pytest.mark.data
@pytest.mark.parametrize(("is_ocr", "pasal", "items"), [(False, 0.99, 0.97), (True, 0.95, 0.97)])
def test_labelled_regulations_are_parsed_to_the_letter(
    data_folder: Path, is_ocr: bool, pasal: float, items: float
) -> None:
    result = total([judge(gold, data_folder / "pdf") for gold in golds() if gold.is_ocr is is_ocr])
    assert result.scores["pasal"].f1 >= pasal
    assert result.scores["ayat"].f1 >= items
    assert result.scores["huruf"].f1 >= items
    assert result.n_traps_taken == 0
