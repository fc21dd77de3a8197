"""The content words of an Indonesian text, as stems with their places in the text."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from index.stemming import is_known, read_words, stems

STOP_WORDS: Final = read_words("stop_words.txt")
"""Function words that are left out of every analysis, lower case."""

_VERSION: Final = 1
"""Raise it when the code of this module or of `stemming` gives other stems for the same lists."""

_LISTS: Final = ("stop_words.txt", "roots.txt", "exceptions.txt")
_CACHED_WORDS: Final = 1 << 17
_CACHED_TEXTS: Final = 64

_INSIDE: Final = "\u00ad\u200b-\u200d\u2060\u0300-\u036f"  # soft hyphens, zero-width characters, combining accents
_RUN: Final = rf"[^\W_][^\W_{_INSIDE}]*(?:[{_INSIDE}]+[^\W_{_INSIDE}]*)*"
HYPHEN: Final = "[-\u2010\u2011]"
"""What divides the halves of a reduplication, as a regular expression."""

_APOSTROPHE: Final = "['\u2019\u02bc]"
_TOKEN: Final = re.compile(
    rf"""
    \d{{1,3}}(?:\.\d{{3}})+(?!\w)                       # 1.500.000
    | (?i:rp|pasal|ayat|no)(?=\d)                       # Rp5.000, pasal7
    | (?:[A-Z]\.){{2,}}(?:[A-Z](?![^\W_]))?             # S.E., D.K.I
    | {_RUN}(?:(?:{HYPHEN}(?:[ \t]*\r?\n[ \t]*)?|{_APOSTROPHE}){_RUN})*
    """,
    re.VERBOSE,
)
_PIECE: Final = re.compile(rf"{_RUN}(?:{_APOSTROPHE}{_RUN})*")
_REDUPLICATED: Final = re.compile(r"([a-z]*[aeiou][a-z]+)2([a-z]*)")
_NUMBER: Final = re.compile(r"0*(\d+)([a-z]*)")
_ROMAN: Final = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUE: Final = {"i": 1, "v": 5, "x": 10}
_UNDECOMPOSED: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def analysis_stamp() -> str:
    """What makes two analyses comparable: a store's stems and a question's must come from the same one."""
    lists = hashlib.sha256(b"".join((Path(__file__).parent / name).read_bytes() for name in _LISTS))
    return f"words={_VERSION}-{lists.hexdigest()[:8]}"


class Word(NamedTuple):
    """A content word: its stem (only a-z and 0-9), and `text[start:end]` where it stands."""

    stem: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The content words of `text` in order, stop words left out.

    A reduplication ("anak-anak", "anak2") is one word over both halves; another compound is a word for each part.
    A word broken by a hyphen at the end of a line is one word where that makes a known one.
    Numbers stay words ("76C" is "76c", "1.500" is "1500", "35/2014" is "35" and "2014").
    """
    return [
        Word(stemmed, token.start() + start, token.start() + end)
        for token in _TOKEN.finditer(text)
        for stemmed, start, end in _parts(token.group())
    ]


@lru_cache(_CACHED_TEXTS)
def words_of_passage(text: str) -> tuple[Word, ...]:
    """As `words`, kept for the passages that were asked for last: marks and quotes are made of the same ones."""
    return tuple(words(text))


def analyse(text: str) -> str:
    """The stems of `text` joined by spaces: what the word index is given, for passages and questions alike."""
    return " ".join([stemmed for token in _TOKEN.findall(text) for stemmed, _, _ in _parts(token)])


def fold(text: str) -> str:
    """`text` in lower case without accents, compatibility forms resolved; everything but a-z and 0-9 is dropped."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_UNDECOMPOSED)
    return "".join([c for c in decomposed.casefold() if c.isascii() and c.isalnum()])


@lru_cache(_CACHED_WORDS)
def _parts(token: str) -> tuple[tuple[str, int, int], ...]:
    """The stems of one token with their places in it."""
    parts: list[tuple[str, int, int]] = []
    for stemmed, start, end in _pieces(token):
        if parts and parts[-1][0] == stemmed and not stemmed[0].isdigit():
            parts[-1] = (stemmed, parts[-1][1], end)
        else:
            parts.append((stemmed, start, end))
    return tuple(parts)


def _pieces(token: str) -> Iterator[tuple[str, int, int]]:
    if token.isascii() and token.replace(".", "").isalnum():
        yield from _stemmed(token, 0, len(token))
        return
    if "\n" in token and is_known(fold(token)):
        yield from _stemmed(token, 0, len(token))
        return
    for piece in _PIECE.finditer(token):
        yield from _stemmed(piece.group(), piece.start(), piece.end())


def _stemmed(piece: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    word = fold(piece)
    if not word or word in STOP_WORDS:
        return
    if number := _NUMBER.fullmatch(word):
        yield number[1] + number[2], start, end
    elif roman := _roman(piece, word):
        yield roman, start, end
    elif word.isalpha():
        for root in stems(word):
            yield root, start, end
    elif doubled := _REDUPLICATED.fullmatch(word):
        for root in stems(doubled[1] + doubled[2]):
            yield root, start, end
    else:
        yield word, start, end


def _roman(piece: str, word: str) -> str:
    """The value of a Roman numeral up to XXXIX, or "". One letter counts only in upper case."""
    match = _ROMAN.fullmatch(word)
    if match is None or (len(word) == 1 and not piece.isupper()):
        return ""
    values = [_ROMAN_VALUE[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))
