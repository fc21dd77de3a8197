"""A name that was found once, found again wherever else the document says it."""

import re
from collections.abc import Iterable, Iterator

from ingest.identity.vocabulary import is_common, is_label, is_place
from kb.identity import Found, IdentityKind, key

_SHORTEST = 3
_RUN = re.compile(r"[^\W\d_][\w'’`]*\.?(?:[ -](?:(?:bin|binti|boru|br\.?|az|al)[ -])?[^\W\d_][\w'’`]*\.?)*")
_WORD = re.compile(r"[^\W\d_][\w'’`]*")


class Known:
    """The names that a document's rules found, ready to be looked for in its texts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """phrases: the names as they stood."""
        self._people: list[frozenset[str]] = []
        self._whole: set[str] = set()
        for phrase in phrases:
            words = [word.casefold() for word in _WORD.findall(phrase)]
            telling = [word for word in words if _is_telling(word)]
            if len(words) > 1 and telling:
                self._whole.add(key(" ".join(words)))
            if telling:
                self._people.append(frozenset(words))
        self._telling = frozenset(word for person in self._people for word in person if _is_telling(word))
        self._pattern = _any_of(self._whole)

    def occurrences(self, text: str) -> Iterator[Found]:
        """Where a known name stands in `text`: whole in any case, or in part where it is all that stands there."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield Found(*match.span(), IdentityKind.NAME)
        if not self._telling:
            return
        for run in _RUN.finditer(text):
            yield from self._in_run(text, run)

    def _in_run(self, text: str, run: re.Match[str]) -> Iterator[Found]:
        """Parts of one person's name with nobody else's beside them: "Rizky" of "Muhammad Rizky", not "Rizky Yusuf"."""
        words = list(_WORD.finditer(text, *run.span()))
        i = 0
        while i < len(words):
            j = i
            people = self._people
            while j < len(words) and words[j][0][0].isupper():
                with_it = [person for person in people if words[j][0].casefold() in person]
                if not with_it:
                    break
                people, j = with_it, j + 1
            taken = words[i:j]
            if any(word[0].casefold() in self._telling for word in taken) and not (
                _is_anothers(words, i - 1) or _is_anothers(words, j)
            ):
                yield Found(taken[0].start(), taken[-1].end(), IdentityKind.NAME)
            i = max(j, i + 1)


def _is_anothers(words: list[re.Match[str]], i: int) -> bool:
    """Whether the word beside a part of a name is another part of somebody else's."""
    if not 0 <= i < len(words):
        return False
    word = words[i][0]
    return word[0].isupper() and not is_common(word) and not is_label(word)


def _is_telling(word: str) -> bool:
    return len(word) > _SHORTEST and not is_common(word) and not is_place(word)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    written = [r"[\s_.-]+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(written)})(?![^\W_])", re.IGNORECASE) if written else None
