"""The stem of an Indonesian word: its root, found by taking affixes off until a known root is left."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
_VOWELS: Final = frozenset("aeiou")
_SHORTEST_ROOT: Final = 3
_MOST_PREFIXES: Final = 3
_COST_OF_RESTORING: Final = 2

_PARTICLES: Final = ("lah", "kah", "tah", "pun")
_POSSESSIVES: Final = ("nya", "ku", "mu")
_SUFFIXES: Final = ("kan", "an", "i")
_SAFE_CLITICS: Final = ("nya", "lah", "kah", "pun")  # taken off words whose root nobody knows, such as names
_SHORTEST_UNKNOWN: Final = 4
_COMBINING: Final = ("antar", "pasca", "multi", "non", "pra", "sub")
_SHORTEST_AFTER_COMBINING: Final = 4


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield line.partition("#")[0].split()


def read_words(name: str) -> frozenset[str]:
    """The words of the list `name` beside this module; a line may hold several, `#` begins a comment."""
    return frozenset(word for line in _lines(name) for word in line)


ROOTS: Final = read_words("roots.txt")
"""The known roots, lower case a-z. Made by `bench/roots.py`, read by people."""

EXCEPTIONS: Final = {form: tuple(roots) for form, *roots in filter(None, _lines("exceptions.txt"))}
"""Forms whose roots are set by hand: one root, or the parts of a compound."""
_KNOWN: Final = ROOTS | EXCEPTIONS.keys()


def stem(word: str) -> str:
    """The root of `word`, or `word` without its clitic where no root is known; a compound in one piece.

    word: lower case letters a-z. Of several known roots it is the one that takes the fewest letters off.
    """
    form = _known_form(word)
    roots = EXCEPTIONS.get(form, (form,))
    return "".join(roots)


def stems(word: str) -> tuple[str, ...]:
    """The roots of `word`: one, or each part of a compound written together ("pertanggungjawaban", "antardaerah")."""
    form = _known_form(word)
    if form in _KNOWN:
        return EXCEPTIONS.get(form, (form,))
    for combining in _COMBINING:
        rest = word.removeprefix(combining)
        if rest != word and len(rest) >= _SHORTEST_AFTER_COMBINING and _known_form(rest) in _KNOWN:
            return combining, *stems(rest)
    return (form,)


def is_known(word: str) -> bool:
    """Whether `word` is a known root, with or without affixes."""
    return _known_form(word) in _KNOWN


def bare_forms(word: str) -> dict[str, int]:
    """Every form of `word` with affixes taken off, itself included, and its cost: letters taken, 2 for one put back."""
    costs: dict[str, int] = {}
    todo = [(form, len(word) - len(form), 0) for form in _without_suffixes(word)]
    while todo:
        form, cost, n_prefixes = todo.pop()
        if costs.get(form, cost + 1) <= cost:
            continue
        costs[form] = cost
        if n_prefixes < _MOST_PREFIXES:
            for rest, is_restored in _without_prefix(form):
                taken = len(form) - len(rest) + _COST_OF_RESTORING * is_restored
                todo.append((rest, cost + taken, n_prefixes + 1))
    return costs


def _known_form(word: str) -> str:
    if word in _KNOWN:
        return word
    known = [(cost, -len(form), form) for form, cost in bare_forms(word).items() if form in _KNOWN]
    if known:
        return min(known)[2]
    clitic = next((clitic for clitic in _SAFE_CLITICS if word.endswith(clitic)), "")
    return word.removesuffix(clitic) if len(word) - len(clitic) >= _SHORTEST_UNKNOWN else word


def _without_suffixes(word: str) -> list[str]:
    forms = [word]
    for endings in (_PARTICLES, _POSSESSIVES, _SUFFIXES):
        forms += [
            form.removesuffix(ending)
            for form in forms
            for ending in endings
            if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_ROOT
        ]
    return forms


def _without_prefix(word: str) -> list[tuple[str, bool]]:
    """What is left of `word` without its first prefix, in each way to read it, and whether a letter was put back."""
    prefix, rest = word[:2], word[2:]
    if len(rest) < _SHORTEST_ROOT:
        return []
    readings: list[tuple[str, bool]] = []
    if prefix in ("di", "ke", "se"):
        readings.append((rest, False))
    elif prefix in ("me", "pe"):
        readings += _without_nasal(rest)
        if rest[0] in "lmnrwy" or (prefix == "pe" and rest[0] not in _VOWELS):
            readings.append((rest, False))
    if prefix in ("be", "te", "pe"):
        if rest[0] == "r":
            readings += [(rest[1:], False), (rest, False)]
        elif prefix != "pe" and rest[0] not in _VOWELS and rest[1:3] == "er":
            readings.append((rest, False))
        elif rest.startswith("lajar"):
            readings.append((rest[1:], False))
    return [reading for reading in readings if len(reading[0]) >= _SHORTEST_ROOT]


def _without_nasal(rest: str) -> Iterator[tuple[str, bool]]:
    """The readings of what follows me- or pe-: the nasal taken off, and the p, t, k or s it swallowed put back."""
    if rest.startswith("ng"):
        after = rest[2:]
        if after[:1] in _VOWELS:
            yield "k" + after, True
            yield after, False
            if after[0] == "e":
                yield after[1:], False
        elif after[:1] in tuple("ghkqx"):
            yield after, False
    elif rest.startswith("ny") and rest[2:3] in _VOWELS:
        yield "s" + rest[2:], True
    elif rest[0] == "n":
        if rest[1] in _VOWELS:
            yield "t" + rest[1:], True
        elif rest[1] in "cdjtsz":
            yield rest[1:], False
    elif rest[0] == "m":
        if rest[1] in _VOWELS:
            yield "p" + rest[1:], True
        elif rest[1] in "bfvp":
            yield rest[1:], False
