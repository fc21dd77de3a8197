"""Every lexical index against the definition: which passages hold a word of the question."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library import Library
from index.lexical import Fts5Index, HeldIndex, LexicalIndex
from index.terms import SYNONYM_WEIGHT, Term
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId

STEMS = ("gugus", "tugas", "taman", "main", "anak", "disabilitas", "pagar", "lecehan", "tiada", "2021", "jelas")
terms = st.lists(
    st.builds(Term, st.sampled_from(STEMS), st.sampled_from((1.0, SYNONYM_WEIGHT)), st.just("")),
    unique_by=lambda term: term.stem,
)


@pytest.fixture(scope="module", params=[Fts5Index, HeldIndex])
def index(request: pytest.FixtureRequest, shelf: Library) -> LexicalIndex:
    made: LexicalIndex = request.param(shelf.store.passages)
    made.refresh(shelf.store.passages.ids())
    made.hold()
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
    synonym = index.search([Term("pagar", SYNONYM_WEIGHT, "", is_synonym=True)], 10)
    assert own.ids.tolist() == synonym.ids.tolist()
    assert (own.scores > synonym.scores).all()


@given(asked=terms, k=st.integers(1, 40), data=st.data())
def test_memory_gives_what_fts5_gives_to_the_last_bit(
    shelf: Library, asked: list[Term], k: int, data: st.DataObject
) -> None:
    passages = shelf.store.passages
    held = HeldIndex(passages)
    held.refresh(passages.ids())
    held.hold()
    every = [document.id for document in shelf.documents(LOCAL_ADMIN)]
    allowed = data.draw(st.none() | st.lists(st.sampled_from(every), unique=True))
    ours, theirs = held.search(asked, k, allowed), Fts5Index(passages).search(asked, k, allowed)
    assert ours.ids.tolist() == theirs.ids.tolist()
    assert ours.scores.tolist() == theirs.scores.tolist()
    stems = [term.stem for term in asked]
    assert held.document_frequencies(stems) == Fts5Index(passages).document_frequencies(stems)


def test_words_held_in_memory_follow_the_store(library: Library, tmp_path: Path) -> None:
    held = HeldIndex(library.store.passages)
    held.hold()
    terms = [Term("pagar", 1.0, ""), Term("taman", 1.0, "")]
    for text in ("Pagar taman dicat.", "Taman bermain.", "Pagar baru.", "Taman kota."):
        file = tmp_path / f"{text.split()[0]}-{text.split()[1]}txt"
        file.write_text(text, "utf-8")
        library.ingestion.ingest(file.rename(file.with_suffix(".txt")))
    for document in (None, *library.documents(LOCAL_ADMIN)[1:3]):
        if document is not None:
            library.erase(document.id)
        held.refresh(library.store.passages.ids())
        theirs = Fts5Index(library.store.passages).search(terms, 10)
        assert len(theirs)
        assert held.search(terms, 10).ids.tolist() == theirs.ids.tolist()
        assert held.search(terms, 10).scores.tolist() == theirs.scores.tolist()


def test_the_first_question_is_left_to_fts5(shelf: Library) -> None:
    index = HeldIndex(shelf.store.passages)
    index.refresh(shelf.store.passages.ids())
    terms = [Term("pagar", 1.0, "")]
    first = index.search(terms, 10)
    # Words of which memory knows nothing yet: the store's own index was asked
    assert index.is_held is False
    assert index.search(terms, 10).scores.tolist() == first.scores.tolist()
    assert index.is_held is True
