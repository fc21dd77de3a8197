"""From a Markdown file to one page with its source as it stands, and its headings."""

import re
from itertools import accumulate, pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.limits import Limits
from ingest.stated import meaningful_title, one_line
from ingest.text import decoded, single_page
from kb.pages import Heading, Reading, Span

MEDIA_TYPE = "text/markdown"

_BLOCKS = MarkdownIt("commonmark")
# Only where blocks begin and end: the text inside them stays source, and its parsing costs most.
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])
_INLINE = MarkdownIt("commonmark")

# Two lines of dashes around "name: value" lines at the very top. To CommonMark they are a rule and a heading.
_FRONT_MATTER = re.compile(r"---[ \t]*\n((?:[ \t]*\w[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_STATED_TITLE = re.compile(r"^title\s*:\s*(.+)$", re.MULTILINE | re.IGNORECASE)


def read(file: Path, limits: Limits) -> Reading:
    """Return a Markdown file as one page; its text is the source.

    Raises FileTooLargeError.
    """
    text = decoded(file.read_bytes())
    limits.check_characters(file.name, len(text))
    stated = _FRONT_MATTER.match(text)
    return Reading(
        media_type=MEDIA_TYPE,
        pages=(single_page(text),),
        has_pages=False,
        headings=tuple(_headings(text, stated.end() if stated else 0)),
        title=_stated_title(stated[1]) if stated else "",
    )


def _headings(text: str, start: int) -> list[Heading]:
    """The headings after `start`, where the front matter ends."""
    body = text[start:]
    starts = list(accumulate((len(line) + 1 for line in body.split("\n")), initial=start))
    tokens = _BLOCKS.parse(body)
    headings = []
    for opening, content in pairwise(tokens):
        if opening.type != "heading_open" or opening.map is None:
            continue
        first, last = (starts[min(line, len(starts) - 1)] for line in opening.map)
        title = _shown(content.content)
        at = text.find(content.content.split("\n")[0], first, last)
        if title and at >= 0:
            end = min(at + len(content.content), last)
            headings.append(Heading(int(opening.tag[1:]), title, Span(1, at, end)))
    return headings


def _shown(source: str) -> str:
    """The words of a heading without its marks."""
    parsed = _INLINE.parseInline(source[:1000])
    children = parsed[0].children or [] if parsed else []
    return one_line("".join(" " if child.type == "softbreak" else child.content for child in children))


def _stated_title(front_matter: str) -> str:
    found = _STATED_TITLE.search(front_matter)
    return meaningful_title(found[1].strip().strip("\"'")) if found else ""
