"""The speller: what it corrects, and what it leaves alone."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import Speller, could_be_indonesian
from index.stemming import stem
from index.words import STOP_WORDS

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
    "puluh": 900,
    "pulih": 30,
    "bukittinggi": 20,
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
        ("menyelengarakan", "menyelenggarakan"),
        ("dilindngi", "dilindungi"),
        ("kekersan", "kekerasan"),
        ("perdagngan", "perdagangan"),
        ("pemrintahnya", "pemerintahnya"),
        ("kbpaten", "kabupaten"),
        ("untk", "untuk"),
        ("lndonesia", "indonesia"),
        ("pernerintah", "pemerintah"),
        ("1ndonesia", "indonesia"),
        ("pemulhan", "pemulihan"),
        ("bukitingi", "bukittinggi"),
        ("bukitinggi", "bukittinggi"),
    ],
)
def test_a_misspelt_word_is_the_one_meant(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize("stem", ["sekolah", "tanam", "2014", "76d", "kla", "ab", "", "seoul", "fotosintesis"])
def test_a_word_is_left_alone_that_is(stem: str) -> None:
    assert SPELLER.correct(stem) is None


@pytest.mark.parametrize(
    "word",
    [
        # Everyday words that no regulation uses
        "selingan",
        "bule",
        "formalin",
        "keripik",
        "dibooking",
        # Short, Indonesian by their letters, and no slip of one finger from "taman" and "keras"
        "tamam",
        "kuras",
        # With affixes that do not go together: "tamani"
        "tamni",
    ],
)
def test_a_word_that_may_be_right_is_left_alone(word: str) -> None:
    assert SPELLER.correct(word) is None


def test_of_equally_near_words_the_commoner_is_meant() -> None:
    assert Speller({"tanam": 40, "taman": 4}).correct("tamn") == "taman"
    assert Speller({"pasar": 40, "pasir": 4}).correct("pasr") == "pasar"
    assert Speller({"pasar": 4, "pasir": 40}).correct("pasr") == "pasir"


@pytest.mark.parametrize(
    ("word", "is_likely"),
    [
        ("selingan", True),
        ("menyelenggarakan", True),
        ("struktur", True),
        ("teks", True),
        ("sbgai", False),
        ("daerh", False),
        ("sekollah", False),
        ("pejbat", False),
    ],
)
def test_letters_that_make_syllables_could_be_indonesian(word: str, is_likely: bool) -> None:
    assert could_be_indonesian(word) == is_likely


def looked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that any speller looks for from now on, in order."""
    words: list[str] = []
    meant = Speller._meant

    def noted(speller: Speller, word: str) -> Iterator[tuple[str, float]]:
        words.append(word)
        return meant(speller, word)

    monkeypatch.setattr(Speller, "_meant", noted)
    return words


def test_a_word_is_looked_for_once_by_each_speller(monkeypatch: pytest.MonkeyPatch) -> None:
    words = looked_for(monkeypatch)
    first, second = Speller(VOCABULARY), Speller({"pidana": 3})
    assert [first.correct(typed) for typed in ("skolah", "xxyyzz", "skolah", "xxyyzz")] == ["sekolah", None] * 2
    assert [second.correct("skolah"), second.correct("skolah")] == [None, None]
    assert words == ["skolah", "xxyyzz", "skolah"]


def test_a_speller_keeps_so_many_words_and_finds_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.spelling.MOST_KEPT", 2)
    words = looked_for(monkeypatch)
    speller = Speller(VOCABULARY)
    asked = ["skolah", "pidnaa", "prempuan", "skolah"]
    assert [speller.correct(typed) for typed in asked] == ["sekolah", "pidana", "perempuan", "sekolah"]
    assert words == asked


def test_an_empty_vocabulary_corrects_nothing() -> None:
    assert Speller({}).correct("sekolah") is None


@given(st.text("abcdeiklmnoprstu1", max_size=14))
def test_a_correction_is_always_a_known_word(typed: str) -> None:
    corrected = SPELLER.correct(typed)
    assert corrected is None or corrected in VOCABULARY or stem(corrected) in VOCABULARY or corrected in STOP_WORDS


@given(st.sampled_from(sorted(VOCABULARY)))
def test_a_known_word_is_never_corrected(stem: str) -> None:
    assert SPELLER.correct(stem) is None
