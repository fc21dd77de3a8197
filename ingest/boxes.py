"""Where a quote stands on a page as it is displayed."""

from collections.abc import Iterable
from dataclasses import dataclass

MAX_GAP = 1.5
"""Widest gap inside one line, in heights of the line: less than between two columns."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a displayed page, in percent of its width and height, from its top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge, in percent."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The bottom edge, in percent."""
        return self.top + self.height


Boxes = tuple[tuple[Box, ...], ...]
"""The boxes of several spans, those of each together."""


def merged_by_line(boxes: Iterable[Box], aspect: float) -> tuple[Box, ...]:
    """Return the boxes in their order, those that follow each other on one line made one.

    aspect: width of the page divided by its height; gaps are measured in heights of a line.
    """
    merged: list[Box] = []
    for box in boxes:
        if merged and _continues(merged[-1], box, aspect):
            merged[-1] = _around(merged[-1], box)
        else:
            merged.append(box)
    return tuple(merged)


def _continues(line: Box, box: Box, aspect: float) -> bool:
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    gap = max(line.left, box.left) - min(line.right, box.right)
    return (
        line.page == box.page
        and shared > 0.5 * min(line.height, box.height)
        and gap * aspect <= MAX_GAP * max(line.height, box.height)
    )


def _around(one: Box, other: Box) -> Box:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right, bottom = max(one.right, other.right), max(one.bottom, other.bottom)
    return Box(one.page, left, top, right - left, bottom - top)
