"""From a plain text file to one page with its text, whatever its encoding."""

import codecs
from pathlib import Path

from ingest.limits import Limits
from kb.pages import Page, Reading, Verdict

MEDIA_TYPE = "text/plain"

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read(file: Path, limits: Limits) -> Reading:
    """Return a text file as one page.

    Raises FileTooLargeError.
    """
    text = decoded(file.read_bytes())
    limits.check_characters(file.name, len(text))
    return Reading(media_type=MEDIA_TYPE, pages=(single_page(text),), has_pages=False)


def single_page(text: str, number: int = 1, label: str = "") -> Page:
    """A page of a format without paper: the only one unless another number is given. Without words it is BLANK."""
    has_words = any(map(str.isalnum, text))
    return Page(number=number, text=text, verdict=Verdict.TEXT if has_words else Verdict.BLANK, label=label)


def decoded(content: bytes) -> str:
    r"""Return the text that `content` spells, line ends as "\n" and NUL as a space.

    Its byte order mark decides. Without one it is UTF-8, unless it then holds
    more wrong bytes than whole letters beyond ASCII: then it is Windows-1252,
    which is what old Indonesian office files are. A wrong byte becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return tidy(content[len(mark) :].decode(encoding, "replace"))
    text = content.decode("utf-8", "replace")
    n_wrong = text.count("\ufffd") - content.count("\ufffd".encode())
    n_right = sum(character > "\x7f" for character in text) - n_wrong if n_wrong else 0
    if n_wrong > n_right:
        text = content.decode("cp1252", "replace")
    return tidy(text)


def tidy(text: str) -> str:
    r"""The text with "\n" for every line end and a space for NUL, which no database keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")


def is_utf16(content: bytes) -> bool:
    """Whether `content` is marked as UTF-16, where every other byte of plain English is NUL."""
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
