"""The messages between the sandbox and its child process: JSON with its length before it.

Never pickle, and nothing of what comes back is believed before its shape is
checked: the child has read a stranger's file.
"""

import base64
import binascii
import datetime
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from ingest.boxes import Box
from ingest.recognition import Recognised
from kb.errors import FileRefusedError, KbError, NotFoundError, Text
from kb.pages import Heading, Page, Reading, Span, Verdict
from kb.scans import Reason, WordBox
from kb.tables import Cell, Row, Table

MAX_MESSAGE_BYTES = 2**29
"""Longer than any reading within the limits; a longer message is not read."""

_LENGTH = struct.Struct(">Q")

Item = TypeVar("Item")


class GarbledMessageError(Exception):
    """What came through the pipe is not a message: the other side is not well."""


@dataclass(frozen=True, slots=True)
class Read:
    """Asks for the reading of a file."""

    file: Path


@dataclass(frozen=True, slots=True)
class Render:
    """Asks for the picture of a page."""

    file: Path
    page: int
    dpi: int


@dataclass(frozen=True, slots=True)
class Rectangles:
    """Asks for the boxes of spans."""

    file: Path
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Recognise:
    """Asks for what OCR reads on a page; each run of Tesseract may take `seconds` of processor time."""

    file: Path
    page: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Unpack:
    """Asks for the bytes of a file inside the file, by its place in `Reading.members` from 0."""

    file: Path
    index: int


Request = Read | Render | Rectangles | Recognise | Unpack
Boxes = tuple[tuple[Box, ...], ...]
Reply = Reading | bytes | Boxes | Recognised | Reason | KbError
"""A Reason says why OCR read nothing."""


