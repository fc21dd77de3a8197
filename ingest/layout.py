"""From the words that OCR saw to the lines of a page as people read it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.tesseract import Word

_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]{1,2}|[ivxIVX]{1,5})[.):,]{1,2}|[-•*+o°»]|\(\w{1,3}\)")
"""The number or sign of an item: "(1)", "a.", "2)", "-"."""

_FEWEST_LINES = 12
_FEWEST_WORDS = 6
_GUTTER = 1.2
"""Heights of a letter between two columns; between words there is less than half of one."""

_SHARED = 0.5
"""Of the height of the lower of two lines, when they stand on one level."""


@dataclass(slots=True)
class _Line:
    words: list[Word]

    @property
    def top(self) -> float:
        return median(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return median(word.bottom for word in self.words)

    @property
    def left(self) -> int:
        return min(word.left for word in self.words)

    @property
    def right(self) -> int:
        return max(word.right for word in self.words)


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words as lines in reading order.

    Tesseract takes the numbers of a list for a column of their own and puts "(1) (2) (3)" before the first of their
    paragraphs: each goes back to the line that it stands before.
    """
    lines: list[_Line] = []
    blocks: dict[int, list[_Line]] = {}
    for word in words:
        block = blocks.setdefault(word.line[0], [])
        if block and block[-1].words[0].line == word.line:
            block[-1].words.append(word)
        else:
            block.append(_Line([word]))
            lines.append(block[-1])
    markers = [line for block in blocks.values() if _is_markers(block) for line in block]
    taken: set[int] = set()
    for marker in markers:
        line = _beside(marker, [line for line in lines if line not in markers])
        if line is not None:
            line.words[:0] = marker.words
            taken.add(id(marker))
    return [line.words for line in lines if id(line) not in taken]


def is_in_columns(words: Sequence[Word]) -> bool:
    """Whether the words, ordered as one column, stand in two: most lines have the same wide gap near the middle."""
    lines = lines_of(words)
    if len(lines) < _FEWEST_LINES:
        return False
    left, right = min(word.left for word in words), max(word.right for word in words)
    split = [line for line in lines if len(line) >= _FEWEST_WORDS and _middle_gap(line, left, right)]
    return len(split) > len(lines) / 2


def _middle_gap(line: Sequence[Word], left: int, right: int) -> bool:
    """Whether a line has a gap of `_GUTTER` letters' height around the middle of [left, right]."""
    middle, height = (left + right) / 2, median(word.height for word in line)
    for before, after in pairwise(line):
        is_wide = after.left - before.right > _GUTTER * height
        if is_wide and before.right < middle + (right - left) / 10 and after.left > middle - (right - left) / 10:
            return True
    return False


def _is_markers(block: Sequence[_Line]) -> bool:
    return all(len(line.words) == 1 and _MARKER.fullmatch(line.words[0].text) for line in block)


def _beside(marker: _Line, lines: Sequence[_Line]) -> _Line | None:
    """The nearest line that stands to the right of `marker` on its level."""
    right = [line for line in lines if line.left >= marker.right - 2 and _is_level(marker, line)]
    return min(right, key=lambda line: line.left, default=None)


def _is_level(one: _Line, other: _Line) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _SHARED * min(one.bottom - one.top, other.bottom - other.top)
