"""A file goes in, an answer comes out: with the real model, through every door."""

import json
import shutil
import sqlite3
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.library import Library
from api.links import page_link
from api.schemas_questions import AnswerOut
from api.views import flowing
from index.embed import Embedder
from kb.access import LOCAL_ADMIN
from kb.answers import Answer, Hit
from kb.documents import Kind, Metadata
from kb.errors import NotFoundError
from kb.intake import Outcome
from kb.questions import Query
from kb.settings import Settings
from tests.conftest import EXAMPLES
from tests.journeys.conftest import Asked, questions

ANSWERED = ("ex-005", "ex-007", "ex-008", "ex-014", "ex-015", "ex-029", "ex-030")
"""Questions whose answer is so plainly in the examples that no change of the ranking may lose it."""

LURAH = "Apakah lurah di Semarang boleh menerbitkan surat pengantar nikah?"


def asked(question: str) -> Query:
    return Query(question, LOCAL_ADMIN)


def untrue_quotes(library: Library, answer: Answer) -> list[str]:
    """The quotes that are not the text of the page they name."""
    return [
        citation.quote
        for statement in answer.statements
        for citation in statement.citations
        if citation.quote
        != library.pages.read(LOCAL_ADMIN, citation.document_id, citation.span.page, citation.version_id).text[
            citation.span.start : citation.span.end
        ]
    ]


def untrue_hits(library: Library, hits: tuple[Hit, ...]) -> list[str]:
    """The hits that are not the text of the pages they name."""
    return [
        hit.text
        for hit in hits
        if hit.text
        != "\n".join(
            library.pages.read(LOCAL_ADMIN, hit.document.id, span.page, hit.document.version_id).text[
                span.start : span.end
            ]
            for span in hit.spans
        )
    ]


@pytest.mark.parametrize("question", [one for one in questions() if one.id in ANSWERED], ids=str)
def test_an_answer_cites_the_page_that_answers(examples: Library, question: Asked) -> None:
    answer = examples.ask(asked(question.text))
    names = {document.id: document.name for document in examples.documents(LOCAL_ADMIN)}
    cited = {(names[c.document_id], c.span.page) for statement in answer.statements for c in statement.citations}
    assert cited & {(gold.file, page) for gold in question.gold for page in gold.pages}


@pytest.mark.parametrize("question", questions(), ids=str)
def test_every_quote_is_the_text_of_its_page(examples: Library, question: Asked) -> None:
    answer = examples.ask(asked(question.text))
    assert untrue_quotes(examples, answer) == []
    assert untrue_hits(examples, answer.hits) == []
    assert all(
        statement.text == "\n".join(citation.quote for citation in statement.citations)
        for statement in answer.statements
    )


def test_the_gold_file_is_among_the_first_five_hits_of_nearly_every_question(examples: Library) -> None:
    answerable = [question for question in questions() if question.gold]
    found = [
        question
        for question in answerable
        if {hit.document.name for hit in examples.search(asked(question.text))[:5]}
        & {gold.file for gold in question.gold}
    ]
    assert len(found) >= 0.9 * len(answerable)


def test_an_abstention_shows_the_closest_passages(examples: Library) -> None:
    abstained = [
        answer
        for answer in (examples.ask(asked(question.text)) for question in questions() if not question.gold)
        if answer.abstained
    ]
    assert abstained
    assert all(answer.hits for answer in abstained)


@pytest.mark.parametrize(
    "question",
    [
        "anak\0berhak",
        "x" * 4_000,
        "\ufdfa" * 400,
        "👨‍👩‍👧‍👦",
        "yang dan di",
        '"anak" AND (hak*',
        "anak " * 790,
        "מרחבא \u202eanak",
    ],
    ids=lambda question: ascii(question[:8]),
)
def test_a_nonsense_question_gets_true_quotes_or_none(examples: Library, question: str) -> None:
    answer = examples.ask(asked(question))
    assert untrue_quotes(examples, answer) == []
    assert untrue_hits(examples, answer.hits) == []


