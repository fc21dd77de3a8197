"""The stem of an Indonesian word: its root, found by taking affixes off until a known root is left."""

from pathlib import Path
from typing import Final

import Stemmer

_FOLDER: Final = Path(__file__).parent
_SNOWBALL: Final = Stemmer.Stemmer("indonesian")


def read_words(name: str) -> frozenset[str]:
    """The words of the list `name` beside this module; a line may hold several, `#` begins a comment."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def stem(word: str) -> str:
    """The root of `word`, or `word` itself where no root is known. `word` is lower case letters a-z."""
    stemmed: str = _SNOWBALL.stemWord(word)
    return stemmed
