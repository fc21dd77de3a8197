"""What the words of a few candidates are worth to a question, computed exactly rather than by the word index.

BM25 as in Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the
headings as a second field whose counts are weighted before saturation (BM25F, section 3.6 there).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.thesaurus import Term

K1, B = 1.2, 0.75
HEADING_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Collection:
    """What BM25 knows of the whole collection.

    n: passages. df: passages that hold a stem. avgdl: mean words of a passage, its headings weighted in.
    """

    n: int
    df: Mapping[str, int]
    avgdl: float


def idf(n: int, df: int) -> float:
    """Robertson and Spärck Jones's weight of a word that `df` of `n` passages hold; never negative."""
    return math.log(1.0 + (n - df + 0.5) / (df + 0.5))


def bm25(terms: Sequence[Term], words: str, heading_words: str, collection: Collection) -> float:
    """The score of one passage, given its analysed text and headings; higher is better."""
    text, headings = words.split(), heading_words.split()
    in_text, in_headings = Counter(text), Counter(headings)
    length = len(text) + HEADING_WEIGHT * len(headings)
    floor = K1 * (1.0 - B + B * length / collection.avgdl)
    score = 0.0
    for term in terms:
        tf = in_text[term.stem] + HEADING_WEIGHT * in_headings[term.stem]
        if tf:
            weight = term.weight * idf(collection.n, collection.df.get(term.stem, 0))
            score += weight * tf * (K1 + 1.0) / (tf + floor)
    return score


def coverage(terms: Sequence[Term], words: Sequence[str], collection: Collection) -> float:
    """The share of the question's own word weight (idf) that `words` account for, in [0, 1].

    A synonym accounts for its share of weight at most. 0 for a question without words.
    """
    present = set(words)
    own = [term for term in terms if term.weight == 1.0]
    whole = sum(idf(collection.n, collection.df.get(term.stem, 0)) for term in own)
    if whole == 0.0:
        return 0.0
    by_origin: dict[str, float] = {}
    for term in terms:
        if term.stem in present:
            by_origin[term.origin] = max(by_origin.get(term.origin, 0.0), term.weight)
    held = sum(
        idf(collection.n, collection.df.get(term.stem, 0)) * min(1.0, by_origin.get(term.origin, 0.0)) for term in own
    )
    return held / whole
