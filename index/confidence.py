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
from index.reading import Read
from index.retrieval import Candidates
from kb.answers import Hit
from kb.passages import PassageId
from kb.vectors import Vectors

SIGNALS = ("anchored", "has_form", "least_met", "score", "lead", "long", "read", "read_first")
"""Each rises with an answer being there.

anchored: share of the regions and years in the question that the best passage or its document's name holds, 0 where a
year is missing there and in what else was found of the document. has_form: whether the first quote has something in
each form that is asked for, and its passage the properties (`index.asked`). least_met: how well the passage that meets
the question's tokens best meets the quarter that it meets worst. score: of the best hit. lead: over the fifth, if
there is one. long: the question's words, over 12. read: the highest log odds of the reader of pairs, -8 to 8 as 0 to 1.
read_first: those of the best hit.

How many of the question's words are there, and how near the vectors, is no signal: whoever asks in everyday words finds
few of them, and what nothing answers is asked in the words of what is there.
"""

OF_TOKENS = frozenset({"least_met"})
"""The signals whose scale is the model's own."""

OF_SCORES = frozenset({"score", "lead"})
"""What speaks where the model is one that nothing was learned for, and in prose that nobody read."""

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
    question = candidates.question.plain
    # A store of one document has no fifth; that takes nothing from its first.
    fifth = ranking.scores[4] if len(ranking) > 4 else 0.0
    found = {
        "anchored": anchored(question, first, hits),
        "has_form": float(could_answer(candidates.question.mended, quoted, with_names(first))),
        "score": min(float(ranking.scores[0]), 1.0),
        "lead": min(float(ranking.scores[0] - fifth), 1.0),
        "long": min(len(candidates.weights.own) / 12.0, 1.0),
        IN_PROVISION: float(candidates.of(ranking.ids[0]).in_provision),
    }
    if met and len(candidates.tokens):
        best = max(met.values(), key=lambda tokens: float(tokens.mean()))
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

    embedder, reader: whose tokens and odds they are. Of one that nothing was learned for, `OF_TOKENS` or `OF_READER`
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
