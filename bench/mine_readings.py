"""Mines what the reader learns from: `python -m bench.mine_readings PAIRS.jsonl OUT.jsonl [--data FOLDER]`.

PAIRS.jsonl is what bench.mine_pairs wrote. Near passages are near by the bundled model with its adapter.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.mine_pairs import DATA, embedded, laws, placed, regulation, written_of_laws
from bench.written import read_invented
from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.training.batches import ASKED_BY_PEOPLE, mixed
from index.training.noise import QUERY_WORDS, asked
from index.training.pairs import Pair, read_pairs
from index.training.readings import Reading, answered, of_pairs, unanswered, write_readings
from index.training.regulation import Body
from kb.vectors import Vectors

N_OF_REGULATIONS = 2_000
"""Pairs of regulations whose answer is only known to be somewhere in the passage."""

READ_SHARE = 0.6
"""Of the questions of people, with an answer and without, those that are read: the shipped reader has seen them all."""

NEAR_SHARE = {"idk-mrc": 0.5, "trans-squad": 0.25}
"""Of the questions of each set, those that are read with a near passage without the answer as well."""

_N_NEAREST = 8


def rows(file: Path) -> list[dict[str, str]]:
    """The objects of a JSONL file."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def of_regulations(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """Pairs of regulations in the proportions of the embedder's training."""
    return mixed([pair for pair in pairs if pair.source not in ASKED_BY_PEOPLE], N_OF_REGULATIONS, rng)


def near_misses(data: Path) -> Iterator[Reading]:
    """Questions written to look as if a passage answered them, with that passage."""
    written = written_of_laws()
    for row in laws(data):
        if row["id"] not in written:
            continue
        law = regulation(row)
        body = Body(law)
        for question, span in placed(law, written[law.id], answers=False):
            i = body.passage_with(span)
            if i is not None:
                yield Reading(question, body.embedded(i), (), False, "written")
    for excerpt in read_invented():
        yield from (Reading(question, embedded(excerpt), (), False, "invented") for question in excerpt.near)


def vectors_of(embedder: BundledEmbedder, texts: list[str]) -> Vectors:
    """The vectors of texts, cut to what the model takes."""
    return np.concatenate(
        [embedder.embed_passages([text[:1200] for text in texts[i : i + 256]]) for i in range(0, len(texts), 256)]
    )


def of_people(name: str, data: Path, embedder: BundledEmbedder, rng: random.Random) -> Iterator[Reading]:
    """The questions of one set with their passages, those with an answer and those without."""
    corpus = {row["id"]: row["text"] for row in rows(data / name / "corpus.jsonl")}
    passages = list(corpus.values())
    places = {key: i for i, key in enumerate(corpus)}
    vectors = vectors_of(embedder, passages)
    own = dict(line.split("\t")[:2] for line in (data / name / "qrels" / "train.tsv").read_text().splitlines()[1:])
    for row in rows(data / name / "queries_train.jsonl"):
        if rng.random() >= READ_SHARE:
            continue
        key, answers = own[row["id"]], row["answers"]
        reading = answered(row["text"], corpus[key], answers[0], name, rng)
        if reading is None:
            continue
        yield reading
        if rng.random() < NEAR_SHARE[name]:
            nearest = np.argsort(-(vectors @ vectors[places[key]]))[1 : 2 * _N_NEAREST].tolist()
            near = [passages[i] for i in nearest if not any(answer in passages[i] for answer in answers)][:_N_NEAREST]
            if near:
                yield unanswered(row["text"], rng.choice(near), name, rng)
    for row in rows(data / name / "unanswerable_train.jsonl"):
        if rng.random() < READ_SHARE:
            yield unanswered(row["text"], corpus[row["context_id"]], name, rng)


def main() -> None:
    """Write the readings and print how many of each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seed", type=int, default=8)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    embedder = BundledEmbedder(adapter=SHIPPED)
    readings = [reading for name in NEAR_SHARE for reading in of_people(name, arguments.data, embedder, rng)]
    pairs = read_pairs(arguments.pairs)
    chosen = [*of_regulations(pairs, rng), *(pair for pair in pairs if pair.answer is not None)]
    questions = [asked(pair, rng, QUERY_WORDS) for pair in chosen]
    passages = vectors_of(embedder, [pair.passage for pair in chosen])
    readings += of_pairs(chosen, questions, np.stack([*map(embedder.embed_query, questions)]), passages, rng)
    readings += near_misses(arguments.data)
    n = write_readings(arguments.out, readings)
    print(n, dict(Counter((reading.source, reading.answers) for reading in readings)))


if __name__ == "__main__":
    main()
