"""A library with the real model over the example documents, and the questions that go with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.library import Library
from index.embed import Embedder, load_embedder
from kb.settings import Settings
from tests.conftest import EXAMPLES, ROOT


@dataclass(frozen=True)
class Gold:
    """Where an answer stands: on one of these pages of a file."""

    file: str
    pages: tuple[int, ...]
    quote: str


@dataclass(frozen=True)
class Asked:
    """A question of the examples; without gold it has no answer in them."""

    id: str
    text: str
    gold: tuple[Gold, ...]

    def __str__(self) -> str:
        return self.id


def questions() -> tuple[Asked, ...]:
    lines = (ROOT / "tests" / "documents" / "questions.jsonl").read_text("utf-8").splitlines()
    return tuple(
        Asked(
            row["id"],
            row["text"],
            tuple(Gold(gold["file"], tuple(gold["pages"]), gold["quote"]) for gold in row["gold"]),
        )
        for row in map(json.loads, lines)
    )


@pytest.fixture(scope="session")
def model() -> Embedder:
    # As every door loads it: a library opened by another one of them must hold the same vectors.
    return load_embedder(Settings(home=EXAMPLES))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="session")
def examples(home: Path, model: Embedder) -> Iterator[Library]:
    """Every example document, taken in with the real model; no test changes it."""
    with Library(Settings(home=home), model) as opened:
        opened.ingestion.ingest_folder(EXAMPLES, lambda *came: None)
        yield opened
