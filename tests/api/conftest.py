"""A library with the toy embedder over a few example documents, and the doors onto it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "documents"
PERDA = EXAMPLES / "perda-kota-semarang-97-2023-kota-layak-anak.pdf"
NOTULEN = EXAMPLES / "notulen-rapat-raperda-kla-maret-2025.md"
SCAN = EXAMPLES / "sk-bupati-siak-89-2023-gugus-tugas_pindaian.pdf"
HTML = EXAMPLES / "perwal-surakarta-96-2022-forum-anak-musrenbang.html"


@pytest.fixture(scope="session")
def filled_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Four documents that no test changes."""
    with Library.open(Settings(home=tmp_path_factory.mktemp("filled"), model="toy", ocr="off")) as library:
        for file in (PERDA, NOTULEN, SCAN, HTML):
            library.ingestion.ingest(file)
        yield library


@pytest.fixture(scope="session")
def filled(filled_library: Library) -> TestClient:
    """The doors onto four documents that no test changes."""
    return TestClient(create_app(filled_library))


@pytest.fixture(scope="session")
def perda(filled_library: Library) -> Document:
    """The regulation among them."""
    return next(d for d in filled_library.documents(LOCAL_ADMIN) if d.name == PERDA.name)


@pytest.fixture(scope="session")
def notulen(filled_library: Library) -> Document:
    """The minutes among them, in a format without pages."""
    return next(d for d in filled_library.documents(LOCAL_ADMIN) if d.name == NOTULEN.name)


@pytest.fixture(scope="session")
def scan(filled_library: Library) -> Document:
    """The scan among them, none of whose pages has text."""
    return next(d for d in filled_library.documents(LOCAL_ADMIN) if d.name == SCAN.name)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of a test's own."""
    with Library.open(Settings(home=tmp_path / "kb", model="toy", max_mib=1)) as library:
        yield library


@pytest.fixture
def client(library: Library) -> TestClient:
    """The doors onto an empty library of a test's own."""
    return TestClient(create_app(library))
