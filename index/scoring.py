"""What the words of a few candidates are worth to a question, computed exactly rather than by the word index.

BM25 as in Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the
headings as a second field whose counts are weighted before saturation (BM25F, section 3.6 there).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.terms import Term

K1, B = 1.2, 0.75
HEADING_WEIGHT = 0.5

OF_PHRASE = 0.8
"""What one word has of each word of a phrase that it says: "restitusi" of "ganti rugi", "IPG" of its long form."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What BM25 knows of the whole collection.

    n: passages. df: passages that hold a stem. avgdl: mean words of a passage, its headings weighted in.
    """

    n: int
    df: Mapping[str, int]
    avgdl: float


class Found(NamedTuple):
    """A word of the question at a place (0 is the first word) of a text. Thousands are made for a question."""

    place: int
    term: int


@dataclass(frozen=True, slots=True)
class Held:
    """What an analysed text has of a question. n_words: all its words. found: those of the question, in order."""

    n_words: int
    found: Sequence[Found]


def idf(n: int, df: int) -> float:
    """Robertson and Spärck Jones's weight of a word that `df` of `n` passages hold; never negative."""
    return math.log(1.0 + (n - df + 0.5) / (df + 0.5))


class Weights:
    """The terms of a question weighed against a collection, to score one text after another.

    own: the idf of each word of the question itself.
    """

    def __init__(self, terms: Sequence[Term], collection: Collection) -> None:
        best: dict[str, Term] = {}
        for term in terms:
            if term.stem not in best or best[term.stem].weight < term.weight:
                best[term.stem] = term
        self._terms = list(best.values())
        self._index = {term.stem: place for place, term in enumerate(self._terms)}
        self._idf = [idf(collection.n, collection.df.get(term.stem, 0)) for term in self._terms]
        self._avgdl = collection.avgdl
        origins = {term.origin: place for place, term in enumerate(self._terms) if not term.is_synonym}
        self._origin = [origins.get(term.origin, place) for place, term in enumerate(self._terms)]
        self.own = {place: self._idf[place] for place in origins.values()}
        self._whole = sum(self.own.values())
        # Each abbreviation with the terms of a way to write it out.
        self._long_forms = [
            (self._origin[place], frozenset(self._index[stem] for stem in form))
            for place, term in enumerate(self._terms)
            for form in term.long_forms
            if all(stem in self._index for stem in form)
        ]
        # Each word that says what a phrase of the question says, with the words of that.
        self._phrases = {
            place: [self._index[stem] for stem in term.phrase if self._index.get(stem) in self.own]
            for place, term in enumerate(self._terms)
            if term.phrase
        }
        self._held: dict[str, Held] = {}

    def find(self, words: Sequence[str]) -> list[Found]:
        """Where the question's terms stand among `words`, in order."""
        index = self._index
        return [Found(place, index[word]) for place, word in enumerate(words) if word in index]

    def held(self, analysed: str) -> Held:
        """What stems joined by spaces have of the question.

        Looked at once: the channels, the ranking and the confidence ask for the same hundreds of passages.
        """
        known = self._held.get(analysed)
        if known is None:
            words = analysed.split()
            known = self._held[analysed] = Held(len(words), self.find(words))
        return known

    def bm25(self, text: Held, headings: Held) -> float:
        """The score of a passage that has this in its text and in its headings; higher is better."""
        tf: dict[int, float] = {}
        for each in text.found:
            tf[each.term] = tf.get(each.term, 0.0) + 1.0
        for each in headings.found:
            tf[each.term] = tf.get(each.term, 0.0) + HEADING_WEIGHT
        n_words = text.n_words + HEADING_WEIGHT * headings.n_words
        floor = K1 * (1.0 - B + B * n_words / self._avgdl)
        return sum(
            self._terms[term].weight * self._idf[term] * count * (K1 + 1.0) / (count + floor)
            for term, count in tf.items()
        )

    def coverage(self, found: Sequence[Found]) -> float:
        """The share of the question's own word weight (idf) that `found` accounts for, in [0, 1].

        A synonym accounts for its weight's share of the word it stands for, one word for `OF_PHRASE` of each word of
        the phrase that it says; a long form that is there whole, for all of the abbreviation. 0 for a question without
        words.
        """
        if self._whole == 0.0:
            return 0.0
        held: dict[int, float] = {}
        for each in found:
            origin = self._origin[each.term]
            held[origin] = max(held.get(origin, 0.0), self._terms[each.term].weight)
            for word in self._phrases.get(each.term, ()):
                held[word] = max(held.get(word, 0.0), OF_PHRASE)
        if self._long_forms:
            terms = {each.term for each in found}
            held |= {origin: 1.0 for origin, form in self._long_forms if form <= terms}
        return sum(self.own.get(origin, 0.0) * min(weight, 1.0) for origin, weight in held.items()) / self._whole

    def densest(self, found: Sequence[Found], width: int) -> Sequence[Found]:
        """Those of `found` that stand in the `width` neighbouring words with the most coverage, the first such.

        Only windows that begin at a word of the question are looked at: a best one is among them.
        """
        best: Sequence[Found] = ()
        most = 0.0
        n_inside: dict[int, int] = {}
        last = 0
        for first, each in enumerate(found):
            is_richer = False
            while last < len(found) and found[last].place < each.place + width:
                term = found[last].term
                is_richer |= not n_inside.get(term)
                n_inside[term] = n_inside.get(term, 0) + 1
                last += 1
            # A window that no new word has entered covers no more than the one before it.
            if is_richer:
                covered = self.coverage(found[first:last])
                if covered > most:
                    best, most = found[first:last], covered
            n_inside[each.term] -= 1
            if last == len(found):
                break
        return best
