import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.noise import ALL_NOISE, Noise, asked, everyday_words, noisy
from index.training.pairs import Pair

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


def test_without_any_kind_of_noise_a_query_stays_as_it_is():
    assert {noisy(QUERY, PASSAGE, random.Random(seed), ()) for seed in range(50)} == {QUERY}


@pytest.mark.parametrize("source", ["penjelasan", "written"])
def test_without_any_kind_of_noise_a_pair_is_asked_as_it_is(source):
    pair = Pair(QUERY, PASSAGE, source, "uu", ())
    assert {asked(pair, random.Random(seed), 26, ()) for seed in range(50)} == {QUERY}


@pytest.mark.parametrize("kind", Noise)
def test_a_kind_of_noise_that_is_left_out_changes_no_query_that_it_did_not_touch(kind):
    # Long enough that some word is dropped wherever words are.
    query = f"{QUERY} kebun tanah pagar sumur gudang cangkul sekop gerobak bedengan jerami sekam benih panen bak hujan"
    passage = f"{PASSAGE} {query}"
    others = ALL_NOISE - {kind}
    untouched = [seed for seed in range(200) if noisy(query, passage, random.Random(seed), {kind}) == query]
    assert 0 < len(untouched) < 200
    for seed in untouched:
        with_all = noisy(query, passage, random.Random(seed))
        assert noisy(query, passage, random.Random(seed), others) == with_all
