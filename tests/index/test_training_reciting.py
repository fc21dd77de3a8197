import random

import pytest

from index.training.reciting import carried_out, delegated
from tests.index.amended_law import FIRST, GARDENS, SEEDS, body, named


@pytest.fixture(scope="module")
def gardens():
    return body(GARDENS)[0]


@pytest.fixture(scope="module")
def asked(gardens):
    seeds, relations = body(SEEDS)
    there = {"uu-2030-9": gardens}
    return [
        pair
        for seed in range(20)
        for pair in delegated(seeds, relations, lambda work: there.get(named(work)), random.Random(seed))
    ]


def test_a_reason_is_paired_with_the_pasal_on_aims_that_says_it(gardens):
    [pair] = carried_out(gardens)
    assert pair.query == "anak muda di kota jarang melihat sayuran tumbuh"
    assert pair.passage.splitlines()[-1].startswith("Kebun Warga bertujuan agar anak muda di kota")
    assert pair.source == "menimbang"


def test_another_pasal_that_may_carry_out_a_reason_is_no_negative_of_it(gardens):
    [pair] = carried_out(gardens)
    assert {guard for guard in pair.guards if "/" in guard} == {"uu-2030-9/pasal-2", "uu-2030-9/pasal-6"}


def test_the_reasons_of_a_law_that_amends_are_carried_out_elsewhere():
    assert list(carried_out(body(FIRST)[0])) == []


def test_what_carries_out_a_pasal_is_paired_with_the_one_that_asks_for_it(asked):
    assert {pair.guards[0] for pair in asked} == {"uu-2030-9/pasal-4"}
    assert {pair.passage.splitlines()[-1] for pair in asked} == {
        "Ketentuan lebih lanjut mengenai pupuk kandang dan benih unggul diatur dengan Peraturan Pemerintah."
    }


def test_a_recital_is_asked_whole_or_by_its_matter_and_names_no_number(asked):
    assert {pair.query for pair in asked} == {
        "peraturan tentang pupuk kandang dan benih unggul",
        "untuk melaksanakan Undang-Undang tentang Kebun Warga, perlu menetapkan Peraturan Pemerintah tentang Pupuk "
        "Kandang dan Benih Unggul",
    }


def test_what_carries_out_a_law_that_is_not_there_teaches_nothing():
    seeds, relations = body(SEEDS)
    assert list(delegated(seeds, relations, lambda _work: None, random.Random(1))) == []
