"""Questions written for training and tuning, and where in which text their answers stand.

Of public texts nothing is kept here, only places: a page's letters and digits are counted from 0, so that a place
outlives how the text is spaced and broken into lines. A sum of the letters there tells when a page is read in another
way (PDFium, OCR, masking) and the count has moved. `laws.jsonl` asks of `peraturan-texts`, `office.jsonl` of the
PDFs in `../shared/data/pdf`, `office_english.jsonl` some of the same in English, `graded.jsonl` and `held_out.jsonl`
others with all that answers them; `invented.jsonl` holds invented excerpts with their questions. README.md says how
they were written and what each may be used for.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from kb.pages import Span

FOLDER = Path(__file__).parent
LAWS, OFFICE, ENGLISH, GRADED, HELD_OUT, INVENTED = (
    FOLDER / f"{name}.jsonl" for name in ("laws", "office", "office_english", "graded", "held_out", "invented")
)

_COUNTED = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Place:
    """Letters and digits `start` to `end` of a page of a file.

    file: a PDF's name, or the id of a text. sum: of these letters and digits, by `summed`.
    """

    file: str
    page: int
    start: int
    end: int
    sum: str

    @classmethod
    def load(cls, row: Mapping[str, str | int]) -> Self:
        """The place that a line of a file tells."""
        return cls(*(row[field.name] for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question. place: what answers it; None where nothing in the collection does.

    answers: whether what stands at `place` answers; where it does not, it only looks as if it did.
    """

    id: str
    text: str
    style: str
    place: Place | None
    answers: bool


def read_written(file: Path) -> tuple[WrittenQuestion, ...]:
    """The questions of a file, in order."""
    return tuple(_questions(file))


def _questions(file: Path) -> Iterator[WrittenQuestion]:
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        place = Place.load(row) if "file" in row else None
        yield WrittenQuestion(row["id"], row["text"], row["style"], place, place is not None and not row.get("near"))


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """A question. golds: every place that answers (grade 2) or helps (1); none where nothing in the collection does."""

    id: str
    text: str
    kind: str
    style: str
    golds: tuple[tuple[Place, int], ...]


def read_graded(file: Path) -> tuple[GradedQuestion, ...]:
    """The graded questions, in order."""
    return tuple(
        GradedQuestion(
            row["id"],
            row["text"],
            row["kind"],
            row["style"],
            tuple((Place.load(gold), gold["grade"]) for gold in row["golds"]),
        )
        for row in map(json.loads, file.read_text("utf-8").splitlines())
    )


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An invented piece of an office's document, with the questions about it.

    answered: questions, each with the words of the text that answer it. near: those that it only seems to answer.
    """

    id: str
    document: str
    title: str
    heading_path: tuple[str, ...]
    text: str
    answered: tuple[tuple[str, str], ...]
    near: tuple[str, ...]


def read_invented(file: Path = INVENTED) -> tuple[Excerpt, ...]:
    """The invented excerpts, in order."""
    return tuple(
        Excerpt(
            row["id"],
            row["document"],
            row["title"],
            tuple(row["path"]),
            row["text"],
            tuple((text, quote) for text, quote in row["answered"]),
            tuple(row["near"]),
        )
        for row in map(json.loads, file.read_text("utf-8").splitlines())
    )


def summed(letters: str) -> str:
    """The first 8 hex digits of the SHA-256 of `letters` in lower case."""
    return hashlib.sha256(letters.lower().encode()).hexdigest()[:8]


class Letters:
    """The letters and digits of a page's text, by number."""

    def __init__(self, text: str) -> None:
        self._at = [found.start() for found in _COUNTED.finditer(text)]
        self._text = text

    def __len__(self) -> int:
        return len(self._at)

    def span(self, place: Place) -> Span | None:
        """The characters of the place; None where the page has other letters there."""
        if not 0 <= place.start < place.end <= len(self) or self._sum(place.start, place.end) != place.sum:
            return None
        return Span(place.page, self._at[place.start], self._at[place.end - 1] + 1)

    def place(self, file: str, span: Span) -> Place:
        """The place of characters of this page."""
        inside = [n for n, at in enumerate(self._at) if span.start <= at < span.end]
        start, end = inside[0], inside[-1] + 1
        return Place(file, span.page, start, end, self._sum(start, end))

    def _sum(self, start: int, end: int) -> str:
        return summed("".join(self._text[at] for at in self._at[start:end]))
