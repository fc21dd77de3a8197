"""By how much a scanned page is turned, measured by how sharply its lines stand apart."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MAX_DEGREES = 5.0
"""More than a page slips in a scanner; what is turned further is turned by a quarter."""

_WIDTH = 700
_COARSE, _FINE = 0.5, 0.1
_MAX_DARK = 120_000
_LEAST = 0.2
"""Degrees below which turning costs more sharpness than it gives."""


def skew(picture: Image.Image) -> float:
    """Return the degrees, counterclockwise positive, by which to turn a grey picture so that its lines lie level.

    0.0 for a picture with nothing on it or lying level within 0.2 degrees. Range: -5 to 5.

    Method: the sums of dark points along parallel lines vary most when these lie along the text's own
    (Postl, US patent 4723297).
    """
    small = picture.reduce(max(1, round(picture.width / _WIDTH)))
    grey = np.asarray(small, dtype=np.float32)
    dark = grey < min(float(grey.mean()) - 20.0, 160.0)
    rows, columns = np.nonzero(dark)
    if len(rows) < 200:
        return 0.0
    step = -(-len(rows) // _MAX_DARK)
    points = rows[::step].astype(np.float32), columns[::step].astype(np.float32)
    best = _best(points, np.arange(-MAX_DEGREES, MAX_DEGREES + _COARSE / 2, _COARSE))
    best = _best(points, np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE))
    return round(best, 1) if _LEAST <= abs(best) <= MAX_DEGREES else 0.0


def _best(points: tuple[NDArray[np.float32], NDArray[np.float32]], degrees: NDArray[np.float64]) -> float:
    return float(max(degrees, key=lambda angle: _sharpness(points, float(angle))))


def _sharpness(points: tuple[NDArray[np.float32], NDArray[np.float32]], degrees: float) -> float:
    rows, columns = points
    # A line that falls to the right by so much lies level after turning counterclockwise by as much.
    levels = rows - columns * np.float32(np.tan(np.radians(degrees)))
    sums = np.bincount((levels - levels.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(sums)).sum())
