"""The large stores of the bench."""

from collections.abc import Sequence

import numpy as np

from bench.load import Reused
from index.embed import ToyEmbedder
from kb.vectors import Embedded


def test_the_first_passages_are_embedded_and_the_others_get_what_those_have() -> None:
    def real(texts: Sequence[str]) -> Embedded:
        return Embedded(ToyEmbedder().embed_passages(texts), tuple(text.encode() for text in texts))

    embed = Reused(real, 3, np.empty((0, ToyEmbedder.dim), np.float32))
    first, second = embed(["satu", "dua"]), embed(["tiga", "empat", "lima"])
    assert first.tokens == (b"satu", b"dua")
    assert second.tokens[0] == b"tiga"
    assert set(second.tokens[1:]) <= {b"satu", b"dua", b"tiga"}
    assert len(second.vectors) == 3
    assert np.linalg.norm(second.vectors, axis=1).round(4).tolist() == [1.0] * 3
