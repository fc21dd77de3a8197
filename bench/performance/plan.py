"""How much is measured, and of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.worker import ROOT, Worker

DATA = ROOT.parent / "shared" / "data"
LAWS = DATA / "pdf" / "undang-undang"

N_ROUNDS = 5
N_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. work: a folder for stores and the exported model, gone afterwards."""

    work: Path
    laws: tuple[Path, ...]
    questions: tuple[str, ...]
    scales: tuple[int, ...]
    n_real: int
    stores: Path | None

    @property
    def model(self) -> Path:
        """The bundled weights as a sentence-transformers folder."""
        return self.work / "model"

    @property
    def home(self) -> Path:
        """The data folder with the laws."""
        return self.work / "laws"


def in_turn(ways: dict[str, Worker], n_done: int) -> Sequence[str]:
    """The ways, each first every other time: who goes first finds the file in no cache."""
    order = list(ways)
    return order if n_done % 2 == 0 else order[::-1]
