"""Every real PDF at hand goes in or is refused with its reason, and every quote is the text of its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.errors import KbError
from kb.intake import Ingested
from kb.pages import Verdict
from kb.questions import Query
from kb.settings import Settings

pytestmark = pytest.mark.data

QUESTIONS = (
    "apa hak anak korban kekerasan",
    "sanksi administratif bagi pelanggar",
    "siapa yang membentuk gugus tugas",
    "target indikator kekerasan terhadap anak 2020",
    "pasal 76C",
)


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Iterator[tuple[Library, dict[str, object]]]:
    told: dict[str, object] = {}
    with Library.open(Settings(home=tmp_path_factory.mktemp("real"), model="toy", threads=1, ocr="off")) as library:
        library.ingestion.ingest_folder(
            data_folder / "pdf", lambda file, one, n_done, n_all: told.update({file.name: one})
        )
        yield library, told


def test_every_real_pdf_is_in(came: tuple[Library, dict[str, object]]) -> None:
    refused = [one.say() for one in came[1].values() if isinstance(one, KbError)]
    assert refused == []
    assert len(came[1]) > 50


def test_nothing_is_wrong_with_real_documents(came: tuple[Library, dict[str, object]]) -> None:
    assert came[0].verify() == ()


def test_pages_without_text_are_counted_where_the_document_is_shown(came: tuple[Library, dict[str, object]]) -> None:
    library, told = came
    for one in told.values():
        assert isinstance(one, Ingested)
        pages = library.store.versions.pages(one.document.version_id)
        assert one.document.n_pages_unread == sum(page.verdict is Verdict.NONE for page in pages)
        assert one.document.n_passages > 0 or one.document.n_pages_unread == one.document.n_pages


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_from_real_documents_are_exact(came: tuple[Library, dict[str, object]], question: str) -> None:
    library, _ = came
    answer = library.ask(Query(question, LOCAL_ADMIN, k=100))
    assert answer.hits
    for statement in answer.statements:
        for citation in statement.citations:
            page = library.pages.read(LOCAL_ADMIN, citation.document_id, citation.span.page, citation.version_id)
            assert citation.quote == page.text[citation.span.start : citation.span.end]
    for hit in answer.hits:
        pages = {page.number: page.text for page in library.store.versions.pages(hit.document.version_id)}
        assert hit.text == "\n".join(pages[span.page][span.start : span.end] for span in hit.spans)


def test_making_everything_anew_finds_the_same(came: tuple[Library, dict[str, object]]) -> None:
    library, _ = came

    def found(question: str) -> list[tuple[str, str, float]]:
        hits = library.search(Query(question, LOCAL_ADMIN, k=30))
        return sorted((hit.label, hit.text, round(hit.score, 6)) for hit in hits)

    before = [found(question) for question in QUESTIONS]
    library.reindex(lambda n_done, n_all: None)
    assert [found(question) for question in QUESTIONS] == before
    assert library.verify() == ()
