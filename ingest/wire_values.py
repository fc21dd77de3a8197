"""The values in the messages between the sandbox and its child process, from and to what JSON knows.

Nothing of what comes back is believed before its shape is checked: the child has read a stranger's file.
"""

import datetime
from collections.abc import Callable
from typing import TypeVar

from ingest.boxes import Box
from kb.pages import Heading, Page, Reading, Span, Verdict
from kb.scans import Reason, WordBox
from kb.tables import Cell, Row, Table

Item = TypeVar("Item")


class GarbledMessageError(Exception):
    """What came through the pipe is not a message: the other side is not well."""


def each(to_item: Callable[[object], Item], message: object) -> tuple[Item, ...]:
    """What `to_item` makes of each item of a list. Raises GarbledMessageError, as all below that read."""
    if not isinstance(message, list):
        raise GarbledMessageError("not a list")
    return tuple(map(to_item, message))


def from_span(span: Span) -> list[int]:
    """A span as JSON values."""
    return [span.page, span.start, span.end]


def to_span(message: object) -> Span:
    """The span that `from_span` made `message` of."""
    match message:
        case [int(page), int(start), int(end)]:
            return Span(page, start, end)
    raise GarbledMessageError("not a span")


def from_box(box: Box) -> list[object]:
    """A box as JSON values."""
    return [box.page, box.left, box.top, box.width, box.height]


def to_box(message: object) -> Box:
    """The box that `from_box` made `message` of."""
    match message:
        case [
            int(page),
            int() | float() as left,
            int() | float() as top,
            int() | float() as width,
            int() | float() as height,
        ]:
            return Box(page, left, top, width, height)
    raise GarbledMessageError("not a box")


def from_word(box: WordBox) -> list[object]:
    """A word and its place as JSON values."""
    return [box.page, box.start, box.end, box.left, box.top, box.width, box.height]


def to_word(message: object) -> WordBox:
    """The word that `from_word` made `message` of."""
    match message:
        case [
            int(page),
            int(start),
            int(end),
            int() | float() as left,
            int() | float() as top,
            int() | float() as width,
            int() | float() as height,
        ]:
            return WordBox(page, start, end, left, top, width, height)
    raise GarbledMessageError("not a word")


def from_reading(reading: Reading) -> list[object]:
    """A reading as JSON values."""
    return [
        reading.media_type,
        [[p.number, p.text, p.verdict.value, p.width, p.height, p.label, p.reason or ""] for p in reading.pages],
        reading.has_pages,
        [[h.level, h.title, from_span(h.span)] for h in reading.headings],
        reading.title,
        reading.created.isoformat() if reading.created else "",
        [
            [t.name, _from_row(t.header) if t.header else None, t.is_sheet, [_from_row(row) for row in t.rows]]
            for t in reading.tables
        ],
        list(reading.members),
    ]


def to_reading(message: object) -> Reading:
    """The reading that `from_reading` made `message` of."""
    match message:
        case [str(media_type), pages, bool(has_pages), headings, str(title), str(created), tables, members]:
            return Reading(
                media_type=media_type,
                pages=each(_to_page, pages),
                has_pages=has_pages,
                headings=each(_to_heading, headings),
                title=title,
                created=_to_date(created),
                tables=each(_to_table, tables),
                members=each(_to_text, members),
            )
    raise GarbledMessageError("not a reading")


def _to_page(message: object) -> Page:
    match message:
        case [
            int(number),
            str(text),
            str(verdict),
            int() | float() as width,
            int() | float() as height,
            str(label),
            str(reason),
        ]:
            try:
                why = Reason(reason) if reason else None
                return Page(number, text, Verdict(verdict), width, height, label, reason=why)
            except ValueError as cause:
                raise GarbledMessageError("no such verdict or reason") from cause
    raise GarbledMessageError("not a page")


def _to_heading(message: object) -> Heading:
    match message:
        case [int(level), str(title), span]:
            return Heading(level, title, to_span(span))
    raise GarbledMessageError("not a heading")


def _to_text(message: object) -> str:
    match message:
        case str(text):
            return text
    raise GarbledMessageError("not text")


def _to_date(message: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(message) if message else None
    except ValueError as cause:
        raise GarbledMessageError("not a date") from cause


def _to_table(message: object) -> Table:
    match message:
        case [str(name), header, bool(is_sheet), rows]:
            return Table(name, None if header is None else _to_row(header), each(_to_row, rows), is_sheet)
    raise GarbledMessageError("not a table")


def _from_row(row: Row) -> list[object]:
    return [row.page, row.start, row.end, row.number, [list(cell) for cell in row.cells]]


def _to_row(message: object) -> Row:
    match message:
        case [int(page), int(start), int(end), int(number), cells]:
            return Row(page, start, end, number, each(_to_cell, cells))
    raise GarbledMessageError("not a row")


def _to_cell(message: object) -> Cell:
    match message:
        case [int(start), int(end), str(column)]:
            return Cell(start, end, column)
    raise GarbledMessageError("not a cell")
