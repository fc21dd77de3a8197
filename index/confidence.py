"""How likely the best passages answer a question, from a few signals and learned weights.

The weights are in `confidence.json`, made by `python -m bench.learn_confidence` beside questions without answers;
docs/decisions/013-abstention.md tells how well they do.
"""

import json
import math
from pathlib import Path

import numpy as np

from index.dense import Ranking
from index.retrieval import Candidates
from index.scoring import idf

SIGNALS = ("covered", "window", "cosine", "spread", "agreement", "known", "score", "lead", "long")
"""Each rises with an answer being there, but for `long`.

covered: share of the question's word weight in the best unit and its headings. window: in any 24 neighbouring words of
the best passage. cosine: of the nearest passage. spread: how far that stands above the median candidate. agreement:
shared passages of the channels' first ten. known: share of the question's words that the collection has. score: of the
best hit. lead: over the fifth. long: the question's words, over 12.
"""

WINDOW = 24
_N_FIRST = 10
OF_VECTORS = frozenset({"cosine", "spread"})
"""The signals whose scale is the model's own: each model bunches its cosines elsewhere."""

ANY_MODEL = "*"
_WEIGHTS: dict[str, dict[str, float]] = json.loads((Path(__file__).parent / "confidence.json").read_text("utf-8"))


def signals(candidates: Candidates, ranking: Ranking, covered: float) -> dict[str, float]:
    """The signals of a question by name. Raises ValueError where there are no candidates."""
    if len(ranking) == 0:
        raise ValueError("expected at least one candidate")
    weights, collection = candidates.weights, candidates.collection
    place = int(np.flatnonzero(candidates.ids == ranking.ids[0])[0])
    own = list(weights.own.values())
    unknown = idf(collection.n, 0)
    first_dense = candidates.dense_ranking().ids[:_N_FIRST]
    first_words = candidates.lexical_ranking().ids[:_N_FIRST]
    return {
        "covered": covered,
        "window": weights.window(weights.find(candidates.traits[place].words.split()), WINDOW),
        "cosine": float(candidates.dense.max()),
        "spread": float(candidates.dense.max() - np.median(candidates.dense)),
        "agreement": len(np.intersect1d(first_dense, first_words)) / _N_FIRST,
        "known": sum(weight < unknown for weight in own) / len(own) if own else 0.0,
        "score": min(float(ranking.scores[0]), 1.0),
        "lead": min(float(ranking.scores[0] - ranking.scores[min(4, len(ranking) - 1)]), 1.0),
        "long": min(len(own) / 12.0, 1.0),
    }


def confidence(found: dict[str, float], model: str) -> float:
    """The probability in [0, 1] that the statements answer, as a logistic function of the signals.

    model: whose vectors they are, "name weights"; one that nothing was learned for is judged without `OF_VECTORS`.
    """
    weights = _WEIGHTS.get(model, _WEIGHTS[ANY_MODEL])
    z = weights["bias"] + sum(weights[name] * found[name] for name in SIGNALS if name in weights)
    return 1.0 / (1.0 + math.exp(-z))
