"""What the reader learns from: a question with passages that answer it and passages that only look so."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.sentences import sentences
from index.training.batches import ASKED_BY_PEOPLE
from index.training.noise import noisy, plainly
from index.training.pairs import Pair
from kb.vectors import Vectors

N_NEAR = 24
"""Negatives are drawn from so many of the nearest passages."""

N_NEGATIVES = 3
UNIT_SHARE = 0.3
"""The share of people's questions for which the sentence with the answer is told from the others of its passage."""

_FEWEST_WORDS = 6
_QUERY_WORDS = 26


@dataclass(frozen=True, slots=True)
class Group:
    """A question and texts that are read with it. answers: which of the texts answer it, perhaps none."""

    question: str
    texts: tuple[str, ...]
    answers: tuple[bool, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """A question that people wrote about a passage that does not answer it."""

    question: str
    passage: str
    source: str


def answerable(pairs: Sequence[Pair], vectors: Vectors, rng: random.Random) -> Iterator[Group]:
    """Each pair with passages near to its own.

    vectors: (n, d), unit rows, of the pairs' passages. A pair that shares a guard with another is no negative of it.
    """
    # The nearest by vector alone: what the words find besides is mostly the same regulation, which is near too.
    guards = [frozenset(pair.guards) for pair in pairs]
    for start in range(0, len(pairs), 512):
        scores = vectors[start : start + 512] @ vectors.T
        near = np.argpartition(-scores, min(4 * N_NEAR, len(pairs) - 1), axis=1)[:, : 4 * N_NEAR]
        for row, places in enumerate(near):
            pair = pairs[start + row]
            order = places[np.argsort(-scores[row, places])].tolist()
            found: list[str] = []
            for place in order:
                other = pairs[place].passage
                if guards[start + row].isdisjoint(guards[place]) and other not in found:
                    found.append(other)
                if len(found) == N_NEAR:
                    break
            if len(found) >= N_NEGATIVES:
                texts = (pair.passage, *rng.sample(found, N_NEGATIVES))
                yield Group(asked(pair, rng), texts, (True, *[False] * N_NEGATIVES), pair.source)


def of_units(question: str, passage: str, answers: Sequence[str], source: str, rng: random.Random) -> Group | None:
    """The sentence of a passage that holds the answer, beside others that do not; None where it has only one."""
    found = [passage[a:b].strip() for a, b in sentences(passage)]
    found = [text for text in found if len(text.split()) >= _FEWEST_WORDS]
    right = [text for text in found if any(answer in text for answer in answers)]
    wrong = [text for text in found if text not in right]
    if not right or not wrong:
        return None
    wrong = rng.sample(wrong, min(N_NEGATIVES, len(wrong)))
    return Group(question, (rng.choice(right), *wrong), (True, *[False] * len(wrong)), source)


def unanswerable(
    asked_of: Sequence[Unanswerable], near: Mapping[str, Sequence[str]], rng: random.Random
) -> Iterator[Group]:
    """Each question with its passage and one near to that. near: other passages by passage."""
    for each in asked_of:
        others = list(near.get(each.passage, ()))
        texts = (each.passage, *rng.sample(others, min(1, len(others))))
        yield Group(each.question, texts, tuple(False for _ in texts), each.source)


def asked(pair: Pair, rng: random.Random) -> str:
    """The query as an office types it; what people asked only with small slips."""
    query = plainly(pair.query, rng) if pair.source in ASKED_BY_PEOPLE else noisy(pair.query, pair.passage, rng)
    return " ".join(query.split()[:_QUERY_WORDS])


def write_groups(file: Path, groups: Iterable[Group]) -> int:
    """How many groups were written, one JSON object a line."""
    n = 0
    with file.open("w", encoding="utf-8") as out:
        for group in groups:
            out.write(json.dumps(asdict(group), ensure_ascii=False) + "\n")
            n += 1
    return n


def read_groups(file: Path) -> list[Group]:
    """The groups that `write_groups` wrote."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found.append(Group(row["question"], tuple(row["texts"]), tuple(row["answers"]), row["source"]))
    return found
