"""What words are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.scoring import HEADING_WEIGHT, OF_PHRASE, Collection, Weights, idf
from index.terms import Term

COLLECTION = Collection(n=100, df={"anak": 60, "forum": 4, "musrenbang": 2}, avgdl=4.0)


def term(stem: str, weight: float = 1.0, origin: str = "") -> Term:
    return Term(stem, weight, origin or stem, is_synonym=bool(origin))


def bm25(terms: list[Term], words: str, headings: str) -> float:
    weights = Weights(terms, COLLECTION)
    return weights.bm25(weights.held(words), weights.held(headings))


def coverage(terms: list[Term], words: str) -> float:
    weights = Weights(terms, COLLECTION)
    return weights.coverage(weights.find(words.split()))


def test_bm25_is_robertsons_formula() -> None:
    tf, length = 2, 4
    expected = idf(100, 4) * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / 4.0))
    assert bm25([term("forum")], "forum anak forum desa", "") == pytest.approx(expected)


def test_a_word_in_the_heading_counts_for_less_than_in_the_text() -> None:
    assert HEADING_WEIGHT < 1
    in_text = bm25([term("forum")], "forum a", "b")
    in_heading = bm25([term("forum")], "a b", "forum")
    assert 0 < in_heading < in_text


def test_a_rare_word_is_worth_more_than_a_common_one() -> None:
    words = "anak musrenbang"
    assert bm25([term("musrenbang")], words, "") > bm25([term("anak")], words, "")


def test_coverage_is_the_share_of_the_questions_word_weight() -> None:
    terms = [term("anak"), term("musrenbang")]
    share = idf(100, 60) / (idf(100, 60) + idf(100, 2))
    assert coverage(terms, "anak") == pytest.approx(share)
    assert coverage(terms, "musrenbang anak") == pytest.approx(1.0)


def test_a_synonym_covers_its_share_of_the_word_it_stands_for() -> None:
    terms = [term("musrenbang"), term("rembuk", 0.5, "musrenbang")]
    assert coverage(terms, "rembuk") == pytest.approx(0.5)


def test_one_word_that_says_a_phrase_covers_most_of_each_of_its_words() -> None:
    said = Term("restitusi", 0.4, "ganti", is_synonym=True, phrase=("ganti", "rugi"))
    assert coverage([term("ganti"), term("rugi"), said], "restitusi") == pytest.approx(OF_PHRASE)
    assert coverage([term("ganti"), term("rugi"), said], "ganti restitusi") == pytest.approx((1 + OF_PHRASE) / 2)


def test_a_long_form_that_is_there_whole_covers_its_abbreviation() -> None:
    terms = [
        Term("dp3a", 1.0, "dp3a", long_forms=(("dinas", "perempuan", "anak"),)),
        *(term(stem, 0.1, "dp3a") for stem in ("dinas", "perempuan", "anak")),
    ]
    assert coverage(terms, "dinas perempuan anak") == pytest.approx(1.0)
    assert coverage(terms, "dinas anak") == pytest.approx(0.1)


def test_a_question_without_words_is_covered_by_nothing() -> None:
    assert coverage([], "anak") == 0.0


def test_neighbouring_words_cover_more_of_a_window_than_distant_ones() -> None:
    weights = Weights([term("forum"), term("musrenbang")], COLLECTION)
    near = weights.coverage(weights.densest(weights.find(["a", "forum", "musrenbang", "b", "c", "d"]), 2))
    far = weights.coverage(weights.densest(weights.find(["forum", "a", "b", "c", "d", "musrenbang"]), 2))
    assert near == pytest.approx(1.0)
    assert far < near


@given(st.lists(st.sampled_from(["anak", "forum", "musrenbang", "x"]), max_size=30), st.integers(1, 12))
def test_the_densest_words_are_those_of_the_best_of_all_windows(words: list[str], width: int) -> None:
    weights = Weights([term("anak"), term("forum"), term("musrenbang")], COLLECTION)
    found = weights.find(words)
    every = (weights.find(words[start : start + width]) for start in range(len(words)))
    assert weights.coverage(weights.densest(found, width)) == pytest.approx(
        max(map(weights.coverage, every), default=0.0)
    )
