"""A name read word by word from where it begins, as sure as its place makes it."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from ingest.identity.vocabulary import TITLES, is_common, is_label, is_place

MAX_WORDS = 7
MAX_NAMES = 12


class Sureness(Enum):
    """How sure a place is that a name follows.

    TOLD: the text announces a name ("bernama", "Nama Korban :"). LIKELY: a name often stands there.
    """

    TOLD = auto()
    LIKELY = auto()


_GAP = re.compile(r"[^\S\n]*(?:\n[^\S\n]*)?")
_TITLE = re.compile(rf"(?:[“\"'(]\s?|(?:{TITLES})\s*)", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\W\d_]\.(?:[^\W\d_]\.?)*(?!\w)|[^\W\d_](?:[\w'’`]|-(?=\w))*)")
_JOINERS = frozenset({"bin", "binti", "br", "boru", "bt", "al", "az", "daeng", "van", "de", "da", "alias", "als"})
_ARTICLE = re.compile(r"(?:al|as|asy|ash|at|ath|ad|adz|az|an|ar)-[A-Z]")
_INITIALS = re.compile(r"[A-Z](?:\.? ?[A-Z]){0,4}\.?(?![\w])|[a-z]{1,3}(?=[^\w-])")
_NEXT = re.compile(
    r"(?:[^\S\n]*\([^)\n]{1,24}\))?(?:[^\S\n]*[,;&/]|[^\S\n]+(?:dan|serta)(?![\w]))+(?:[^\S\n]+(?:dan|serta))?[^\S\n]*"
    r"(?:(?:adik|kakak)(?:nya)?[^\S\n]+)?(?:(?:a/?n|inisial|bernama|atas[^\S\n]nama)\b\.?[^\S\n]*)?(?:\d{1,2}[.)][^\S\n]*)?"
)


def read_list(text: str, at: int, sureness: Sureness, *, initials: bool = False) -> Iterator[tuple[int, int]]:
    """The name that begins at `at` and those joined to it by commas and "dan"; nothing where none does.

    initials: whether they may be a few letters only.
    """
    name = read_name(text, at, sureness, initials=initials)
    for _ in range(MAX_NAMES):
        if name is None:
            return
        yield name
        joined = _NEXT.match(text, name[1])
        if joined is None:
            return
        with_marker = re.search(r"a/?n|inisial|nama", joined[0], re.IGNORECASE) is not None
        name = read_name(text, joined.end(), sureness if with_marker else Sureness.LIKELY, initials=with_marker)


def read_name(text: str, at: int, sureness: Sureness, *, initials: bool = False) -> tuple[int, int] | None:
    """(start, end) of the name that begins at `at`, titles before it left out; None where there is none."""
    start = _after_titles(text, at)
    if initials and (letters := _INITIALS.match(text, start)) is not None and not is_label(letters[0]):
        return letters.span()
    first = _WORD.match(text, start)
    if first is None or is_label(first[0]):
        return None
    if first[0][0].islower():
        return _read_small(text, start) if sureness is Sureness.TOLD else None
    words = list(_capitalised(text, first, sureness))
    if not words or not _is_name([word[0] for word in words], sureness):
        return None
    return words[0].start(), words[-1].end()


def run_before(text: str, end: int) -> int | None:
    """Where the run of capitalised words that ends at `end` begins; None where there is none."""
    line_start = max(text.rfind("\n", 0, end) + 1, end - 80)
    words = list(_WORD.finditer(text, line_start, end))
    start: int | None = None
    after = end
    for word in reversed(words[-MAX_WORDS:]):
        between = text[word.end() : after]
        is_small_joiner = word[0] in _JOINERS and start is not None
        if between.strip() or len(between) > 2 or not (word[0][0].isupper() or is_small_joiner):
            break
        if is_label(word[0]) or (is_common(word[0]) and not is_small_joiner):
            break
        start, after = word.start(), word.start()
    if start is not None and (title := _after_titles(text, start)) < end:
        return title
    return start


def _after_titles(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    at = gap.end() if gap else at
    for _ in range(4):
        title = _TITLE.match(text, at)
        if title is None or title.end() == at:
            break
        at = title.end()
    return at


def _capitalised(text: str, first: re.Match[str], sureness: Sureness) -> Iterator[re.Match[str]]:
    """The words of a name written with capitals."""
    is_all_capitals = len(first[0]) > 1 and first[0].isupper()
    taken: list[re.Match[str]] = []
    held: list[re.Match[str]] = []
    word: re.Match[str] | None = first
    while word is not None and len(taken) + len(held) < MAX_WORDS:
        if word[0].rstrip(".").lower() in _JOINERS and taken:
            held.append(word)
        elif _fits(word[0], is_all_capitals, sureness, is_first=not taken):
            taken += [*held, word]
            held = []
        else:
            break
        word = _following(text, word)
    yield from taken


def _fits(word: str, is_all_capitals: bool, sureness: Sureness, *, is_first: bool) -> bool:
    if not is_first and _ARTICLE.match(word):
        return True
    if not word[0].isupper() or is_label(word):
        return False
    # After a name in capitals and small letters an abbreviation is no part of it, and after one in capitals
    # a word in small letters is none.
    if not is_first and len(word.rstrip(".")) > 1 and word.isupper() is not is_all_capitals and "-" not in word:
        return "'" in word or "’" in word
    if not is_common(word):
        return True
    return sureness is Sureness.TOLD and (is_first or not is_all_capitals)


def _following(text: str, word: re.Match[str]) -> re.Match[str] | None:
    """The next word of the same name: after blanks, or at the beginning of the next line where the line ran on."""
    gap = re.compile(r"\.?[^\S\n]{1,3}").match(text, word.end())
    if gap is not None:
        return _WORD.match(text, gap.end())
    broken = re.compile(r"[^\S\n]*\r?\n[^\S\n]*").match(text, word.end())
    if broken is None:
        return None
    line = text.rfind("\n", 0, word.start()) + 1
    nearest = _WORD.match(text, broken.end())
    if nearest is None or word.start() - line < 20 or is_common(nearest[0]) or not nearest[0][0].isupper():
        return None
    rest = text[nearest.end() : nearest.end() + 24].partition("\n")[0]
    return None if ":" in rest or "|" in rest else nearest


def _read_small(text: str, start: int) -> tuple[int, int] | None:
    """A name typed in small letters: words that the language does not know."""
    end = start
    at: int = start
    for _ in range(4):
        word = _WORD.match(text, at)
        if word is None or is_common(word[0]) or is_label(word[0]) or len(word[0]) < 3 or not word[0].isalpha():
            break
        end = word.end()
        at = end + 1
        if text[end : end + 1] != " ":
            break
    return (start, end) if end > start else None


def _is_name(words: list[str], sureness: Sureness) -> bool:
    """Whether these words may be one's name."""
    if sureness is Sureness.TOLD:
        return not all(is_place(word) for word in words) or len(words) == 1
    first = words[0]
    if len(words) == 1 and ((first.isupper() and len(first.rstrip(".")) <= 6) or not first.strip("IVXl.")):
        return False
    if first.isupper() and len(first) > 2 and any(is_common(word) for word in words):
        return False
    return not all(is_place(word) or is_common(word) for word in words)
