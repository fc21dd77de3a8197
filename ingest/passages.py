"""From sections to passages: the pieces of a document that are embedded, found and cited.

A passage stays inside one Pasal or under one heading. What is small stays whole; what is long is divided where the
document divides itself (ayat, then huruf and angka), and only inside an item that is still too long by its sentences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.fitting import PATH_CHARACTERS, SOFT_WORDS, cut, fit, fit_paths, of_spans
from kb.naming import TITLE_CHARACTERS
from kb.pages import Page, Span
from kb.passages import Passage
from kb.sections import Section, SectionKind
from kb.vectors import CountTokens

WORDS = 120
"""What retrieval was measured best with: by Pasal, at most this many words."""

_SMALL = 25
"""Fewer words than this make no passage of their own beside a neighbour that can take them."""
_HEADING_WORDS = 60
"""Up to this long, the words of a container that stand before its first child go with that child."""
_LEAD_CHARACTERS = 240
_MIN_TOKENS = 2 * (TITLE_CHARACTERS + 2)
_ITEMS = frozenset({SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA})
_CROSSED = frozenset(
    {
        SectionKind.ROOT,
        SectionKind.BAB,
        SectionKind.BAGIAN,
        SectionKind.PARAGRAF,
        SectionKind.AMENDMENT,
        SectionKind.EXPLANATION,
        SectionKind.ATTACHMENT,
        SectionKind.HEADING,
    }
)
"""Sections whose children are passages apart; the others may be divided but are first taken whole."""


@dataclass(slots=True)
class _Part:
    """A stretch of one section's own words: its spans in reading order."""

    section: int
    spans: list[Span]
    n_words: int


@dataclass(slots=True)
class _Draft:
    """A passage in the making: its section, its parts, and the words of outer sections that lead into it."""

    section: int
    parts: list[_Part]
    leads: dict[int, str]

    @property
    def n_words(self) -> int:
        return sum(part.n_words for part in self.parts)


@dataclass(slots=True)
class _Block:
    """What a passage may not leave: a Pasal, a heading's own words, the considerations."""

    root: int
    parts: list[_Part] = field(default_factory=list)


def split(
    sections: Sequence[Section], pages: Sequence[Page], count_tokens: CountTokens, max_tokens: int
) -> tuple[Passage, ...]:
    """The passages of a document in reading order; every character of its sections that is no blank is in one of them.

    max_tokens: of the embedded text, the document's title (cut to `TITLE_CHARACTERS`) included; at least 324.
    """
    if max_tokens < _MIN_TOKENS:
        raise ValueError(f"max_tokens must be at least {_MIN_TOKENS}, not {max_tokens}")
    if not sections:
        return ()
    texts = {page.number: page.text for page in pages}
    outline = _Outline(sections, texts)
    drafts = [draft for block in outline.blocks() for draft in outline.divide(block)]
    paths = fit_paths([outline.path(draft) for draft in drafts], count_tokens)
    budget = max_tokens - TITLE_CHARACTERS - 2
    fitted = fit(
        [_passage(draft, path, texts) for draft, path in zip(drafts, paths, strict=True)], texts, count_tokens, budget
    )
    return tuple(fitted)


