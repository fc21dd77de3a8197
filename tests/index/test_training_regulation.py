import pytest
from hypothesis import given

from index.training.regulation import Body
from kb.pages import Span
from tests.index.playing_law import LAW, PASAL_2, places, regulation


@pytest.fixture(scope="module")
def body():
    return Body(regulation(LAW))


@given(places())
def test_a_place_in_a_passage_is_the_same_words_as_it_is_embedded(place):
    law, i, span = place
    body = Body(law)
    start, end = body.in_embedded(i, span)
    assert body.embedded(i)[start:end] == law.pages[span.page - 1].text[span.start : span.end]


@given(places())
def test_a_place_is_held_by_the_passage_it_was_taken_from(place):
    law, i, span = place
    assert Body(law).passage_with(span) == i


def test_a_place_that_no_passage_holds_has_no_passage(body):
    assert body.passage_with(Span(2, 0, 5)) is None


def test_a_place_that_reaches_beyond_its_passage_ends_with_it(body):
    start, end = body.in_embedded(PASAL_2, Span(1, LAW.index("ditunjuk bupati."), len(LAW)))
    assert body.embedded(PASAL_2)[start:end] == "ditunjuk bupati."
    assert end == len(body.embedded(PASAL_2))


def test_a_place_that_begins_outside_a_passage_is_the_callers_mistake(body):
    with pytest.raises(ValueError, match=f"passage {PASAL_2}"):
        body.in_embedded(PASAL_2, Span(1, 0, 5))


def test_a_provision_is_in_the_passage_of_its_nearest_parent(body):
    addresses = ("pasal-2", "pasal-2/ayat-2", "pasal-2/ayat-2/huruf-z", "pasal-99")
    assert [body.passage_at(address) for address in addresses] == [PASAL_2, PASAL_2, PASAL_2, None]


def test_the_own_words_of_a_section_end_where_its_first_child_begins(body):
    section = next(i for i, one in enumerate(body.regulation.sections) if one.address == "pasal-1")
    assert body.text(section, own=True).rstrip() == "Pasal 1\nDalam Undang-Undang ini yang dimaksud dengan:"


def test_what_lies_in_no_pasal_and_what_explains_one_has_none(body):
    assert body.pasal == [None, None, None, "pasal-1", "pasal-2", "pasal-3", None, None, None, None]
