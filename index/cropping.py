"""The part of a passage that speaks most of a question, for a reader that has no time for the whole."""

import re

from index.scoring import Weights
from index.words import words_of_passage

N_WORDS = 80
_SPARE_WORDS = 12
"""A passage little longer than that stays whole."""

_WIDTH = 48
"""Content words that `N_WORDS` words hold, about."""

_RUN = re.compile(r"\S+")


def densest_part(text: str, weights: Weights) -> tuple[int, int]:
    """Where in `text` the `N_WORDS` words stand, or all there are, around most of the question's word weight."""
    runs = [run.span() for run in _RUN.finditer(text)]
    if len(runs) <= N_WORDS + _SPARE_WORDS:
        return 0, len(text)
    content = words_of_passage(text)
    held = weights.densest(weights.find([word.stem for word in content]), _WIDTH)
    if not held:
        return runs[0][0], runs[N_WORDS - 1][1]
    start, end = content[held[0].place].start, content[held[-1].place].end
    inside = [place for place, run in enumerate(runs) if run[0] < end and start < run[1]]
    first = min(max(0, (inside[0] + inside[-1] + 1 - N_WORDS) // 2), len(runs) - N_WORDS)
    return runs[first][0], runs[first + N_WORDS - 1][1]
