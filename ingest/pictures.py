"""From a picture file (JPEG, PNG, TIFF) to its pages, and from any page to the grey picture that OCR is given."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.limits import Limits
from kb.errors import DamagedFileError, FileTooLargeError, NotFoundError, Text
from kb.pages import Page, Reading, Verdict

MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff"}
"""By the name that Pillow gives a format; no other decoder is let near a stranger's file."""

MAX_PIXELS = 80_000_000
"""Of one picture: an A3 page at 600 dpi. Its grey levels take as many bytes, its colours four times as many."""

ASSUMED_DPI = 150
"""Where a picture does not say its resolution: a page photographed or scanned for mail. It only sets the shown size."""

_LEAST_DPI, _MOST_DPI = 50, 1200


def read(file: Path, limits: Limits) -> Reading:
    """Return a picture file as pages without text yet, one a frame.

    Raises DamagedFileError or FileTooLargeError.
    """
    with opened(file) as picture:
        n_pages = int(getattr(picture, "n_frames", 1))
        limits.check_pages(file.name, n_pages)
        pages = []
        for number in range(1, n_pages + 1):
            _go_to(picture, file.name, number)
            dpi = resolution(picture)
            width, height = _upright_size(picture)
            pages.append(Page(number, "", Verdict.NONE, width * 72 / dpi, height * 72 / dpi))
        return Reading(media_type=MEDIA_TYPES[str(picture.format)], pages=tuple(pages), has_pages=True)


@contextmanager
def opened(file: Path) -> Iterator[Image.Image]:
    """The picture file, its frames not decoded yet. Raises DamagedFileError or FileTooLargeError."""
    try:
        with warnings.catch_warnings():
            # What Pillow grumbles about in metadata is no reason to refuse a letter.
            warnings.simplefilter("ignore")
            with Image.open(file, formats=tuple(MEDIA_TYPES)) as picture:
                yield picture
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as cause:
        if isinstance(cause, FileNotFoundError):
            raise
        raise _damaged(file.name) from cause


def page_picture(file: Path, number: int) -> tuple[Image.Image, float]:
    """Return page `number` (from 1) of a picture file, upright as its camera says, and its resolution.

    Raises NotFoundError, DamagedFileError or FileTooLargeError.
    """
    with opened(file) as picture:
        if not 1 <= number <= int(getattr(picture, "n_frames", 1)):
            raise NotFoundError(
                file.name,
                Text(f"tidak ada halaman {number}", f"there is no page {number}"),
                Text("pilih halaman yang ada", "choose a page that is there"),
            )
        _go_to(picture, file.name, number)
        dpi = resolution(picture)
        upright = ImageOps.exif_transpose(picture)
        return _flat(upright), dpi


def resolution(picture: Image.Image) -> float:
    """Dots per inch as the file states them, `ASSUMED_DPI` where it states none that can be."""
    stated = picture.info.get("dpi")
    dpi = float(stated[0]) if isinstance(stated, tuple) and stated else 0.0
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else float(ASSUMED_DPI)


def _go_to(picture: Image.Image, where: str, number: int) -> None:
    picture.seek(number - 1)
    if picture.width * picture.height > MAX_PIXELS:
        raise FileTooLargeError(
            where,
            Text(
                f"gambarnya {picture.width} × {picture.height} titik, batasnya {MAX_PIXELS // 10**6} juta",
                f"the picture has {picture.width} × {picture.height} dots, the limit is {MAX_PIXELS // 10**6} million",
            ),
            Text("perkecil gambarnya", "make the picture smaller"),
        )


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    is_lying = picture.getexif().get(0x0112) in {5, 6, 7, 8}
    return (picture.height, picture.width) if is_lying else (picture.width, picture.height)


def _flat(picture: Image.Image) -> Image.Image:
    """The picture in colours without transparency: what shows through is white paper."""
    if picture.mode in ("L", "1", "I;16"):
        return picture.convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return picture.convert("RGB")


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("gambar ini terpotong atau rusak", "this picture is cut off or broken"),
        Text("pindai atau foto ulang suratnya", "scan or photograph it again"),
    )
