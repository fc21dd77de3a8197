"""Where the stores of the question sets are kept, over which everything of quality is measured and learned."""

import argparse
import hashlib
from dataclasses import replace
from pathlib import Path

from bench.worker import ROOT
from kb.settings import Settings

_MAKES_STORES = (
    "ingest/**/*.py",
    "kb/naming.py",
    "index/words.py",
    "index/stemming.py",
    "index/roots.txt",
    "index/exceptions.txt",
    "index/bundled.py",
    "index/weights.py",
    "index/adapter.npz",
    "index/late.py",
    "index/tokens.npz",
)
"""The files that decide what a store holds."""


def add_stores(parser: argparse.ArgumentParser) -> None:
    """The option that names stores that stand."""
    parser.add_argument("--stores", type=Path, help="use the stores below this folder, whatever code made them")


def settings_over(stores: Path | None) -> Settings:
    """The settings of the environment with their data folder at `stores`, or at one of this very code."""
    settings = Settings.from_environment()
    return replace(settings, home=stores or settings.home / f"evaluation-{_digest_of_code()}")


def _digest_of_code() -> str:
    """Twelve hex digits that change whenever the code that fills stores does."""
    digest = hashlib.sha256()
    for pattern in _MAKES_STORES:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
