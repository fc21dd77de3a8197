"""What an embedder makes of texts, as the rooms hand it to each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""(n, d) float32, unit rows unless a docstring says otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """What an embedder makes of passages, in order.

    vectors: one unit row each. tokens: the vectors of each one's tokens, packed; empty where the model keeps none.
    """

    vectors: Vectors
    tokens: tuple[bytes, ...] = ()


Embed = Callable[[Sequence[str]], Embedded]
"""From passage texts to what is kept of them."""

CountTokens = Callable[[Sequence[str]], list[int]]
"""From texts to the number of tokens each costs the embedder, prefix and special tokens included."""
