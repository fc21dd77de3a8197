"""A page of a format without paper, written line by line, its headings remembered where they stand."""

from ingest.limits import Limits
from ingest.stated import one_line
from ingest.text import single_page
from kb.pages import Heading, Page, Span


class Lines:
    """Collects lines and headings, and makes them a page.

    Raises FileTooLargeError as soon as the text is longer than the limit.
    """

    def __init__(self, where: str, limits: Limits, number: int = 1) -> None:
        self._where, self._limits, self._number = where, limits, number
        self._lines: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []

    def add(self, line: str, level: int | None = None) -> Span | None:
        """Add a line, without what surrounds its words, and return where it stands.

        One without words is left out. level: of a heading.
        """
        line = line.replace("\0", " ").strip()
        if not line:
            return None
        start = self._length
        self._lines.append(line)
        self._length += len(line) + 1
        self._limits.check_characters(self._where, self._length)
        if level is not None:
            self._headings.append(Heading(level, one_line(line), Span(self._number, start, start + len(line))))
        return Span(self._number, start, start + len(line))

    def head(self, title: str, level: int) -> None:
        """Remember a heading that no line repeats: it stands before the next line."""
        self._headings.append(Heading(level, one_line(title), Span(self._number, self._length, self._length)))

    def page(self, label: str = "") -> Page:
        """The page with all lines so far."""
        return single_page("\n".join(self._lines), self._number, label)

    def headings(self) -> tuple[Heading, ...]:
        """The headings so far, in their order."""
        return tuple(self._headings)
