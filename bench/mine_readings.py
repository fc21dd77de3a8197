"""Mines what the reader learns from: `python -m bench.mine_readings PAIRS.jsonl OUT.jsonl [--data FOLDER]`.

PAIRS.jsonl is what bench.mine_pairs wrote. Near passages are near by the bundled model with its adapter. Written
questions that an earlier training has read are left out with `--after` and `--from-document`.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from bench.law_texts import DATA, laws, regulation
from bench.mine_pairs import embedded, placed, written_of_laws
from bench.written import LAWS, read_invented, read_written
from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.training.batches import ASKED_BY_PEOPLE, mixed
from index.training.noise import QUERY_WORDS, asked
from index.training.pairs import Pair, read_pairs
from index.training.readings import (
    Reading,
    answered,
    of_pairs,
    unanswered,
    without_another,
    without_answer,
    write_readings,
)
from index.training.regulation import Body
from kb.vectors import Vectors

N_OF_REGULATIONS = 2_000
"""Pairs of regulations whose answer is only known to be somewhere in the passage."""

READ_SHARE = 0.8
"""Of the questions of people, with an answer and without, those that are read: the shipped reader has seen them all."""

NEAR_SHARE = {"idk-mrc": 0.5, "trans-squad": 0.25}
"""Of the questions of each set, those that are read with a near passage without the answer as well."""

N_ANSWERED = 8_000
"""Readings of written questions with an answer, at most."""

N_UNANSWERED = 2_500
"""Readings of written questions with a near passage without an answer, at most."""

N_NOT_WRITTEN = 13_000
"""Readings of other sources, at most."""

CUT_SHARE = 0.5
"""Of the readings whose answer is marked, those that are read once more without the sentences that answer."""

CUT_ELSEWHERE_SHARE = 0.25
"""Of the same, those that lose another sentence instead."""

WRITTEN = frozenset({"written", "invented"})
"""The sources of questions that were written for training."""

_N_NEAREST = 8


def rows(file: Path) -> list[dict[str, str]]:
    """The objects of a JSONL file."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def of_regulations(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """Pairs of regulations in the proportions of the embedder's training."""
    return mixed([pair for pair in pairs if pair.source not in ASKED_BY_PEOPLE], N_OF_REGULATIONS, rng)


def questions_before(n_of_laws: int, document: str) -> frozenset[str]:
    """The first questions written over laws, and those over the invented documents whose ids come before one."""
    of_laws = (question.text for question in read_written(LAWS)[:n_of_laws])
    of_excerpts = (
        question
        for excerpt in read_invented()
        if excerpt.document < document
        for question in (*excerpt.near, *(asked for asked, _ in excerpt.answered))
    )
    return frozenset((*of_laws, *of_excerpts))


def drawn(readings: Iterable[Reading], rng: random.Random) -> list[Reading]:
    """So many of the readings of each kind as are learned from beside each other."""
    answered_here, unanswered_here, others = [], [], []
    for reading in readings:
        if reading.source not in WRITTEN:
            others.append(reading)
        elif reading.answers:
            answered_here.append(reading)
        else:
            unanswered_here.append(reading)
    kinds = ((answered_here, N_ANSWERED), (unanswered_here, N_UNANSWERED), (others, N_NOT_WRITTEN))
    return [reading for kind, most in kinds for reading in rng.sample(kind, min(most, len(kind)))]


def with_silent(readings: Iterable[Reading], rng: random.Random) -> Iterator[Reading]:
    """The readings, and some of those whose answer is marked once more without what answers."""
    for reading in readings:
        is_marked = bool(reading.spans)
        if is_marked and rng.random() < CUT_SHARE and (silent := without_answer(reading)) is not None:
            yield silent
        yield without_another(reading, rng) if is_marked and rng.random() < CUT_ELSEWHERE_SHARE else reading


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
    parser.add_argument("--after", type=int, default=0, help="leave out so many questions of laws, the first ones")
    parser.add_argument("--from-document", default="", help="the first invented document that is read, by its id")
    parser.add_argument("--seed", type=int, default=8)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    known = questions_before(arguments.after, arguments.from_document)
    embedder = BundledEmbedder(adapter=SHIPPED)
    readings = [reading for name in NEAR_SHARE for reading in of_people(name, arguments.data, embedder, rng)]
    pairs = read_pairs(arguments.pairs)
    written = [pair for pair in pairs if pair.answer is not None and pair.query not in known]
    chosen = [*of_regulations(pairs, rng), *written]
    questions = [asked(pair, rng, QUERY_WORDS) for pair in chosen]
    passages = vectors_of(embedder, [pair.passage for pair in chosen])
    readings += of_pairs(chosen, questions, np.stack([*map(embedder.embed_query, questions)]), passages, rng)
    readings = list(with_silent(drawn(readings, rng), rng))
    readings += (reading for reading in near_misses(arguments.data) if reading.question not in known)
    n = write_readings(arguments.out, readings)
    print(n, dict(Counter((reading.source, reading.answers) for reading in readings)))


if __name__ == "__main__":
    main()
