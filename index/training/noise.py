"""Queries as people type them: everyday words, abbreviations, keywords, slips, and few of the passage's own words."""

import random
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from index.training.batches import ASKED_BY_PEOPLE
from index.training.pairs import Pair
from index.words import STOP_WORDS

_EVERYDAY = Path(__file__).with_name("everyday.tsv")
_THESAURUS = ("thesaurus.tsv", "thesaurus_everyday.tsv")
_WORD = re.compile(r"\w+(?:-\w+)*")
_QUESTION_WORDS = frozenset(
    ("apa", "apakah", "siapa", "bagaimana", "kapan", "mana", "berapa", "mengapa", "tidak", "tanpa", "wajib", "boleh")
)
_MOST_KEYWORDS = 8
_FEWEST_WORDS = 3
_NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "o": "p", "u": "y", "n": "m", "t": "r", "s": "d", "k": "l", "d": "f"}

QUERY_WORDS = 26
"""The most words of a query that is measured by, or read; of a batch in training they are fewer, for its time."""


class Noise(StrEnum):
    """What is done to a query: capitals lost, everyday words, keywords alone, repeated words dropped, slips."""

    LOWER = "lower"
    EVERYDAY = "everyday"
    KEYWORDS = "keywords"
    DROPPED = "dropped"
    SLIPS = "slips"


ALL_NOISE = frozenset(Noise)

LOWER_SHARE = 0.7
EVERYDAY_SHARE, WORD_SHARE = 0.5, 0.65
KEYWORDS_SHARE, DROPPED_SHARE, DROPPED_WORD = 0.2, 0.4, 0.35
SLIP_SHARE = 0.12
PLAIN_LOWER_SHARE = 0.3


def asked(pair: Pair, rng: random.Random, most_words: int, kinds: Collection[Noise] = ALL_NOISE) -> str:
    """The query of `pair` as an office types it, at most so many words; what people asked, nearly as it is."""
    # Words dropped from what people asked cost general Indonesian 0.004 to 0.014 nDCG@10 (docs/MODEL.md).
    if pair.source in ASKED_BY_PEOPLE:
        query = plainly(pair.query, rng) if Noise.LOWER in kinds else pair.query
    else:
        query = noisy(pair.query, pair.passage, rng, kinds)
    return " ".join(query.split()[:most_words])


def plainly(query: str, rng: random.Random) -> str:
    """`query` with its capitals or, now and then, without: noise for questions that people asked already."""
    return query.lower() if rng.random() < PLAIN_LOWER_SHARE else query


def noisy(query: str, passage: str, rng: random.Random, kinds: Collection[Noise] = ALL_NOISE) -> str:
    """`query` as somebody in a hurry might type it who does not have `passage` before them.

    Each kind of noise is drawn for itself, so that leaving one out changes no other; a third of the queries stay almost
    as they are. Never empty.
    """
    draws = {kind: random.Random(rng.getrandbits(64)) for kind in Noise}
    shortened = rng.random()
    if Noise.LOWER in kinds and draws[Noise.LOWER].random() < LOWER_SHARE:
        query = query.lower()
    if Noise.EVERYDAY in kinds and draws[Noise.EVERYDAY].random() < EVERYDAY_SHARE:
        query = _everyday(query, draws[Noise.EVERYDAY])
    if shortened < KEYWORDS_SHARE:
        query = _keywords(query, draws[Noise.KEYWORDS]) if Noise.KEYWORDS in kinds else query
    elif shortened < KEYWORDS_SHARE + DROPPED_SHARE and Noise.DROPPED in kinds:
        query = _dropped(query, passage, draws[Noise.DROPPED])
    if Noise.SLIPS in kinds and draws[Noise.SLIPS].random() < SLIP_SHARE:
        query = _slip(query, draws[Noise.SLIPS])
    return query


@cache
def everyday_words() -> Mapping[str, tuple[str, ...]]:
    """What people say for a drafter's word or phrase, lower case: our list, and the thesaurus read backwards."""
    said: dict[str, list[str]] = {}
    for line in _EVERYDAY.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            formal, ways = line.split("\t")
            said.setdefault(formal, []).extend(ways.split(";"))
    for file in (_EVERYDAY.parent.parent / name for name in _THESAURUS):
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        for line in lines:
            parts = line.split("\t")
            if not line.startswith("#") and len(parts) == 3 and parts[1] in ("=", "<->"):
                for formal in parts[2].split(";"):
                    said.setdefault(formal.strip().lower(), []).append(parts[0])
    return {formal: tuple(ways) for formal, ways in said.items()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(everyday_words(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _everyday(query: str, rng: random.Random) -> str:
    def said(match: re.Match[str]) -> str:
        return rng.choice(everyday_words()[match[0].lower()]) if rng.random() < WORD_SHARE else match[0]

    return _pattern().sub(said, query)


def _keywords(query: str, rng: random.Random) -> str:
    kept = [word for word in _WORD.findall(query) if word.lower() not in STOP_WORDS]
    if len(kept) < _FEWEST_WORDS:
        return query
    n = rng.randint(_FEWEST_WORDS, _MOST_KEYWORDS)
    places = sorted(rng.sample(range(len(kept)), min(n, len(kept))))
    return " ".join(kept[place] for place in places)


def _dropped(query: str, passage: str, rng: random.Random) -> str:
    words, repeated = query.split(), set(_WORD.findall(passage.lower()))
    kept = []
    for word in words:
        bare = word.lower().strip(".,;:?()")
        is_repeated = bare in repeated and bare not in STOP_WORDS and bare not in _QUESTION_WORDS
        if not (is_repeated and rng.random() < DROPPED_WORD):
            kept.append(word)
    n_telling = sum(len(word) > 3 and word.lower() not in STOP_WORDS for word in kept)
    return " ".join(kept) if n_telling >= _FEWEST_WORDS else query


def _slip(query: str, rng: random.Random) -> str:
    words = query.split()
    long = [i for i, word in enumerate(words) if len(word) > 4]
    for i in rng.sample(long, min(len(long), rng.randint(1, 2))):
        word, at = words[i], rng.randrange(1, len(words[i]) - 1)
        kind = rng.randrange(4)
        if kind == 0:
            word = word[:at] + word[at + 1 :]
        elif kind == 1:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif kind == 2:
            word = word[:at] + word[at] + word[at:]
        else:
            word = word[:at] + _NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]
        words[i] = word
    return " ".join(words)