def test_the_same_question_gets_the_same_answer_at_every_door(
    examples: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = examples.ask(asked(LURAH))
    assert answer.statements
    expected = AnswerOut.model_validate(answer).model_dump(mode="json")

    client = TestClient(create_app(examples))
    assert client.post("/api/v1/ask", json={"query": LURAH}).json() == expected
    assert client.get("/api/v1/ask", params={"q": LURAH}).json() == expected

    monkeypatch.setenv("KB_HOME", str(home))
    said = CliRunner().invoke(main, ["ask", LURAH, "--json"])
    assert (said.exit_code, json.loads(said.stdout)) == (0, expected)

    page = lxml.html.fromstring(client.get("/", params={"q": LURAH}).text)
    shown = [quote.text_content().split() for quote in page.iter("blockquote")]
    assert shown == [flowing(statement.text).split() for statement in answer.statements]
    assert page.xpath("//figcaption//a[@class='cite']/@href") == [
        page_link(citation.document_id, citation.version_id, citation.span.page, [citation.span])
        for statement in answer.statements
        for citation in statement.citations
    ]


def test_the_store_and_the_originals_alone_give_the_same_answers(
    examples: Library, home: Path, model: Embedder, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path)
    # A copy of the store as another program would take it, by its own backup: what is only in memory is left behind.
    backup(examples, settings.store_file)
    shutil.copytree(Settings(home=home).originals_folder, settings.originals_folder)
    with Library(settings, model) as restored:
        for question in questions()[:12]:
            assert restored.ask(asked(question.text)) == examples.ask(asked(question.text))
        assert restored.verify() == ()


def backup(library: Library, file: Path) -> None:
    """Copy a store that is open."""
    source, copy = sqlite3.connect(library.settings.store_file), sqlite3.connect(file)
    with copy:
        source.backup(copy)
    source.close()
    copy.close()


def test_a_removed_document_is_found_no_more(model: Embedder, tmp_path: Path) -> None:
    with Library(Settings(home=tmp_path), model) as library:
        document = library.ingestion.ingest(EXAMPLES / "tanya-jawab-istilah-kla-dan-pug.md").document
        assert library.search(asked("apa itu pengarusutamaan gender"))
        library.erase(document.id)
        assert library.search(asked("apa itu pengarusutamaan gender")) == ()
        assert library.ask(asked("apa itu pengarusutamaan gender")).abstained
        assert library.documents(LOCAL_ADMIN) == ()
        assert list(library.originals) == []
        with pytest.raises(NotFoundError):
            library.pages.read(LOCAL_ADMIN, document.id, 1)


def test_a_citation_of_an_old_version_still_opens(model: Embedder, tmp_path: Path) -> None:
    file = tmp_path / "perbup.txt"
    file.write_text(perbup("Gugus tugas diketuai oleh Bupati."), "utf-8")
    with Library(Settings(home=tmp_path / "kb"), model) as library:
        library.ingestion.ingest(file)
        [old, *_] = library.ask(asked("siapa ketua gugus tugas")).statements
        file.write_text(perbup("Gugus tugas diketuai oleh Sekretaris Daerah."), "utf-8")
        assert library.ingestion.ingest(file).outcome is Outcome.REPLACED
        [new, *_] = library.ask(asked("siapa ketua gugus tugas")).statements
        assert "Bupati" in old.text
        assert "Sekretaris Daerah" in new.text
        [cited] = old.citations
        page = library.pages.read(LOCAL_ADMIN, cited.document_id, cited.span.page, cited.version_id)
        assert page.text[cited.span.start : cited.span.end] == cited.quote
        assert library.pages.original(LOCAL_ADMIN, cited.document_id, cited.version_id)[0].read_text("utf-8") == perbup(
            "Gugus tugas diketuai oleh Bupati."
        )
        assert library.verify() == ()


def test_a_correction_changes_the_label_and_outlives_a_new_version(model: Embedder, tmp_path: Path) -> None:
    file = tmp_path / "perbup.txt"
    file.write_text(perbup("Gugus tugas diketuai oleh Bupati."), "utf-8")
    with Library(Settings(home=tmp_path / "kb"), model) as library:
        document = library.ingestion.ingest(file).document
        by_hand = Metadata(kind=Kind.PERBUP, number="77", year=2031, region="Kabupaten Kutai Timur")
        library.revisions.correct(LOCAL_ADMIN, document.id, by_hand, frozenset({"kind", "number", "year", "region"}))
        assert library.search(asked("ketua gugus tugas"))[0].label.startswith("Perbup Kutai Timur 77/2031 Pasal ")
        file.write_text(perbup("Gugus tugas diketuai oleh Sekretaris Daerah."), "utf-8")
        library.ingestion.ingest(file)
        [hit, *_] = library.search(asked("ketua gugus tugas"))
        assert hit.label.startswith("Perbup Kutai Timur 77/2031 Pasal ")
        assert "Sekretaris" in "".join(each.text for each in library.search(asked("ketua gugus tugas")))
        assert library.verify() == ()


def perbup(sentence: str) -> str:
    return (
        "PERATURAN BUPATI BERAU\nNOMOR 12 TAHUN 2024\nTENTANG\nGUGUS TUGAS KABUPATEN LAYAK ANAK\n\n"
        "Menimbang : a. bahwa anak perlu dilindungi;\n\nMEMUTUSKAN:\nMenetapkan : PERATURAN BUPATI TENTANG GUGUS TUGAS."
        "\n\nBAB I\nKETENTUAN UMUM\n\nPasal 1\nDalam Peraturan Bupati ini yang dimaksud dengan Anak adalah orang yang "
        f"belum berusia 18 (delapan belas) tahun.\n\nBAB II\nGUGUS TUGAS\n\nPasal 2\n{sentence}\n\n"
        "Pasal 3\nGugus tugas bersidang paling sedikit 2 (dua) kali dalam setahun.\n"
    )
