"""One ranking of both channels, and what is put first or last beside them."""

from dataclasses import replace

import numpy as np
import pytest

from api.library import Library
from index.matching import Matches
from index.ranking import (
    BESIDE_PROVISION,
    FEATURES,
    NAMED_PROVISION,
    WEIGHTS,
    Named,
    rank,
    read_named,
)
from index.retrieval import Candidates, Question
from index.scoring import Collection, Weights
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId, Kind
from kb.passages import PassageId
from kb.store import Traits
from tests.shelf import asked, named

WORDS = "gugus tugas kota layak anak"


def traits(words: str = WORDS, address: str = "pasal-1") -> Traits:
    return Traits(words, "", DocumentId(1), Kind.PERDA, address)


def candidates(*each: Traits, lexical: tuple[float, ...] = (), dense: tuple[float, ...] = ()) -> Candidates:
    """Candidates with ids from 1; every score 0 unless given."""
    n = len(each)
    collection = Collection(10, {}, 5.0)
    return Candidates(
        Question("", "", (), ""),
        np.arange(1, n + 1),
        np.array(lexical or (0.0,) * n),
        np.array(dense or (0.0,) * n),
        each,
        collection,
        Weights((), collection),
        np.empty((0, 4), np.float32),
    )


def holding_nothing(asked: Candidates) -> Matches:
    return Matches(np.zeros(len(asked.ids)), np.zeros(len(asked.ids)))


def test_a_score_is_the_weighted_sum_of_what_a_candidate_is_and_holds() -> None:
    three = candidates(traits(), traits(), traits(), lexical=(0.0, 5.0, 20.0), dense=(0.9, 0.8, 0.85))
    found = rank(three, holding_nothing(three))
    lexical, dense = (0.0, 0.25, 1.0), (1.0, 0.0, 0.5)
    # Where no tokens are looked at, the vectors have their share.
    scores = [
        (WEIGHTS["dense"] + WEIGHTS["late"]) * by_vector + WEIGHTS["lexical"] * by_words
        for by_vector, by_words in zip(dense, lexical, strict=True)
    ]
    by_id = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    assert [by_id[i] for i in (1, 2, 3)] == pytest.approx(scores)


def test_a_passage_of_a_few_words_is_put_down() -> None:
    two = candidates(traits(), traits(words="pasal 2 cukup jelas"))
    found = rank(two, holding_nothing(two))
    assert found.scores.tolist() == [0.0, WEIGHTS["empty"]]
    assert WEIGHTS["empty"] < 0


def test_nothing_that_was_learned_speaks_against_what_it_was_chosen_for() -> None:
    assert set(WEIGHTS) == set(FEATURES)
    for_it = set(FEATURES) - {"empty"}
    assert all(WEIGHTS[name] >= 0 for name in for_it)
    assert sum(WEIGHTS[name] for name in for_it) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(("asks_explanation", "scores"), [(False, [1.0, 0.5]), (True, [0.5, 1.0])])
def test_a_named_pasal_comes_before_its_penjelasan_unless_that_is_asked_for(
    asks_explanation: bool, scores: list[float]
) -> None:
    both = candidates(traits(address="pasal-2"), traits(address="penjelasan/pasal-2"))
    found = rank(
        both, holding_nothing(both), Named(passages=(PassageId(1), PassageId(2)), asks_explanation=asks_explanation)
    )
    by_id = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    assert (NAMED_PROVISION, BESIDE_PROVISION) == (1.0, 0.5)
    assert [by_id[1], by_id[2]] == scores


def test_where_a_meaning_is_asked_for_the_penjelasan_ranks_beside_its_pasal() -> None:
    three = candidates(
        traits(address="pasal-2/ayat-1"),
        traits(address="penjelasan/pasal-2"),
        traits(address="penjelasan/pasal-3"),
        dense=(0.9, 0.2, 0.5),
    )
    found = rank(three, holding_nothing(three), Named(asks_meaning=True))
    assert found.ids.tolist() == [1, 2, 3]
    assert rank(three, holding_nothing(three), Named()).ids.tolist() == [1, 3, 2]


def test_where_a_sanction_is_asked_for_the_one_on_the_pasal_found_ranks_behind_it() -> None:
    penal = "orang langgar pasal 2 pidana penjara lama tahun"
    three = candidates(
        traits(address="pasal-2"),
        traits(address="pasal-9"),
        traits(words=penal, address="pasal-8"),
        traits(words=penal.replace("2", "21"), address="pasal-7"),
        dense=(0.9, 0.6, 0.0, 0.1),
    )
    assert rank(three, holding_nothing(three), Named(asks_sanction=True)).ids.tolist() == [1, 3, 2, 4]
    assert rank(three, holding_nothing(three), Named()).ids.tolist() == [1, 2, 4, 3]


