"""Other words for the words of a question: chat words, abbreviations, synonyms, from files the office can edit."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.colloquial import standard
from index.english import is_english, says_nothing
from index.stemming import ROOTS, read_words
from index.terms import RARE_BESIDE, Stems, Term, share
from index.thesaurus_files import READ_AS, SAME, read_entries
from index.words import STOP_WORDS, fold, words

_FOLDER: Final = Path(__file__).parent
FILES: Final = tuple(_FOLDER / name for name in ("thesaurus.tsv", "thesaurus_everyday.tsv", "thesaurus_english.tsv"))
"""The shipped files. An office's own file is read after them, in the same format."""

_ENGLISH_TOO: Final = frozenset({"no"})
"""Chat words that are words of an English question."""

_FRAME_WORDS: Final = read_words("frame_words.txt")
"""Words of a question that say nothing of what is asked for: "contoh", "menurut", "tolong carikan"."""

_OF_TWO: Final = frozenset({("kerja", "sama"), ("bekerja", "sama"), ("hari", "jadi"), ("kasih", "sayang")})
"""Two words with a frame word among them that is none beside the other: "kerja sama" is asked for."""

_SHORTEST_SAFE_ABBREVIATION: Final = 3
_OF_ENGLISH: Final = re.compile(r"(?<=[A-Za-z])['\u2019]s(?!\w)")
"""What an English word says is another's: "children's" is children."""

_WORD: Final = re.compile(r"(?<!\w)[A-Za-z]?[a-z]+(?!\w)")
_DOUBLED: Final = re.compile(r"\b([a-z]{2,})2(nya|an|kan|i|lah)?\b")

