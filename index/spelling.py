"""The word that is meant by one that neither the collection nor the language knows, where that is as good as sure."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.colloquial import KNOWN_WORDS, NAMES, active
from index.stemming import EXCEPTIONS, bare_forms, is_known
from index.stemming import stem as stem_of
from index.words import STOP_WORDS
from kb.regions import REGION_WORDS

MOST_KEPT: Final = 10_000
"""A speller forgets what it found when it has looked for so many words: 1 MB."""

SHORTEST: Final = 4
_LONGEST: Final = 40
_SHORTEST_LIKELY: Final = 5
_SHORTEST_LIKELY_EXCHANGED: Final = 6
_SHORTEST_BY_A_STRANGE_LETTER: Final = 8
_SHORTEST_BY_TWO: Final = 10
_SHORTEST_BY_ITS_HEAD: Final = 6
_SHORTEST_BY_A_VOWEL_MORE: Final = 8
_SHORTEST_SKELETON: Final = 3
_COST_OF_AFFIXES: Final = 0.4
_COST_OF_SE: Final = 0.6  # se- goes before nearly any root and is meant seldom
_COST_OF_LOOKALIKE: Final = 0.25
_COST_OF_LETTER: Final = 0.6
_COST_OF_NEIGHBOUR: Final = 0.9
_COST_OF_STRANGE_LETTER: Final = 1.2
_HALF: Final = 0.5
_WORTH_OF_FREQUENCY: Final = 0.2  # a tenfold commoner word may be that much farther: OCR makes many rare near-words
_MOST_DIGITS: Final = 2
_CONFUSED: Final = str.maketrans({"1": "l", "0": "o", "5": "s", "i": "l"})
_NUMERALS: Final = frozenset({"puluh", "belas", "ratus", "ribu", "juta"})
"""Roots that no me- or pe- goes before: "pemulhan" is pemulihan, though "puluh" is in every law."""

_LOOKALIKES: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_VOWELS: Final = frozenset("aeiou")
_DOUBLE: Final = re.compile(r"(.)\1")
_VOWEL: Final = re.compile(r"(?<=.)[aeiou]")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SYLLABLES: Final = re.compile(
    r"""
    (?: (?: str|spr|skr | ng|ny|sy|kh | [bdfgkpt]r | [bfgkps]l | s[kmptw] | kw | [bcdfghjklmnpqrstvwxyz] )?
        [aeiou] (?: ng|[bdfghklmnprst] )? )+
    (?: (?<=[klnmr])s | (?<=[rs])t | (?<=n)k | (?<=[lr])m | (?<=s)k )?
    """,
    re.VERBOSE,
)
_WELL_FORMED: Final = re.compile(
    r"""
      (?: di(?:per)? | me(?:mper|mber)? ) \0 (?:kan|i)?
    | (?: ber|be|bel|ter|te ) \0 (?:kan|an)?
    | (?: pe(?:r|l|mber)? ) \0 (?:an)?
    | ke(?:ber|ter|se)? \0 an
    | (?: se )? \0
    | \0 (?:an|kan)
    """,
    re.VERBOSE,
)
"""Affixes that go together, about a root that stands for a zero."""

_HIATUS: Final = re.compile(r"e[aeiou]|[aeiou]e")  # where a vowel is seldom forgotten, and whole words lack one often
_DOUBLED_CONSONANT: Final = re.compile(r"([bcdfhjklmnpqrstvwxyz])\1(?!ya$)")


def _neighbours() -> Mapping[str, frozenset[str]]:
    """The letters beside each letter of a keyboard."""
    beside: dict[str, set[str]] = defaultdict(set)
    for above, row in enumerate(_ROWS):
        for place, letter in enumerate(row):
            under = _ROWS[above + 1] if above + 1 < len(_ROWS) else ""
            for other in (row[place + 1 : place + 2], under[max(0, place - 1) : place + 1]):
                for each in other:
                    beside[letter].add(each)
                    beside[each].add(letter)
    return {letter: frozenset(others) for letter, others in beside.items()}


_BESIDE: Final = _neighbours()


class Speller:
    """Corrects words against a vocabulary (stem -> number of passages that hold it).

    A word costs up to 4.5 ms, so what was found for it is kept. Safe to use from several threads.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._n_passages = dict(vocabulary)
        self._found: dict[str, str | None] = {}
        self._most = max(self._n_passages.values(), default=0)
        self._by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for stem in self._n_passages:
            if SHORTEST <= len(stem) <= _LONGEST and stem.isalpha():
                self._by_shape[stem[0], len(stem)].append(stem)
                for key in _keys(stem):
                    self._by_key[key].append(stem)

    def correct(self, word: str) -> str | None:
        """The word that `word` most likely means, as it is written; None where it may be right or nothing is sure.

        Its stem is in the vocabulary, or it is a stop word. Sure is what one slip of the fingers explains: a letter
        left out, doubled, exchanged with the next one, or hit beside the one meant; vowels left out; letters that OCR
        confuses. Where the letters could not be Indonesian, any one may be wrong in a word of eight, and two in one of
        ten; where they could, a short word is taken for another only for a letter that is missing or doubled.
        """
        if not SHORTEST <= len(word) <= _LONGEST or sum(map(str.isdigit, word)) > _MOST_DIGITS:
            return None
        if word in self._n_passages or word in KNOWN_WORDS or word in NAMES:
            return None
        try:
            return self._found[word]
        except KeyError:
            found = self._likeliest(word)
        if len(self._found) >= MOST_KEPT:
            self._found = {}
        self._found[word] = found
        return found

    def _likeliest(self, word: str) -> str | None:
        costs: dict[str, float] = {}
        for written, cost in self._meant(word):
            costs[written] = min(cost, costs.get(written, cost))
        return min(costs, key=lambda written: (self._rate(written, costs[written]), written)) if costs else None

    def _meant(self, word: str) -> Iterator[tuple[str, float]]:
        likely = could_be_indonesian(word)
        forms = bare_forms(word) if word.isalpha() else {}
        if (likely and len(word) < _SHORTEST_LIKELY) or any(form in KNOWN_WORDS for form in forms):
            return
        if not likely or len(word) >= _SHORTEST_LIKELY_EXCHANGED:
            for known in self._by_key.get(f"look {_look(word)}", ()):
                yield known, _COST_OF_LOOKALIKE
        if not word.isalpha():
            return
        if len(word) >= _SHORTEST_LIKELY_EXCHANGED:
            for known in self._by_key.get(f"single {_single(word)}", ()):
                yield known, _HALF * abs(len(known) - len(word))
        for written, cost in _slips(word, likely):
            if (could_be_indonesian(written) and self._holds(written)) or written in self._n_passages:
                yield written, cost + _COST_OF_SE * (written.startswith("se") and stem_of(written) != written)
        if likely:
            return
        for form in forms:
            for known in self._by_key.get(f"consonants {_skeleton(form)}", ()):
                if _is_shortened(form, known):
                    cost = _HALF * (len(known) - len(form)) + _COST_OF_AFFIXES * (form != word)
                    yield self._within(word, form, known), cost
        if len(word) >= _SHORTEST_BY_A_STRANGE_LETTER:
            most = 2 if len(word) >= _SHORTEST_BY_TWO else 1
            for length in range(len(word) - most, len(word) + most + 1):
                if known_words := self._by_shape.get((word[0], length)):
                    found = process.extract(word, known_words, scorer=OSA.distance, score_cutoff=most, limit=None)
                    for known, distance, _ in found:
                        yield known, _COST_OF_STRANGE_LETTER * distance

    def _holds(self, written: str) -> bool:
        if written in STOP_WORDS or written in self._n_passages:
            return True
        root = stem_of(written)
        return root in self._n_passages and is_known(written) and _is_well_formed(written, root)

    def _within(self, word: str, form: str, known: str) -> str:
        """`known` with the affixes that `word` has about `form`, where they are whole."""
        written = word.replace(form, known, 1)
        return written if self._holds(written) and stem_of(written) == known else known

    def _rate(self, written: str, cost: float) -> float:
        n = self._n_passages.get(written) or self._n_passages.get(stem_of(written)) or self._most
        return cost - _WORTH_OF_FREQUENCY * math.log10(max(1, n))


