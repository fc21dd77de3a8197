"""What the page shows of a passage, a quote or a document, worked out before a template sees it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.language import Language, say
from index.outline import label
from ingest.titlepage import from_file_name
from kb.answers import Citation, Hit
from kb.citing import names_provision, pages_said
from kb.documents import Document, Kind
from kb.naming import official_name, short_name
from kb.pages import Span
from kb.sections import Outline, Section

EXCERPT = 420
"""Characters of a hit shown in the list, about five lines; a click shows the whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    is_marked: bool


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """`text` cut at its marks; joined, the pieces are `text` again. Overlapping marks are one."""
    cut: list[Piece] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            cut.append(Piece(text[at:start], False))
        if cut and cut[-1].is_marked:
            cut[-1] = Piece(cut[-1].text + text[start:end], True)
        else:
            cut.append(Piece(text[start:end], True))
        at = end
    if at < len(text):
        cut.append(Piece(text[at:], False))
    return tuple(cut)


def excerpt(text: str, marks: Sequence[tuple[int, int]], width: int = EXCERPT) -> tuple[Piece, ...]:
    """At most about `width` characters of `text` where most marks stand, cut between words, with "…" where cut."""
    if len(text) <= width:
        return pieces(text, marks)
    starts = sorted(start for start, _ in marks) or [0]
    # The window that begins at a mark and holds most marks; the first of equals
    first = max(starts, key=lambda begin: (sum(begin <= start < begin + width * 3 // 4 for start in starts), -begin))
    left = max(0, min(first - width // 8, len(text) - width))
    right = min(len(text), left + width)
    if left > 0:
        blank = text.find(" ", left, left + 40)
        left = blank + 1 if blank >= 0 else left
    if right < len(text):
        blank = text.rfind(" ", right - 40, right)
        right = blank if blank >= 0 else right
    inside = [(start - left, end - left) for start, end in marks if start >= left and end <= right]
    before = (Piece("… ", False),) if left > 0 else ()
    after = (Piece(" …", False),) if right < len(text) else ()
    return before + pieces(text[left:right], inside) + after


_ITEM = re.compile(r"\s|\(?\d{1,3}[.)]|\(?[a-z]{1,2}[.)]|[-•–*|#]|Pasal |BAB |Bagian |Paragraf ")
_TITLE = re.compile(r"(Pasal \d+[A-Z]?|BAB [IVXLC]+|Bagian \w+|[A-Z]\. .{1,60}|\d+\. .{1,40})\s*")


_FULL = 0.7
_NARROWEST = 35
_CELL = 18
"""A line of this share of the longest, and this many characters, was broken at the margin; a shorter one ends a
paragraph or is a row of a table. The columns of a newsletter hold about 45. Lines no longer than a cell in the
head of a table are shown beside each other.
"""
_CLOSERS = frozenset(":;,.)%")


def flowing(text: str, begins_midline: bool = True) -> str:
    """`text` with the line breaks of its margins made blanks, those of lists, headings, paragraphs and tables kept.

    As long as before, character for character, so that marks still fit.
    begins_midline: whether the first line may be the rest of one on the page, so that its length says nothing.
    """
    lines = text.split("\n")
    margin = max(_NARROWEST, _FULL * max(map(len, lines)))
    flown = lines[0]
    for i, (before, line) in enumerate(pairwise(lines)):
        is_full = len(before) >= margin or (i == 0 and begins_midline and not before.isupper())
        is_cell = begins_midline and max(len(before), len(line)) <= _CELL
        flown += (" " if _runs_on(before, line, is_full or is_cell) else "\n") + line
    return flown


def _runs_on(before: str, line: str, is_full: bool) -> bool:
    """Whether `line` goes on with the sentence of the line before it."""
    if (
        not before.strip()
        or not line.strip()
        or _ITEM.match(line)
        or _TITLE.fullmatch(before)
        or " | " in before
        or " | " in line
    ):
        return False
    return is_full or line[:1] in _CLOSERS or (line[:1].islower() and not before.rstrip().endswith((".", ";", ":")))


@dataclass(frozen=True, slots=True)
class Branch:
    """A section of the outline with those inside it."""

    section: Section
    children: tuple["Branch", ...]


def outline_tree(sections: Outline) -> tuple[Branch, ...]:
    """The sections below the root as a tree, each branch in reading order."""
    children: dict[int | None, list[int]] = {}
    for place, section in enumerate(sections):
        children.setdefault(section.parent, []).append(place)

    def branches(parent: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(sections[place], branches(place)) for place in children.get(parent, ()))

    return branches(0)


def place_of(sections: Outline, span: Span) -> str:
    """The provision or heading that `span` stands in: "Pasal 7 ayat (2) huruf b", or "" outside every section."""
    return label(sections, sections.at(span)) if sections else ""


_PROVISIONS = ("Pasal ", "Penjelasan ", "Lampiran")


def cited_as(place: str, document: str) -> str:
    """Place and document: "Pasal 7 ayat (2) Peraturan Daerah …"; after a heading comes a comma."""
    between = " " if place.startswith(_PROVISIONS) else ", "
    return between.join(part for part in (place, document) if part)


def places_of(citations: Sequence[Citation]) -> str:
    """The places of a statement's citations, each once: "Pasal 20 ayat (2) dan Pasal 20 ayat (3)"."""
    return " dan ".join(dict.fromkeys(citation.label for citation in citations if citation.label))


def citation_text(quote: str, cited: str, page: str) -> str:
    """What "copy the quote" puts on the clipboard: the words, and where they stand."""
    flowing = " ".join(quote.split())
    where = ", ".join(part for part in (cited, page) if part)
    return f"“{flowing}” ({where})"


def pages_cited(pages: Sequence[tuple[int, str]], language: Language) -> str:
    """The pages of a quote, by number and printed label, in the reader's language: "hlm. 15 (tercetak 12)"."""
    if not pages:
        return ""
    said = pages_said(pages, say(language, "page_printed"), say(language, "page_last"))
    return say(language, "page_short", number=said)


def number_and_year(document: Document) -> str:
    """What is known of "2/2021"."""
    return "/".join(str(part) for part in (document.metadata.number, document.metadata.year) if part)


def title_of(document: Document) -> str:
    """The official name, or the name of the file when the document does not say what it is."""
    return official_name(document.metadata) or document.name


def named(hit: Hit) -> str:
    """The label of a hit, with a "›" between the title of a report and the heading in it."""
    title = short_name(hit.document.metadata)
    place = hit.label.removeprefix(title).strip()
    between = " " if names_provision(place, hit.document.metadata.kind) else " › "
    return between.join(part for part in (title, place) if part)


def is_named_by_file(document: Document) -> bool:
    """Whether its title is a guess from the name of the file: nothing in it could be read, or nothing was a title."""
    if "title" in document.corrected:
        return False
    is_unread = document.has_pages and document.n_pages_unread == document.n_pages
    return is_unread or document.metadata.title in ("", from_file_name(document.name))


def is_draft(document: Document) -> bool:
    """Whether it is a draft of a regulation, which nobody may cite as one."""
    # A store made before drafts had a kind of their own holds them as "lainnya"
    metadata = document.metadata
    return metadata.kind is Kind.RAPERDA or (metadata.kind is Kind.LAINNYA and metadata.title.startswith("Rancangan "))
