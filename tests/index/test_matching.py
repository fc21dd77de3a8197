"""What a passage holds of a question, with the title of its document."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library import Library
from index.matching import WINDOW, matches
from index.retrieval import Candidates, Question
from index.scoring import Collection, Weights
from index.terms import Term
from kb.access import LOCAL_ADMIN
from kb.documents import Document, DocumentId, Kind
from kb.store import Traits

COLLECTION = Collection(n=100, df={}, avgdl=10.0)
STEMS = ("forum", "parkir", "derek", "denda")


def candidates(document: DocumentId, *texts: str, heading: str = "") -> Candidates:
    """Passages of these words, of one document, asked for `STEMS`."""
    n = len(texts)
    weights = Weights([Term(stem, 1.0, stem) for stem in STEMS], COLLECTION)
    return Candidates(
        Question("", "", (), ""),
        np.arange(1, n + 1),
        np.zeros(n),
        np.zeros(n),
        tuple(Traits(text, heading, document, Kind.PERDA, "pasal-1") for text in texts),
        COLLECTION,
        weights,
        np.empty((0, 4), np.float32),
    )


@pytest.fixture
def parking(shelf: Library) -> Document:
    document = shelf.documents(LOCAL_ADMIN)[0]
    return dataclasses.replace(document, metadata=dataclasses.replace(document.metadata, title="Perparkiran"))


def test_a_word_of_the_title_is_held_by_every_passage_and_by_none_twice(parking: Document) -> None:
    asked = candidates(parking.id, "denda", "denda parkir parkir parkir")
    assert matches(asked, {parking.id: parking}).covered.tolist() == pytest.approx([0.5, 0.5])
    assert matches(asked, {}).covered.tolist() == pytest.approx([0.25, 0.5])


def test_a_window_is_sought_among_what_the_title_does_not_say(parking: Document) -> None:
    text = " ".join(["parkir", "parkir", *["x"] * 2 * WINDOW, "derek", "denda"])
    found = matches(candidates(parking.id, text, "derek denda"), {parking.id: parking})
    assert found.window.tolist() == pytest.approx([0.75, 0.75])


def test_words_of_headings_count_and_words_far_apart_do_not_make_a_window(parking: Document) -> None:
    far = " ".join(["derek", *["x"] * WINDOW, "denda"])
    near = "derek x denda"
    found = matches(candidates(parking.id, far, near, heading="forum"), {})
    assert found.covered.tolist() == pytest.approx([0.75, 0.75])
    assert found.window.tolist() == pytest.approx([0.5, 0.75])


def test_a_passage_without_a_word_of_the_question_holds_what_its_title_says(parking: Document) -> None:
    found = matches(candidates(parking.id, "x y z"), {parking.id: parking})
    assert (found.covered.tolist(), found.window.tolist()) == ([0.25], [0.25])


@given(st.lists(st.sampled_from([*STEMS, "x"]), max_size=60), st.sets(st.sampled_from(STEMS)))
def test_a_window_is_the_best_of_all_beside_the_headings(words: list[str], heading: set[str]) -> None:
    asked = candidates(DocumentId(1), " ".join(words), heading=" ".join(heading))
    windows = [{*heading, *words[start : start + WINDOW]} for start in range(max(len(words), 1))]
    best = max(len(window & {*STEMS}) for window in windows) / len(STEMS)
    assert matches(asked, {}).window[0] == pytest.approx(best)


@given(st.lists(st.sampled_from([*STEMS, "x"]), max_size=80))
def test_a_window_never_holds_more_than_the_whole(words: list[str]) -> None:
    found = matches(candidates(DocumentId(1), " ".join(words)), {})
    assert 0 <= found.window[0] <= found.covered[0] + 1e-9
    assert found.covered[0] <= 1 + 1e-9