@pytest.mark.parametrize(
    ("question", "asks"),
    [("apa maksud pasal 3", True), ("contohnya apa saja", True), ("contoh pasal partisipasi anak", False)],
)
def test_an_example_of_a_pasal_asks_for_no_meaning(shelf: Library, question: str, asks: bool) -> None:
    assert read_named(question, shelf.documents(LOCAL_ADMIN), shelf.store).asks_meaning is asks


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("perda nomor 4 tahun 2019 taman bermain", "surakarta.txt"),
        ("perda 2/2021 taman bermain", "semarang.txt"),
        ("UU 35/2014 mulai berlaku", "uu.txt"),
    ],
)
def test_the_regulation_that_a_question_names_comes_first(shelf: Library, question: str, first: str) -> None:
    assert shelf.search(asked(question))[0].document.name == first


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("taman bermain di Surakarta", ["surakarta.txt", "semarang.txt"]),
        ("taman bermain kota semarang", ["semarang.txt", "surakarta.txt"]),
    ],
)
def test_the_region_that_a_question_names_comes_before_others(shelf: Library, question: str, order: list[str]) -> None:
    names = [hit.document.name for hit in shelf.search(asked(question))]
    assert sorted(set(order), key=names.index) == order


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("perda 4/2019 pasal 3", "Perda Kota Surakarta 4/2019 Pasal 3"),
        ("pasal 2 ayat 2 perda 2/2021", "Perda Kota Semarang 2/2021 Pasal 2"),
        ("penjelasan pasal 2 perda 2/2021", "Perda Kota Semarang 2/2021 Penjelasan Pasal 2"),
        ("pasal 2 UU perlindungan anak", "UU 35/2014 Pasal 2"),
    ],
)
def test_the_provision_that_a_question_names_comes_first(shelf: Library, question: str, label: str) -> None:
    assert shelf.search(asked(question))[0].label == label


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("taman bermain di smg", "taman bermain di semarang"),
        ("taman bermain di surkarta", "taman bermain di surakarta"),
        ("anak psl 2 perda 2/2021", "anak pasal 2 perda 2/2021"),
    ],
)
def test_a_name_that_is_shortened_or_misspelt_is_the_same_name(shelf: Library, typed: str, meant: str) -> None:
    found, wanted = (shelf.search(asked(question)) for question in (typed, meant))
    assert [(hit.label, hit.score) for hit in found] == [(hit.label, hit.score) for hit in wanted]


def test_a_question_that_names_nothing_has_nothing_named(shelf: Library) -> None:
    found = read_named("siapa membentuk gugus tugas", shelf.documents(LOCAL_ADMIN), shelf.store)
    assert found == Named()


def test_a_document_without_a_region_belongs_to_no_other_region(shelf: Library) -> None:
    found = read_named("gugus tugas surakarta", shelf.documents(LOCAL_ADMIN), shelf.store)
    assert found.of_region == {named(shelf, "surakarta.txt").id}
    assert found.of_other_regions == {named(shelf, "semarang.txt").id}


def test_a_report_of_a_visit_to_a_region_is_of_that_region_too(shelf: Library) -> None:
    visitors = named(shelf, "semarang.txt")
    report = replace(visitors, metadata=replace(visitors.metadata, title="Laporan Studi Tiru ke Kota Surakarta"))
    found = read_named("taman bermain di surakarta", [report, named(shelf, "surakarta.txt")], shelf.store)
    assert found.of_region == {report.id, named(shelf, "surakarta.txt").id}
    assert found.of_other_regions == frozenset()


def test_a_pasal_without_a_regulation_names_no_provision(shelf: Library) -> None:
    assert read_named("apa isi pasal 2", shelf.documents(LOCAL_ADMIN), shelf.store).passages == ()


def test_a_passage_that_meets_the_tokens_better_comes_first_and_one_not_looked_at_counts_as_the_worst() -> None:
    found = candidates(traits(), traits(), traits(), dense=(0.5, 0.5, 0.0))
    met = {PassageId(1): np.array([0.2, 0.4], np.float32), PassageId(2): np.array([0.6, 0.6], np.float32)}
    ranking = rank(found, holding_nothing(found), met=met)
    assert ranking.ids.tolist() == [2, 1, 3]
    assert ranking.scores.tolist() == pytest.approx([WEIGHTS["dense"] + WEIGHTS["late"], WEIGHTS["dense"], 0.0])
