"""How a question is read before it is searched: typos put right, names left alone, synonyms beside its words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from api.library import Library
from index.lexicon import likely_words
from index.retrieval import MOST_CORRECTED
from index.spelling import Speller
from kb.settings import Settings
from tests.shelf import asked, named


def plain(library: Library, question: str) -> str:
    return library.retriever.read_question(question).plain


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two documents, of which one speaks of a Maker that is no makar."""
    folder: Path = tmp_path_factory.mktemp("workshop")
    with Library.open(Settings(home=folder / "kb", model="toy")) as library:
        for name, text in {"maker": "Ruang Maker dibuka untuk anak.", "anak": "Kucing dirawat di taman."}.items():
            file = folder / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            library.ingestion.ingest(file)
        yield library


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("taman bermain disabiltas", "taman bermain disabilitas"),
        ("gugs tugas", "gugus tugas"),
        ("siapa yg nyusun pertamnan", "siapa yang menyusun pertamanan"),
    ],
)
def test_a_word_that_nobody_knows_is_corrected(shelf: Library, typed: str, meant: str) -> None:
    assert plain(shelf, typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "taman bermain",
        # Not in the collection, but in the language: near "taman", "pagar" and "lampu"
        "tanaman pasar lambat",
        # The names of regions, near "Semarang" or each other
        "gugus tugas sampang",
        "gugus serang",
        # An everyday word, near "sanding"
        "selingan di taman",
        # English, near "taman"
        "what is the name of the tamn",
        "can a male later be moved",
        # People, in small letters
        "siapa asep dan nanda",
        # Other names, with a capital where no sentence begins
        "siapa Gugas",
        "kegiatan Pagarr di desa",
    ],
)
def test_a_known_word_and_a_name_stay_as_they_are(shelf: Library, question: str) -> None:
    assert plain(shelf, question) == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kucng-kucng di taman", "kucing-kucing di taman"),
        ("kucng2 di taman", "kucing-kucing di taman"),
        ("kucng2nya", "kucing-kucingnya"),
        ("kucng-kucngnya", "kucing-kucingnya"),
        ("kucng\u2011kucng", "kucing\u2011kucing"),
        ("kucing-kucng", "kucing-kucing"),
    ],
)
def test_a_misspelt_reduplication_is_corrected_half_by_half(workshop: Library, typed: str, meant: str) -> None:
    assert plain(workshop, typed) == meant
    assert [term.stem for term in workshop.retriever.read_question(typed).terms][:1] == ["kucing"]


def test_a_capital_that_only_begins_the_question_is_no_name(shelf: Library) -> None:
    assert plain(shelf, "Disabiltas di taman").casefold() == "disabilitas di taman"


def test_so_many_unknown_words_of_a_question_are_looked_up(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str] = []
    monkeypatch.setattr(Speller, "correct", lambda _, word: words.append(word))
    slips = [f"xq{first}{second}z" for first in "bcdfghjk" for second in "lmnprstv"]
    assert plain(shelf, " ".join(slips)) == " ".join(slips)
    assert words == slips[:MOST_CORRECTED]


def test_a_word_after_the_last_that_is_looked_up_stays_as_it_is(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.retrieval.MOST_CORRECTED", 1)
    assert plain(shelf, "gugs gugs disabiltas taman") == "gugus gugus disabiltas taman"


def test_a_viewers_corrections_come_from_what_they_may_see(shelf: Library) -> None:
    notulen = named(shelf, "notulen.txt").id
    uu = named(shelf, "uu.txt").id
    assert shelf.retriever.read_question("pertamnan", (notulen,)).plain == "pertamanan"
    assert shelf.retriever.read_question("pertamnan", (uu,)).plain == "pertamnan"
    assert shelf.retriever.read_question("pertamnan", (notulen,)).plain == "pertamanan"


def test_a_word_of_the_collection_is_no_everyday_verb(workshop: Library) -> None:
    assert plain(workshop, "siapa maker") == "siapa maker"
    assert "maker" in {term.stem for term in workshop.retriever.read_question("siapa maker").terms}


def test_a_word_of_hidden_documents_is_an_everyday_verb_as_if_nobody_wrote_it(workshop: Library) -> None:
    maker, anak = named(workshop, "maker.txt").id, named(workshop, "anak.txt").id
    assert workshop.retriever.read_question("siapa maker", (maker,)).plain == "siapa maker"
    assert workshop.retriever.read_question("siapa maker", (anak,)).plain == "siapa makar"


def test_a_synonym_finds_what_the_question_says_otherwise(shelf: Library) -> None:
    candidates = shelf.retriever.candidates("difabel")
    found = shelf.store.passages.read(candidates.lexical_ranking().ids.tolist())
    assert found
    assert all("disabilitas" in passage.text for passage in found.values())


def test_the_region_of_a_document_is_no_part_of_what_the_vector_is_made_of(shelf: Library) -> None:
    document = named(shelf, "notulen.txt")
    owned = replace(document, metadata=replace(document.metadata, region="Kota Sampang"))
    whole = shelf.retriever.candidates("gugus tugas di kota sampang", owned=(owned,))
    bare = shelf.retriever.candidates("gugus tugas di")
    assert (
        dict(zip(whole.ids, whole.dense, strict=True)).items() >= dict(zip(bare.ids, bare.dense, strict=True)).items()
    )
    assert "sampang" in {term.stem for term in whole.question.terms}


def test_candidates_of_a_channel_are_ranked_best_first(shelf: Library) -> None:
    candidates = shelf.retriever.candidates("gugus tugas kota layak anak")
    for ranking in (candidates.lexical_ranking(), candidates.dense_ranking()):
        assert len(ranking) > 0
        assert (np.diff(ranking.scores) <= 0).all()
    assert (candidates.lexical_ranking().scores > 0).all()


def test_a_named_passage_is_a_candidate_though_neither_channel_finds_it(shelf: Library) -> None:
    notulen = named(shelf, "notulen.txt").id
    [passage_id, *_] = shelf.store.passages.of_documents([named(shelf, "uu.txt").id]).tolist()
    found = shelf.retriever.candidates("anak", documents=[notulen], named=[passage_id])
    assert passage_id in found.ids.tolist()


def test_vectors_in_memory_are_those_of_the_store(shelf: Library) -> None:
    assert shelf.search(asked("anak"))
    assert list(shelf.retriever.check()) == []


def test_in_a_large_collection_a_strange_word_of_one_passage_is_not_what_was_meant():
    many = {f"kata{i}": 5 for i in range(4_000)}
    assert likely_words({**many, "didiek": 1, "didik": 1}) == {**many, "didik": 1}
    assert "didiek" in likely_words({**many, "didiek": 3})
    assert "didiek" in likely_words({"didiek": 1})
