"""Indonesian text cut into sentences, by character positions."""

import re

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

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+|$)|;(?=\s*\n)|\n\s*\n")


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
    found = []
    start = 0
    for cut in (*cuts, len(text)):
        piece = text[start:cut]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, start + len(piece.rstrip())))
        start = cut
    return found


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
