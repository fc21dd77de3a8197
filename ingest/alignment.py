"""Where the words of a corrected text stand: beside the words that OCR had read there."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from kb.scans import WordBox

_WORD = re.compile(r"\S+")


def aligned(old: str, boxes: Sequence[WordBox], new: str) -> tuple[WordBox, ...]:
    """Return the boxes of the words of `new`, a correction of `old`, whose words have `boxes`.

    A word put in the place of others has the place of the one it follows in order; a word that was put in where there
    was none has no box.
    """
    if not boxes:
        return ()
    page = boxes[0].page
    before = [old[box.start : box.end] for box in boxes]
    after = list(_WORD.finditer(new))
    matcher = SequenceMatcher(None, before, [word.group() for word in after], autojunk=False)
    found: list[WordBox] = []
    for first, last, begin, end in _pairs(matcher):
        for i, word in enumerate(after[begin:end]):
            place = boxes[first + i * (last - first) // (end - begin)]
            box = WordBox(page, word.start(), word.end(), place.left, place.top, place.width, place.height)
            found.append(box)
    return tuple(found)


def _pairs(matcher: "SequenceMatcher[str]") -> Iterator[tuple[int, int, int, int]]:
    """The stretches [first, last) of old words and [begin, end) of new ones that stand for each other."""
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            yield first, last, begin, end
