import random

import pytest

from index.training.mining import mine
from tests.index.playing_law import LAW, regulation


@pytest.fixture(scope="module")
def pairs():
    law = regulation(LAW)
    return [pair for seed in range(20) for pair in mine(law, random.Random(seed))]


def test_an_explanation_is_paired_with_the_provision_it_explains(pairs):
    explained = {(pair.guards[0], "perosotan" in pair.query) for pair in pairs if pair.source == "penjelasan"}
    assert explained == {("uu-2030-99/pasal-2", True)} or explained == {
        ("uu-2030-99/pasal-2", True),
        ("uu-2030-99/pasal-2", False),
    }


def test_cukup_jelas_explains_nothing(pairs):
    assert not [pair for pair in pairs if "cukup jelas" in pair.query.lower()]


def test_a_heading_that_is_asked_for_is_mostly_left_out_of_the_path(pairs):
    titled = [pair for pair in pairs if pair.source == "judul"]
    assert {pair.query.lower() for pair in titled} >= {"pemeliharaan ruang bermain"}
    without = [pair for pair in titled if not pair.passage.splitlines()[1].startswith("BAB II")]
    assert len(without) > len(titled) / 2


def test_a_definition_is_asked_by_its_term_and_by_its_meaning(pairs):
    terms = {pair.query for pair in pairs if pair.source == "definisi"}
    meanings = {pair.query for pair in pairs if pair.source == "makna"}
    assert any("Taman Bermain" in query for query in terms)
    assert any("ruang terbuka yang disediakan" in query for query in meanings)
    assert not any("Taman Bermain" in query for query in meanings)


def test_a_crime_is_asked_by_the_deed(pairs):
    assert {pair.guards[0] for pair in pairs if pair.source == "pidana"} == {"uu-2030-99/pasal-3"}
    assert all("merusak alat permainan" in pair.query for pair in pairs if pair.source == "pidana")


def test_a_passage_is_written_as_it_is_embedded(pairs):
    duty = next(pair for pair in pairs if pair.source == "peran")
    assert duty.passage.startswith("Undang-Undang tentang Permainan Anak\nBAB II PEMELIHARAAN RUANG BERMAIN\n")


def test_pairs_of_one_pasal_share_a_guard(pairs):
    assert {pair.guards[0] for pair in pairs} == {f"uu-2030-99/pasal-{n}" for n in (1, 2, 3)}
