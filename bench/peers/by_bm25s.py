"""bm25s with its own tokenizer and Snowball's Indonesian stemmer, as its README shows it."""

import bm25s
import Stemmer
from wire import drive


class Bm25s:
    """The words alone."""

    def __init__(self, model: str, work: str) -> None:
        self._stemmer = Stemmer.Stemmer("indonesian")
        self._retriever = bm25s.BM25()
        self._ids: list[str] = []

    def index(self, ids: list[str], texts: list[str]) -> None:
        """See `Way`."""
        self._ids = ids
        tokens = bm25s.tokenize(texts, stopwords=None, stemmer=self._stemmer, show_progress=False)
        self._retriever.index(tokens, show_progress=False)

    def search(self, text: str, k: int) -> list[str]:
        """See `Way`."""
        tokens = bm25s.tokenize(text, stopwords=None, stemmer=self._stemmer, show_progress=False)
        rows, scores = self._retriever.retrieve(tokens, k=min(k, len(self._ids)), show_progress=False)
        return [self._ids[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]


if __name__ == "__main__":
    drive(Bm25s)
