"""Passages by the address of their section, in few documents and in the whole store while it changes."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId
from kb.settings import Settings
from kb.store.held_addresses import MOST_LOOKED_THROUGH
from tests.shelf import PERDA_SEMARANG


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """So many regulations that an address is held for the whole store."""
    folder = tmp_path_factory.mktemp("laws")
    with Library.open(Settings(home=folder / "kb", model="toy", threads=1, ocr="off")) as opened:
        for number in range(MOST_LOOKED_THROUGH + 2):
            file = folder / f"perda-{number}.txt"
            file.write_text(PERDA_SEMARANG.replace("NOMOR 2", f"NOMOR {number + 2}"), "utf-8")
            opened.ingestion.ingest(file)
        yield opened


def test_an_address_is_found_in_the_same_passages_among_few_documents_and_among_all(laws: Library) -> None:
    passages = laws.store.passages
    every = [document.id for document in laws.documents(LOCAL_ADMIN)]
    for address in ("pasal-1", "pasal-2/ayat-1", "pasal-9"):
        one_by_one = [passages.at_address([document], address).tolist() for document in every]
        assert passages.at_address(every, address).tolist() == sorted(i for found in one_by_one for i in found)
        assert passages.at_address(every[1:], address).tolist() == sorted(i for found in one_by_one[1:] for i in found)
    assert len(passages.at_address(every, "pasal-1"))


def test_an_address_that_is_held_follows_the_store(laws: Library, tmp_path: Path) -> None:
    passages = laws.store.passages
    every = [document.id for document in laws.documents(LOCAL_ADMIN)]
    before = passages.at_address([*every, DocumentId(10_000)], "pasal-3").tolist()
    file = tmp_path / "perda-baru.txt"
    file.write_text(PERDA_SEMARANG.replace("NOMOR 2", "NOMOR 99"), "utf-8")
    new = laws.ingestion.ingest(file).document.id
    assert passages.at_address(every, "pasal-3").tolist() == before
    assert len(passages.at_address([*every, new], "pasal-3")) == len(before) + 1
    laws.erase(new)
    assert passages.at_address([*every, new], "pasal-3").tolist() == before


def test_a_thread_that_still_sees_the_store_of_before_takes_no_address_from_the_others(
    laws: Library, tmp_path: Path
) -> None:
    passages = laws.store.passages
    every = [document.id for document in laws.documents(LOCAL_ADMIN)]
    before = passages.at_address(every, "pasal-2").tolist()
    file = tmp_path / "perda-baru.txt"
    file.write_text(PERDA_SEMARANG.replace("NOMOR 2", "NOMOR 98"), "utf-8")
    with ThreadPoolExecutor(1) as other:
        began, came = threading.Event(), threading.Event()

        def asked_of_before() -> list[int]:
            with laws.store.database.snapshot():
                assert passages.at_address(every, "pasal-2").tolist() == before
                began.set()
                came.wait()
                return passages.at_address(every, "pasal-2").tolist()

        asked = other.submit(asked_of_before)
        began.wait()
        now = [*every, laws.ingestion.ingest(file).document.id]
        after = passages.at_address(now, "pasal-2").tolist()
        came.set()
        assert asked.result() == before
    assert len(after) > len(before)
    assert passages.at_address(now, "pasal-2").tolist() == after
