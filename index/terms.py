"""What is looked for of a question: stems with their weights, its own and those of synonyms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

SYNONYM_WEIGHT: Final = 0.4
"""What another way to say a word of the question weighs, all its stems together; measured, see docs/decisions."""

RARE_BESIDE: Final = 0.1
"""A word in fewer passages than this share of those with a synonym is hardly a word of the collection."""

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A stem to look for.

    weight: 1 for the question's own words, up to that for a synonym. origin: the word of the question it came from,
    of a phrase the first. phrase: the stems of the whole phrase that a synonym of one word says. long_forms: the ways
    to write out an abbreviation of the question. A text that has all stems of one has the word.
    """

    stem: str
    weight: float
    origin: str
    is_synonym: bool = False
    phrase: Stems = ()
    long_forms: tuple[Stems, ...] = ()


def share(n_stems: int, n_ways: int) -> float:
    """What one stem of a synonym weighs, where the synonym has `n_stems` and its word `n_ways` synonyms."""
    return SYNONYM_WEIGHT / n_stems / max(1.0, n_ways / 2)


def in_words_of(terms: Sequence[Term], df: Mapping[str, int]) -> tuple[Term, ...]:
    """The terms, with the weight of a word that a collection hardly uses gone over to its synonyms.

    Whoever asks about a "difabel" where every regulation says "penyandang disabilitas" means the latter in full.
    df: passages that hold each stem, absent for none.
    """
    own: dict[str, int] = {}
    others: dict[str, int] = {}
    for term in terms:
        held = others if term.is_synonym else own
        held[term.origin] = max(held.get(term.origin, 0), df.get(term.stem, 0))

    def weight(term: Term) -> float:
        beside = RARE_BESIDE * others[term.origin]
        if own.get(term.origin, 0) >= beside:
            return term.weight
        missing = 1.0 - own.get(term.origin, 0) / beside
        return term.weight * (1.0 + missing * (1.0 / SYNONYM_WEIGHT - 1.0))

    return tuple(replace(term, weight=weight(term)) if term.is_synonym else term for term in terms)
