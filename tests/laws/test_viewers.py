"""Nothing that a viewer gets depends on a document they may not see."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.library import Library
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer
from kb.answers import Answer
from kb.documents import Kind, Metadata
from kb.questions import Filters, Query
from kb.settings import Settings
from tests.kb.builders import draft

STAFF = Viewer("staf", audiences=frozenset({"bidang-pha"}))
WORDS = ("anak", "forum", "desa", "posyandu", "gugus", "tugas", "layak", "kader", "balai", "remaja", "disabilitas")

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
documents = st.lists(
    st.tuples(st.lists(sentences, min_size=1, max_size=3), st.sampled_from((EVERYONE, "bidang-pha", "pimpinan"))),
    min_size=1,
    max_size=6,
)
typos = st.sampled_from(WORDS).map(lambda word: word[:-2] + word[-1])
questions = st.lists(st.one_of(st.sampled_from(WORDS), typos), min_size=1, max_size=4).map(" ".join)


@dataclass(frozen=True)
class Two:
    """A library with everything, and one with only what the staff may see."""

    whole: Library
    own: Library

    def fill(self, made: list[tuple[list[str], str]]) -> None:
        for library in (self.whole, self.own):
            for document in library.documents(LOCAL_ADMIN):
                library.store.documents.remove(document.id)
        for i, (texts, audience) in enumerate(made):
            metadata = Metadata(Kind.PERDA, f"Judul {i}", str(i), 2000 + i, "Kota Semarang")
            one = draft(f"{i}.pdf", *texts, audience=audience, metadata=metadata)
            self.whole.store.documents.put(one)
            if audience != "pimpinan":
                self.own.store.documents.put(one)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("two")
    with (
        Library.open(Settings(home=folder / "whole", model="toy")) as whole,
        Library.open(Settings(home=folder / "own", model="toy")) as own,
    ):
        yield Two(whole, own)


def seen(answer: Answer) -> tuple[object, ...]:
    """What an answer shows, without the ids that a store gives; scores to the places that floats keep."""
    return (
        round(answer.confidence, 6),
        [(statement.text, [citation.label for citation in statement.citations]) for statement in answer.statements],
        [(hit.label, hit.text, hit.marks, round(hit.score, 6)) for hit in answer.hits],
    )


@settings(max_examples=60, deadline=None)
@given(made=documents, question=questions)
def test_a_viewers_hits_are_those_of_a_store_that_holds_only_what_they_may_see(
    two: Two, made: list[tuple[list[str], str]], question: str
) -> None:
    two.fill(made)
    assert seen(two.whole.ask(Query(question, STAFF, k=100))) == seen(two.own.ask(Query(question, STAFF, k=100)))


@settings(max_examples=40, deadline=None)
@given(made=documents, question=questions)
def test_a_viewer_gets_no_hit_of_a_document_they_may_not_see(
    two: Two, made: list[tuple[list[str], str]], question: str
) -> None:
    two.fill(made)
    for k in (1, 100):
        answer = two.whole.ask(Query(question, STAFF, k=k))
        assert {hit.document.audience for hit in answer.hits} <= {EVERYONE, "bidang-pha"}
        may_see = {document.id for document in two.whole.documents(STAFF)}
        assert {c.document_id for statement in answer.statements for c in statement.citations} <= may_see


@settings(max_examples=40, deadline=None)
@given(made=documents, question=questions, data=st.data())
def test_a_filter_leaves_the_hits_that_pass_it(
    two: Two, made: list[tuple[list[str], str]], question: str, data: st.DataObject
) -> None:
    two.fill(made)
    everything = two.whole.search(Query(question, LOCAL_ADMIN, k=100))
    chosen = data.draw(st.sets(st.sampled_from([d.id for d in two.whole.documents(LOCAL_ADMIN)]), min_size=1))
    limited = two.whole.search(Query(question, LOCAL_ADMIN, Filters(documents=frozenset(chosen)), k=100))
    assert {hit.passage_id for hit in limited} == {h.passage_id for h in everything if h.document.id in chosen}
