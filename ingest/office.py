"""Office files, which are archives: how far they may unpack, what breaks in them, and those of several pages."""

import datetime
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import ParseError

from lxml import etree

from ingest.libxml import out_of_memory_or
from ingest.limits import Limits
from ingest.lines import Lines
from ingest.stated import meaningful_title
from kb.errors import DamagedFileError, KbError
from kb.pages import Heading, Page, Reading
from kb.tables import Table

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    NotImplementedError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OverflowError,
    AssertionError,
)
"""Readers of office files look parts up by name and number and take for granted that these are there."""


@contextmanager
def unpacking(
    file: Path, limits: Limits, damaged: DamagedFileError, *own: type[Exception]
) -> Iterator[zipfile.ZipFile]:
    """Hand an office file as the archive that it is, once that is known to be small enough unpacked.

    damaged: what to raise where it turns out to be broken. own: what the library raises then, beside the usual.
    Raises FileTooLargeError, before anything is unpacked, or `damaged`.
    """
    broken: tuple[type[Exception], ...] = (*own, *_BROKEN)
    try:
        with zipfile.ZipFile(file) as archive:
            limits.check_unpacked(file.name, sum(part.file_size for part in archive.infolist()))
            yield archive
    except KbError:
        raise
    except etree.XMLSyntaxError as cause:
        raise out_of_memory_or(damaged, cause.error_log) from cause
    except broken as cause:
        raise damaged from cause


class Leaves:
    """The sheets or slides of a file, a page each.

    Raises FileTooLargeError as soon as there are more than the limits allow, or more text.
    """

    def __init__(self, where: str, limits: Limits, n_pages: int) -> None:
        limits.check_pages(where, n_pages)
        self._where, self._limits = where, limits
        self._pages: list[Page] = []
        self._headings: list[Heading] = []
        self._n_characters = 0

    def lines(self) -> Lines:
        """The next page, empty, to write to."""
        return Lines(self._where, self._limits, len(self._pages) + 1)

    def add(self, lines: Lines, label: str = "") -> None:
        """Take in a page that is written."""
        page = lines.page(label)
        self._pages.append(page)
        self._headings += lines.headings()
        self._n_characters += len(page.text)
        self._limits.check_characters(self._where, self._n_characters)

    def reading(
        self, media_type: str, tables: Sequence[Table], title: str | None, created: datetime.datetime | None
    ) -> Reading:
        """What was read. title, created: as the file states them."""
        return Reading(
            media_type=media_type,
            pages=tuple(self._pages),
            has_pages=True,
            headings=tuple(self._headings),
            title=meaningful_title(title or ""),
            created=created.date() if created else None,
            tables=tuple(tables),
        )
