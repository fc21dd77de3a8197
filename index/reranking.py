"""The first hits in the order of a reader, which reads each together with the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.dense import Ranking, Scores
from index.fusion import best_first
from index.reader import PairReader

N_READ: Mapping[str, int] = {"cepat": 0, "biasa": 6, "teliti": 20}
"""How many passages are read for a question, by the care that the office chose."""

READ_WEIGHT = 0.4
"""What a passage gains that surely answers; measured on the dev sets, see docs/decisions/030-the-reader-of-pairs.md."""


@dataclass(frozen=True, slots=True)
class Reranker:
    """A reader and how many of the best passages it is given."""

    reader: PairReader
    n_read: int

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
