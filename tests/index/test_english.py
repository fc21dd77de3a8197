"""Questions in English."""

import pytest

from index.english import is_english, says_nothing
from index.thesaurus import Thesaurus


def test_english_has_its_own_function_words() -> None:
    assert is_english("What are the rights of the child?")
    assert not is_english("apa itu the rule of law?".replace("of", "dalam"))


@pytest.mark.parametrize(
    ("word", "nothing"), [("the", True), ("They", True), ("IT", False), ("I", True), ("anak", False)]
)
def test_a_word_in_capitals_is_a_name(word: str, nothing: bool) -> None:
    assert says_nothing(word) is nothing


def test_an_english_question_looks_for_its_content_alone() -> None:
    terms = Thesaurus().expand("Who is in charge of the parking at our market?")
    assert [term.origin for term in terms if not term.is_synonym] == ["charge", "parking", "market"]


def test_an_english_phrase_is_known_with_the_words_that_say_nothing() -> None:
    assert {"masa", "jabat"} <= {term.stem for term in Thesaurus().expand("what is the term of office for it")}


def test_an_indonesian_question_keeps_what_would_say_nothing_in_english() -> None:
    assert "it" in {term.stem for term in Thesaurus().expand("tugas bidang it")}
