import random

from hypothesis import given
from hypothesis import strategies as st

from index.training.noise import everyday_words, noisy

PASSAGE = "Pemerintah daerah wajib memberikan pelayanan kesehatan kepada ibu hamil."
QUERY = "Apakah pemerintah daerah wajib memberikan pelayanan kesehatan kepada ibu hamil?"


def made(n=200):
    return [noisy(QUERY, PASSAGE, random.Random(seed)) for seed in range(n)]


def test_noise_is_the_same_for_the_same_seed():
    assert made(20) == made(20)


def test_everyday_words_and_abbreviations_come_in():
    assert any("pemda" in query for query in made())
    assert any("bumil" in query for query in made())


def test_words_that_the_passage_repeats_are_dropped():
    assert any("kesehatan" not in query.lower() and "kes" not in query.lower() for query in made())


def test_some_queries_stay_as_they_are_but_for_their_case():
    assert any(query.lower() == QUERY.lower() for query in made())


def test_the_thesaurus_is_read_backwards():
    assert "PUG" in everyday_words()["pengarusutamaan gender"]


@given(st.text(min_size=1), st.text(), st.integers(0, 99))
def test_noise_leaves_a_query_with_words_some_word(query, passage, seed):
    assert bool(noisy(query, passage, random.Random(seed)).strip()) or not query.strip()
