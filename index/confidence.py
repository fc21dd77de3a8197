"""How likely the best passages answer a question, from a few signals and learned weights.

The weights are in `confidence.json`, made by `python -m bench.learn_confidence` beside questions without answers;
docs/decisions/013-abstention.md tells how well they do.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.anchoring import anchored, with_names
from index.asked import could_answer
from index.dense import Ranking
from index.matching import WINDOW
from index.reading import Read
from index.retrieval import Candidates
from index.scoring import idf
from kb.answers import Hit
from kb.passages import PassageId
from kb.vectors import Vectors

SIGNALS = (
    "covered",
    "window",
    "cosine",
    "spread",
    "agreement",
    "known",
    "score",
    "lead",
    "long",
    "anchored",
    "met",
    "least_met",
    "read",
    "read_first",
    "has_form",
)
"""Each rises with an answer being there, but for `long`.

covered: share of the question's word weight in the best unit and its headings. window: in any `WINDOW` neighbouring
words of the best passage, without its headings. Neither counts the document's title; the features of these names in
`index.ranking` do. cosine: of the nearest passage. spread: how far that stands above the median candidate. agreement:
shared passages of the channels' first ten, of all where there are fewer. known: share of the question's words that
the collection has. score: of the best hit. lead: over the fifth, if there is one. long: the question's words, over
12. anchored: share of the regions and years in the question that the best passage or its document's name holds, 0
where a year is missing there and in what else was found of the document. met: how well the question's tokens are met
by the passage that meets them best. least_met: the worst met quarter of them there. read: the highest log odds of the
reader of pairs, -8 to 8 as 0 to 1. read_first: those of the best hit. has_form: whether the first quote has something
in each form that is asked for, and its passage the properties (`index.asked`).
"""

_N_FIRST = 10
OF_TOKENS = frozenset({"met", "least_met"})
OF_VECTORS = frozenset({"cosine", "spread"}) | OF_TOKENS
"""The signals whose scale is the model's own: each model bunches its cosines elsewhere."""

OF_READER = frozenset({"read", "read_first"})

IN_PROVISION = "provision"
"""Beside the signals: 1 where the best passage stands in a Pasal or before the first, else 0. The drafter's language
answers in other words than prose does, so both have weights of their own."""

_MOST_ODDS = 8.0

ANY_MODEL = "*"
_WEIGHTS: dict[str, dict[str, dict[str, float]]] = json.loads(
    (Path(__file__).parent / "confidence.json").read_text("utf-8")
)


def signals(
    candidates: Candidates,
    ranking: Ranking,
    covered: float,
    read: Mapping[PassageId, Read],
    met: Mapping[PassageId, Vectors],
    first: Hit,
    quoted: str,
    hits: Sequence[Hit],
) -> dict[str, float]:
    """The signals of a question by name; those of the reader and of tokens are left out where there are none.

    read: what was made of the passages that were read. met: how well each passage meets each token of the question,
    (q,). first: the hit that answers best. quoted: what of it would be quoted. hits: all that were found, best first.
    Raises ValueError without candidates.
    """
    if len(ranking) == 0:
        raise ValueError("expected at least one candidate")
    weights, collection = candidates.weights, candidates.collection
    traits = candidates.of(ranking.ids[0])
    own = list(weights.own.values())
    unknown = idf(collection.n, 0)
    first_dense = candidates.dense_ranking().ids[:_N_FIRST]
    first_words = candidates.lexical_ranking().ids[:_N_FIRST]
    # A store of one document has no fifth; that takes nothing from its first.
    fifth = ranking.scores[4] if len(ranking) > 4 else 0.0
    found = {
        "covered": covered,
        "window": weights.window(weights.held(traits.words).found, WINDOW),
        "cosine": float(candidates.dense.max()),
        "spread": float(candidates.dense.max() - np.median(candidates.dense)),
        "agreement": len(np.intersect1d(first_dense, first_words)) / min(_N_FIRST, len(first_dense)),
        "known": sum(weight < unknown for weight in own) / len(own) if own else 0.0,
        "score": min(float(ranking.scores[0]), 1.0),
        "lead": min(float(ranking.scores[0] - fifth), 1.0),
        "long": min(len(own) / 12.0, 1.0),
        "anchored": anchored(candidates.question.plain, first, hits),
        "has_form": float(could_answer(candidates.question.plain, quoted, with_names(first))),
        IN_PROVISION: float(traits.in_provision),
    }
    if met and len(candidates.tokens):
        best = max(met.values(), key=lambda tokens: float(tokens.mean()))
        found["met"] = float(best.mean())
        found["least_met"] = float(np.sort(best)[: max(1, len(best) // 4)].mean())
    if read:
        odds = {passage_id: each.odds for passage_id, each in read.items()}
        found["read"] = _limited(max(odds.values()))
        found["read_first"] = _limited(odds.get(first.passage_id, min(odds.values())))
    return found


def _limited(odds: float) -> float:
    return (max(-_MOST_ODDS, min(_MOST_ODDS, odds)) + _MOST_ODDS) / (2 * _MOST_ODDS)


def confidence(found: Mapping[str, float], embedder: str, reader: str = "") -> float:
    """The probability in [0, 1] that the statements answer, as a logistic function of the signals.

    embedder, reader: whose vectors and odds they are. Of one that nothing was learned for, `OF_VECTORS` or `OF_READER`
    say nothing.
    """
    of_model = _WEIGHTS.get(embedder, _WEIGHTS[ANY_MODEL])
    names = [
        weights_name(found[IN_PROVISION] > 0, reader if "read" in found else ""),
        weights_name(found[IN_PROVISION] > 0),
    ]
    weights = next(of_model[name] for name in names if name in of_model)
    z = weights["bias"] + sum(weights[name] * found[name] for name in SIGNALS if name in weights)
    return 1.0 / (1.0 + math.exp(-z))


def weights_name(in_provision: bool, reader: str = "") -> str:
    """What the weights are called for passages of this kind. reader: who read them; empty for none."""
    name = "provision" if in_provision else "prose"
    return f"{name}, {reader}" if reader else name
