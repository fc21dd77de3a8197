"""How far a text reads as language: the share of its letters that stand in common words.

Letters that a scanner's program misread, that a broken font maps elsewhere, that stand backwards or apart from each
other make no words, so one figure finds them all.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FEWEST_WORDS = 20
"""Below this many words a page says too little to be judged: a cover, a map, a table of figures."""

LEAST_KNOWN = 0.93
"""Share of letters in common words below which text is doubtful. Of 1,260 pages of real print half have more than 0.97
and hardly one has less than 0.85; of layers that scanners left, half of those that a person would call bad have less.
"""

_MOSTLY = 0.5
_WORDS = Path(__file__).with_name("words.txt")
_TOKEN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Legibility:
    """What the words of a page are. known: the share of letters in common words, in [0, 1].

    n_words: runs of letters. figures: the share of digits among letters and digits.
    """

    n_words: int
    known: float
    figures: float

    @property
    def says_enough(self) -> bool:
        """Whether there are words enough to judge by."""
        return self.n_words >= FEWEST_WORDS

    @property
    def is_figures(self) -> bool:
        """Whether most of it is figures, of which words say nothing."""
        return self.figures >= _MOSTLY

    @property
    def reliance(self) -> float:
        """How far the text can be relied on, in [0, 1]: 0.85 where the share of known letters is `LEAST_KNOWN`."""
        return max(0.0, 1.0 - (1.0 - self.known) * (1.0 - 0.85) / (1.0 - LEAST_KNOWN))


@cache
def common_words() -> frozenset[str]:
    """The words of `ingest/words.txt`, in small letters."""
    return frozenset(_WORDS.read_text(encoding="utf-8").split())


def legibility(text: str) -> Legibility:
    """Return how far `text` reads as Indonesian or English."""
    tokens = _TOKEN.findall(text)
    n_letters = sum(map(len, tokens))
    n_digits = sum(map(str.isdigit, text))
    figures = n_digits / (n_letters + n_digits) if n_letters + n_digits else 0.0
    if not n_letters:
        return Legibility(0, 0.0, figures)
    known = common_words()
    n_known = sum(len(token) for token in tokens if len(token) > 1 and token.lower() in known)
    return Legibility(len(tokens), n_known / n_letters, figures)
