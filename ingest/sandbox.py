"""The door to strangers' files: reads them in a child process with limits, and survives what they do to it."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeVar, cast

from ingest.boxes import Boxes
from ingest.limits import MAX_DPI, Limits
from ingest.recognition import Recognised
from ingest.tesseract import PATIENCE
from ingest.wire import (
    Read,
    Recognise,
    Rectangles,
    Render,
    Reply,
    Request,
    Unpack,
    from_request,
    receive,
    send,
    to_reply,
)
from ingest.wire_values import GarbledMessageError
from kb.errors import KbError, ReaderCrashedError, ReadingTimeoutError, Text
from kb.pages import Reading, Span
from kb.scans import Reason
from kb.settings import Settings

MAX_REQUESTS = 1_000
"""After these a child is replaced, so that what libraries leak stays small."""

_START_SECONDS = 60
_ROOT = Path(__file__).resolve().parent.parent
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TESSDATA_PREFIX")

logger = logging.getLogger(__name__)

Answered = TypeVar("Answered")


class Sandbox:
    """Reads files in a child process that may take `reading_seconds` and `reading_mib` for each.

    The child starts with the first request, serves many, and is replaced when it
    dies or is stopped. Threads take turns.
    """

    def __init__(self, settings: Settings) -> None:
        self._seconds, self._mebibytes = settings.reading_seconds, settings.reading_mib
        self._limits = Limits.of(settings)
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, file: Path) -> Reading:
        """Return what the reader of its format makes of `file`.

        Raises FileRefusedError, or NotFoundError where there is no such file.
        """
        reply = self._ask(Read(file.absolute()))
        if not isinstance(reply, Reading):
            raise TypeError(f"expected a reading, not {type(reply).__name__}")
        return reply

    def render(self, file: Path, page: int, dpi: int) -> bytes:
        """Return page `page` (from 1) of a PDF as displayed, as PNG.

        dpi: 1 to `MAX_DPI`.

        Raises NotFoundError for a page that is not there, or FileRefusedError.
        """
        if not 1 <= dpi <= MAX_DPI:
            raise ValueError(f"dpi must be 1 to {MAX_DPI}, not {dpi}")
        reply = self._ask(Render(file.absolute(), page, dpi))
        if not isinstance(reply, bytes):
            raise TypeError(f"expected a picture, not {type(reply).__name__}")
        return reply

    def rectangles(self, file: Path, spans: Sequence[Span]) -> Boxes:
        """Return for each span of a PDF the boxes that cover it, a box a line.

        Raises NotFoundError for a page or characters that are not there, or FileRefusedError.
        """
        reply = self._ask(Rectangles(file.absolute(), tuple(spans)))
        if not isinstance(reply, tuple):
            raise TypeError(f"expected boxes, not {type(reply).__name__}")
        return reply

    def recognise(self, file: Path, page: int) -> Recognised | Reason:
        """Return what OCR reads on page `page` (from 1) of a PDF or picture file, or why it read nothing.

        Raises NotFoundError for a page that is not there, or FileRefusedError.
        """
        # A page that is hard to read is read up to three times: level, turned, and to learn which way it is turned.
        reply = self._ask(Recognise(file.absolute(), page, max(1, self._seconds // 4)))
        if not isinstance(reply, Recognised | Reason):
            raise TypeError(f"expected what OCR read, not {type(reply).__name__}")
        return reply

    def unpack(self, file: Path, index: int) -> bytes:
        """Return the bytes of a file inside the file, by its place in `Reading.members`, from 0.

        Raises FileRefusedError.
        """
        reply = self._ask(Unpack(file.absolute(), index))
        if not isinstance(reply, bytes):
            raise TypeError(f"expected bytes, not {type(reply).__name__}")
        return reply

    def close(self) -> None:
        """End the child process. The next request would start another."""
        with self._lock:
            self._discard()

    def _ask(self, request: Request) -> Reply:
        with self._lock:
            if self._child is None or self._child.is_spent():
                self._discard()
                self._child = _Child(self._seconds, self._mebibytes, self._limits)
            try:
                reply = self._child.ask(request)
            except BaseException:
                # Whatever ended the wait, Ctrl-C too: its answer may still come, and would pass for the next file's.
                self._discard()
                raise
            if isinstance(reply, ReaderCrashedError):
                self._discard()
        if isinstance(reply, KbError):
            raise reply
        return reply

    def _discard(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """One reading process and its pipes."""

    def __init__(self, seconds: int, mebibytes: int, limits: Limits) -> None:
        self._seconds = seconds
        self._n_requests = 0
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `end`
        sizes = (limits.max_bytes, limits.max_pages, limits.max_characters, limits.max_unpacked_bytes)
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "ingest.child", *map(str, (seconds, mebibytes, *sizes))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            close_fds=True,
            cwd="/",
            # Ctrl-C in a terminal is for the parent, which ends the child in order.
            process_group=0,
            # The child gets no secrets of the server and no import from the current folder.
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
            # Two threads of Tesseract on one page read it no faster and take both cores.
            | {"PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1", "OMP_THREAD_LIMIT": "1"},
        )
        # An import of the child's takes half a second, ten times that on a busy machine: not the file's time.
        try:
            self._within(_START_SECONDS, "ingest.child", receive)
        except BaseException:
            # Nobody has this object yet who could end the process: after Ctrl-C too it would be left running.
            self.end()
            raise

    def is_spent(self) -> bool:
        """Whether it has died meanwhile or served enough."""
        return self._process.poll() is not None or self._n_requests >= MAX_REQUESTS

    def ask(self, request: Request) -> Reply:
        """Return its answer. After an exception it must be ended: an answer may still be under way."""
        self._n_requests += 1
        message = from_request(request)

        def exchange(replies: BinaryIO) -> Reply:
            send(self._requests, message)
            return to_reply(receive(replies))

        # OCR's own limits are of processor time; by the clock it may take longer, with much else to do beside it.
        patience = PATIENCE if isinstance(request, Recognise) else 1
        return self._within(patience * self._seconds, request.file.name, exchange)

    def end(self) -> None:
        """Kill it with what it started, and close its pipes."""
        self._kill()
        self._process.wait()
        for pipe in (self._requests, self._replies, self._complaints):
            # What it has not read any more cannot be flushed.
            with suppress(BrokenPipeError):
                pipe.close()

    @property
    def _requests(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdin)

    @property
    def _replies(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)

    def _within(self, seconds: float, where: str, exchange: Callable[[BinaryIO], Answered]) -> Answered:
        """Return what `exchange` receives, unless the child dies or the time is over first."""
        over_time = threading.Event()

        def stop() -> None:
            over_time.set()
            self._kill()

        watch = threading.Timer(seconds, stop)
        watch.start()
        try:
            answered = exchange(self._replies)
        except (EOFError, BrokenPipeError, GarbledMessageError) as cause:
            if over_time.is_set():
                raise _timeout(where, seconds) from cause
            raise self._crash(where, seconds) from cause
        finally:
            # Joined, so that it cannot strike a child that has just answered and serves the next.
            watch.cancel()
            watch.join()
        if over_time.is_set():
            raise _timeout(where, seconds)
        return answered

    def _kill(self) -> None:
        """Kill the child and the programs that it runs: they are of its process group."""
        # Once it was waited for, its number may be another's.
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _crash(self, where: str, seconds: float) -> KbError:
        self._kill()
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return _timeout(where, seconds)
        logger.warning("the reading process ended with %d: %s", status, self._last_words())
        return ReaderCrashedError(
            where,
            Text("pembaca berhenti mendadak pada berkas ini", "the reader died on this file"),
            Text("simpan ulang berkasnya, misalnya sebagai PDF baru", "save the file anew, for example as a new PDF"),
        )

    def _last_words(self) -> str:
        """Where in the code it ended and by which exception: no word of the file itself."""
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").splitlines()
        frames = [i for i, line in enumerate(lines) if line.startswith("  File ")]
        if not frames:
            return ""
        # Its message, which may quote the file, begins at the first colon of the first line that is not indented.
        kind = next((line.split(":")[0] for line in lines[frames[-1] :] if not line.startswith(" ")), "")
        return f"{lines[frames[-1]].strip()} {kind}"


def _timeout(where: str, seconds: float) -> KbError:
    return ReadingTimeoutError(
        where,
        Text(
            f"membacanya lebih lama dari batas {seconds:g} detik",
            f"reading it took longer than the limit of {seconds:g} seconds",
        ),
        Text("bagi berkasnya atau naikkan KB_READING_SECONDS", "split the file or raise KB_READING_SECONDS"),
    )
