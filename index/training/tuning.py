"""An office's own adapter: the shipped one trained on, on pairs mined from the office's documents."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.adapter import SHIPPED, read_adapter, write_adapter
from index.embed import Embedder, short_hash
from index.measures import Run, per_question
from index.sentence_transformer import export_sentence_transformer
from index.training.mining import mine
from index.training.noise import QUERY_WORDS, asked
from index.training.packing import added, deltas_of, merge, widths_of
from index.training.pairs import Pair
from index.training.regulation import Regulation
from index.training.trainer import Recipe, train
from index.weights import Weights, find_weights

PER_DOCUMENT = 60
"""The most pairs of one document, so that no long one speaks for all."""

HELD_SHARE, MOST_HELD = 0.12, 200
"""Of the mined pairs, those that are kept to measure by and never trained on."""

SHARE = 0.6
"""How much of what training changed is kept: less forgets less (docs/MODEL.md)."""

RANK = 88
_BATCH = 40
_MOST_STEPS = 240
_N_FOUND = 10


@dataclass(frozen=True, slots=True)
class Mined:
    """What an office's documents teach, and questions of the same kind to measure by, with their passages."""

    pairs: tuple[Pair, ...]
    questions: tuple[tuple[str, str], ...]


def mine_documents(
    documents: Iterable[Regulation], seed: int, *, per_document: int = PER_DOCUMENT, held_share: float = HELD_SHARE
) -> Mined:
    """Pairs of every document, at most so many of each, a part of all held back as questions."""
    rng = random.Random(seed)
    pairs: list[Pair] = []
    for document in documents:
        found = list(mine(document, rng))
        pairs += rng.sample(found, min(per_document, len(found)))
    rng.shuffle(pairs)
    n_held = min(MOST_HELD, round(len(pairs) * held_share))
    held = tuple((asked(pair, rng, QUERY_WORDS), pair.passage) for pair in pairs[:n_held])
    known = {question for question, _ in held}
    return Mined(tuple(pair for pair in pairs[n_held:] if pair.query not in known), held)


def train_adapter(pairs: Sequence[Pair], work: Path, file: Path, minutes: float, threads: int) -> None:
    """Write the adapter of the office to `file`. work: a folder for checkpoints; gone on with when called again."""
    plain, start = work / "plain", work / "start"
    weights_file = find_weights()
    base = short_hash(weights_file)
    shipped = read_adapter(SHIPPED, base)
    if not (plain / "modules.json").exists():
        export_sentence_transformer(plain)
    merge(plain, shipped, start)
    steps = max(1, min(_MOST_STEPS, len(pairs) // _BATCH))
    recipe = Recipe(steps=steps, batch_size=min(_BATCH, len(pairs)), minutes=minutes, threads=threads)
    trained = train(start, pairs, work / "run", recipe)
    deltas = added(shipped, deltas_of([trained], start, SHARE))
    write_adapter(file, base, deltas, widths_of(Weights(weights_file), list(deltas)), RANK)


def measure(embedder: Embedder, questions: Sequence[tuple[str, str]], passages: Sequence[str]) -> float:
    """nDCG@10 of the vectors alone: how high each question's own passage stands among `passages`."""
    values = per_question(
        {str(i): {passage: 1} for i, (_, passage) in enumerate(questions)}, found_by(embedder, questions, passages)
    )
    return float(np.mean(list(values["nDCG@10"].values())))


def found_by(embedder: Embedder, questions: Sequence[tuple[str, str]], passages: Sequence[str]) -> Run:
    """The nearest passages to each question, which is named by its place; scored by their cosine."""
    pool = list(dict.fromkeys([*(passage for _, passage in questions), *passages]))
    vectors = embedder.embed_passages(pool)
    run: dict[str, Mapping[str, float]] = {}
    for i, (question, _) in enumerate(questions):
        scores = vectors @ embedder.embed_query(question)
        run[str(i)] = {pool[j]: float(scores[j]) for j in np.argsort(-scores)[:_N_FOUND]}
    return run
