"""Tesseract as a program: which languages it knows, and the words that it sees in a picture."""

import csv
import io
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image

WANTED = ("ind", "eng")
"""Languages in the order of their weight. Without the first nothing is read: English alone misreads Indonesian."""

PATIENCE = 4.0
"""By the clock Tesseract may take so many times the processor time that it is allowed: machines do other work too."""

_PROGRAM = "tesseract"
_WORD_LEVEL = "5"
_COLUMNS = 12
_LISTING_SECONDS = 20


class OcrError(Exception):
    """Tesseract did not answer as it should."""


class OcrTimeoutError(OcrError):
    """Tesseract took more processor time than allowed, or hung."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that Tesseract saw: its place in pixels, its line, and how sure it is of it, in [0, 1]."""

    text: str
    left: int
    top: int
    width: int
    height: int
    line: tuple[int, int, int]
    sureness: float

    @property
    def right(self) -> int:
        """The pixel column after its last."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The pixel row after its last."""
        return self.top + self.height


@cache
def languages() -> tuple[str, ...]:
    """Those of `WANTED` that are installed; empty where Tesseract or its Indonesian is not."""
    if shutil.which(_PROGRAM) is None:
        return ()
    try:
        listed = subprocess.run(
            [_PROGRAM, "--list-langs"], capture_output=True, timeout=_LISTING_SECONDS, check=True, text=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    installed = set(listed.stdout.split())
    found = tuple(language for language in WANTED if language in installed)
    return found if WANTED[0] in found else ()


def words(picture: Image.Image, dpi: int, seconds: int, *, in_columns: bool = False) -> list[Word]:
    """Return the words of an upright grey picture, line by line as Tesseract orders them.

    seconds: of processor time. in_columns: whether the page may be set in columns. Looking for them costs letters and
    numbers of lists, which stand in a column of their own: 1.5 % wrong characters on laws instead of 1.0. Raises
    OcrError.
    """
    options = ("-l", "+".join(languages()), "--dpi", str(dpi), "--psm", "3" if in_columns else "4", "tsv")
    return list(_words(_answer(picture, options, seconds)))


def turned(picture: Image.Image, dpi: int, seconds: int) -> int:
    """Return by how many degrees clockwise a picture must be turned to stand upright: 0, 90, 180 or 270.

    seconds: of processor time. 0 where Tesseract cannot tell. Raises OcrTimeoutError.
    """
    try:
        told = _answer(picture, ("--dpi", str(dpi), "--psm", "0"), seconds)
    except OcrTimeoutError:
        raise
    except OcrError:
        # "Too few characters": nothing on the picture says where its top is.
        return 0
    facts = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    degrees = facts.get("Rotate", "0").strip()
    return int(degrees) if degrees in {"90", "180", "270"} else 0


def _answer(picture: Image.Image, options: tuple[str, ...], seconds: int) -> str:
    written = io.BytesIO()
    picture.save(written, "PPM")
    try:
        done = subprocess.run(
            [_PROGRAM, "stdin", "stdout", *options],
            input=written.getvalue(),
            capture_output=True,
            timeout=PATIENCE * seconds,
            check=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY)),
        )
    except subprocess.TimeoutExpired as cause:
        raise OcrTimeoutError(f"more than {PATIENCE * seconds:g} seconds by the clock") from cause
    except subprocess.CalledProcessError as cause:
        if cause.returncode == -signal.SIGXCPU:
            raise OcrTimeoutError(f"more than {seconds} seconds of processor time") from cause
        raise OcrError(str(cause)) from cause
    except (OSError, subprocess.SubprocessError) as cause:
        raise OcrError(str(cause)) from cause
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Word]:
    for row in csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) != _COLUMNS or row[0] != _WORD_LEVEL or not row[11].strip():
            continue
        block, paragraph, line = (int(number) for number in row[2:5])
        left, top, width, height = (int(number) for number in row[6:10])
        sureness = min(max(float(row[10]) / 100, 0.0), 1.0)
        text = "".join(letter for letter in row[11] if letter.isprintable()).strip()
        if text and width > 0 and height > 0:
            yield Word(text, left, top, width, height, (block, paragraph, line), sureness)
