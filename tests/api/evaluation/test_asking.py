"""What is measured is what a viewer gets."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from api.evaluation import OwnQuestions, count_quotes, measure, n_equal
from api.evaluation.questions import Gold, Question
from api.library import Library
from kb.answers import Answer
from kb.questions import MAX_K
from kb.settings import Settings
from tests.shelf import asked, fill

QUESTIONS = (
    Question("q1", "berapa kali gugus tugas bersidang di Semarang", golds=(Gold("semarang.txt", "2", "2"),)),
    Question("q2", "siapa memperbaiki pagar taman bermain", golds=(Gold("notulen.txt"),)),
    Question("u1", "berapa harga kopi"),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path_factory.mktemp("shelf"), model="toy", threads=1)) as library:
        fill(library, tmp_path_factory.mktemp("files"))
        yield library


@pytest.mark.parametrize("question", [question.text for question in QUESTIONS])
def test_the_answer_does_not_ask_how_many_hits_are_shown(shelf: Library, question: str) -> None:
    few, many = shelf.ask(asked(question)), shelf.ask(asked(question, MAX_K))
    assert replace(many, hits=many.hits[: len(few.hits)]) == few


def test_every_question_has_an_outcome_and_those_with_an_answer_their_values(shelf: Library) -> None:
    report = measure(shelf, OwnQuestions("rak", shelf, QUESTIONS), lambda *_: None)
    assert {key: outcome.has_answer for key, outcome in report.outcomes.items()} == {
        "q1": True,
        "q2": True,
        "u1": False,
    }
    assert {channel: set(of["nDCG@10"]) for channel, of in report.values.items()} == {
        channel: {"q1", "q2"} for channel in ("words", "dense", "rrf", "fused")
    }


def test_a_quote_that_is_not_its_page_is_noticed(shelf: Library) -> None:
    answer = shelf.ask(asked(QUESTIONS[0].text))
    [statement, *others] = answer.statements
    [citation, *rest] = statement.citations
    wrong = replace(statement, citations=(replace(citation, quote="lain"), *rest))
    n_quotes = sum(len(each.citations) for each in answer.statements)
    assert n_equal(shelf, answer) == n_quotes
    assert n_equal(shelf, Answer(answer.question, (wrong, *others), 0.9, ())) == n_quotes - 1


def test_quotes_are_counted_without_knowing_any_answer(shelf: Library) -> None:
    n_quotes, n_same = count_quotes(shelf, [question.text for question in QUESTIONS], lambda *_: None)
    assert n_quotes == n_same > 0
