"""A real server over example documents, and Debian's Chromium in front of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from api.library import Library
from kb.settings import Settings

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
PERDA = DOCUMENTS / "perda-kota-semarang-97-2023-kota-layak-anak.pdf"
NOTULEN = DOCUMENTS / "notulen-rapat-raperda-kla-maret-2025.md"
SCAN = DOCUMENTS / "sk-bupati-siak-89-2023-gugus-tugas_pindaian.pdf"

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}


@contextmanager
def serving(home: Path, model: str) -> Iterator[str]:
    """The address of `kb serve` over `home`, in a process of its own."""
    environment = {**os.environ, "KB_HOME": str(home), "KB_MODEL": model, "KB_LANGUAGE": "id"}
    command = [str(Path(sys.executable).with_name("kb")), "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            said = "".join(iter(server.stdout.readline, "}\n"))
            yield json.loads(said + "}")["address"]
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return CHROMIUM


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("browser")
    with Library.open(Settings(home=home, model="toy", ocr="off")) as library:
        for file in (PERDA, NOTULEN, SCAN):
            library.ingestion.ingest(file)
    with serving(home, "toy") as address:
        yield address


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: no script error, nothing that the security policy blocked."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
