"""Questions in English: which are, and the words in them that say nothing."""

import re
from typing import Final

from index.stemming import read_words

_FUNCTION_WORDS: Final = read_words("english_function_words.txt")
_STOP_WORDS: Final = _FUNCTION_WORDS | read_words("english_stop_words.txt")
_FEWEST: Final = 2


def is_english(text: str) -> bool:
    """Whether `text` has two function words of English: its other words are not misspelt Indonesian."""
    return len(_FUNCTION_WORDS.intersection(re.findall(r"[a-z]+", text.casefold()))) >= _FEWEST


def says_nothing(word: str) -> bool:
    """Whether `word` of an English question is none to look for; "IT" and "US" in capitals are names."""
    return word.casefold() in _STOP_WORDS and not (len(word) > 1 and word.isupper())
