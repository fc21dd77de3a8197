"""How much is measured, and of which peers."""

from dataclasses import dataclass
from pathlib import Path

from bench.peers.environments import Peer
from bench.worker import ROOT

DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. work: the folder of environments, stores and the exported model.

    stores: the data folder of `kb eval` whose corpora stand, None to take them in. shares: whether ours lends the
    others the vectors of the passages.
    """

    work: Path
    peers: tuple[Peer, ...]
    adapted: bool
    n_questions: int | None
    n_passages: int
    office: Path | None
    stores: Path | None = None
    shares: bool = False

    @property
    def model(self) -> Path:
        """The weights as a sentence-transformers folder."""
        return self.work / ("model" if self.adapted else "model-plain")
