"""Pairs of questions that are there already: written for a regulation, or of a set in the BEIR layout."""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NotRequired, TypedDict

from index.training.pairs import WORDS, Pair, likeness
from index.training.regulation import Body, Regulation
from kb.pages import Span


def asked_of(regulation: Regulation, questions: Iterable[tuple[str, Span]]) -> Iterator[Pair]:
    """Questions written for a regulation, each with the passage in which its answer begins.

    questions: what is asked, and where the answer stands. One whose answer no passage holds is passed over.
    """
    body = Body(regulation)
    for question, answer in questions:
        i = body.passage_with(answer)
        if i is not None:
            place = body.in_embedded(i, answer)
            yield Pair(question, body.embedded(i), "written", regulation.id, body.guards(i), place)


def question_pairs(folder: Path, split: str, rng: random.Random) -> Iterator[Pair]:
    """The answerable questions of a set in the BEIR layout, each with the words around its answer."""
    corpus = {row["id"]: row["text"] for row in _rows(folder / "corpus.jsonl")}
    questions = {row["id"]: row for row in _rows(folder / f"queries_{split}.jsonl")}
    for line in (folder / "qrels" / f"{split}.tsv").read_text("utf-8").splitlines()[1:]:
        key, entry, _grade = line.split("\t")
        question = questions.get(key)
        if question is None or entry not in corpus:
            continue
        passage = _around(corpus[entry], question["answers"], rng)
        yield Pair(question["text"], passage, folder.name, folder.name, (entry, *likeness(passage)))


class _Row(TypedDict):
    id: str
    text: str
    answers: NotRequired[list[str]]


def _rows(file: Path) -> Iterator[_Row]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _around(text: str, answers: Sequence[str], rng: random.Random) -> str:
    """At most `WORDS` words of `text` that hold its first answer, at no fixed place."""
    words = text.split()
    if len(words) <= WORDS:
        return text
    at = next((text.find(answer) for answer in answers if answer and answer in text), 0)
    first = len(text[:at].split())
    start = max(0, min(first - rng.randrange(WORDS // 2), len(words) - WORDS))
    return " ".join(words[start : start + WORDS])
