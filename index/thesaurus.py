"""Other words for the words of a question: chat words, abbreviations, synonyms, from files the office can edit."""

from dataclasses import dataclass
from pathlib import Path

from index.words import words


@dataclass(frozen=True, slots=True)
class Term:
    """A stem to look for. weight: 1 for the question's own words, less for others. origin: the word it came from."""

    stem: str
    weight: float
    origin: str


class Thesaurus:
    """The shipped thesaurus, and the office's own file where there is one."""

    def __init__(self, extra: Path | None = None) -> None:
        self._extra = extra

    def rewrite(self, question: str) -> str:
        """`question` in plain words for the dense channel: chat words replaced, abbreviations written out."""
        return question

    def expand(self, question: str) -> tuple[Term, ...]:
        """The stems to look for in the word index: the question's own at weight 1.0, then synonyms at less."""
        return tuple(Term(word.stem, 1.0, question[word.start : word.end]) for word in words(question))
