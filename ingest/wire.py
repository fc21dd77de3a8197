"""The messages between the sandbox and its child process: JSON with its length before it, and never pickle."""

import base64
import binascii
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest import wire_values as values
from ingest.boxes import Boxes
from ingest.recognition import Recognised
from ingest.wire_values import GarbledMessageError
from kb.errors import FileRefusedError, KbError, NotFoundError, Text
from kb.pages import Reading, Span
from kb.scans import Reason

MAX_MESSAGE_BYTES = 2**29
"""Longer than any reading within the limits; a longer message is not read."""

_LENGTH = struct.Struct(">Q")


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
            return ["rectangles", str(file), [values.from_span(span) for span in spans]]
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
            return Rectangles(Path(file), tuple(map(values.to_span, spans)))
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
            return ["reading", *values.from_reading(reply)]
        case Recognised(text, boxes, sureness, is_blank):
            return ["recognised", text, [values.from_word(box) for box in boxes], sureness, is_blank]
        case Reason():
            return ["not recognised", reply.value]
        case tuple():
            return ["boxes", [[values.from_box(box) for box in boxes] for boxes in reply]]


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
        case ["reading", *of_reading]:
            return values.to_reading(of_reading)
        case ["recognised", str(text), boxes, int() | float() as sureness, bool(is_blank)]:
            return Recognised(text, values.each(values.to_word, boxes), sureness, is_blank)
        case ["not recognised", str(reason)]:
            try:
                return Reason(reason)
            except ValueError as cause:
                raise GarbledMessageError("no such reason") from cause
        case ["boxes", boxes]:
            return values.each(lambda of_span: values.each(values.to_box, of_span), boxes)
    raise GarbledMessageError("no such reply")


_KINDS: tuple[type[KbError], ...] = (NotFoundError, FileRefusedError, *FileRefusedError.__subclasses__())
_REFUSALS = {kind.code: kind for kind in _KINDS}


def _to_error(code: str, where: str, what: Text, mend: Text) -> KbError:
    if code not in _REFUSALS:
        raise GarbledMessageError(f"no error is called {code!r}")
    return _REFUSALS[code](where, what, mend)
