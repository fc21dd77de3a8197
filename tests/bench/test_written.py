"""The questions written for training: they point at places that exist, and are none that we are judged by."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.law_texts import DATA, laws, regulation
from bench.mine_pairs import embedded, placed
from bench.written import (
    GRADED,
    HELD_OUT,
    INVENTED,
    LAWS,
    OFFICE,
    Letters,
    Place,
    WrittenQuestion,
    read_graded,
    read_invented,
    read_written,
    summed,
)
from kb.pages import Span
from tests.index import playing_law

needs_data = pytest.mark.data


@given(st.text(alphabet="ab1 \n(.", max_size=40), st.data())
def test_a_place_stays_the_same_however_a_text_is_spaced(text, data):
    letters = Letters(text)
    if not len(letters):
        return
    start = data.draw(st.integers(0, len(letters) - 1))
    end = data.draw(st.integers(start + 1, len(letters)))
    place = Place("x", 1, start, end, summed("".join(re.findall(r"\w", text))[start:end]))
    spaced = re.sub(r"(?=\w)", "  ", text)
    here, there = letters.span(place), Letters(spaced).span(place)
    assert here is not None
    assert there is not None
    assert letters.place("x", here) == place
    plain = [re.sub(r"\W", "", each) for each in (text[here.start : here.end], spaced[there.start : there.end])]
    assert plain[0] == plain[1]


def test_a_place_beyond_the_text_is_none():
    assert Letters("abc").span(Place("x", 1, 1, 4, summed("bc"))) is None
    assert Letters("a b").span(Place("x", 1, 0, 2, summed("ab"))) == Span(1, 0, 3)


def test_a_place_where_other_letters_stand_is_none():
    place = Letters("Pasal 1 Anak berhak bermain").place("x", Span(1, 8, 19))
    assert Letters("PASAL 1\nANAK  ber-hak bermain").span(place) == Span(1, 8, 21)
    assert Letters("Pasal 1a Anak berhak bermain").span(place) is None
    assert Letters("Pasal 1 Anak behrak bermain").span(place) is None


def test_what_a_law_answers_is_told_from_what_it_only_seems_to():
    law = playing_law.regulation(playing_law.LAW)
    at = playing_law.LAW.index("Pengelola wajib memeriksa")
    place = Letters(playing_law.LAW).place(law.id, Span(1, at, at + 25))
    moved = replace(place, start=place.start + 1, end=place.end + 1)
    asked = [
        WrittenQuestion("l0", "siapa memeriksa?", "lisan", place, True),
        WrittenQuestion("l1", "upahnya berapa?", "lisan", place, False),
        WrittenQuestion("l2", "berapa orang?", "lisan", moved, True),
        WrittenQuestion("l3", "di mana?", "lisan", None, False),
    ]
    assert list(placed(law, asked)) == [("siapa memeriksa?", Span(1, at, at + 25))]
    assert list(placed(law, asked, answers=False)) == [("upahnya berapa?", Span(1, at, at + 25))]


@pytest.mark.parametrize("file", [LAWS, OFFICE], ids=["laws", "office"])
def test_every_question_has_an_id_and_words_of_its_own(file):
    questions = read_written(file)
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.text.casefold() for question in questions}) == len(questions)


def test_every_graded_question_has_an_id_and_words_of_its_own():
    questions = [*read_graded(GRADED), *read_graded(HELD_OUT)]
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.text.casefold() for question in questions}) == len(questions)


def test_a_graded_question_has_something_that_answers_unless_nothing_does():
    assert {
        (question.kind == "tak-terjawab", max((grade for _, grade in question.golds), default=0))
        for file in (GRADED, HELD_OUT)
        for question in read_graded(file)
    } == {(True, 0), (False, 2)}


def test_every_invented_answer_stands_in_its_excerpt():
    excerpts = read_invented()
    assert len({excerpt.id for excerpt in excerpts}) == len(excerpts)
    assert all(quote in excerpt.text for excerpt in excerpts for _, quote in excerpt.answered)
    assert all(embedded(excerpt).endswith(f"\n{excerpt.text}") for excerpt in excerpts)


def test_no_text_of_others_is_kept_beside_the_questions():
    for file in (LAWS, OFFICE):
        fields = {field for line in file.read_text("utf-8").splitlines() for field in json.loads(line)}
        assert fields == {"id", "text", "style", "file", "page", "start", "end", "sum", "near"}
    lines = [line for file in (GRADED, HELD_OUT) for line in file.read_text("utf-8").splitlines()]
    golds = [gold for line in lines for gold in json.loads(line)["golds"]]
    assert {field for gold in golds for field in gold} == {"file", "page", "start", "end", "sum", "grade"}


@needs_data
def test_no_question_is_one_that_we_are_judged_by(data_folder):
    judged = {
        json.loads(line)["text"].casefold()
        for file in ("domain-qa/questions.jsonl", "peraturan-qa/queries_dev.jsonl")
        for line in (data_folder / file).read_text("utf-8").splitlines()
    }
    written = {question.text.casefold() for file in (LAWS, OFFICE) for question in read_written(file)}
    written |= {question.text.casefold() for file in (GRADED, HELD_OUT) for question in read_graded(file)}
    invented = {
        question.casefold()
        for excerpt in read_invented(INVENTED)
        for question in (*excerpt.near, *(text for text, _ in excerpt.answered))
    }
    assert not judged & (written | invented)


@needs_data
def test_what_models_are_trained_on_asks_of_no_law_among_the_pdfs(data_folder):
    asked_of = {question.place.file for question in read_written(LAWS) if question.place is not None}
    among_pdfs = {
        f"uu-{year}-{number}"
        for file in (data_folder / "pdf" / "undang-undang").iterdir()
        for number, year in re.findall(r"^uu(\d+)-(\d+)", file.name)
    }
    assert not asked_of & among_pdfs


@needs_data
def test_every_place_in_a_law_is_there(data_folder):
    assert data_folder == DATA
    asked_of = sorted({question.place.file for question in read_written(LAWS)})[::40]
    letters = {row["id"]: Letters(regulation(row).pages[0].text) for row in laws(data_folder) if row["id"] in asked_of}
    places = [question.place for question in read_written(LAWS) if question.place.file in asked_of]
    assert len(places) > 100
    assert [place for place in places if letters[place.file].span(place) is None] == []
