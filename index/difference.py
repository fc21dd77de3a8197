"""How two texts differ, word by word, aligned so that what they share stands once."""

import string
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from index.stemming import read_words
from kb.precedent import Change, Edit

_PUNCTUATION = string.punctuation + "“”‘’–—…"
_SMALL = read_words("stop_words.txt")
"""Words that two texts share by chance: alone between two changes they would cut one change into crumbs."""
_MOST_CRUMBS = 2


def difference(clause: str, provision: str) -> tuple[Change, ...]:
    """The runs of words that are in both, only in `clause` (deleted) or only in `provision` (inserted), in order.

    Case, punctuation at the edges of a word and line breaks are no difference. What is the same or inserted, joined
    by blanks, is the provision word for word; what is the same is written as the provision has it.
    """
    old, new = clause.split(), provision.split()
    runs = _joined(_runs(old, new), old, new)
    return tuple(Change(edit, " ".join(words)) for edit, words in runs if words)


def same_share(clause: str, provision: str) -> float:
    """The share of the words of both texts that their difference leaves alone, in [0, 1]."""
    return Indel.normalized_similarity(_keys(clause.split()), _keys(provision.split()))


_Runs = list[tuple[Edit, list[str]]]


def _keys(words: Sequence[str]) -> list[str]:
    return [word.strip(_PUNCTUATION).casefold() or word for word in words]


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, range, range]]:
    """Runs as (whether the words are the same, their places in the clause, their places in the provision)."""
    runs: list[tuple[bool, range, range]] = []
    for step in Indel.opcodes(_keys(old), _keys(new)):
        is_same = step.tag == "equal"
        here, there = range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
        if runs and runs[-1][0] == is_same:
            _, before, beside = runs[-1]
            runs[-1] = (is_same, range(before.start, here.stop), range(beside.start, there.stop))
        else:
            runs.append((is_same, here, there))
    return runs


def _joined(runs: list[tuple[bool, range, range]], old: Sequence[str], new: Sequence[str]) -> _Runs:
    """The runs as words, changes with nothing but a crumb between them made one."""
    kept: list[tuple[bool, range, range]] = []
    for place, (is_same, here, there) in enumerate(runs):
        is_between = 0 < place < len(runs) - 1
        same = is_same and not (is_between and _is_crumb([new[i] for i in there]))
        if kept and not same and not kept[-1][0]:
            _, before, beside = kept[-1]
            kept[-1] = (False, range(before.start, here.stop), range(beside.start, there.stop))
        else:
            kept.append((same, here, there))
    found: _Runs = []
    for is_same, here, there in kept:
        if is_same:
            found.append((Edit.SAME, [new[i] for i in there]))
        else:
            found.append((Edit.DELETED, [old[i] for i in here]))
            found.append((Edit.INSERTED, [new[i] for i in there]))
    return found


def _is_crumb(words: Sequence[str]) -> bool:
    return len(words) <= _MOST_CRUMBS and _SMALL.issuperset(_keys(words))
