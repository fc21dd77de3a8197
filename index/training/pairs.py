"""Pairs, what training learns from: a query and its passage, what makes two alike, how they are written and read."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

WORDS = 120
"""The most words of a passage that is not cut by the outline: what retrieval cuts at, too."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the passage that answers it, the passage as it is embedded but without the model's prefix.

    source: what it was mined from. group: the regulation or collection it belongs to.
    guards: pairs that share one are never each other's negatives (the same Pasal, the same words elsewhere).
    answer: where in the passage the answer stands, (start, end) in characters; None where that is not known.
    """

    query: str
    passage: str
    source: str
    group: str
    guards: tuple[str, ...]
    answer: tuple[int, int] | None = None


def likeness(text: str) -> tuple[str, ...]:
    """Keys that identical and nearly identical texts share: their first and their last letters, numbers left out."""
    letters = re.sub(r"[^a-z]+", "", text.lower())
    return (f"<{letters[:70]}", f">{letters[-70:]}")


def write_pairs(file: Path, pairs: Iterable[Pair]) -> int:
    """How many pairs were written, one JSON object a line."""
    n = 0
    with file.open("w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
            n += 1
    return n


def read_pairs(file: Path) -> list[Pair]:
    """The pairs that `write_pairs` wrote."""
    with file.open(encoding="utf-8") as lines:
        return [_pair(json.loads(line)) for line in lines]


class _PairRow(TypedDict):
    query: str
    passage: str
    source: str
    group: str
    guards: list[str]
    answer: tuple[int, int] | None


def _pair(row: _PairRow) -> Pair:
    answer = row["answer"] and (row["answer"][0], row["answer"][1])
    return Pair(row["query"], row["passage"], row["source"], row["group"], tuple(row["guards"]), answer)
