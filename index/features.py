"""What is known of each candidate beside the two scores: small numbers that a readable ranker can weigh."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dense import Scores
from index.fusion import min_max
from index.retrieval import Candidates
from index.scoring import idf

Matrix = NDArray[np.float64]

CANDIDATE_FEATURES = (
    "dense",
    "lexical",
    "dense_z",
    "lexical_share",
    "coverage",
    "coverage_all",
    "coverage_headings",
    "window",
    "dense_rank",
    "lexical_rank",
    "length",
    "numbers",
)
"""One a candidate, each about 0 to 1 and rising with relevance, but for `length`.

dense, lexical: stretched to [0, 1] over the candidates. dense_z: standard deviations above their mean, over 4.
lexical_share: BM25 of all that a passage could score. coverage: of the question's word weight, in the text, in text
and headings, in headings alone. window: in the best 24 neighbouring words. ranks: 10 / (9 + rank).
length: log of words over 5. numbers: share of the question's numbers that the passage holds.
"""

QUERY_FEATURES = ("long", "rare", "known", "agreement", "dense_gap", "numeric")
"""One a question, each in [0, 1], that the weights of the candidate features may follow.

long: its content words, over 12. rare: the mean idf of its words, of the rarest there could be. known: share of its
words that the collection has. agreement: shared passages of the channels' first ten. dense_gap: how far the best
cosine stands above the tenth, times 10. numeric: whether it holds a number.
"""

WINDOW = 24


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """(n, len(CANDIDATE_FEATURES)) and (len(QUERY_FEATURES),) of one question."""

    candidates: Matrix
    query: NDArray[np.float64]


def features(candidates: Candidates) -> Features:
    """The features of every candidate of a question, in the candidates' order."""
    weights = candidates.weights
    numbers = {term.stem for term in candidates.question.terms if term.stem.isdigit()}
    rows = []
    for traits in candidates.traits:
        words, heading_words = traits.words.split(), traits.heading_words.split()
        in_text, in_headings = weights.find(words), weights.find(heading_words)
        rows.append(
            (
                weights.coverage(in_text),
                weights.coverage([*in_text, *in_headings]),
                weights.coverage(in_headings),
                weights.window(in_text, WINDOW),
                min(math.log1p(len(words)) / 5.0, 1.5),
                len(numbers & {*words, *heading_words}) / len(numbers) if numbers else 0.0,
            )
        )
    by_words = np.array(rows, np.float64).reshape(len(rows), 6)
    dense, lexical = candidates.dense, candidates.lexical
    spread = dense.std() if len(dense) else 0.0
    z = (dense - dense.mean()) / (4.0 * spread) if spread > 0 else np.zeros(len(dense))
    matrix = np.column_stack(
        [
            min_max(dense),
            min_max(lexical),
            z,
            lexical / weights.possible if weights.possible else np.zeros(len(lexical)),
            by_words[:, :4],
            _by_rank(dense),
            _by_rank(lexical),
            by_words[:, 4:],
        ]
    )
    return Features(matrix, _query_features(candidates, bool(numbers)))


def _by_rank(scores: Scores) -> NDArray[np.float64]:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    # A passage without a shared word has no rank among the words.
    return np.where(scores > 0, 10.0 / (10.0 + ranks), 0.0)


def _query_features(candidates: Candidates, numeric: bool) -> NDArray[np.float64]:
    collection = candidates.collection
    own = [term for term in candidates.question.terms if term.weight == 1.0]
    rarest = idf(collection.n, 1)
    weights = list(candidates.weights.own.values())
    known = [term.stem in collection.df for term in own]
    first_dense = set(candidates.dense_ranking().ids[:10].tolist())
    first_words = set(candidates.lexical_ranking().ids[:10].tolist())
    cosines = np.sort(candidates.dense)[::-1]
    gap = float(cosines[0] - cosines[min(9, len(cosines) - 1)]) if len(cosines) else 0.0
    return np.array(
        [
            min(len(own) / 12.0, 1.0),
            min(float(np.mean(weights)) / rarest, 1.0) if weights and rarest > 0 else 0.0,
            float(np.mean(known)) if known else 0.0,
            len(first_dense & first_words) / 10.0,
            min(gap * 10.0, 1.0),
            float(numeric),
        ]
    )
