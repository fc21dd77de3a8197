"""Mines what the reader learns from: `python -m bench.mine_groups PAIRS.jsonl OUT.jsonl [--data FOLDER]`.

PAIRS.jsonl is what bench.mine_pairs wrote. Negatives are the nearest passages by the bundled model with its adapter.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from bench.mine_pairs import DATA
from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.training.batches import ASKED_BY_PEOPLE, SHARES
from index.training.groups import (
    UNIT_SHARE,
    Group,
    Unanswerable,
    answerable,
    of_units,
    unanswerable,
    write_groups,
)
from index.training.pairs import WORDS, Pair, read_pairs
from kb.vectors import Vectors

N_OF_REGULATIONS = 9_000
N_OF_SQUAD = 2_700
N_UNANSWERABLE = {"idk-mrc": 4_300, "trans-squad": 3_000}


def rows(file: Path) -> list[dict[str, str]]:
    """The objects of a JSONL file."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def of_regulations(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """Pairs of regulations in the proportions of the embedder's training."""
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_source[pair.source].append(pair)
    shares = {source: share for source, share in SHARES.items() if source not in ASKED_BY_PEOPLE}
    chosen: list[Pair] = []
    for source, share in shares.items():
        n = round(N_OF_REGULATIONS * share / sum(shares.values()))
        chosen += rng.sample(by_source[source], min(n, len(by_source[source])))
    rng.shuffle(chosen)
    return chosen


def embedded(embedder: BundledEmbedder, texts: list[str]) -> Vectors:
    """The vectors of texts, cut to what the model takes."""
    return np.concatenate(
        [embedder.embed_passages([text[:1200] for text in texts[i : i + 256]]) for i in range(0, len(texts), 256)]
    )


def of_people(name: str, data: Path, embedder: BundledEmbedder, pairs: list[Pair], rng: random.Random) -> list[Group]:
    """The groups of one set of people's questions."""
    corpus = {row["id"]: row["text"] for row in rows(data / name / "corpus.jsonl")}
    questions = {row["text"]: row for row in rows(data / name / "queries_train.jsonl")}
    vectors = embedded(embedder, [pair.passage for pair in pairs])
    found: list[Group] = []
    for pair, group in zip(pairs, answerable(pairs, vectors, rng), strict=False):
        own = questions[pair.query]["answers"] if rng.random() < UNIT_SHARE else ()
        of_its_units = (
            of_units(group.question, pair.passage, own, name, rng) if own and group.texts[0] == pair.passage else None
        )
        found.append(of_its_units or group)
    not_answered = rows(data / name / "unanswerable_train.jsonl")
    not_answered = rng.sample(not_answered, min(N_UNANSWERABLE[name], len(not_answered)))
    asked_of = []
    for row in not_answered:
        words = corpus[row["context_id"]].split()
        start = rng.randrange(max(1, len(words) - WORDS + 1))
        asked_of.append(Unanswerable(row["text"], " ".join(words[start : start + WORDS]), name))
    queries = np.stack([embedder.embed_query(each.question) for each in asked_of])
    nearest = np.argpartition(-(queries @ vectors.T), 12, axis=1)[:, :12]
    near = {
        each.passage: [pairs[i].passage for i in places]
        for each, places in zip(asked_of, nearest.tolist(), strict=True)
    }
    return [*found, *unanswerable(asked_of, near, rng)]


def main() -> None:
    """Write the groups and print how many of each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seed", type=int, default=8)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    pairs = read_pairs(arguments.pairs)
    embedder = BundledEmbedder(adapter=SHIPPED)
    idk = [pair for pair in pairs if pair.source == "idk-mrc"]
    squad = rng.sample([pair for pair in pairs if pair.source == "trans-squad"], N_OF_SQUAD)
    groups = [
        *of_people("idk-mrc", arguments.data, embedder, idk, rng),
        *of_people("trans-squad", arguments.data, embedder, squad, rng),
    ]
    regulations = of_regulations(pairs, rng)
    groups += answerable(regulations, embedded(embedder, [pair.passage for pair in regulations]), rng)
    rng.shuffle(groups)
    n = write_groups(arguments.out, groups)
    print(n, dict(Counter(group.source for group in groups)), sum(len(group.texts) for group in groups), "texts")


if __name__ == "__main__":
    main()
