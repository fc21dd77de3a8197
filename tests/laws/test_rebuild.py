"""However a library came to what it holds, it answers like one that was given just that, and like itself rebuilt."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.questions import Query
from kb.settings import Settings
from tests.conftest import SLOW

WORDS = ("anak", "forum", "desa", "posyandu", "gugus", "tugas", "layak", "kader", "balai", "remaja")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
changes = st.lists(st.tuples(st.sampled_from("abcde"), st.one_of(st.none(), sentences)), min_size=1, max_size=12)


def found(library: Library, question: str) -> list[tuple[str, str, float]]:
    """The hits without what a store numbers; equally good ones in order of their text."""
    hits = library.search(Query(question, LOCAL_ADMIN, k=100))
    return sorted((hit.document.source, hit.text, round(hit.score, 6)) for hit in hits)


@pytest.fixture(scope="module")
def pair() -> list[Library]:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder)
        with (
            Library.open(Settings(home=kept / "one", model="toy", threads=1)) as one,
            Library.open(Settings(home=kept / "two", model="toy", threads=1)) as two,
        ):
            yield [one, two]


@settings(max_examples=100 if SLOW else 10, deadline=None)
@given(changes=changes, question=sentences)
def test_changes_one_by_one_end_like_one_filling_and_like_a_rebuild(
    pair: list[Library],
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[str, str | None]],
    question: str,
) -> None:
    changed, fresh = pair
    for library in pair:
        for document in library.documents(LOCAL_ADMIN):
            library.erase(document.id)
    file = tmp_path_factory.getbasetemp() / "isi.txt"
    held: dict[str, str] = {}
    for source, text in changes:
        if text is None:
            held.pop(source, None)
            for document in changed.documents(LOCAL_ADMIN):
                if document.source == source:
                    changed.erase(document.id)
        else:
            # The source is in the text, so that no two documents have the same bytes.
            held[source] = f"Pasal 1\n{text}.\nPasal 2\n{source} {text}.\n"
            file.write_text(held[source], "utf-8")
            changed.ingestion.ingest(file, source=source, name=f"{source}.txt")
            found(changed, question)
    for source, text in held.items():
        file.write_text(text, "utf-8")
        fresh.ingestion.ingest(file, source=source, name=f"{source}.txt")
    expected = found(fresh, question)
    assert found(changed, question) == expected
    changed.reindex(lambda n_done, n_all: None)
    assert found(changed, question) == expected
