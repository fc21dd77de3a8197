"""The words of passages in memory: what is added, taken out and added again gives what was put in at once."""

import itertools
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.postings import Postings

STEMS = ("anak", "gugus", "kota", "taman", "tugas")
texts = st.lists(st.sampled_from(STEMS), max_size=6).map(" ".join)
passages = st.lists(st.tuples(texts, texts), min_size=1, max_size=25)
BOTH = (1.0, 1.0)


def rows(given: Sequence[tuple[str, str]]) -> list[tuple[int, str, str]]:
    return [(3 * i + 1, text, headings) for i, (text, headings) in enumerate(given)]


def found(postings: Postings) -> list[tuple[list[int], list[float]]]:
    rankings = [postings.search(stems, 10) for stems in ([*STEMS], ["anak"], ["kota", "tiada"])]
    return [(ranking.ids.tolist(), ranking.scores.tolist()) for ranking in rankings]


@given(given=passages, cut=st.lists(st.integers(0, 25), max_size=5), gone=st.sets(st.integers(0, 25)))
def test_changes_one_by_one_give_what_a_new_one_gives(
    given: list[tuple[str, str]], cut: list[int], gone: set[int]
) -> None:
    every = rows(given)
    changed = Postings()
    bounds = sorted({0, len(every), *(place for place in cut if place < len(every))})
    for start, end in itertools.pairwise(bounds):
        changed.add(every[start:end], BOTH)
    left = [row for place, row in enumerate(every) if place not in gone]
    changed.remove(np.array([row[0] for place, row in enumerate(every) if place in gone], np.int64))
    anew = Postings()
    anew.add(left, BOTH)
    assert changed.ids().tolist() == anew.ids().tolist() == [row[0] for row in left]
    assert found(changed) == found(anew)
    assert changed.frequencies(STEMS) == anew.frequencies(STEMS)


def test_a_word_is_counted_in_text_and_headings_by_their_weights() -> None:
    postings = Postings()
    postings.add([(1, "anak kota", "anak"), (2, "kota", ""), (3, "taman", "")], (1.0, 0.5))
    assert postings.frequencies(["anak", "kota", "tiada"]) == {"anak": 1, "kota": 2}
    assert postings.search(["anak"], 5).ids.tolist() == [1]


def test_of_equals_the_older_comes_first_and_only_allowed_ones_come() -> None:
    postings = Postings()
    postings.add([(number, "anak", "") for number in range(1, 8)], BOTH)
    postings.add([(9, "taman kota desa", ""), (10, "taman kota desa", ""), (11, "taman", "")], BOTH)
    assert postings.search(["taman"], 2).ids.tolist() == [11, 9]
    assert postings.search(["anak"], 3).ids.tolist() == [1, 2, 3]
    assert postings.search(["anak"], 9, np.array([2, 5, 9])).ids.tolist() == [2, 5]
