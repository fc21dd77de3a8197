"""Hits: limited to what was asked for, marked where the question's words stand, and refused questions."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from api.library import Library
from index.reading import NOWHERE, Read
from index.reranking import Reranker
from index.search import Searcher, check_query
from index.words import words
from kb.access import LOCAL_ADMIN
from kb.documents import Kind
from kb.errors import QueryRefusedError
from kb.passages import Content
from kb.questions import MAX_K, MAX_QUERY_CHARACTERS, Filters, Query
from kb.settings import Settings
from tests.shelf import asked, named

QUESTION = "gugus tugas kota layak anak"


@pytest.mark.parametrize(
    ("limits", "files"),
    [
        (Filters(kinds=frozenset({Kind.NOTULEN})), {"notulen.txt"}),
        (Filters(kinds=frozenset({Kind.NOTULEN, Kind.UU})), {"notulen.txt", "uu.txt"}),
        (Filters(regions=frozenset({"Kota Surakarta"})), {"surakarta.txt"}),
        (Filters(regions=frozenset({"Kota Entah"})), set()),
        (Filters(year_from=2021), {"semarang.txt", "notulen.txt"}),
        (Filters(year_to=2019), {"surakarta.txt", "uu.txt"}),
        (Filters(year_from=2019, year_to=2021), {"semarang.txt", "surakarta.txt"}),
        (Filters(year_from=2021, year_to=2019), set()),
        (Filters(kinds=frozenset({Kind.PERDA}), year_to=2020), {"surakarta.txt"}),
        (Filters(contents=frozenset({Content.DECISIONS})), {"notulen.txt"}),
        (Filters(contents=frozenset({Content.FINDINGS})), set()),
        (Filters(contents=frozenset({Content.PROVISIONS})), {"semarang.txt", "surakarta.txt", "uu.txt"}),
        (Filters(), {"semarang.txt", "surakarta.txt", "uu.txt", "notulen.txt"}),
    ],
)
def test_hits_come_from_the_documents_that_pass_every_filter(shelf: Library, limits: Filters, files: set[str]) -> None:
    assert {hit.document.name for hit in shelf.search(Query(QUESTION, LOCAL_ADMIN, limits, MAX_K))} == files


def test_hits_come_from_the_document_asked_for(shelf: Library) -> None:
    uu = named(shelf, "uu.txt")
    assert {hit.document for hit in shelf.search(asked(QUESTION, documents=frozenset({uu.id})))} == {uu}


@pytest.mark.parametrize("k", [1, 3, MAX_K])
def test_the_first_k_hits_are_those_of_a_longer_list(shelf: Library, k: int) -> None:
    every = shelf.search(asked(QUESTION, k=MAX_K))
    assert shelf.search(asked(QUESTION, k=k)) == every[:k]


def test_hits_are_told_best_first(shelf: Library) -> None:
    scores = [hit.score for hit in shelf.search(asked(QUESTION, k=MAX_K))]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("question", [QUESTION, "siapa memperbaiki pagar taman", "difabel"])
def test_marks_are_words_of_the_question_or_their_synonyms(shelf: Library, question: str) -> None:
    hits = shelf.search(asked(question))
    meant = {term.stem for term in shelf.retriever.read_question(question).terms}
    marked = [hit.text[start:end] for hit in hits for start, end in hit.marks]
    assert marked
    assert {word.stem for text in marked for word in words(text)} <= meant
    assert all(0 <= start < end <= len(hit.text) for hit in hits for start, end in hit.marks)


def test_a_hit_says_the_rank_that_each_channel_gave_it(shelf: Library) -> None:
    hits = shelf.search(asked("pagar taman bermain", k=MAX_K))
    assert sorted(hit.dense.rank for hit in hits if hit.dense) == list(range(1, len(hits) + 1))
    by_words = [hit for hit in hits if hit.lexical]
    assert sorted(hit.lexical.rank for hit in by_words if hit.lexical) == list(range(1, len(by_words) + 1))
    assert all(hit.marks or "taman" in " ".join(hit.heading_path).casefold() for hit in by_words)


class Counts:
    """A reader that counts what it reads."""

    stamp = "counts"
    n_read = 0

    def load(self) -> None:
        """Nothing."""

    def read(self, question: str, texts: Sequence[str]) -> list[Read]:
        """Nothing made of any text."""
        self.n_read += len(texts)
        return [Read(0.0, NOWHERE, np.empty(0)) for _ in texts]


def test_a_reader_of_prose_reads_where_the_opening_of_minutes_ranks_first(tmp_path: Path) -> None:
    file = tmp_path / "rapat.md"
    file.write_text("# Notulen rapat\n\n## Pembukaan\n\nRapat dibuka kepala dinas.\n\n## Usulan\n\nTaman.\n", "utf-8")
    reader = Counts()
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        reranker = Reranker(reader, n_read=1, n_first=1, enough=2.0, weight=0.3, reads_provisions=False)
        [first, *_] = Searcher(library.store, library.retriever, reranker).search(asked("rapat dibuka kepala dinas"))
    assert first.section_address == "pembukaan"
    assert reader.n_read == 1


REFUSED = {
    "empty": (Query("", LOCAL_ADMIN), "pertanyaan"),
    "blank": (Query(" \n\t\u00a0", LOCAL_ADMIN), "pertanyaan"),
    "too long": (Query("a" * (MAX_QUERY_CHARACTERS + 1), LOCAL_ADMIN), "pertanyaan"),
    "a lone surrogate": (Query("anak \udcff", LOCAL_ADMIN), "pertanyaan"),
    "half an emoji": (Query("\ud83d", LOCAL_ADMIN), "pertanyaan"),
    "no hits": (Query("anak", LOCAL_ADMIN, k=0), "k"),
    "fewer than none": (Query("anak", LOCAL_ADMIN, k=-1), "k"),
    "too many hits": (Query("anak", LOCAL_ADMIN, k=MAX_K + 1), "k"),
}


@pytest.mark.parametrize(("query", "where"), REFUSED.values(), ids=REFUSED.keys())
def test_a_question_that_cannot_be_asked_is_refused(query: Query, where: str) -> None:
    with pytest.raises(QueryRefusedError) as refused:
        check_query(query)
    assert refused.value.where == where
    # The sentence itself can be written anywhere.
    assert (refused.value.say("id") + refused.value.say("en")).encode("utf-8")


@pytest.mark.parametrize("text", ["a", "a" * MAX_QUERY_CHARACTERS, "👨‍👩‍👧‍👦", "anak\0hak", "???"])
def test_any_other_question_may_be_asked(text: str) -> None:
    check_query(Query(text, LOCAL_ADMIN, k=MAX_K))
