"""Late interaction: how well a passage meets each token of a question, from token vectors kept in two bits a dimension.

Source: Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over
BERT" (2020). A passage's vector is the mean of its tokens' and forgets which of them speak of the question; here each
token of the question looks for the one that is nearest to it.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import read_arrays, unit
from kb.errors import ModelMissingError, Text
from kb.vectors import Vectors

SHIPPED = Path(__file__).with_name("tokens.npz")
"""How the tokens of the bundled model are spread: `mean` and `deviation`, one number a dimension, float32.

Made by `python -m bench.token_spread`.
"""

_LEVELS = np.array([-1.5, -0.5, 0.5, 1.5], np.float32)
_PER_BYTE = 4
_UNPACKED = _LEVELS[(np.arange(256)[:, None] >> np.array([0, 2, 4, 6])) & 3]
"""The four levels in each byte, (256, 4)."""


class TokenCode:
    """Token vectors as bytes: four levels a dimension, apart by the deviation of that dimension, around its mean.

    Layout of `n` tokens of `d` dimensions: n rows of d / 4 bytes, the first dimension in the lowest bits; then n
    little-endian float16, the lengths of the rows as they unpack. Raises ModelMissingError where the file is broken.
    """

    def __init__(self, file: Path = SHIPPED) -> None:
        try:
            arrays = read_arrays(file)
            self._mean, self._deviation = (arrays[name].astype(np.float32) for name in ("mean", "deviation"))
        except (ValueError, KeyError) as cause:
            raise ModelMissingError(
                str(file),
                Text("sebaran token tidak dapat dibaca", "the spread of the tokens cannot be read"),
                Text("pasang ulang Acuan", "install Acuan again"),
            ) from cause

    @property
    def name(self) -> str:
        """What names this code in a stamp: packed tokens of another cannot be read with it."""
        return hashlib.sha256(self._mean.tobytes() + self._deviation.tobytes()).hexdigest()[:8]

    @property
    def dim(self) -> int:
        """The dimensions of a token vector."""
        return len(self._mean)

    def pack(self, tokens: Vectors) -> bytes:
        """The tokens (n, d), of any length, as bytes."""
        rows = unit(tokens)
        codes = (np.clip(np.floor((rows - self._mean) / self._deviation), -2, 1) + 2).astype(np.uint8)
        codes = codes.reshape(len(rows), self.dim // _PER_BYTE, _PER_BYTE)
        packed = codes[..., 0] | codes[..., 1] << 2 | codes[..., 2] << 4 | codes[..., 3] << 6
        lengths = np.linalg.norm(self._mean + self._deviation * _levels(packed, self.dim), axis=1)
        packed_bytes: bytes = packed.tobytes() + lengths.astype("<f2").tobytes()
        return packed_bytes

    def near(self, question: Vectors, packed: Sequence[bytes]) -> list[Vectors]:
        """For each packed passage of n tokens the cosines (q, n) of each token of the question with each of its own.

        question: (q, d), of any length.
        """
        n_tokens = [self.n_tokens(blob) for blob in packed]
        cuts = [n * self.dim // _PER_BYTE for n in n_tokens]
        codes = b"".join(blob[:cut] for blob, cut in zip(packed, cuts, strict=True))
        lengths = b"".join(blob[cut:] for blob, cut in zip(packed, cuts, strict=True))
        rows = unit(question)
        levels = _levels(np.frombuffer(codes, np.uint8), self.dim)
        # The mean is the same for all tokens: it is added after the product, and no row is unpacked in full.
        cosines = (rows * self._deviation) @ levels.T + (rows @ self._mean)[:, None]
        cosines /= np.frombuffer(lengths, "<f2").astype(np.float32)
        return np.split(cosines, np.cumsum(n_tokens)[:-1], axis=1) if packed else []

    def n_tokens(self, packed: bytes) -> int:
        """How many tokens were packed."""
        return len(packed) // (self.dim // _PER_BYTE + 2)


def met(near: Sequence[Vectors]) -> Vectors:
    """How well each of p passages meets each of q tokens of the question, (p, q): the cosine of its nearest token.

    near: of each passage, as from `TokenCode.near`. A passage without tokens meets none: 0.
    """
    return np.array([each.max(axis=1, initial=0.0) for each in near], np.float32)


def _levels(packed: NDArray[np.uint8], dim: int) -> NDArray[np.float32]:
    # A third of the time of `_UNPACKED[packed]`, which checks and copies row by row.
    levels: NDArray[np.float32] = np.take(_UNPACKED, packed, axis=0, mode="clip").reshape(-1, dim)
    return levels
