"""The first hits in the order of a reader, which reads each together with the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.dense import Ranking, Scores, best_first
from kb.settings import Settings

N_READ = 20
"""How many passages are read for a question."""

READ_WEIGHT = 0.4
"""What a passage gains that surely answers."""


class PairReader(Protocol):
    """What reads a question and a text together."""

    @property
    def stamp(self) -> str:
        """Names the model, for whatever was learned for its scores."""

    def read(self, question: str, texts: Sequence[str]) -> Scores:
        """How likely each text answers, as log odds: 0 is as likely as not, higher is likelier."""


def load_reader(settings: Settings) -> PairReader | None:
    """The CrossEncoder that the settings name; None where the channels alone order the hits.

    Raises ModelMissingError.
    """
    if not settings.reranker:
        return None
    # Only here: torch costs 4 s
    from index.cross_encoder import CrossEncoderReader

    return CrossEncoderReader(settings.reranker, threads=settings.threads)


@dataclass(frozen=True, slots=True)
class Reranker:
    """A reader of pairs, given the `n_read` best passages."""

    reader: PairReader
    n_read: int = N_READ

    def rerank(self, question: str, ranking: Ranking, texts: Sequence[str]) -> tuple[Ranking, Scores]:
        """The ranking anew, and the log odds that each of the first passages as they were ranked before answers.

        texts: of the first passages, at most `n_read`, titles and headings before them as for the embedder. A passage
        that was not read stays behind those that were: reading only adds to a score.
        """
        odds = self.reader.read(question, texts)
        scores = ranking.scores.astype(np.float64, copy=True)
        scores[: len(odds)] += READ_WEIGHT * chance(odds)
        return best_first(ranking.ids, scores), odds


def chance(odds: Scores) -> Scores:
    """Log odds as probabilities in [0, 1]."""
    probabilities: Scores = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return probabilities