class _Outline:
    """The sections with their own words, and how they are divided."""

    def __init__(self, sections: Sequence[Section], texts: dict[int, str]) -> None:
        self._sections = sections
        self._texts = texts
        self._depths = [0] * len(sections)
        for i, section in enumerate(sections):
            if section.parent is not None:
                self._depths[i] = self._depths[section.parent] + 1

    def blocks(self) -> Iterator[_Block]:
        """The blocks in reading order; a heading without words of its own goes with the block that follows."""
        block: _Block | None = None
        waiting: list[_Part] = []
        for part in self._parts():
            root = self._root(part.section)
            if block is None or block.root != root:
                if block is not None:
                    if self._is_bare(block) and self._leads_to(block.root, root):
                        waiting = block.parts
                    else:
                        yield block
                        waiting = []
                block = _Block(root, waiting)
                waiting = []
            block.parts.append(part)
        if block is not None:
            yield block

    def _parts(self) -> Iterator[_Part]:
        """Each section's own words, cut where a child begins, in reading order."""
        edges: dict[int, list[tuple[int, int, int]]] = {}
        for i, section in enumerate(self._sections):
            for span in section.spans:
                edges.setdefault(span.page, []).append((span.start, span.end, i))
        current: _Part | None = None
        for page in sorted(edges):
            for owner, span in _own(page, edges[page]):
                trimmed = self._trim(span)
                if trimmed is None:
                    continue
                words = len(self._texts[page][trimmed.start : trimmed.end].split())
                if current is not None and current.section == owner:
                    current.spans.append(trimmed)
                    current.n_words += words
                else:
                    if current is not None:
                        yield current
                    current = _Part(owner, [trimmed], words)
        if current is not None:
            yield current

    def _trim(self, span: Span) -> Span | None:
        text = self._texts[span.page][span.start : span.end]
        start = span.start + len(text) - len(text.lstrip())
        end = span.start + len(text.rstrip())
        return Span(span.page, start, end) if start < end else None

    def _root(self, section: int) -> int:
        """The section that bounds passages with these words: the innermost that is no item of a list."""
        return next(i for i in reversed(self._chain(section)) if self._sections[i].kind not in _ITEMS)

    def _chain(self, section: int) -> list[int]:
        chain = [section]
        while (parent := self._sections[chain[-1]].parent) is not None:
            chain.append(parent)
        return chain[::-1]

    def _is_bare(self, block: _Block) -> bool:
        """Whether a block is the words of a container only, and few."""
        kind = self._sections[block.root].kind
        n_words = sum(part.n_words for part in block.parts)
        if kind is SectionKind.HEADING:
            return n_words <= len(self._sections[block.root].label.split()) + 3
        return kind in _CROSSED and kind is not SectionKind.ROOT and n_words <= _HEADING_WORDS

    def _leads_to(self, container: int, following: int) -> bool:
        return container in self._chain(following)

    def divide(self, block: _Block) -> Iterator[_Draft]:
        """The passages of a block, as long as `WORDS` where its items allow it."""
        yield from self._divide(block.root, block.parts, {})

    def _divide(self, root: int, parts: list[_Part], leads: dict[int, str]) -> list[_Draft]:
        if _n_words(parts) <= WORDS or len(parts) == 1:
            return [_Draft(self._common(parts, root), parts, leads)]
        opening, groups = self._children(root, parts)
        below = {**leads, root: self._words_of(opening)} if opening else leads
        drafts: list[_Draft] = []
        held = opening
        for child, group in groups:
            n_held, n_group = _n_words(held), _n_words(group)
            is_lead = held is opening and n_held <= _HEADING_WORDS
            if n_held + n_group <= WORDS or (is_lead and n_group <= WORDS):
                held = [*held, *group]
                continue
            pieces = self._divide(child, group, below) if n_group > WORDS else [_Draft(child, group, below)]
            if held and (is_lead or n_held < _SMALL):
                # A few words go with what they lead into, which then has its own opening before it.
                first = [*held, *pieces[0].parts]
                pieces[0] = _Draft(self._common(first, root), first, leads if held[0] in opening else below)
            elif held:
                drafts.append(self._held(root, held, opening, leads, below))
            if n_group > WORDS:
                drafts += pieces
                held = []
            else:
                held = pieces[0].parts
        if held:
            last = self._held(root, held, opening, leads, below)
            if drafts and last.n_words < _SMALL and drafts[-1].n_words + last.n_words <= SOFT_WORDS:
                before = drafts.pop()
                both = [*before.parts, *last.parts]
                last = _Draft(self._common(both, root), both, before.leads)
            drafts.append(last)
        return drafts

    def _held(
        self, root: int, parts: list[_Part], opening: list[_Part], leads: dict[int, str], below: dict[int, str]
    ) -> _Draft:
        begins = bool(opening) and parts[0] is opening[0]
        return _Draft(self._common(parts, root), parts, leads if begins else below)

    def _children(self, root: int, parts: list[_Part]) -> tuple[list[_Part], list[tuple[int, list[_Part]]]]:
        """The words before the first child of `root`, and the parts under each child after it."""
        opening: list[_Part] = []
        groups: list[tuple[int, list[_Part]]] = []
        depth = self._depths[root] + 1
        for part in parts:
            chain = self._chain(part.section)
            inside = len(chain) > depth and chain[depth - 1] == root
            child = chain[depth] if inside else root
            if child == root and not groups:
                opening.append(part)
            elif groups and groups[-1][0] == child:
                groups[-1][1].append(part)
            else:
                groups.append((child, [part]))
        return opening, groups

    def _common(self, parts: list[_Part], root: int) -> int:
        """The innermost section that holds all the parts inside `root`."""
        inner = [part for part in parts if root in self._chain(part.section)]
        chains = [self._chain(part.section) for part in inner]
        common = root
        for level in zip(*chains, strict=False):
            if len(set(level)) == 1:
                common = level[0]
        return common

    def _words_of(self, parts: list[_Part]) -> str:
        own = [part for part in parts if self._sections[part.section].kind not in _CROSSED]
        text = " ".join(self._texts[span.page][span.start : span.end] for part in own for span in part.spans)
        return " ".join(text.split())

    def path(self, draft: _Draft) -> tuple[str, ...]:
        """Labels and headings from the top down to the draft's section, with the words that lead into it."""
        chain = self._chain(draft.section)
        names: list[str] = []
        for i in chain:
            section = self._sections[i]
            if section.kind is SectionKind.ROOT or (section.kind is SectionKind.EXPLANATION and i != chain[-1]):
                continue
            if section.kind is SectionKind.AMENDMENT:
                names.pop()  # "Pasal I angka 3" says "Pasal I" again.
            name = cut(f"{section.label} {section.heading}".strip(), PATH_CHARACTERS)
            lead = cut(draft.leads.get(i, ""), _LEAD_CHARACTERS)
            if lead and section.kind not in _CROSSED:
                name = lead if lead.startswith(("(", section.label)) else f"{name} {lead}"
            names.append(name)
        return tuple(names)


