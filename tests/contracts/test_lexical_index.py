"""Every lexical index against the definition: which passages hold a word of the question."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library import Library
from index.lexical import Fts5Index, LexicalIndex
from index.thesaurus import SYNONYM_WEIGHT, Term
from kb.types import LOCAL_ADMIN, DocumentId

STEMS = ("gugus", "tugas", "taman", "main", "anak", "disabilitas", "pagar", "lecehan", "tiada", "2021", "jelas")
terms = st.lists(
    st.builds(Term, st.sampled_from(STEMS), st.sampled_from((1.0, SYNONYM_WEIGHT)), st.just("")),
    unique_by=lambda term: term.stem,
)


@pytest.fixture(scope="module", params=[Fts5Index])
def index(request: pytest.FixtureRequest, shelf: Library) -> LexicalIndex:
    made: LexicalIndex = request.param(shelf.store.passages)
    return made


def holding(library: Library, terms: Sequence[Term], documents: Sequence[DocumentId] | None) -> set[int]:
    """The definition: the passages whose text or headings hold a term."""
    ids = library.store.passages.ids() if documents is None else library.store.passages.of_documents(documents)
    stems = {term.stem for term in terms}
    return {
        passage_id
        for passage_id, traits in library.store.passages.traits(ids).items()
        if stems & {*traits.words.split(), *traits.heading_words.split()}
    }


@given(asked=terms)
def test_exactly_the_passages_that_hold_a_term_are_found(
    index: LexicalIndex,
    shelf: Library,
    asked: list[Term],
) -> None:
    assert set(index.search(asked, 1_000).ids.tolist()) == holding(shelf, asked, None)


@given(asked=terms, data=st.data())
def test_only_allowed_documents_are_searched(
    index: LexicalIndex,
    shelf: Library,
    asked: list[Term],
    data: st.DataObject,
) -> None:
    every = [document.id for document in shelf.documents(LOCAL_ADMIN)]
    allowed = data.draw(st.lists(st.sampled_from(every), unique=True))
    assert set(index.search(asked, 1_000, allowed).ids.tolist()) == holding(shelf, asked, allowed)


@given(asked=terms, k=st.integers(1, 10))
def test_the_k_best_are_the_first_of_all(index: LexicalIndex, asked: list[Term], k: int) -> None:
    every, few = index.search(asked, 1_000), index.search(asked, k)
    assert len(few) == min(k, len(every))
    assert every.scores.tolist() == sorted(every.scores.tolist(), reverse=True)
    if len(asked) <= 1:
        assert few.ids.tolist() == every.ids.tolist()[:k]


def test_a_passage_with_more_of_the_rare_words_comes_first(index: LexicalIndex, shelf: Library) -> None:
    found = index.search([Term("pagar", 1.0, ""), Term("lampu", 1.0, "")], 10).ids.tolist()
    best = shelf.store.passages.read(found)[found[0]]
    assert "lampunya padam" in best.text


def test_an_own_word_weighs_more_than_a_synonym(index: LexicalIndex) -> None:
    own = index.search([Term("pagar", 1.0, "")], 10)
    synonym = index.search([Term("pagar", SYNONYM_WEIGHT, "")], 10)
    assert own.ids.tolist() == synonym.ids.tolist()
    assert (own.scores > synonym.scores).all()
