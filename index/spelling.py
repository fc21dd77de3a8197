"""The nearest known word for a word that the collection does not know."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.stemming import bare_forms

SHORTEST: Final = 4
_LONGEST: Final = 40
_LONGEST_FOR_ONE: Final = 6
_COST_OF_AFFIXES: Final = 0.4
_COST_OF_FIRST_LETTER: Final = 0.25
_COST_OF_LOOKALIKE: Final = 0.25
_HALF: Final = 0.5
_WORTH_OF_FREQUENCY: Final = 0.2  # a tenfold commoner word may be that much farther: OCR makes many rare near-words
_SHORTEST_WITHOUT_AFFIXES: Final = 3
_SHORTEST_SKELETON: Final = 3
_MOST_DIGITS: Final = 2
_CONFUSED: Final = str.maketrans({"1": "l", "0": "o", "5": "s", "i": "l"})
_LOOKALIKES: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_DOUBLE: Final = re.compile(r"(.)\1")
_VOWEL: Final = re.compile(r"(?<=.)[aeiou]")


class Speller:
    """Corrects stems against a vocabulary (stem -> number of passages that hold it)."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._n_passages = dict(vocabulary)
        self._by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for stem in self._n_passages:
            if SHORTEST <= len(stem) <= _LONGEST and stem.isalpha():
                self._by_shape[stem[0], len(stem)].append(stem)
                for key in _keys(stem):
                    self._by_key[key].append(stem)
        self._initials = sorted({initial for initial, _ in self._by_shape})

    def correct(self, stem: str) -> str | None:
        """The known stem that `stem` most likely means; None where it is known, a number, short, or nothing is near.

        Near is a Damerau-Levenshtein distance of 1, or 2 where the word has more than six letters, of the word itself
        or of the word without its affixes; missing vowels and doubled letters count half, and letters that OCR
        confuses (rn and m, l and 1) a quarter. A common word may be a little farther than a rare one.
        """
        if stem in self._n_passages or not SHORTEST <= len(stem) <= _LONGEST:
            return None
        if sum(map(str.isdigit, stem)) > _MOST_DIGITS:
            return None
        near = dict(self._alike(stem, 0.0))
        near.update(self._nearest(stem, 0.0, (stem[0],)))
        if stem.isalpha():
            for form in bare_forms(stem):
                if form != stem and len(form) >= _SHORTEST_WITHOUT_AFFIXES:
                    for known, cost in (
                        *self._alike(form, _COST_OF_AFFIXES),
                        *self._nearest(form, _COST_OF_AFFIXES, (form[0],)),
                    ):
                        near[known] = min(cost, near.get(known, cost))
        if not near and len(stem) > SHORTEST:
            near.update(self._nearest(stem, _COST_OF_FIRST_LETTER, self._initials, 1))
        return min(near, key=lambda known: (self._rate(known, near[known]), known)) if near else None

    def _rate(self, known: str, cost: float) -> float:
        return cost - _WORTH_OF_FREQUENCY * math.log10(max(1, self._n_passages[known]))

    def _alike(self, form: str, cost: float) -> Iterator[tuple[str, float]]:
        """Known words that differ only in what is often mistyped or misread."""
        for key in _keys(form):
            for known in self._by_key.get(key, ()):
                distance = _distance(form, known)
                if distance <= 1.0:
                    yield known, cost + distance

    def _nearest(self, form: str, cost: float, initials: Iterable[str], most: int = 2) -> Iterator[tuple[str, float]]:
        """Known words with one of the first letters, at a distance of 1, or up to `most` where `form` is long."""
        if len(form) < SHORTEST:
            return
        allowed = 1 if len(form) <= _LONGEST_FOR_ONE else most
        for initial in initials:
            for length in range(len(form) - allowed, len(form) + allowed + 1):
                if known := self._by_shape.get((initial, length)):
                    found = process.extract(form, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
                    for each, _, _ in found:
                        yield each, cost + _distance(form, each)


def _keys(stem: str) -> Iterator[str]:
    """What `stem` shares with its usual misspellings: its look, and its consonants."""
    yield f"look {_look(stem)}"
    skeleton = _VOWEL.sub("", _DOUBLE.sub(r"\1", stem))
    if len(skeleton) >= _SHORTEST_SKELETON:
        yield f"consonants {skeleton}"


def _look(stem: str) -> str:
    """`stem` with the letters that OCR confuses made one."""
    for pair, single in _LOOKALIKES:
        stem = stem.replace(pair, single)
    return stem.translate(_CONFUSED)


def _distance(form: str, known: str) -> float:
    """Damerau-Levenshtein, halved where letters are only missing or doubled, a quarter where they only look alike."""
    if _look(form) == _look(known):
        return 0.0 if form == known else _COST_OF_LOOKALIKE
    distance = float(OSA.distance(form, known))
    if _DOUBLE.sub(r"\1", form) == _DOUBLE.sub(r"\1", known) or _is_shortened(form, known):
        return distance * _HALF
    return distance


def _is_shortened(form: str, known: str) -> bool:
    """Whether `form` is `known` with vowels left out."""
    rest = iter(known)
    return _VOWEL.sub("", form) == _VOWEL.sub("", known) and all(letter in rest for letter in form)