def _is_well_formed(written: str, root: str) -> bool:
    """Whether the affixes that `written` has about `root` go together: "berbapasi" and "mengebaikan" do not."""
    if root in REGION_WORDS and written == f"{root}an":
        return False
    body = next((written.removesuffix(each) for each in ("nya", "lah", "kah") if written.endswith(each)), written)
    verb = active(root)
    shapes = [body.replace(root, "\0", 1)]
    if root not in _NUMERALS:
        shapes += [body.replace(verb, "me\0", 1), body.replace(f"p{verb[1:]}", "pe\0", 1)]
    if any(map(_WELL_FORMED.fullmatch, shapes)):
        return True
    return written in EXCEPTIONS


def could_be_indonesian(word: str) -> bool:
    """Whether the letters of `word` make syllables, as those of "selingan" do and those of "sbgai" do not."""
    return _SYLLABLES.fullmatch(word) is not None and _DOUBLED_CONSONANT.search(word) is None


def _slips(word: str, is_likely: bool) -> Iterator[tuple[str, float]]:
    """What may have been meant where one finger slipped, with its cost; the first letter is seldom wrong."""
    n = len(word)
    for place in range(1 if is_likely or n < _SHORTEST_BY_ITS_HEAD else 0, n + 1):
        for letter in _LETTERS:
            written = word[:place] + letter + word[place:]
            if is_likely and letter in _VOWELS and _HIATUS.search(written[max(0, place - 1) : place + 2]):
                continue
            yield written, _HALF if letter in _VOWELS else _COST_OF_LETTER
    for place in range(1, n):
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :], _HALF
    if is_likely and n < _SHORTEST_LIKELY_EXCHANGED:
        return
    for place in range(n - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :], _COST_OF_LETTER
    if is_likely and n < _SHORTEST_BY_A_STRANGE_LETTER:
        return
    anything = n >= _SHORTEST_BY_A_STRANGE_LETTER and not is_likely
    for place in range(1, n):
        beside = _BESIDE[word[place]]
        for letter in _LETTERS if anything else beside:
            cost = _COST_OF_NEIGHBOUR if letter in beside else _COST_OF_STRANGE_LETTER
            yield word[:place] + letter + word[place + 1 :], cost
        is_beside = bool(beside.intersection(word[place - 1 : place] + word[place + 1 : place + 2]))
        if anything or is_beside or (word[place] in _VOWELS and n >= _SHORTEST_BY_A_VOWEL_MORE):
            yield word[:place] + word[place + 1 :], _COST_OF_NEIGHBOUR if is_beside else _COST_OF_STRANGE_LETTER


def _keys(stem: str) -> Iterator[str]:
    """What `stem` shares with its usual misspellings: its look, its letters without doubles, and its consonants."""
    yield f"look {_look(stem)}"
    yield f"single {_single(stem)}"
    skeleton = _skeleton(stem)
    if len(skeleton) >= _SHORTEST_SKELETON:
        yield f"consonants {skeleton}"


def _skeleton(stem: str) -> str:
    return _VOWEL.sub("", _single(stem))


def _single(stem: str) -> str:
    """`stem` with each doubled letter once: "bukittinggi" is written "bukitingi" too."""
    return _DOUBLE.sub(r"\1", stem)


def _look(stem: str) -> str:
    """`stem` with the letters that OCR confuses made one."""
    for pair, single in _LOOKALIKES:
        stem = stem.replace(pair, single)
    return stem.translate(_CONFUSED)


def _is_shortened(form: str, known: str) -> bool:
    """Whether `form` is `known` with one or two vowels left out."""
    rest = iter(known)
    return 0 < len(known) - len(form) <= 2 and all(letter in rest for letter in form)
