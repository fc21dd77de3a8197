"""Answers are quotes of the pages they name, or none at all."""

import logging
import sqlite3
from pathlib import Path

import pytest

from api.library import Library
from index.choosing import N_STATEMENTS
from kb.access import LOCAL_ADMIN
from kb.answers import Answer
from kb.settings import Settings
from tests.shelf import asked, fill

QUESTIONS = (
    "berapa kali gugus tugas bersidang",
    "siapa memperbaiki pagar taman bermain",
    "pasal 2 ayat 2 perda 2/2021",
    "taman bermain bagi penyandang disabilitas",
    "apa yang dimaksud dengan anak",
)


def texts(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


@pytest.mark.usefixtures("always_answers")
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_text_of_its_page(shelf: Library, question: str) -> None:
    answer = shelf.ask(asked(question))
    assert answer.statements
    for statement in answer.statements:
        for cited in statement.citations:
            page = shelf.pages.read(LOCAL_ADMIN, cited.document_id, cited.span.page, cited.version_id)
            assert cited.quote == page.text[cited.span.start : cited.span.end]
        assert statement.text == "\n".join(cited.quote for cited in statement.citations)


def test_a_question_that_two_regulations_answer_is_answered_from_both(shelf: Library) -> None:
    statements = shelf.ask(asked("berapa kali gugus tugas bersidang")).statements[:2]
    assert {cited.document_title for each in statements for cited in each.citations} == {
        "Peraturan Daerah Kota Semarang Nomor 2 Tahun 2021 tentang Kota Layak Anak",
        "Peraturan Daerah Kota Surakarta Nomor 4 Tahun 2019 tentang Kota Layak Anak",
    }
    assert all("Gugus tugas bersidang" in each.text for each in statements)


def test_the_ayat_that_a_question_names_is_cited_first(shelf: Library) -> None:
    [first, *_] = shelf.ask(asked("pasal 2 ayat 2 perda 2/2021")).statements
    quotes = {cited.address: cited.quote for cited in first.citations}
    said = "(2) Gugus tugas bersidang di balai kota paling sedikit dua kali dalam setahun."
    assert quotes["pasal-2/ayat-2"] == said


def test_a_heading_alone_is_no_answer(shelf: Library) -> None:
    for question in ("apa isi pasal 2 perda 2/2021", "gugus tugas"):
        assert not {"Pasal 2", "BAB II\nGUGUS TUGAS"} & set(texts(shelf.ask(asked(question))))


@pytest.mark.parametrize("question", ["xyzzy qwopp", "!!!", "resep rendang padang", "😀😀"])
def test_nonsense_gets_no_answer_but_the_closest_passages(shelf: Library, question: str) -> None:
    answer = shelf.ask(asked(question))
    assert answer.abstained
    assert answer.confidence < 0.5
    assert answer.hits


@pytest.mark.parametrize("question", ["asdf qwer zxcv", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"])
def test_where_no_word_of_the_question_is_in_the_library_nothing_answers(shelf: Library, question: str) -> None:
    answer = shelf.ask(asked(question))
    assert answer.hits
    assert answer.confidence == 0.0


def test_an_answer_has_few_statements_best_first(shelf: Library) -> None:
    answer = shelf.ask(asked("gugus tugas kota layak anak"))
    scores = [statement.score for statement in answer.statements]
    assert len(scores) <= N_STATEMENTS
    assert scores == sorted(scores, reverse=True)


def test_an_empty_library_abstains(library: Library) -> None:
    answer = library.ask(asked("anak"))
    assert (answer.statements, answer.hits, answer.confidence) == ((), (), 0.0)


@pytest.mark.usefixtures("always_answers")
def test_a_quote_that_is_not_in_its_page_is_dropped_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Library.open(Settings(home=tmp_path / "kb", model="toy", threads=1)) as library:
        fill(library, tmp_path)
        question = asked("siapa memperbaiki pagar taman bermain")
        [true, *_] = texts(library.ask(question))
        assert "Dinas Pertamanan" in true
        other_program = sqlite3.connect(library.settings.store_file)
        with other_program:
            other_program.execute("UPDATE pages SET text = replace(text, 'Dinas Pertamanan', 'Dinas Perhubungan')")
        other_program.close()
        with caplog.at_level(logging.ERROR, "acuan.answer"):
            left = texts(library.ask(question))
        assert [text for text in left if "Dinas" in text] == []
        assert [record.getMessage().split(";")[1] for record in caplog.records] == [" run kb verify"]
        assert library.verify() != ()
