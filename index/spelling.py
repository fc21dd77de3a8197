"""The nearest known word for a word that the collection does not know."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Speller:
    """Corrects stems against a vocabulary (stem -> number of passages that hold it)."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = dict(vocabulary)
        self._stems = list(self._vocabulary)

    def correct(self, stem: str) -> str | None:
        """The known stem that `stem` most likely means; None where it is known, a number, short, or nothing is near."""
        if stem in self._vocabulary or len(stem) < 4 or not stem.isalpha():
            return None
        cutoff = 1 if len(stem) <= 6 else 2
        near = process.extract(stem, self._stems, scorer=OSA.distance, score_cutoff=cutoff, limit=None)
        return min(near, key=lambda found: (found[1], -self._vocabulary[found[0]]))[0] if near else None
