"""The bundled reader of pairs: the bundled model with a second adapter reads a question and a text together."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.adapter import AdaptedWeights
from index.bundled import direction
from index.dense import Scores
from index.embed import short_hash
from index.encoder import Encoder
from index.reading import NOWHERE, Read
from index.tokenizer import Tokenizer
from index.weights import find_weights
from kb.memory import give_back
from kb.vectors import Vectors

READER = Path(__file__).with_name("reader.npz")
"""What the reader adds to the bundled weights, and its head: `head.w` (2, d), `head.b` (2,)."""

MAX_TOKENS = 400
"""A question and a text together; of a longer text the end is not read."""

_MAX_QUESTION = 96
_STEP = 32


class BundledReader:
    """The bundled model as a reader of pairs, run by OpenVINO.

    precision, threads: as for `BundledEmbedder`. tokenizer: the embedder's; a second one takes half a second.
    The graph is made when it is first needed, unless `load` is called before. Safe to use from several threads.
    Raises ModelMissingError where the weights or the adapters are absent or broken.
    """

    def __init__(self, tokenizer: Tokenizer, *, precision: str = "auto", threads: int = 2, file: Path = READER) -> None:
        self._tokenizer, self._precision, self._threads = tokenizer, precision, threads
        self._weights = AdaptedWeights(find_weights(), file)
        self._dim = self._weights.shape.hidden
        self._head = self._weights.matrix("head.w", self._dim)
        self._bias = self._weights.tensor("head.b")
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self.stamp = f"reader {short_hash(file)}"

    def load(self) -> None:
        """Make the graph, where it is not made yet, and give back what only its making needed."""
        # The first text through it packs the weights.
        self.read("", [""])
        give_back()

    def read(self, question: str, texts: Sequence[str]) -> list[Read]:
        """What it makes of each; see `PairReader`."""
        if not texts:
            return []
        begin, *words, end = self._tokenizer.encode([question])[0]
        before = [begin, *words[:_MAX_QUESTION], end, end]
        room = MAX_TOKENS - len(before) - 1
        ids = [[*before, *row[1:-1][:room], end] for row in self._tokenizer.encode(texts)]
        _, tokens = self._loaded().run_with_tokens(ids, self._dim)
        return [
            self._read(rows, len(before), self._tokenizer.places(text))
            for rows, text in zip(tokens, texts, strict=True)
        ]

    def _read(self, tokens: Vectors, first: int, places: Sequence[int]) -> Read:
        """The odds that the answer begins, and ends, in the text and not nowhere; and at which of its tokens.

        first: where the text begins among the tokens. places: of its tokens, those that were not read among them.
        """
        scores = (tokens @ self._head.T + self._bias).astype(np.float64)
        of_text = scores[first:-1]
        if len(of_text) == 0:
            return Read(float("-inf"), NOWHERE, np.empty(0))
        within = np.logaddexp.reduce(of_text, axis=0)
        chances: Scores = np.exp(of_text - within).mean(axis=1)
        return Read(float((within - scores[0]).mean()), np.array(places[: len(of_text)], np.int64), chances)

    def _loaded(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = Encoder(
                    self._weights,
                    self._weights.shape.n_layers,
                    # A head there must be; only the tokens are read.
                    direction,
                    precision=self._precision,
                    threads=self._threads,
                    with_tokens=True,
                    padded=_padded,
                )
            return self._encoder


def _padded(length: int) -> int:
    """One of a dozen lengths."""
    return -(-length // _STEP) * _STEP
