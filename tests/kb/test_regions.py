"""The longest name counts, and only a whole one."""

import pytest

from kb.regions import REGION_WORDS, n_words_of_name


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("KUTAI TIMUR GUGUS TUGAS", 2),
        ("Semarang Jawa Tengah", 1),
        ("Penajam Paser Utara dan", 3),
        ("LAYAK ANAK", 0),
        ("Surabaya", 1),
        ("", 0),
    ],
)
def test_the_longest_name_is_found(words: str, n: int):
    assert n_words_of_name(words.split()) == n


def test_the_words_are_single_and_lower_case():
    assert all(word.isalpha() and word.islower() for word in REGION_WORDS)
