"""What a file says of itself, kept only where it says something."""

import re

MAX_TITLE_CHARACTERS = 500

_PROGRAM_NAMES = re.compile(
    r"^(microsoft\s|powerpoint\s|untitled|copy of |copyright|document\d*$|slide \d+$|presentation\d*$|dokumen\d*$)"
    r"|\.(docx?|rtf|xlsx?|pptx?|odt|pdf|indd|cdr|pub|tmp|html?|php|txt)\b"
    r"|://|^localhost|[\\/]\w+[\\/]|^word document$",
    re.IGNORECASE,
)
_MIN_WORDS = 2


def one_line(stated: str) -> str:
    """The words of a title on one line, cut at `MAX_TITLE_CHARACTERS`."""
    return " ".join(stated.replace("\0", " ").split())[:MAX_TITLE_CHARACTERS]


def meaningful_title(stated: str) -> str:
    """The title a file states of itself, or "" where a program wrote a file name there.

    Of 51 real PDFs 30 state a title, and 28 of these are such as "Microsoft Word - LN237-2016.doc".
    """
    title = one_line(stated)
    if _PROGRAM_NAMES.search(title) or len(re.findall(r"[^\W\d_]{2,}", title)) < _MIN_WORDS:
        return ""
    return title