def send(pipe: BinaryIO, message: object) -> None:
    """Write one message, a value that JSON knows."""
    content = json.dumps(message).encode("ascii")
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def receive(pipe: BinaryIO) -> object:
    """Return the next message. Raises EOFError at the end and GarbledMessageError for what is none."""
    (n_bytes,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if n_bytes > MAX_MESSAGE_BYTES:
        raise GarbledMessageError(f"a message of {n_bytes} bytes")
    try:
        message: object = json.loads(_exactly(pipe, n_bytes))
    except (ValueError, RecursionError) as cause:
        raise GarbledMessageError("not JSON") from cause
    return message


def _exactly(pipe: BinaryIO, n_bytes: int) -> bytes:
    content = pipe.read(n_bytes)
    if len(content) < n_bytes:
        raise EOFError("the pipe ended")
    return content


def from_request(request: Request) -> object:
    """The request as JSON values."""
    match request:
        case Read(file):
            return ["read", str(file)]
        case Render(file, page, dpi):
            return ["render", str(file), page, dpi]
        case Rectangles(file, spans):
            return ["rectangles", str(file), [_from_span(span) for span in spans]]
        case Recognise(file, page, seconds):
            return ["recognise", str(file), page, seconds]
        case Unpack(file, index):
            return ["unpack", str(file), index]


def to_request(message: object) -> Request:
    """The request that `from_request` made `message` of."""
    match message:
        case ["read", str(file)]:
            return Read(Path(file))
        case ["render", str(file), int(page), int(dpi)]:
            return Render(Path(file), page, dpi)
        case ["rectangles", str(file), list(spans)]:
            return Rectangles(Path(file), tuple(map(_to_span, spans)))
        case ["recognise", str(file), int(page), int(seconds)]:
            return Recognise(Path(file), page, seconds)
        case ["unpack", str(file), int(index)]:
            return Unpack(Path(file), index)
    raise GarbledMessageError("no such request")


def from_reply(reply: Reply) -> object:
    """The reply as JSON values."""
    match reply:
        case KbError():
            return ["error", reply.code, reply.where, *reply.what, *reply.mend]
        case bytes():
            return ["picture", base64.b64encode(reply).decode("ascii")]
        case Reading():
            return [
                "reading",
                reply.media_type,
                [[p.number, p.text, p.verdict.value, p.width, p.height, p.label] for p in reply.pages],
                reply.has_pages,
                [[h.level, h.title, _from_span(h.span)] for h in reply.headings],
                reply.title,
                reply.created.isoformat() if reply.created else "",
                [
                    [t.name, _from_row(t.header) if t.header else None, t.is_sheet, [_from_row(row) for row in t.rows]]
                    for t in reply.tables
                ],
                list(reply.members),
            ]
        case Recognised():
            return ["recognised", reply.text, [_from_word(b) for b in reply.boxes], reply.sureness, reply.is_blank]
        case Reason():
            return ["not recognised", reply.value]
        case tuple():
            return ["boxes", [[[b.page, b.left, b.top, b.width, b.height] for b in boxes] for boxes in reply]]


def to_reply(message: object) -> Reply:
    """The reply that `from_reply` made `message` of. Raises GarbledMessageError for anything else."""
    match message:
        case ["error", str(code), str(where), str(what_id), str(what_en), str(mend_id), str(mend_en)]:
            return _to_error(code, where, Text(what_id, what_en), Text(mend_id, mend_en))
        case ["picture", str(encoded)]:
            try:
                return base64.b64decode(encoded, validate=True)
            except binascii.Error as cause:
                raise GarbledMessageError("not a picture") from cause
        case ["reading", str(media_type), pages, bool(has_pages), headings, str(title), str(created), tables, members]:
            return Reading(
                media_type=media_type,
                pages=_each(_to_page, pages),
                has_pages=has_pages,
                headings=_each(_to_heading, headings),
                title=title,
                created=_to_date(created),
                tables=_each(_to_table, tables),
                members=_each(_to_text, members),
            )
        case ["recognised", str(text), boxes, int() | float() as sureness, bool(is_blank)]:
            return Recognised(text, _each(_to_word, boxes), sureness, is_blank)
        case ["not recognised", str(reason)]:
            try:
                return Reason(reason)
            except ValueError as cause:
                raise GarbledMessageError("no such reason") from cause
        case ["boxes", boxes]:
            return _each(lambda of_span: _each(_to_box, of_span), boxes)
    raise GarbledMessageError("no such reply")


def _each(to_item: Callable[[object], Item], message: object) -> tuple[Item, ...]:
    if not isinstance(message, list):
        raise GarbledMessageError("not a list")
    return tuple(map(to_item, message))


def _from_span(span: Span) -> list[int]:
    return [span.page, span.start, span.end]


def _to_span(message: object) -> Span:
    match message:
        case [int(page), int(start), int(end)]:
            return Span(page, start, end)
    raise GarbledMessageError("not a span")


def _to_page(message: object) -> Page:
    match message:
        case [int(number), str(text), str(verdict), int() | float() as width, int() | float() as height, str(label)]:
            try:
                return Page(number, text, Verdict(verdict), width, height, label)
            except ValueError as cause:
                raise GarbledMessageError("no such verdict") from cause
    raise GarbledMessageError("not a page")


def _to_heading(message: object) -> Heading:
    match message:
        case [int(level), str(title), span]:
            return Heading(level, title, _to_span(span))
    raise GarbledMessageError("not a heading")


def _to_box(message: object) -> Box:
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


def _to_text(message: object) -> str:
    match message:
        case str(text):
            return text
    raise GarbledMessageError("not text")


def _from_row(row: Row) -> list[object]:
    return [row.page, row.start, row.end, row.number, [list(cell) for cell in row.cells]]


def _to_table(message: object) -> Table:
    match message:
        case [str(name), header, bool(is_sheet), rows]:
            return Table(name, None if header is None else _to_row(header), _each(_to_row, rows), is_sheet)
    raise GarbledMessageError("not a table")


def _to_row(message: object) -> Row:
    match message:
        case [int(page), int(start), int(end), int(number), cells]:
            return Row(page, start, end, number, _each(_to_cell, cells))
    raise GarbledMessageError("not a row")


def _to_cell(message: object) -> Cell:
    match message:
        case [int(start), int(end), str(column)]:
            return Cell(start, end, column)
    raise GarbledMessageError("not a cell")


def _from_word(box: WordBox) -> list[object]:
    return [box.page, box.start, box.end, box.left, box.top, box.width, box.height]


def _to_word(message: object) -> WordBox:
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


def _to_date(message: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(message) if message else None
    except ValueError as cause:
        raise GarbledMessageError("not a date") from cause


_KINDS: tuple[type[KbError], ...] = (NotFoundError, FileRefusedError, *FileRefusedError.__subclasses__())
_REFUSALS = {kind.code: kind for kind in _KINDS}


def _to_error(code: str, where: str, what: Text, mend: Text) -> KbError:
    if code not in _REFUSALS:
        raise GarbledMessageError(f"no error is called {code!r}")
    return _REFUSALS[code](where, what, mend)
