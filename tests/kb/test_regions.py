"""The longest name counts, and only a whole one."""

import pytest

from kb.regions import REGION_WORDS, bare_region, is_only_part, n_words_of_name


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


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("Kota Semarang", "Semarang"),
        ("KABUPATEN KUTAI TIMUR", "KUTAI TIMUR"),
        ("Kabupaten Kotawaringin Barat", "Kotawaringin Barat"),
        ("Prov. Bali", "Bali"),
        ("Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
    ],
)
def test_a_region_is_known_by_its_own_name(region: str, name: str):
    assert bare_region(region) == name


def test_the_words_are_single_and_lower_case():
    assert all(word.isalpha() and word.islower() for word in REGION_WORDS)


@pytest.mark.parametrize("word", ["tengah", "Tanah", "RAYA"])
def test_an_ordinary_word_is_only_part_of_a_name(word: str):
    assert is_only_part(word)
    assert not is_only_part("Semarang")