def _own(page: int, edges: list[tuple[int, int, int]]) -> Iterator[tuple[int, Span]]:
    """The stretches of a page, each with the innermost of the sections (start, end, section) that hold it."""
    position = 0
    around: list[tuple[int, int]] = []
    for start, end, section in sorted(edges, key=lambda edge: (edge[0], -edge[1], edge[2])):
        while around and around[-1][0] <= start:
            inner_end, inner = around.pop()
            if position < inner_end:
                yield inner, Span(page, position, inner_end)
                position = inner_end
        if around and position < start:
            yield around[-1][1], Span(page, position, start)
        position = max(position, start)
        around.append((end, section))
    while around:
        inner_end, inner = around.pop()
        if position < inner_end:
            yield inner, Span(page, position, inner_end)
            position = inner_end


def _n_words(parts: Sequence[_Part]) -> int:
    return sum(part.n_words for part in parts)


def _passage(draft: _Draft, path: tuple[str, ...], texts: dict[int, str]) -> Passage:
    spans: list[Span] = []
    for part in draft.parts:
        for span in part.spans:
            last = spans[-1] if spans else None
            if last is not None and last.page == span.page and not texts[span.page][last.end : span.start].strip():
                spans[-1] = Span(last.page, last.start, span.end)
            else:
                spans.append(span)
    return of_spans(draft.section, path, spans, texts)
