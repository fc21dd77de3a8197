"""What the reader learns from: a question and a text, with where in it the answer stands."""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.sentences import sentences
from index.training.negatives import near_negatives
from index.training.pairs import WORDS, Pair
from kb.vectors import Vectors

N_NEAR = 24
"""A negative is drawn from so many of the nearest passages that may be one."""

N_OTHERS = 2
"""So many negatives has a question whose answer is marked; one, where it only is somewhere in the passage."""

FEWEST_WORDS_LEFT = 25
"""A text shorter than this after its answer was cut from it says hardly what it is about."""

_SPARE_WORDS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A question and a text. spans: where the answer stands in it, (start, end) in characters; empty where not known.

    answers: whether the text answers the question at all.
    """

    question: str
    text: str
    spans: tuple[tuple[int, int], ...]
    answers: bool
    source: str


def answered(question: str, passage: str, answer: str, source: str, rng: random.Random) -> Reading | None:
    """A question with a window of the passage around its answer; None where the passage does not hold that."""
    at = passage.find(answer)
    if not answer or at < 0:
        return None
    text = window(passage, rng, (at, at + len(answer)))
    spans = tuple((found.start(), found.end()) for found in re.finditer(re.escape(answer), text))
    return Reading(question, text, spans, True, source) if spans else None


def unanswered(question: str, passage: str, source: str, rng: random.Random) -> Reading:
    """A question with a window of a passage that does not answer it."""
    return Reading(question, window(passage, rng), (), False, source)


def without_answer(reading: Reading) -> Reading | None:
    """The same question with its text less the sentences that answer: on its subject, and silent about what is asked.

    None where the answer is not marked, is said again elsewhere, or little is left.
    """
    cut = [place for place in sentences(reading.text) if any(_meet(place, span) for span in reading.spans)]
    left = _less(reading.text, cut)
    said = {reading.text[start:end].casefold() for start, end in reading.spans}
    if not cut or len(left.split()) < FEWEST_WORDS_LEFT or any(each in left.casefold() for each in said):
        return None
    return Reading(reading.question, left, (), False, reading.source)


def without_another(reading: Reading, rng: random.Random) -> Reading:
    """The same with one sentence fewer that does not answer, if there is one: a gap alone is no sign of silence."""
    # The first says what the text is of.
    others = [place for place in sentences(reading.text)[1:] if not any(_meet(place, span) for span in reading.spans)]
    if not others:
        return reading
    start, end = rng.choice(others)
    left = _less(reading.text, [(start, end)])
    moved = len(reading.text) - len(left)
    spans = tuple((a - moved, b - moved) if a >= end else (a, b) for a, b in reading.spans)
    return Reading(reading.question, left, spans, True, reading.source)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _less(text: str, cut: Sequence[tuple[int, int]]) -> str:
    """The text without these places, each with the white space that follows it."""
    left, at = [], 0
    for start, end in cut:
        left.append(text[at:start])
        at = end + len(text[end:]) - len(text[end:].lstrip())
    return "".join((*left, text[at:])).rstrip()


def window(passage: str, rng: random.Random, held: tuple[int, int] | None = None) -> str:
    """About as many words of a passage as retrieval cuts at, with the characters `held` among them.

    A passage little longer than that stays whole.
    """
    words = [found.span() for found in re.finditer(r"\S+", passage)]
    if len(words) <= WORDS + _SPARE_WORDS:
        return passage
    last_start = len(words) - WORDS
    if held is None:
        first = rng.randint(0, last_start)
    else:
        inside = [i for i, (start, end) in enumerate(words) if start < held[1] and end > held[0]]
        lowest, highest = max(0, inside[-1] - WORDS + 1), min(inside[0], last_start)
        first = rng.randint(lowest, highest) if lowest <= highest else inside[0]
    return passage[words[first][0] : words[min(first + WORDS, len(words)) - 1][1]]


def of_pairs(
    pairs: Sequence[Pair], questions: Sequence[str], asked: Vectors, passages: Vectors, rng: random.Random
) -> Iterator[Reading]:
    """Each pair's question with its passage, and with passages near the question that do not answer it.

    questions: of the pairs, as they are asked. asked, passages: (n, d), unit rows, of those and of the pairs' passages.
    """
    nearest = near_negatives(pairs, asked, passages, nearer_in_regulation=True)
    for pair, question, places in zip(pairs, questions, nearest, strict=True):
        yield Reading(question, pair.passage, (pair.answer,) if pair.answer else (), True, pair.source)
        others = places[:N_NEAR]
        n_others = N_OTHERS if pair.answer else 1
        for i in rng.sample(others, min(n_others, len(others))):
            yield Reading(question, pairs[i].passage, (), False, pair.source)


def write_readings(file: Path, readings: Iterable[Reading]) -> int:
    """How many were written, one JSON object a line."""
    n = 0
    with file.open("w", encoding="utf-8") as out:
        for reading in readings:
            out.write(json.dumps(asdict(reading), ensure_ascii=False) + "\n")
            n += 1
    return n


def read_readings(file: Path) -> list[Reading]:
    """The readings that `write_readings` wrote."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = tuple((start, end) for start, end in row["spans"])
            found.append(Reading(row["question"], row["text"], spans, row["answers"], row["source"]))
    return found
