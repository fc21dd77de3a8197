"""What is hidden of people: the words taken out of a page, and the letters that stand in their place."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from kb.documents import DocumentId
from kb.pages import Span

MASK = "\u2588"
"""Stands for each character that is hidden, blanks aside, so that every position stays what it was."""

IN_HEADING = 0
"""The page of what is hidden in a heading that the file declares; its position counts in that heading's title."""

IN_NAME = -1
"""The page of what is hidden in the name of the file."""

BETWEEN = r"(?:[\s_+\-\u2010-\u2013\u00ad\u200b]|%20|\.(?!\s))"
"""A pattern of one sign that may stand between the words of a name, in a text, a file's name or an address.

Of the dashes those that join; of the invisible ones the soft hyphen and the blank of no width. A point with a blank
after it ends a sentence, and what begins the next one is another name.
"""


class IdentityKind(StrEnum):
    """What identifies a person."""

    NAME = "nama"
    NIK = "nik"
    PHONE = "telepon"
    ACCOUNT = "rekening"
    CASE = "perkara"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """`text[start:end]` identifies someone."""

    start: int
    end: int
    kind: IdentityKind


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that are hidden, and where they stood.

    place: in a page; with page `IN_HEADING` in the title of heading number `heading`; with page `IN_NAME` in the name
    of the file.
    words: as they stood. repr leaves them out, so that no log shows them by accident.
    """

    place: Span
    kind: IdentityKind
    words: str = field(repr=False)
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Guarding:
    """What the guard did to a reading. rules: which rules it had; rulings: the stamp of the office's own."""

    rules: str
    rulings: int
    hidden: tuple[Hidden, ...]


class Action(StrEnum):
    """What the office decided about words that the rules see otherwise."""

    RELEASE = "buka"
    HIDE = "tutup"


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the office decided for one document, its own rulings and those for every document.

    released: phrases that identify nobody. hidden: phrases that do. Both as `key` makes them.
    stamp: rises with every ruling.
    """

    released: frozenset[str] = field(default=frozenset(), repr=False)
    hidden: frozenset[str] = field(default=frozenset(), repr=False)
    stamp: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of the office. document: None where it holds for every document."""

    id: int
    document: DocumentId | None
    action: Action
    phrase: str = field(repr=False)
    at: datetime.datetime


def key(phrase: str) -> str:
    """The phrase as rulings compare it: small letters, one blank between words."""
    return " ".join(phrase.casefold().split())


def masked(text: str, found: Iterable[tuple[int, int]]) -> str:
    """`text` with each (start, end) of `found` masked: as long as before, its blanks and line breaks kept."""
    pieces: list[str] = []
    last = 0
    for start, end in sorted(found):
        pieces.append(text[last : max(start, last)])
        pieces.extend(letter if letter.isspace() else MASK for letter in text[max(start, last) : end])
        last = max(end, last)
    return "".join((*pieces, text[last:]))


def ruled(text: str, phrases: frozenset[str]) -> str:
    """`text` with each of `phrases` masked, wherever `spelled` finds it."""
    if not phrases or not text:
        return text
    return masked(text, spelled(text, phrases))


def spelled(text: str, phrases: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of each of `phrases` in `text`, in any case and whatever joins its words; some may overlap."""
    for pattern in _patterns(phrases):
        for match in pattern.finditer(text):
            yield match.span()


@lru_cache(maxsize=16)
def _patterns(phrases: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    # One each: of two names that share a word, one pattern of both would find only the first.
    joined = (rf"{BETWEEN}+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases))
    return tuple(re.compile(rf"(?:(?<![^\W_])|(?<=%20)){one}(?![^\W_])", re.IGNORECASE) for one in joined)


def is_masking(shown: str, words: str) -> bool:
    """Whether `shown` is `words` with some, none or all of its letters masked."""
    return len(shown) == len(words) and all(letter in (MASK, word) for letter, word in zip(shown, words, strict=True))


def unmasked(text: str, hidden: Iterable[Hidden]) -> str:
    """`text` with the hidden words put back where they stood; where no mask stands, it is left as it is."""
    for one in hidden:
        letters = "".join(text[one.place.start : one.place.end].split())
        if letters.strip(MASK) or not letters:
            continue
        text = text[: one.place.start] + one.words + text[one.place.end :]
    return text
