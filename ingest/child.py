"""The process that reads strangers' files: answers one request after another over its pipes, within limits.

Started by `ingest.sandbox` as `python -m ingest.child SECONDS MEBIBYTES` and the fields of `Limits` in their order.
What a reader did not foresee ends the process; the sandbox reports it and starts another.
"""

import resource
import sys
from pathlib import Path
from typing import BinaryIO

from ingest import formats, geometry
from ingest.limits import MEBIBYTE, Limits
from ingest.recognition import Recognised, recognise
from ingest.tesseract import OcrError, OcrTimeoutError
from ingest.wire import (
    Read,
    Recognise,
    Rectangles,
    Render,
    Reply,
    Request,
    Unpack,
    from_reply,
    receive,
    send,
    to_request,
)
from kb.errors import KbError, ReaderCrashedError, Text
from kb.scans import Reason

READY = "ready"

_MOST_CONVERTED = 512 * MEBIBYTE
_SPARE_SECONDS = 5
"""Processor time past the wall clock's limit, so that the sandbox stops the child first and knows why."""


def main() -> None:
    """Answer requests until the pipe ends."""
    seconds, mebibytes, *sizes = map(int, sys.argv[1:])
    limits = Limits(*sizes)
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    # A library that prints must not speak in the middle of a reply.
    sys.stdout = sys.stderr
    confine(mebibytes)
    send(replies, READY)
    serve(requests, replies, limits, seconds)


def confine(mebibytes: int) -> None:
    """Take from this process memory over the limit, files longer than a traceback, and core dumps."""
    n_bytes = mebibytes * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
    # LibreOffice, where a file needs it, is let write what it makes; see `ingest.old_office`.
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEBIBYTE, _MOST_CONVERTED))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(requests: BinaryIO, replies: BinaryIO, limits: Limits, seconds: int) -> None:
    """Answer each request of the pipe, each within `seconds` of processor time."""
    while True:
        try:
            message = receive(requests)
        except EOFError:
            return
        _allow(seconds + _SPARE_SECONDS)
        send(replies, reply_to(to_request(message), limits))


def reply_to(request: Request, limits: Limits) -> object:
    """The message that answers, be it a refusal."""
    try:
        return from_reply(answer(request, limits))
    except KbError as refusal:
        return from_reply(refusal)
    except MemoryError:
        return from_reply(
            ReaderCrashedError(
                request.file.name,
                Text("membacanya memerlukan terlalu banyak memori", "reading it takes too much memory"),
                Text("bagi berkasnya atau naikkan KB_READING_MIB", "split the file or raise KB_READING_MIB"),
            )
        )


def answer(request: Request, limits: Limits) -> Reply:
    """What was asked for."""
    match request:
        case Read(file):
            return formats.read(file, limits)
        case Render(file, page, dpi):
            return geometry.render(file, page, dpi)
        case Rectangles(file, spans):
            return geometry.rectangles(file, spans)
        case Recognise(file, page, seconds):
            return _recognised(file, page, seconds)
        case Unpack(file, index):
            return formats.unpack(file, index, limits)


def _recognised(file: Path, page: int, seconds: int) -> Recognised | Reason:
    try:
        return recognise(file, page, seconds)
    except OcrTimeoutError:
        return Reason.TOO_SLOW
    except OcrError:
        return Reason.ENGINE_FAILED


def _allow(seconds: int) -> None:
    """End the process when the next request has used `seconds` of processor time, should nobody else."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
