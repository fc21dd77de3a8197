"""Several at once: threads and processes that take in, remove and ask over one data folder."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.library import Library
from api.trash import Trash
from kb.access import LOCAL_ADMIN
from kb.errors import StoreBusyError
from kb.intake import Draft, Ingested, Outcome
from kb.questions import Query
from kb.settings import Settings
from tests.conftest import ROOT

Made = TypeVar("Made")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "kb", model="toy", threads=1)


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def at_once(*works: Callable[[], Made]) -> list[Made]:
    """What each makes of it when all start together."""
    gate = threading.Barrier(len(works))

    def start(work: Callable[[], Made]) -> Made:
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(start, works))


def test_two_threads_with_the_same_file_make_one_document(library: Library, tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", "Pasal 1\nSetiap anak berhak bermain.\n")
    came = at_once(*[lambda: library.ingestion.ingest(file).outcome] * 4)
    assert sorted(came) == sorted([Outcome.NEW, *[Outcome.UNCHANGED] * 3])
    assert library.status().n_documents == 1
    assert library.verify() == ()


def test_two_open_libraries_with_the_same_bytes_make_one_document(settings: Settings, tmp_path: Path) -> None:
    one = written(tmp_path / "a.txt", "Pasal 1\nSetiap anak berhak bermain.\n")
    two = written(tmp_path / "b.txt", "Pasal 1\nSetiap anak berhak bermain.\n")
    with Library.open(settings) as first, Library.open(settings) as second:
        came = at_once(lambda: first.ingestion.ingest(one).outcome, lambda: second.ingestion.ingest(two).outcome)
        assert sorted(came) == sorted([Outcome.NEW, Outcome.UNCHANGED])
        assert first.documents(LOCAL_ADMIN) == second.documents(LOCAL_ADMIN)
        assert first.verify() == second.verify() == ()


def test_a_file_taken_in_while_its_twin_is_removed_keeps_its_original(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "a.txt", "Pasal 1\nSetiap anak berhak bermain.\n")
    with Library.open(settings) as first, Library.open(settings) as second, ThreadPoolExecutor(1) as pool:
        document = first.ingestion.ingest(file).document
        put = second.store.documents.put

        def put_late(made: Draft, audience: str | None) -> Ingested:
            # The original was found kept already; now the last document that needed it goes out.
            wait([pool.submit(Trash(first).remove, LOCAL_ADMIN, document.id)], timeout=0.3)
            return put(made, audience)

        monkeypatch.setattr(second.store.documents, "put", put_late)
        monkeypatch.setattr(second.store.documents, "holding", lambda sha256, source, audience: None)
        second.ingestion.ingest(file, source="kembaran")
        pool.shutdown()
        assert first.verify() == ()


def test_processes_that_take_in_different_folders_get_everything_in(settings: Settings, tmp_path: Path) -> None:
    for folder in ("satu", "dua", "tiga"):
        for i in range(12):
            written(tmp_path / folder / f"{i}.txt", f"Pasal 1\nTeks {i} dari folder {folder}.\n")
    running = [kb(settings, "ingest", str(tmp_path / folder)) for folder in ("satu", "dua", "tiga")]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    with Library.open(settings) as library:
        assert library.status().n_documents == 36
        assert library.verify() == ()


def test_processes_that_take_in_the_same_folder_make_each_document_once(settings: Settings, tmp_path: Path) -> None:
    for i in range(12):
        written(tmp_path / "satu" / f"{i}.txt", f"Pasal 1\nTeks {i} yang sama.\n")
    running = [kb(settings, "ingest", str(tmp_path / "satu")) for _ in range(2)]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    with Library.open(settings) as library:
        assert sorted(document.name for document in library.documents(LOCAL_ADMIN)) == sorted(
            f"{i}.txt" for i in range(12)
        )
        assert {document.n_versions for document in library.documents(LOCAL_ADMIN)} == {1}
        assert library.verify() == ()


def test_a_server_finds_what_the_command_line_takes_in_and_out(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_HOME", str(settings.home))
    monkeypatch.setenv("KB_MODEL", "toy")
    file = written(tmp_path / "a.txt", "Pasal 1\nPosyandu remaja dibuka setiap Jumat.\n")
    with Library.open(settings) as library:
        client = TestClient(create_app(library))

        def labels() -> list[str]:
            return [hit["text"] for hit in client.get("/api/v1/search", params={"q": "posyandu remaja"}).json()["hits"]]

        assert labels() == []
        assert CliRunner().invoke(main, ["ingest", str(file)]).exit_code == 0
        assert labels() == ["Pasal 1\nPosyandu remaja dibuka setiap Jumat."]
        written(file, "Pasal 1\nPosyandu remaja dibuka setiap Sabtu.\n")
        assert CliRunner().invoke(main, ["ingest", str(file)]).exit_code == 0
        assert labels() == ["Pasal 1\nPosyandu remaja dibuka setiap Sabtu."]
        assert CliRunner().invoke(main, ["reindex"]).exit_code == 0
        assert labels() == ["Pasal 1\nPosyandu remaja dibuka setiap Sabtu."]
        [document] = library.documents(LOCAL_ADMIN)
        assert CliRunner().invoke(main, ["remove", str(document.id), "--yes"]).exit_code == 0
        assert labels() == []


def test_questions_are_answered_truly_while_documents_come_and_go(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    over = threading.Event()
    untrue: list[str] = []

    def ask() -> None:
        while not over.is_set():
            for hit in library.search(Query("siapa ketua gugus tugas", LOCAL_ADMIN)):
                pages = {page.number: page.text for page in library.store.versions.pages(hit.document.version_id)}
                said = "\n".join(pages.get(span.page, "")[span.start : span.end] for span in hit.spans)
                # A document that went out meanwhile has no pages left to compare with.
                if pages and said != hit.text:
                    untrue.append(f"{hit.text!r} is not {said!r}")

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        for i in range(40):
            written(file, f"Pasal 1\n{'Pembukaan. ' * (i % 7)}Gugus tugas {i} diketuai oleh Bupati ke-{i}.\n")
            library.ingestion.ingest(file)
            if i % 9 == 8:
                library.erase(library.documents(LOCAL_ADMIN)[0].id)
        over.set()
        for each in asking:
            each.result()
    assert untrue == []


def kb(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from api.cli import main; main()", *arguments],
        cwd=ROOT,
        env={"KB_HOME": str(settings.home), "KB_MODEL": "toy", "KB_THREADS": "1", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_library_opens_and_answers_while_another_writes(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.database.BUSY_SECONDS", 0.2)
    file = written(tmp_path / "a.txt", "Pasal 1\nPosyandu remaja dibuka setiap Jumat.\n")
    with Library.open(settings) as library:
        library.ingestion.ingest(file)
    writer = sqlite3.connect(settings.store_file, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Library.open(settings) as library:
        [hit] = library.search(Query("posyandu remaja", LOCAL_ADMIN))
        assert hit.document.name == "a.txt"
        written(file, "Pasal 1\nPosyandu remaja dibuka setiap Sabtu.\n")
        with pytest.raises(StoreBusyError, match="tunggu sampai selesai"):
            library.ingestion.ingest(file)
        writer.execute("ROLLBACK")
        assert library.ingestion.ingest(file).outcome is Outcome.REPLACED
        assert library.verify() == ()
    writer.close()
