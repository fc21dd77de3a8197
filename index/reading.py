"""What a reader of pairs makes of a text that it read together with a question."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.dense import Scores

NOWHERE: NDArray[np.int64] = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """How likely a text answers a question, and where.

    odds: log odds that it does: 0 is as likely as not, higher is likelier. places: (t,) where the last character of
    each token stands in the text, ascending. chances: (t,) how likely the answer begins or ends at each, if it is in
    the text at all; 1 together. Both are empty where the reader does not say.
    """

    odds: float
    places: NDArray[np.int64]
    chances: Scores

    def chance_within(self, start: int, end: int) -> float:
        """How much of the answer, if it is in the text, begins or ends within these characters, 0 to 1."""
        first, last = np.searchsorted(self.places, (start, end)).tolist()
        return float(self.chances[first:last].sum())

    def without(self, n: int, at: int = 0) -> Self:
        """The same of the text without its first `n` characters; what stands in these is forgotten.

        at: where what is left begins in the text that it is a part of.
        """
        kept = self.places >= n
        return type(self)(self.odds, self.places[kept] - n + at, self.chances[kept])
