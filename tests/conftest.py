"""What tests of several rooms share: an empty library of one's own, and the real data beside the repository."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from api import guard
from api.library import Library
from kb.settings import Settings
from tests.shelf import fill

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "documents"
SLOW = os.environ.get("KB_SLOW") == "1"
"""Whether the long forms were asked for (`make slow`)."""

# A machine with two busy cores is no reason to fail a law.
hypothesis_settings.register_profile("acuan", deadline=None)
hypothesis_settings.load_profile("acuan")


@pytest.fixture(scope="session", autouse=True)
def test_clients_name() -> Iterator[None]:
    """The name by which the test client calls every server, which no server of an office goes by."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(guard, "LOCAL_NAMES", guard.LOCAL_NAMES | {"testserver"})
        yield


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of a test's own, with the toy embedder."""
    with Library.open(Settings(home=tmp_path / "kb", model="toy", threads=1, ocr="off")) as opened:
        yield opened


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of the documents of `tests.shelf`, with the toy embedder; no test changes it."""
    folder = tmp_path_factory.mktemp("shelf")
    with Library.open(Settings(home=folder / "kb", model="toy", threads=1)) as opened:
        fill(opened, folder)
        yield opened


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The real data beside the repository; the test is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not there")
    return DATA


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the page come last: the browser's event loop stays in the main thread, where others start one."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture
def always_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is found is quoted: how sure an answer must be was not learned for the toy model of these tests."""
    monkeypatch.setattr("index.answer.MIN_CONFIDENCE", 0.0)
