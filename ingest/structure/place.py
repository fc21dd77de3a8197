"""Where the outline of a regulation has come to: the part of the text, the numbers so far, and the open sections.

The modules beside this one each read one kind of line (`recitals`, `containers`, `pasal`, `amendments`, `explanation`,
`endings`); they share a `Place`, and `regulation` asks them in turn.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ingest.capitals import is_capitals
from ingest.structure import marks
from ingest.structure.lists import Lists
from ingest.structure.marks import Ordinal
from ingest.structure.pieces import Piece
from ingest.structure.tree import Tree
from kb.pages import Page
from kb.sections import SectionKind

FRONT = (SectionKind.OPENING, SectionKind.CONSIDERING, SectionKind.RECALLING, SectionKind.DECIDING)
CONTAINERS = (SectionKind.BAB, SectionKind.BAGIAN, SectionKind.PARAGRAF)
_MAX_TITLE_LINES = 6
_MAX_TITLE_LINE = 120
_MAX_HEADED = 24
"""A longer line holds more than a Pasal's number."""
_SECOND = re.compile(r"Pasal 2\b\.?(?:\s*$|\s+[(A-Z])")
_FURTHEST_SECOND = 60
_BEGINNING = 60
_CAPITALS_LAST = re.compile(r"(?:^|\s|-)[A-Z]{4,}[.:,]?$")
_FEWEST_BACKWARDS = 2
_MOST_BACKWARDS = 0.15


class Zone(Enum):
    """The part of a regulation that a line stands in."""

    FRONT = auto()
    BODY = auto()
    CLOSING = auto()
    EXPLANATION = auto()
    ATTACHMENT = auto()


@dataclass(slots=True)
class Numbering:
    """The numbers of one text so far: a regulation has one, its Penjelasan another, a Lampiran its own.

    prefix: of the addresses. label: what its Pasal are called.
    last, before_last, roman, bab: the last Pasal, the one before it, the last in Roman numerals, the last BAB.
    host: depth of the Pasal whose numbered points amend another regulation; 0 outside such a Pasal.
    point: the last of those points. inner: the last Pasal inside it. announced: those that its first lines speak of.
    """

    prefix: str
    label: str = "Pasal"
    last: Ordinal = field(default_factory=lambda: Ordinal(0))
    before_last: Ordinal = field(default_factory=lambda: Ordinal(0))
    roman: int = 0
    bab: int = 0
    n_pasal: int = 0
    host: int = 0
    point: Ordinal = field(default_factory=lambda: Ordinal(0))
    inner: Ordinal = field(default_factory=lambda: Ordinal(0))
    announced: frozenset[str] = frozenset()

    @property
    def before_next(self) -> Ordinal:
        """The Pasal that the next one must follow."""
        return self.inner if self.host else self.last