Count = Callable[[str], int]
"""How many passages of the documents that whoever asks may see hold a stem."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One way to say a thing, as written, and the ways that are looked for beside it."""

    written: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A content word of a question: its stem, the word in plain, what the question has there, and where."""

    stem: str
    word: str
    origin: str
    start: int
    end: int


def no_collection(_: str) -> int:
    """`Count` where a question is read for no collection."""
    return 0


class Thesaurus:
    """The shipped thesaurus, and the office's own file where there is one.

    Raises SettingError for a file that cannot be read or a line that cannot be understood.
    """

    def __init__(self, extra: Path | None = None) -> None:
        entries = [entry for file in (*FILES, *([extra] if extra else [])) for entry in read_entries(file)]
        self._plain = {entry.left.casefold(): entry.rights[0] for entry in entries if entry.sign == READ_AS}
        longest_first = sorted(self._plain, key=lambda left: (-len(left), left))
        self._chat = re.compile(
            rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(nya|lah|kah)?(?!\w)", re.IGNORECASE
        )
        others: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            if entry.sign == READ_AS:
                continue
            others[entry.left] += entry.rights
            if entry.sign == SAME:
                for right in entry.rights:
                    others[right].append(entry.left)
        self._said: dict[Stems, list[_Said]] = defaultdict(list)
        for written, ways in others.items():
            key = _stems(written)
            if key and (len(key) > 1 or " " not in written):
                self._said[key].append(_Said(written, tuple(dict.fromkeys(ways))))
        self._longest = max(map(len, self._said), default=0)
        self._long_forms = {
            said.written: long_forms[0]
            for entries_said in self._said.values()
            for said in entries_said
            if (long_forms := _long_forms([said]))
        }

    def mend(self, question: str, count: Count = no_collection) -> str:
        """`question` with chat words and everyday verbs replaced, as `rewrite` does, and nothing explained."""
        return "".join(text for text, _ in self._read(question, count))

    def rewrite(self, question: str, count: Count = no_collection) -> str:
        """`question` in plain words for the dense channel: chat words replaced, abbreviations and rare words explained.

        An everyday verb gets its standard form where the collection does not hold it. Beside a word that it hardly
        holds stands the one of its entry that it holds most: the vectors know a collection's own words best.
        """
        plain = self.mend(question, count)
        pieces: list[str] = []
        done = 0
        for said, heard in self._matches(_hear([(plain, None)])):
            way = self._long_forms.get(said[0].written) or _commoner(said, heard, count)
            if way is not None and way.casefold() not in plain.casefold():
                pieces += [plain[done : heard[-1].end], f" ({way})"]
                done = heard[-1].end
        return "".join([*pieces, plain[done:]])

    def expand(self, question: str, count: Count = no_collection) -> tuple[Term, ...]:
        """The stems to look for in the word index, each once: the question's own at weight 1.0, then synonyms at less.

        The stems of a phrase share its weight, and many synonyms of one word share it too, so that no expansion
        outvotes the question. Chat words and everyday verbs are read as `rewrite` reads them. The words that frame
        a question, and in an English one those that say nothing, are left out.
        """
        heard = _hear(self._read(question, count))
        own = _content(heard, is_english(question))
        terms = {word.stem: Term(word.stem, 1.0, word.origin) for word in reversed(own)}
        added: dict[str, Term] = {}
        for said, matched in self._matches(heard):
            ways = [stems for way in _ways(said) if (stems := _stems(way))]
            long_forms = tuple(map(_stems, _long_forms(said)))
            for stem in terms.keys() & {word.stem for word in matched}:
                terms[stem] = replace(terms[stem], long_forms=long_forms)
            for stems in ways:
                weight = share(len(stems), len(ways))
                for stem in stems:
                    if stem not in terms and (stem not in added or added[stem].weight < weight):
                        phrase = tuple(word.stem for word in matched) if len(stems) == 1 < len(matched) else ()
                        added[stem] = Term(stem, weight, matched[0].origin, is_synonym=True, phrase=phrase)
        return (*reversed(terms.values()), *added.values())

    @property
    def stems(self) -> frozenset[str]:
        """The stems that have an entry by themselves: no spelling mistakes, though no passage may hold them."""
        return frozenset(key[0] for key in self._said if len(key) == 1)

    def _read(self, question: str, count: Count) -> list[tuple[str, str | None]]:
        """`question` in pieces of plain text, each with the chat word or everyday verb it replaces, or None."""
        in_english = is_english(question)
        if in_english:
            question = _OF_ENGLISH.sub("", question)
        pieces: list[tuple[str, str | None]] = []
        done = 0
        for match in self._chat.finditer(question):
            written = match[1]
            if not written.islower() and match.start() > 0 and any(map(str.isalpha, written)):
                continue
            plain = self._plain.get(written.casefold())
            # The pattern takes the Turkish letters ı and İ for an i, and casefold does not.
            if plain is None or (in_english and written.casefold() in _ENGLISH_TOO):
                continue
            pieces += [(question[done : match.start()], None), (plain + (match[2] or ""), match.group())]
            done = match.end()
        pieces.append((question[done:], None))
        pieces = [(_DOUBLED.sub(r"\1-\1\2", text) if origin is None else text, origin) for text, origin in pieces]
        if in_english:
            return pieces
        read: list[tuple[str, str | None]] = []
        for text, origin in pieces:
            read += self._in_standard(text, count) if origin is None else [(text, origin)]
        return read

    def _in_standard(self, text: str, count: Count) -> Iterator[tuple[str, str | None]]:
        """`text` with its everyday verbs in the standard form.

        A word is left as it is that has an entry of its own, or that the collection holds: there it is a name or a
        term, and what it is taken for is something else ("naker" is no measuring).
        """
        done = 0
        for match in _WORD.finditer(text):
            written = match.group()
            if (not written.islower() and match.start() > 0) or self._has_entry(written):
                continue
            said = standard(written.casefold())
            if said is not None and not all(map(count, _stems(written))):
                yield text[done : match.start()], None
                yield said, written
                done = match.end()
        yield text[done:], None

    def _has_entry(self, written: str) -> bool:
        return any(said.written == written for said in self._said.get(_stems(written), ()))

    def _matches(self, heard: list[_Heard]) -> Iterator[tuple[list[_Said], list[_Heard]]]:
        """The longest entries that begin at each word and do not overlap, with the words they cover."""
        place = 0
        while place < len(heard):
            for n in range(min(self._longest, len(heard) - place), 0, -1):
                matched = heard[place : place + n]
                said = _meant(self._said.get(tuple(word.stem for word in matched), []), matched)
                if said:
                    yield said, matched
                    place += n - 1
                    break
            place += 1


def is_abbreviation(written: str) -> bool:
    """Whether each word of `written` has two capitals or more."""
    return all(sum(map(str.isupper, word)) > 1 for word in written.split())


def _long_forms(said: Sequence[_Said]) -> list[str]:
    """The ways to write out what is an abbreviation."""
    return [way for each in said if is_abbreviation(each.written) for way in each.others if not is_abbreviation(way)]


def _stems(text: str) -> Stems:
    return tuple(word.stem for word in words(text))


def _hear(pieces: list[tuple[str, str | None]]) -> list[_Heard]:
    """The content words of the pieces, with places in their joined text."""
    heard: list[_Heard] = []
    offset = 0
    for text, origin in pieces:
        heard += [
            _Heard(
                word.stem,
                text[word.start : word.end],
                origin or text[word.start : word.end],
                offset + word.start,
                offset + word.end,
            )
            for word in words(text)
        ]
        offset += len(text)
    return heard


def _content(heard: list[_Heard], in_english: bool) -> list[_Heard]:
    """The words that say what is asked for; all of them where none does."""
    written = ["", *(word.word.casefold() for word in heard), ""]
    found = []
    for last, said, after, word in zip(written, written[1:], written[2:], heard, strict=False):
        frames = said in _FRAME_WORDS and not _OF_TWO & {(last, said), (said, after)}
        if not (frames or (in_english and says_nothing(word.word))):
            found.append(word)
    return found or heard


def _commoner(said: list[_Said], heard: list[_Heard], count: Count) -> str | None:
    """The way to say a word that the collection holds most, where it hardly holds the word itself beside that."""
    counted = {
        way: min(map(count, stems)) for way in _ways(said) if not is_abbreviation(way) and (stems := _stems(way))
    }
    way = max(counted, key=lambda each: counted[each], default=None)
    if way is None or min(count(word.stem) for word in heard) >= RARE_BESIDE * counted[way]:
        return None
    return way


def _meant(said: list[_Said], matched: list[_Heard]) -> list[_Said]:
    """Of the entries with these stems, those that the question means.

    "KtP" is not "KTP", "art" is not "ART", and "rumah" is not "dirumahkan": an entry with affixes means that form only.
    """
    if len(matched) > 1:
        return said
    surface = matched[0].word
    exact = [each for each in said if each.written == surface]
    if exact and is_abbreviation(surface):
        return exact
    bare = fold(surface).removesuffix("nya")
    return [
        each
        for each in said
        if fold(each.written) in (bare, matched[0].stem)
        and not _needs_capitals(each.written)
        and not _is_mixed(each, said)
    ]


def _needs_capitals(written: str) -> bool:
    """Whether an abbreviation in small letters would be another word."""
    if not written.isupper():
        return False
    return len(written) < _SHORTEST_SAFE_ABBREVIATION or written.casefold() in ROOTS | STOP_WORDS


def _is_mixed(each: _Said, said: list[_Said]) -> bool:
    return not each.written.isupper() and any(other.written.isupper() for other in said)


def _ways(said: list[_Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way for each in said for way in each.others))
