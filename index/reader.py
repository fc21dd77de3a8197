"""The reader of pairs: how likely a text answers a question, both read together by a small cross-encoder.

The first layers of the bundled model, changed by the shipped `reader.npz` (see `index/adapter.py` for its format), with
a pooler on the first token and one output. docs/MODEL.md tells how it was trained.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13 as opset

from index.adapter import read_adapter
from index.bundled import BundledEmbedder
from index.dense import Scores
from index.embed import Embedder, ToyEmbedder, short_hash
from index.encoder import Encoder
from index.tokenizer import Tokenizer
from index.weights import Weights, find_weights
from kb.settings import Settings

SHIPPED = Path(__file__).with_name("reader.npz")
N_LAYERS = 6
MAX_TOKENS = 160
"""Of a question and a text together: what it was trained with. A longer text is read by its beginning."""

_MAX_QUESTION_TOKENS = 64


class PairReader(Protocol):
    """What reads a question and a text together."""

    @property
    def stamp(self) -> str:
        """Names the model, for whatever was learned for its scores."""
        ...

    def read(self, question: str, texts: Sequence[str]) -> Scores:
        """How likely each text answers, as log odds: 0 is as likely as not, higher is likelier."""
        ...


def load_reader(settings: Settings, embedder: Embedder) -> PairReader | None:
    """The reader that the settings name; None where nothing is to be read, and beside the toy of the tests.

    Raises ModelMissingError.
    """
    if settings.care == "cepat" or isinstance(embedder, ToyEmbedder):
        return None
    if settings.reranker:
        # Only here: torch costs 4 s
        from index.cross_encoder import CrossEncoderReader

        return CrossEncoderReader(settings.reranker, threads=settings.threads)
    if isinstance(embedder, BundledEmbedder):
        tokenizer = embedder.tokenizer
    else:
        tokenizer = Tokenizer(Weights(find_weights()).vocabulary())
    return BundledReader(tokenizer, precision=settings.precision, threads=settings.threads)


class BundledReader:
    """The cross-encoder that ships.

    Raises ModelMissingError where its file is broken or made for other weights.
    """

    def __init__(
        self, tokenizer: Tokenizer, *, precision: str = "auto", threads: int = 2, file: Path = SHIPPED
    ) -> None:
        weights = _ReaderWeights(find_weights(), file)
        self._tokenizer = tokenizer
        self._encoder = Encoder(
            weights, N_LAYERS, lambda last, _mask: _odds(weights, last), precision=precision, threads=threads
        )
        self.stamp = f"reader {weights.hash}"

    def read(self, question: str, texts: Sequence[str]) -> Scores:
        """The log odds; see `PairReader`."""
        if not texts:
            return np.empty(0, np.float64)
        asked, *read = self._tokenizer.encode([question, *texts])
        asked = [*asked[:-1][:_MAX_QUESTION_TOKENS], asked[-1]]
        # XLM-R joins a pair by two ends of sentence: <s> question </s></s> text </s>.
        pairs = [[*asked, asked[-1], *row[1:-1][: MAX_TOKENS - len(asked) - 2], row[-1]] for row in read]
        return self._encoder.run(pairs, 1)[:, 0].astype(np.float64)


class _ReaderWeights(Weights):
    """The weights file with what the reader adds, and the reader's own tensors."""

    def __init__(self, file: Path, reader: Path) -> None:
        super().__init__(file)
        self._reader = read_adapter(reader, short_hash(file))
        self._names = frozenset(self._reader)
        self._hash = f"{short_hash(file)}+{short_hash(reader)}"

    @property
    def hash(self) -> str:
        """What names these weights: the file's hash and the reader's."""
        return self._hash

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The reader's tensor as one row of float32."""
        if name not in self._names:
            return super().tensor(name)
        added = self._reader[name]
        return added if name.startswith("reader.") else super().tensor(name) + added


def _odds(weights: _ReaderWeights, last: openvino.Node) -> openvino.Node:
    """The log odds of each pair, (b, 1), from its first token."""
    hidden = weights.shape.hidden
    first = opset.squeeze(
        opset.slice(last, np.array([0]), np.array([1]), np.array([1]), np.array([1])), opset.constant(np.array([1]))
    )
    pooled = opset.matmul(first, opset.constant(weights.matrix("reader.pool.w", hidden)), False, True)
    pooled = opset.tanh(opset.add(pooled, weights.tensor("reader.pool.b")))
    odds = opset.matmul(pooled, opset.constant(weights.matrix("reader.out.w", hidden)), False, True)
    return opset.add(odds, weights.tensor("reader.out.b"))
