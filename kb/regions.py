"""The names of Indonesia's provinces, kabupaten and kota."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final


def _entries() -> frozenset[str]:
    lines = (Path(__file__).parent / "regions.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(entry for line in lines for entry in line.partition("#")[0].split())


_ENTRIES: Final = _entries()

REGION_WORDS: Final = frozenset(word for entry in _ENTRIES for word in entry.split("_"))
"""Every word of every name, lower case."""

_ONLY_PARTS: Final = frozenset(
    word
    for words in (
        "barat timur utara selatan tengah tenggara hulu hilir kepulauan pegunungan pesisir tanah gunung puncak tanjung",
        "nusa datar daya jaya raya buru pulang pisau murung meriah seram sabu kubu intan mas",
    )
    for word in words.split()
)

_ALSO_WORDS: Final = frozenset(
    ["batang", "batu", "kudus", "kuningan", "landak", "lawas", "malang", "medan", "padang", "palu", "pati", "serang"]
)

_LONGEST: Final = max(entry.count("_") + 1 for entry in _ENTRIES)

_RANK = re.compile(r"^(?:Kabupaten|Kab\.|Kota|Provinsi|Prov\.)\s+", re.I)


def bare_region(region: str) -> str:
    """A region's name without what it is: "Semarang" of "Kota Semarang"."""
    return _RANK.sub("", region)


def n_words_of_name(words: Sequence[str]) -> int:
    """How many of the first words are the name of a region, the longest that there is; 0 where none is known.

    words: in any case. ["KUTAI", "TIMUR", "GUGUS"] is 2.
    """
    for n in range(min(_LONGEST, len(words)), 0, -1):
        if "_".join(words[:n]).lower() in _ENTRIES:
            return n
    return 0


def is_only_part(word: str) -> bool:
    """Whether a word of a name is an ordinary one, that alone names no region: "tengah" of "Jawa Tengah"."""
    return word.lower() in _ONLY_PARTS


def is_also_a_word(word: str) -> bool:
    """Whether a region's whole name says something else as well: "lempar batu", "di medan yang sulit"."""
    return word.lower() in _ALSO_WORDS