class Place:
    """A line of the text and everything that was opened before it.

    declared: where the headings stand that the file itself declares. hosts: names of the Pasal whose points amend.
    n_explained: the last Pasal of the text that the Penjelasan explains.
    by_article: whether the Penjelasan has come to its "Pasal demi Pasal".
    """

    def __init__(self, lines: Sequence[Piece], pages: Sequence[Page]) -> None:
        self.lines = lines
        self.tree = Tree(lines, pages)
        self.lists = Lists(self.tree, lines)
        self.zone = Zone.FRONT
        self.numbering = Numbering("")
        self.hosts: set[str] = set()
        self.n_explained = 0
        self.by_article = False
        self.declared: frozenset[tuple[int, int]] = frozenset()
        self._title_left = 0
        self._headed = -1
        self._n_backwards = 0
        self._latest = Ordinal(0)
        if lines:
            self.tree.open(SectionKind.OPENING, "Pembukaan", "pembukaan", 0)

    @property
    def is_disordered(self) -> bool:
        """Whether headings of Pasal go backwards so often that what stands under them cannot be told."""
        n_pasal = self.numbering.n_pasal
        return self._n_backwards >= _FEWEST_BACKWARDS and self._n_backwards > _MOST_BACKWARDS * n_pasal

    def before(self, i: int) -> str:
        """The end of the line before, or a full stop where that line is a heading and ends nothing."""
        if i == 0 or self._title_left or self._headed == i - 1:
            return "."
        end = marks.without_furniture(self.lines[i - 1].text[-60:]).rstrip()
        if not end and i > 1:
            end = marks.without_furniture(self.lines[i - 2].text[-60:]).rstrip()
        return end[-40:] or "."

    def after(self, i: int) -> str:
        """The beginning of the line after, "" where there is none."""
        return self.lines[i + 1].text[:40] if i + 1 < len(self.lines) else ""

    def goes_on(self, i: int) -> bool:
        """Whether the line before breaks off where a reference must follow: line `i` is the rest of it."""
        before = self.before(i)
        # "Pasal" alone is what a scan has torn off the heading that follows.
        return marks.dangling(before) and not (before.endswith("Pasal") and self.lines[i].text.startswith("Pasal"))

    def begins_anew(self, i: int) -> bool:
        """Whether the line before ends a sentence or is a heading in capitals."""
        before = self.before(i)
        return marks.terminal(before) or is_capitals(before) or self.follows_capitals(i)

    def follows_capitals(self, i: int) -> bool:
        """Whether the words before line `i` are a title in capitals."""
        return _CAPITALS_LAST.search(self.before(i)) is not None

    def stands_out(self, i: int) -> bool:
        """Whether a line begins in capitals and does not go on with the sentence before it."""
        return is_capitals(self.lines[i].text[:_BEGINNING]) and not self.goes_on(i)

    def begin_title(self, i: int, rest: str) -> None:
        """Read the heading of the section opened on line `i`: `rest` of that line, and the lines that go on with it."""
        self._title_left = _MAX_TITLE_LINES
        self._headed = i
        if rest:
            self.read_title(rest)

    def read_title(self, text: str) -> None:
        """Add a line to the heading of the innermost section, where one is still being read."""
        if self._title_left:
            node = self.tree.innermost
            node.heading = f"{node.heading} {text}".strip()
            self._title_left -= 1

    @property
    def reads_title(self) -> bool:
        """Whether the heading of a section may still go on."""
        return self._title_left > 0

    def end_title(self) -> None:
        """The heading ends with the line before."""
        self._title_left = 0

    def goes_on_with_title(self, text: str) -> bool:
        """Whether a line may belong to the heading above it."""
        node = self.tree.innermost
        if text.startswith(("Pasal", "Pasa1", "(")):
            return False
        if node.kind is SectionKind.BAB:
            return is_capitals(text) or not node.heading
        return text[-1] not in ".;:" and len(text) < _MAX_TITLE_LINE

    def is_bare(self, i: int) -> bool:
        """Whether line `i` holds nothing but a Pasal's number."""
        text = self.lines[i].text
        return len(text) <= _MAX_HEADED and marks.PASAL.fullmatch(text) is not None

    def take_back_empty(self, i: int) -> None:
        """Take back a Pasal of which only the number stands before line `i`, where a BAB begins.

        The foot of a page said which Pasal the next page has; there its heading stands below that of the BAB.
        """
        node = self.tree.innermost
        numbering = self.numbering
        if node.kind is SectionKind.PASAL and node.start == i - 1 and self.is_bare(i - 1) and not numbering.host:
            self.tree.retract()
            numbering.last = numbering.before_last
            numbering.n_pasal -= 1
            self._headed = i - 1

    def note_heading(self, i: int) -> None:
        """Remember that line `i` is nothing but a heading: what follows it begins anew."""
        self._headed = i

    def note_short_heading(self, i: int) -> None:
        """The same, if the line holds nothing but a Pasal's number."""
        if self.is_bare(i):
            self._headed = i

    def note_out_of_order(self, ordinal: Ordinal) -> None:
        """Remember the number of a heading that stands out of order.

        One step back is a numbering that begins anew; many are lines in the wrong order.
        """
        self._n_backwards += ordinal.number < self._latest.number
        self._latest = ordinal

    def note_in_order(self, ordinal: Ordinal) -> None:
        """Remember the number of a heading that comes next."""
        self._latest = ordinal

    def end_lists(self) -> None:
        """Forget the open lists and the heading that was being read."""
        self.lists.end()
        self._title_left = 0

    def begin_annex(self, i: int) -> None:
        """Open a Lampiran on line `i`, where the numbers begin anew below the closing words or the Penjelasan.

        So are treaties and statutes printed that a law adopts, without a heading that says so.
        """
        self.end_lists()
        self.tree.close_to(1, i)
        self.tree.open(SectionKind.ATTACHMENT, "Lampiran", "lampiran", i)
        self.zone = Zone.ATTACHMENT
        self.numbering = Numbering("lampiran/")

    def speaks_of(self, i: int, words: str) -> bool:
        """Whether one of the next lines has these words."""
        return any(words in line.text for line in self.lines[i : i + _FURTHEST_SECOND])

    def begins_again(self, i: int) -> bool:
        """Whether line `i` is a bare "Pasal 1", with "Pasal 2" not far below."""
        if not self.is_bare(i) or not self.lines[i].text.rstrip(". ").endswith("Pasal 1"):
            return False
        below = (line.text for line in self.lines[i + 1 : i + _FURTHEST_SECOND])
        return any(_SECOND.match(text) for text in below) and not self.after(i).lower().startswith("cukup")

    def enter_body(self, i: int) -> None:
        """Leave the title and the considerations behind, ending before line `i`."""
        self.tree.close(i, *FRONT)
        if self.zone is Zone.FRONT:
            self.zone = Zone.BODY

    def end_body(self, i: int) -> None:
        """Close what holds Pasal, ending before line `i`."""
        self.end_lists()
        if self.zone is Zone.ATTACHMENT:
            self.tree.close(i, *FRONT, SectionKind.CLOSING, *CONTAINERS, SectionKind.PASAL)
        else:
            self.tree.close_to(1, i)
        self.numbering.host = 0
