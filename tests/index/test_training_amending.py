import random

import pytest

from index.training.amending import amended
from index.training.batches import batched
from index.training.mining import mine
from tests.index.amended_law import FIRST, GARDENS, SECOND, body


@pytest.fixture(scope="module")
def laws():
    return [body(text)[0] for text in (GARDENS, FIRST, SECOND)]


@pytest.fixture(scope="module")
def pairs(laws):
    gardens, first, second = laws
    return [*amended(first, [gardens], random.Random(1)), *amended(second, [gardens, first], random.Random(1))]


def test_each_pasal_that_is_put_into_a_law_is_a_version_of_that_laws_pasal(laws):
    _gardens, first, second = laws
    assert {address: "/".join(version) for address, version in first.regulation.versions.items()} == {
        "pasal-i/angka-1/pasal-1": "uu-2030-9/pasal-1",
        "pasal-i/angka-2/pasal-3": "uu-2030-9/pasal-3",
        "pasal-i/angka-3/pasal-4a": "uu-2030-9/pasal-4a",
        "pasal-i/angka-4/pasal-5": "uu-2030-9/pasal-5",
    }
    assert ["/".join(version) for version in second.regulation.versions.values()] == ["uu-2030-9/pasal-4a"]


def test_a_law_that_amends_none_has_no_versions(laws):
    assert laws[0].regulation.versions == {}


def test_new_words_are_paired_with_the_passage_that_they_take_the_place_of(pairs):
    stored = next(pair for pair in pairs if "satpam" in pair.query)
    assert stored.query.startswith("Cangkul, sekop, dan gerobak disimpan di gudang berpagar kawat")
    assert stored.passage.startswith("Undang-Undang Nomor 9 Tahun 2030 tentang Kebun Warga\nBAB III AIR DAN ALAT\n")
    assert "oleh ketua kelompok" in stored.passage
    assert stored.group == "uu-2030-9"


def test_a_definition_is_paired_by_its_term_though_its_number_is_another_by_now(pairs):
    defined = [pair for pair in pairs if " adalah " in pair.query]
    assert [pair.query.split(" adalah ")[0] for pair in defined] == ["Juru Kebun"]
    assert "2. Juru Kebun adalah orang yang menyiram tanaman setiap pagi" in defined[0].passage


def test_words_that_stay_are_no_pair(pairs):
    assert not [pair for pair in pairs if "air hujan" in pair.query or "tanah kosong" in pair.query]


def test_a_pasal_that_was_given_to_another_subject_is_no_pair(pairs):
    assert not [pair for pair in pairs if "pohon pelindung" in pair.query]


def test_what_was_put_in_before_is_the_old_version_of_what_changes_it(pairs):
    [inserted] = [pair for pair in pairs if "sekam" in pair.query]
    assert "jerami kering" in inserted.passage
    assert inserted.guards[:2] == ("uu-2033-4/pasal-i/angka-3/pasal-4a", "uu-2030-9/pasal-4a")


def test_nothing_but_changed_words_is_paired(pairs):
    assert len(pairs) == 3


def test_versions_of_one_pasal_never_meet_in_a_batch(laws, pairs):
    mined = [pair for law in laws for seed in range(6) for pair in mine(law.regulation, random.Random(seed))]
    everything = [*pairs, *mined]
    batches = list(batched(everything, 3, random.Random(2)))
    assert batches
    for batch in batches:
        of_store = [place for place in batch if "gerobak" in everything[place].passage]
        of_manure = [place for place in batch if "Pupuk kandang dicampur" in everything[place].passage]
        assert len(of_store) <= 1
        assert len(of_manure) <= 1
