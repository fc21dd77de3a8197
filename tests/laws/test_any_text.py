"""Whatever a document says and whatever is asked: quotes are true, and an unanswerable question is no crash."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.answers import Answer
from kb.errors import EmptyFileError, QueryRefusedError, UnknownFormatError
from kb.questions import MAX_QUERY_CHARACTERS, Query
from kb.settings import Settings
from tests.conftest import SLOW

LINES = (
    "PERATURAN DAERAH KOTA SEMARANG",
    "NOMOR 2 TAHUN 2021",
    "TENTANG",
    "BAB I",
    "KETENTUAN UMUM",
    "Pasal 1",
    "Pasal 7A",
    "(1) Setiap anak berhak bermain;",
    "(2) Hak sebagaimana dimaksud pada ayat (1) meliputi:",
    "a. hak hidup;",
    "1. hak nama.",
    "sebagaimana dimaksud dalam Pasal 5 ayat (2)",
    "PENJELASAN",
    "Cukup jelas.",
    "LAMPIRAN",
    "# Notulen rapat",
    "## Keputusan",
    "- 3 -",
    "",
    "| No | Uraian |",
)
odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
texts = st.lists(st.one_of(st.sampled_from(LINES), odd), max_size=25).map("\n".join)
asked = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(('"', "*", "NEAR(", "AND", "anak", "hak", "-", "^", ":", "(", "76C")), max_size=8).map(
        " ".join
    ),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path_factory.mktemp("any"), model="toy", threads=1)) as opened:
        yield opened


def untrue(library: Library, answer: Answer) -> list[str]:
    """Hits and quotes that are not the text of their pages."""
    found = []
    for hit in answer.hits:
        pages = {page.number: page.text for page in library.store.versions.pages(hit.document.version_id)}
        if hit.text != "\n".join(pages[span.page][span.start : span.end] for span in hit.spans):
            found.append(hit.text)
        found += [hit.text[start:end] for start, end in hit.marks if not 0 <= start < end <= len(hit.text)]
    for statement in answer.statements:
        for quoted in statement.citations:
            page = library.pages.read(LOCAL_ADMIN, quoted.document_id, quoted.span.page, quoted.version_id)
            if page.text[quoted.span.start : quoted.span.end] != quoted.quote or not quoted.quote.strip():
                found.append(quoted.quote)
    return found


@settings(max_examples=400 if SLOW else 40, deadline=None)
@given(text=texts, name=st.sampled_from(("a.txt", "a.md", "a.html")))
def test_every_quote_from_any_text_is_true(
    library: Library, tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(text.encode("utf-8"))
    try:
        library.ingestion.ingest(file)
    except (EmptyFileError, UnknownFormatError):
        return
    assert library.verify() == ()
    question = " ".join(text.split()[:6]) or "anak"
    for each in (question, "setiap anak berhak bermain"):
        assert untrue(library, library.ask(Query(each, LOCAL_ADMIN))) == []


@settings(max_examples=2000 if SLOW else 100, deadline=None)
@given(question=asked)
@example("\0")
@example("anak\0hak")
@example("x" * MAX_QUERY_CHARACTERS)
@example("\ufdfa" * 200)
@example("👨‍👩‍👧‍👦")
@example("yang dan di")
def test_any_question_is_answered_or_refused(examples_of_laws: Library, question: str) -> None:
    if not question.strip():
        with pytest.raises(QueryRefusedError):
            examples_of_laws.ask(Query(question, LOCAL_ADMIN))
    else:
        assert untrue(examples_of_laws, examples_of_laws.ask(Query(question, LOCAL_ADMIN))) == []


@pytest.fixture(scope="module")
def examples_of_laws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("asked")
    file = folder / "perda.txt"
    file.write_text("\n".join(LINES), "utf-8")
    with Library.open(Settings(home=folder / "kb", model="toy", threads=1)) as opened:
        opened.ingestion.ingest(file)
        yield opened


def test_a_question_longer_than_can_be_asked_is_refused(examples_of_laws: Library) -> None:
    with pytest.raises(QueryRefusedError):
        examples_of_laws.ask(Query("a" * (MAX_QUERY_CHARACTERS + 1), LOCAL_ADMIN))


@pytest.mark.parametrize("k", [-1, 0, 101, 10**9])
def test_a_number_of_hits_that_cannot_be_is_refused(examples_of_laws: Library, k: int) -> None:
    with pytest.raises(QueryRefusedError):
        examples_of_laws.search(Query("anak", LOCAL_ADMIN, k=k))
