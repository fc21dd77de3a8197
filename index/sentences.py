"""Indonesian text cut into sentences, by character positions."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    {
        "no",
        "nomor",
        "hlm",
        "hal",
        "kab",
        "kec",
        "kel",
        "kep",
        "prov",
        "tgl",
        "jl",
        "jln",
        "rp",
        "dr",
        "drs",
        "dra",
        "ir",
        "prof",
        "st",
        "sh",
        "mh",
        "se",
        "si",
        "sos",
        "ag",
        "kom",
        "hum",
        "psi",
        "pd",
        "kes",
        "a.n",
        "u.b",
        "u.p",
        "d.a",
        "s.d",
        "dkk",
        "dll",
        "dsb",
        "dst",
        "yth",
        "sdr",
        "tn",
        "ny",
        "nn",
        "ttd",
        "vol",
        "ed",
        "cet",
        "pt",
        "cv",
        "bpk",
        "h",
        "hj",
        "pol",
        "lt",
        "rt",
        "rw",
    }
)

_BETWEEN_CELLS = " | "
"""What the readers of office files put between two cells of a row."""

_END = re.compile(
    r"""
      [.!?…]+["'”’)\]]*(?=\s+|$)
    | ;(?=\s*\n)
    | :(?=\s*\n\s*(?:\(?[a-z0-9]{1,3}[.)]|[-•–*])\s)  # what leads in a list
    | \n\s*\n
    """,
    re.VERBOSE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, white space around it left out, in order.

    A full stop after an abbreviation, a single letter or a list number ("a.", "12.") ends nothing, nor does one
    before a small letter.
    """
    cuts: list[int] = []
    for match in _END.finditer(text):
        if match.group().startswith(".") and not _ends_sentence(text, match):
            continue
        cuts.append(match.end())
    if _BETWEEN_CELLS in text:
        cuts = sorted({*cuts, *_around_rows(text)})
    found = []
    start = 0
    for cut in (*cuts, len(text)):
        piece = text[start:cut]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, start + len(piece.rstrip())))
        start = cut
    return found


def _around_rows(text: str) -> Iterator[int]:
    """Where the lines of a table begin and end: each row speaks for itself."""
    start = 0
    for line in text.splitlines(keepends=True):
        if _BETWEEN_CELLS in line:
            yield start
            yield start + len(line.rstrip("\r\n"))
        start += len(line)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    word = re.split(r"[\s(/]", before)[-1].lower()
    if word in _ABBREVIATIONS or len(word) == 1:
        return False
    line = text.rfind("\n", 0, match.start()) + 1
    # "12." at the beginning of a line numbers a list.
    if word.isdigit() and text[line : match.start()].strip() == word:
        return False
    after = text[match.end() :].lstrip()
    return not after or not after[0].islower()
