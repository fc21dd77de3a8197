"""A server follows what other processes do to its store: with the next question, and to the last fact."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.library import Library
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document
from kb.questions import Query
from kb.settings import Settings
from kb.store.held_addresses import MOST_LOOKED_THROUGH
from tests.shelf import FILES, PERDA_SEMARANG, asked, fill, named

GUEST = Viewer("tamu")
QUESTIONS = ("Apa yang dimaksud dengan gugus tugas?", "pagar taman bermain", "Pasal 3 Perda Nomor 7 Tahun 2021")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "kb", model="toy", threads=1, ocr="off")


@pytest.fixture
def server(settings: Settings) -> Iterator[Library]:
    """One that is asked again and again, with all that it keeps in memory."""
    with Library.open(settings) as library:
        library.ready()
        yield library


@pytest.fixture
def worker(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as library:
        yield library


def shown(library: Library) -> list[object]:
    """All that two people who may see different things get to see."""
    return [
        (library.documents(viewer), [library.search(replace(asked(question), viewer=viewer)) for question in QUESTIONS])
        for viewer in (LOCAL_ADMIN, GUEST)
    ]


def names(library: Library) -> set[str]:
    return {hit.document.name for hit in library.search(asked("pagar taman bermain"))}


def test_what_a_worker_takes_in_is_found_by_the_next_question(server: Library, worker: Library, tmp_path: Path) -> None:
    assert names(server) == set()
    fill(worker, tmp_path)
    assert "notulen.txt" in names(server)
    assert {document.name for document in server.documents(LOCAL_ADMIN)} == set(FILES)


def test_what_is_withdrawn_or_hidden_elsewhere_is_not_in_the_next_answer(
    server: Library, worker: Library, tmp_path: Path
) -> None:
    fill(worker, tmp_path)
    minutes, law = named(worker, "notulen.txt"), named(worker, "uu.txt")
    assert "notulen.txt" in names(server)
    worker.store.trash.withdraw(minutes.id)
    assert "notulen.txt" not in names(server)
    answer = server.ask(asked("Kapan pagar taman bermain diperbaiki?"))
    assert minutes.id not in {citation.document_id for said in answer.statements for citation in said.citations}
    assert {document.name for document in server.documents(GUEST)} >= {"uu.txt"}
    worker.store.documents.set_audience(law.id, "pimpinan")
    assert "uu.txt" not in {document.name for document in server.documents(GUEST)}
    hits = [hit for question in QUESTIONS for hit in server.search(Query(question, GUEST))]
    assert "uu.txt" not in {hit.document.name for hit in hits}


def test_a_server_shows_what_one_just_opened_shows_whatever_was_done(
    server: Library, worker: Library, settings: Settings, tmp_path: Path
) -> None:
    def take_in(number: int, text: str = PERDA_SEMARANG) -> Document:
        file = tmp_path / f"perda-{number}.txt"
        file.write_text(text.replace("NOMOR 2", f"NOMOR {number}"), "utf-8")
        return worker.ingestion.ingest(file).document

    def just_opened() -> list[object]:
        with Library.open(settings) as library:
            library.ready()
            return shown(library)

    documents = [take_in(number) for number in range(3, MOST_LOOKED_THROUGH + 5)]
    fill(worker, tmp_path)
    assert shown(server) == just_opened()
    for done in (
        lambda: take_in(60),
        lambda: take_in(7, PERDA_SEMARANG.replace("gugus tugas", "kelompok kerja")),
        lambda: worker.store.trash.withdraw(documents[3].id),
        lambda: worker.erase(documents[5].id),
        lambda: worker.store.documents.set_audience(documents[0].id, "pimpinan"),
        lambda: worker.revisions.correct(
            LOCAL_ADMIN, documents[1].id, replace(documents[1].metadata, number="70"), frozenset({"number"})
        ),
        lambda: take_in(61),
    ):
        done()
        assert shown(server) == just_opened()
