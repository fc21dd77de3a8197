"""The one page of a format without pages, written line by line, its headings remembered where they stand."""

from ingest.limits import Limits
from ingest.stated import one_line
from ingest.text import single_page
from kb.types import Heading, Page, Span


class Lines:
    """Collects lines and headings, and makes them a page.

    Raises FileTooLargeError as soon as the text is longer than the limit.
    """

    def __init__(self, where: str, limits: Limits) -> None:
        self._where, self._limits = where, limits
        self._lines: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []

    def add(self, line: str, level: int | None = None) -> None:
        """Add a line, without what surrounds its words; one without words is left out. level: of a heading."""
        line = line.replace("\0", " ").strip()
        if not line:
            return
        start = self._length
        self._lines.append(line)
        self._length += len(line) + 1
        self._limits.check_characters(self._where, self._length)
        if level is not None:
            self._headings.append(Heading(level, one_line(line), Span(1, start, start + len(line))))

    def page(self) -> Page:
        """The page with all lines so far."""
        return single_page("\n".join(self._lines))

    def headings(self) -> tuple[Heading, ...]:
        """The headings so far, in their order."""
        return tuple(self._headings)
