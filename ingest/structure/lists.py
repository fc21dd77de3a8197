"""The open lists of a provision, ayat above huruf above angka, and how their numbers go on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.numerals import letters
from ingest.structure import marks
from ingest.structure.marks import Item, Ordinal, Style
from ingest.structure.pieces import Piece
from ingest.structure.tree import Tree
from kb.sections import SectionKind

_SLUGS = {
    Style.AYAT: "ayat",
    Style.HURUF: "huruf",
    Style.ANGKA: "angka",
    Style.ANGKA_PAREN: "angka",
    Style.HURUF_PAREN: "huruf",
}
_KINDS = {"ayat": SectionKind.AYAT, "huruf": SectionKind.HURUF, "angka": SectionKind.ANGKA}
_LATEST = 3
"""An item may come this many numbers late, where a scan has lost those between."""
_LOST_LETTERS = (8, 11)
"""After h and k come the letters i and l, which scans read as the number one."""


_FEWEST_SAID = 3
_BARE = re.compile(r"\(\s?\w{1,3}[)t]?|(?:\d{1,3}|[a-z])\s?[.)]")
"""A number or letter that stands alone on its line."""


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass(slots=True)
class _Level:
    """An open list: the style of its items, the last number, and how many sections were open around it."""

    style: Style
    last: Ordinal
    depth: int


class Lists:
    """The lists that are open at a line, and the sections of `tree` that their items become."""

    def __init__(self, tree: Tree, lines: Sequence[Piece]) -> None:
        self._tree = tree
        self._lines = lines
        self._levels: list[_Level] = []

    @property
    def are_open(self) -> bool:
        """Whether an item is open."""
        return bool(self._levels)

    def end(self) -> None:
        """Forget the open lists; their sections are closed with the provision that holds them."""
        self._levels.clear()

    def take(self, i: int, found: Item, before: str) -> bool:
        """Open the section of an item that begins on line `i`, if its number goes on with a list or begins one.

        before: the end of the line before.
        """
        if not found.readings or marks.names_an_item(before) or self._is_torn_off(i, found):
            return False
        if self._said_before(i, found):
            return True
        if found.style is Style.AYAT:
            return self._ayat(i, found, before)
        ordinal = self._inner_place(found, before) if self._lines[i].is_inner else self._place(found, before)
        if ordinal is None or self._repeats(i, found.style, ordinal):
            return False
        self.open(i, found.style if ordinal in found.readings else Style.HURUF, ordinal)
        return True

    def _is_torn_off(self, i: int, found: Item) -> bool:
        """Whether the marks of several items stand together, where a scan has read the margin apart from the words."""
        near = (self._lines[at].text for at in (i - 1, i + 1) if 0 <= at < len(self._lines))
        return not found.rest and any(_BARE.fullmatch(text) for text in near)

    def _said_before(self, i: int, found: Item) -> bool:
        """Whether this is the last item again, whose first words the foot of the page before has said already.

        The item begins here then, and not there.
        """
        node = self._tree.innermost
        level = self._levels[-1] if self._levels else None
        if level is None or level.style is not found.style or level.last not in found.readings:
            return False
        if not 0 < i - node.start <= 2 or self._lines[node.start].span.page == self._lines[i].span.page:
            return False
        said = marks.item(self._lines[node.start].text)
        words = _letters(said.rest) if said else ""
        if len(words) < _FEWEST_SAID or not _letters(found.rest).startswith(words):
            return False
        node.start = i
        return True

    def open(self, i: int, style: Style, ordinal: Ordinal, ends_others: bool = False) -> None:
        """A new item on line `i`: beside the last of its style, or inside the innermost.

        ends_others: whether it also ends the items of other styles but ayat, as "Huruf a" does in a Penjelasan.
        """
        position = next((p for p in range(len(self._levels) - 1, -1, -1) if self._levels[p].style is style), None)
        if style is Style.AYAT and position is None and self._levels:
            position = 0
        if position is None and ends_others:
            position = next((p for p, level in enumerate(self._levels) if level.style is not Style.AYAT), None)
        if position is not None:
            self._tree.close_to(self._levels[position].depth, i)
            del self._levels[position:]
        self._levels.append(_Level(style, ordinal, self._tree.depth))
        slug = _SLUGS[style]
        name = letters(ordinal.number) if slug == "huruf" else str(ordinal)
        shown = f"({name})" if style is Style.AYAT else name
        if style in (Style.ANGKA_PAREN, Style.HURUF_PAREN):
            shown += ")"
        self._tree.open(_KINDS[slug], f"{slug} {shown}", f"{self._tree.innermost.path}/{slug}-{name}", i)

    def _ayat(self, i: int, found: Item, before: str) -> bool:
        """Open an ayat, unless "(2)" is the end of a reference: "sebagaimana dimaksud pada ayat" / "(2) dijaga"."""
        if (marks.dangling(before) and not before.endswith(",")) or found.rest[:1] in (",", ";", ".", ")"):
            return False
        is_inner = self._lines[i].is_inner
        is_sentence = not found.rest[:1].islower() or found.rest.startswith(("dihapus", "cukup"))
        if not is_sentence and before[-1] not in ".;:":
            return False
        last = next((level.last for level in self._levels if level.style is Style.AYAT), Ordinal(0))
        for reading in found.readings:
            late = reading.number - last.number
            if is_inner:
                takes = reading.follows(last) and (bool(last.number) or marks.terminal(before))
            else:
                takes = reading.follows(last) or (0 < late <= _LATEST and marks.terminal(before))
            if takes:
                self.open(i, Style.AYAT, reading)
                return True
        return False

    def _place(self, found: Item, before: str) -> Ordinal | None:
        """The number of an item, or None where no list goes on or begins so."""
        last = self._last(found.style)
        if last is not None:
            following = next((reading for reading in found.readings if reading.follows(last)), None)
            if following is not None:
                return following
        reading = found.readings[0]
        if not found.is_sure:
            return None
        if last is not None and self._skips(reading, last, before):
            return reading
        letter = self._last(Style.HURUF)
        if letter is not None and reading.number in (1, 9) and letter.number in _LOST_LETTERS and before[-1] != ":":
            return Ordinal(letter.number + 1)
        if reading == Ordinal(1) and not marks.dangling(before.rstrip(",")):
            return reading
        return None

    def _inner_place(self, found: Item, before: str) -> Ordinal | None:
        """The number of an item in the middle of a line: the next one after a stop, or the first after a colon."""
        last = self._last(found.style)
        innermost = self._levels[-1] if self._levels else None
        goes_on = innermost is not None and innermost.style is found.style and found.style is not Style.ANGKA
        if last is not None and (marks.ends_item(before) or (goes_on and found.is_sure and not marks.dangling(before))):
            return next((reading for reading in found.readings if reading.follows(last)), None)
        return found.readings[0] if found.is_sure and found.readings[0] == Ordinal(1) and before[-1] == ":" else None

    def _last(self, style: Style) -> Ordinal | None:
        return next((level.last for level in reversed(self._levels) if level.style is style), None)

    @staticmethod
    def _skips(reading: Ordinal, last: Ordinal, before: str) -> bool:
        return 1 < reading.number - last.number <= _LATEST and marks.terminal(before)

    def _repeats(self, i: int, style: Style, ordinal: Ordinal) -> bool:
        """Whether the line before is the catch-word of this item: "a. Para ..." above "a. Para keluarga"."""
        last = self._levels[-1] if self._levels else None
        same = last is not None and last.style is style and last.last == ordinal
        begun = self._tree.innermost.start == i - 1
        return same and begun and self._lines[i - 1].text.endswith(("..", "…", ". ."))
