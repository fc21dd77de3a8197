"""From a page that is a picture to its text with the place of every word, by OCR."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageFilter

from ingest import geometry, tesseract
from ingest.layout import is_in_columns, lines_of
from ingest.legibility import common_words
from ingest.skew import skew
from ingest.tesseract import Word
from kb.scans import WordBox

MAX_PIXELS = 30_000_000
"""Of the picture that OCR is given: an A3 page at 300 dpi."""

LEAST_DPI, MOST_DPI = 200, 300
"""Coarser scans are enlarged, finer ones drawn smaller: Tesseract knows letters of 20 to 40 pixels best."""

_UNSURE = 0.5
"""Mean sureness below which the page may stand on its side or head."""
_BLANK_SHARE = 0.003
_DARK = 110
_STAIN = 0.5
_STAIN_LETTERS = 3
"""Signs, and words of so few letters that nobody knows, of which Tesseract is less sure than this are stains."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What OCR made of a page.

    boxes: of the words, in percent of the displayed page. sureness: Tesseract's own mean over letters, in [0, 1].
    is_blank: whether hardly anything is drawn there, so that no words are no loss.
    """

    text: str
    boxes: tuple[WordBox, ...]
    sureness: float
    is_blank: bool


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Words of a picture that was turned, and how a point of it goes back to the page (both in pixels)."""

    words: list[Word]
    back: Callable[[Point], Point]

    @property
    def sureness(self) -> float:
        n_letters = sum(len(word.text) for word in self.words)
        return sum(word.sureness * len(word.text) for word in self.words) / n_letters if n_letters else 0.0


def recognise(file: Path, number: int, seconds: int) -> Recognised:
    """Return what OCR reads on page `number` of a PDF or picture file.

    seconds: of processor time, for each run of Tesseract. Raises OcrError, and what drawing the page raises.
    """
    picture, dpi = geometry.picture_for_ocr(file, number, MOST_DPI, MAX_PIXELS)
    return recognise_picture(picture, number, dpi, seconds)


def recognise_picture(picture: Image.Image, number: int, dpi: int, seconds: int) -> Recognised:
    """Return what OCR reads on a picture of `dpi`, be it aslant or on its side. Raises OcrError."""
    # Takes the speckle of scanners and of JPEG away; strokes of two pixels and more stay. Before enlarging: after it
    # the speckle is as large as the strokes (100 dpi: 3 % wrong characters instead of 20).
    grey = picture.convert("L").filter(ImageFilter.MedianFilter(3))
    if dpi < LEAST_DPI:
        scale = LEAST_DPI / dpi
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)
        dpi = LEAST_DPI
    attempt = _attempt(grey, dpi, seconds)
    if attempt.sureness < _UNSURE:
        degrees = tesseract.turned(grey, dpi, seconds)
        if degrees:
            again = _quarter_turned(grey, degrees, dpi, seconds)
            attempt = max(attempt, again, key=lambda one: one.sureness)
    text, boxes = _written(attempt, number, grey.size)
    is_blank = not boxes and _dark_share(grey) < _BLANK_SHARE
    return Recognised(text, boxes, round(attempt.sureness, 4), is_blank)


def _attempt(grey: Image.Image, dpi: int, seconds: int) -> _Attempt:
    angle = skew(grey)
    level = grey.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if angle else grey
    found = [word for word in tesseract.words(level, dpi, seconds) if _is_writing(word)]
    if is_in_columns(found):
        found = [word for word in tesseract.words(level, dpi, seconds, in_columns=True) if _is_writing(word)]
    middle = (grey.width / 2, grey.height / 2)
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def back(point: Point) -> Point:
        x, y = point[0] - middle[0], point[1] - middle[1]
        return x * cosine - y * sine + middle[0], x * sine + y * cosine + middle[1]

    return _Attempt(found, back)


def _quarter_turned(grey: Image.Image, degrees: int, dpi: int, seconds: int) -> _Attempt:
    """The attempt on the picture turned clockwise by `degrees`."""
    methods = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    attempt = _attempt(grey.transpose(methods[degrees]), dpi, seconds)
    width, height = grey.size

    def back(point: Point) -> Point:
        x, y = attempt.back(point)
        match degrees:
            case 90:
                return y, height - x
            case 180:
                return width - x, height - y
            case _:
                return width - y, x

    return replace(attempt, back=back)


def _is_writing(word: Word) -> bool:
    """Whether a word is more than a stain: emblems and folds are seen as signs or a few letters, unsurely."""
    if word.sureness >= _STAIN:
        return True
    letters = "".join(filter(str.isalpha, word.text))
    if not any(map(str.isalnum, word.text)):
        return False
    is_short = 2 <= len(letters) <= _STAIN_LETTERS and not any(map(str.isdigit, word.text))
    return not is_short or letters.lower() in common_words()


def _written(attempt: _Attempt, number: int, size: tuple[int, int]) -> tuple[str, tuple[WordBox, ...]]:
    """The text of the words, a line a line, and where each word of it stands."""
    parts: list[str] = []
    boxes: list[WordBox] = []
    length = 0
    for line in lines_of(attempt.words):
        for i, word in enumerate(line):
            boxes.append(_box(word, attempt.back, number, length, size))
            part = word.text + ("\n" if i == len(line) - 1 else " ")
            parts.append(part)
            length += len(part)
    return "".join(parts).rstrip("\n"), tuple(boxes)


def _box(word: Word, back: Callable[[Point], Point], number: int, start: int, size: tuple[int, int]) -> WordBox:
    corners = [back((x, y)) for x in (word.left, word.right) for y in (word.top, word.bottom)]
    xs = [min(max(100 * x / size[0], 0.0), 100.0) for x, _ in corners]
    ys = [min(max(100 * y / size[1], 0.0), 100.0) for _, y in corners]
    left, top = min(xs), min(ys)
    return WordBox(number, start, start + len(word.text), left, top, max(xs) - left, max(ys) - top)


def _dark_share(grey: Image.Image) -> float:
    counts = grey.histogram()
    return sum(counts[:_DARK]) / max(sum(counts), 1)
