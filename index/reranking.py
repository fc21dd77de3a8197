"""The first hits in the order of a reader, which reads each together with the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.dense import Ranking, Scores, best_first
from index.embed import Embedder
from index.reading import Read
from kb.settings import DEFAULT_MODEL, FAST, THOROUGH, Settings

N_READ = 3
"""How many passages the bundled reader reads for a question, at most."""

N_READ_BY_ANOTHER = 20
"""How many a CrossEncoder reads that the settings name."""

ENOUGH = 0.5
"""Log odds of the first passage at which the bundled reader reads no further."""

READ_WEIGHT = 0.25
"""What a passage gains that surely answers."""

READ_WEIGHT_OF_ANOTHER = 0.4


class PairReader(Protocol):
    """What reads a question and a text together. Safe to use from several threads."""

    @property
    def stamp(self) -> str:
        """Names the model, for whatever was learned for its scores."""

    def load(self) -> None:
        """Be ready to read."""

    def read(self, question: str, texts: Sequence[str]) -> list[Read]:
        """What it makes of each text."""


@dataclass(frozen=True, slots=True)
class Reranker:
    """A reader of pairs, given the `n_read` best passages.

    n_first: how many are read at once; the others only where none of these has log odds of `enough`.
    weight: what a passage gains that surely answers. reads_provisions: whether it reads where a provision ranks first.
    """

    reader: PairReader
    n_read: int
    n_first: int
    enough: float
    weight: float
    reads_provisions: bool

    def rerank(self, question: str, ranking: Ranking, texts: Sequence[str]) -> tuple[Ranking, list[Read]]:
        """The ranking anew, and what was read of the first passages as they were ranked before.

        texts: of the first passages, at most `n_read`, titles and headings before them as for the embedder. A passage
        that was not read stays behind those that were: reading only adds to a score.
        """
        found = self.reader.read(question, texts[: self.n_first])
        if len(texts) > self.n_first and max((read.odds for read in found), default=-np.inf) < self.enough:
            found += self.reader.read(question, texts[self.n_first :])
        scores = ranking.scores.astype(np.float64, copy=True)
        scores[: len(found)] += self.weight * chance(np.array([read.odds for read in found]))
        return best_first(ranking.ids, scores), found


def load_reranker(settings: Settings, embedder: Embedder) -> Reranker | None:
    """The reader that the settings name, with how it is used; None where the channels alone order the hits.

    Raises ModelMissingError.
    """
    if settings.reranker == FAST:
        return None
    # Only where they are asked for: each brings the library of its model, torch costs 4 s.
    if settings.reranker == THOROUGH:
        if settings.model != DEFAULT_MODEL:
            return None
        from index.bundled import BundledEmbedder
        from index.bundled_reader import BundledReader

        if not isinstance(embedder, BundledEmbedder):
            return None
        bundled = BundledReader(embedder.tokenizer, precision=settings.precision, threads=settings.threads)
        # Of provisions it tells little more than the scores do, and reading them takes as long as all else together.
        return Reranker(bundled, N_READ, 1, ENOUGH, READ_WEIGHT, reads_provisions=False)
    from index.cross_encoder import CrossEncoderReader

    another = CrossEncoderReader(settings.reranker, threads=settings.threads)
    return Reranker(
        another, N_READ_BY_ANOTHER, N_READ_BY_ANOTHER, np.inf, READ_WEIGHT_OF_ANOTHER, reads_provisions=True
    )


def chance(odds: Scores) -> Scores:
    """Log odds as probabilities in [0, 1]."""
    probabilities: Scores = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return probabilities
