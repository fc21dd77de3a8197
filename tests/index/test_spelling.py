"""The speller: what it corrects, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import Speller

VOCABULARY = {
    "sekolah": 900,
    "lindung": 800,
    "kabupaten": 700,
    "selenggara": 600,
    "keras": 500,
    "perempuan": 400,
    "pidana": 300,
    "bullying": 3,
    "dagang": 200,
    "indonesia": 900,
    "pemerintah": 900,
    "disabilitas": 50,
    "taman": 40,
    "tanam": 4,
    "76c": 5,
}
SPELLER = Speller(VOCABULARY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("skolah", "sekolah"),
        ("sekollah", "sekolah"),
        ("bullyng", "bullying"),
        ("kabupatn", "kabupaten"),
        ("prempuan", "perempuan"),
        ("pidnaa", "pidana"),
        ("disabiltas", "disabilitas"),
        ("menyelengarakan", "selenggara"),
        ("dilindngi", "lindung"),
        ("kekersan", "keras"),
        ("perdagngan", "dagang"),
        ("lndonesia", "indonesia"),
        ("pernerintah", "pemerintah"),
        ("1ndonesia", "indonesia"),
    ],
)
def test_a_misspelt_word_is_the_one_meant(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize("stem", ["sekolah", "tanam", "2014", "76d", "kla", "ab", "", "seoul", "fotosintesis"])
def test_a_word_is_left_alone_that_is(stem: str) -> None:
    assert SPELLER.correct(stem) is None


def test_of_equally_near_words_the_commoner_is_meant() -> None:
    assert SPELLER.correct("tamam") == "taman"


def test_an_empty_vocabulary_corrects_nothing() -> None:
    assert Speller({}).correct("sekolah") is None


@given(st.text("abcdeiklmnoprstu1", max_size=14))
def test_a_correction_is_always_a_known_word(typed: str) -> None:
    corrected = SPELLER.correct(typed)
    assert corrected is None or corrected in VOCABULARY


@given(st.sampled_from(sorted(VOCABULARY)))
def test_a_known_word_is_never_corrected(stem: str) -> None:
    assert SPELLER.correct(stem) is None
