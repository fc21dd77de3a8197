"""A document's outline while it is being found: nodes over ranges of lines, and the sections they become."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning import Line
from kb.pages import Page, Span
from kb.sections import Section, SectionKind


@dataclass(slots=True)
class Node:
    """A section that starts at line `start`; it is open until `end` is known.

    path: the address of its parents and its own, joined by "/".
    """

    kind: SectionKind
    label: str
    path: str
    parent: int | None
    start: int
    end: int = -1
    heading: str = ""


class Tree:
    """Sections under construction, opened in document order, each inside the innermost that is still open."""

    def __init__(self, lines: Sequence[Line], pages: Sequence[Page]) -> None:
        self._lines = lines
        self._texts = {page.number: page.text for page in pages}
        self._nodes = [Node(SectionKind.ROOT, "", "", None, 0)]
        self._open = [0]
        self._paths: dict[str, int] = {}

    @property
    def innermost(self) -> Node:
        """The section that was opened last and is still open."""
        return self._nodes[self._open[-1]]

    def chain(self) -> list[Node]:
        """The open sections, the root first."""
        return [self._nodes[i] for i in self._open]

    def inside(self, *kinds: SectionKind) -> Node | None:
        """The innermost open section of one of `kinds`."""
        return next((self._nodes[i] for i in reversed(self._open) if self._nodes[i].kind in kinds), None)

    def open(self, kind: SectionKind, label: str, path: str, line: int) -> Node:
        """A new section from `line` on, inside the innermost open one; a repeated path gets "~2", "~3"."""
        n = self._paths[path] = self._paths.get(path, 0) + 1
        unique = path
        while n > 1:
            unique = f"{path}~{n}"
            if unique not in self._paths:
                self._paths[unique] = 1
                break
            n += 1
        self._paths[path] = n
        node = Node(kind, label, unique, self._open[-1], line)
        self._nodes.append(node)
        self._open.append(len(self._nodes) - 1)
        return node

    def retract(self) -> None:
        """Take back the section that was opened last, if nothing was opened in it: its lines stay its parent's."""
        node = self._nodes[self._open[-1]]
        if self._open[-1] == len(self._nodes) - 1 and node.parent is not None:
            self._nodes.pop()
            self._open.pop()
            path, _, n = node.path.partition("~")
            del self._paths[node.path]
            if n:
                self._paths[path] -= 1

    def close(self, line: int, *kinds: SectionKind) -> None:
        """Close every open section down to the outermost of one of `kinds`, ending before `line`."""
        depth = next((d for d in range(1, len(self._open)) if self._nodes[self._open[d]].kind in kinds), None)
        if depth is not None:
            self.close_to(depth, line)

    def close_to(self, depth: int, line: int) -> None:
        """Close open sections until `depth` are left, ending before `line`."""
        while len(self._open) > depth:
            self._nodes[self._open.pop()].end = line

    @property
    def depth(self) -> int:
        """How many sections are open, the root included."""
        return len(self._open)

    def sections(self) -> tuple[Section, ...]:
        """The outline with the spans of its sections; every section is closed first."""
        self.close_to(0, len(self._lines))
        breaks = [i for i in range(1, len(self._lines)) if not self._touch(self._lines[i - 1], self._lines[i])]
        return tuple(
            Section(node.kind, node.label, node.heading, node.path, node.parent, self._spans(node, breaks))
            for node in self._nodes
        )

    def _touch(self, before: Line, after: Line) -> bool:
        """Whether nothing but blanks stands between two neighbouring lines of one page."""
        if before.span.page != after.span.page:
            return False
        between = self._texts[before.span.page][before.span.end : after.span.start]
        return not between.strip()

    def _spans(self, node: Node, breaks: list[int]) -> tuple[Span, ...]:
        if node.start >= node.end:
            return ()
        inner = breaks[bisect_right(breaks, node.start) : bisect_left(breaks, node.end)]
        edges = [node.start, *inner, node.end]
        return tuple(
            Span(first.page, first.start, last.end)
            for first, last in ((self._lines[a].span, self._lines[b - 1].span) for a, b in pairwise(edges))
        )
