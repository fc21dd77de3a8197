"""How the outline of real regulations compares with addresses and spans labelled by hand.

The labels are in `tests/gold/structure`, a file a regulation: its name and SHA-256, then what stands on which page.
`kind` is pasal, ayat, huruf or angka; `none` marks what only looks like the beginning of one: a reference that a line
break has brought to the front, a catch-word, a number in brackets.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.formats import read
from ingest.limits import Limits
from ingest.metadata import read_metadata
from ingest.structure import outline
from kb.addresses import explains
from kb.pages import Span
from kb.sections import Section, SectionKind

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "structure"
KINDS = ("pasal", "ayat", "huruf", "angka")
_NEAR = 3
"""A section may begin this many characters from its label: a blank or a quotation mark is nothing."""
_BODY = (SectionKind.PASAL, SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA, SectionKind.AMENDMENT)
_RECITALS = ("menimbang", "mengingat", "menetapkan", "lampiran/menimbang", "lampiran/mengingat")


@dataclass(frozen=True, slots=True)
class Label:
    """A provision as labelled by hand, with the part of it on the page where it begins."""

    kind: str
    address: str
    span: Span


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one regulation. is_ocr: whether its text is a scan's. traps: what is no heading."""

    file: str
    sha256: str
    is_ocr: bool
    labels: tuple[Label, ...]
    traps: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of one kind, and what was found that is not there."""

    n_right: int
    n_gold: int
    n_found: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.n_right / self.n_found if self.n_found else 1.0

    @property
    def recall(self) -> float:
        """The share of the labels that was found."""
        return self.n_right / self.n_gold if self.n_gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.n_gold + self.n_found
        return 2 * self.n_right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """The score of each kind, spans that end elsewhere, and what was taken for a heading that is none."""

    scores: dict[str, Score]
    n_ends_right: int
    n_ends: int
    n_traps_taken: int
    n_traps: int
    misses: tuple[str, ...]


def golds(folder: Path = GOLD) -> tuple[Gold, ...]:
    """The labelled regulations, in order of their names."""
    return tuple(_gold(file) for file in sorted(folder.glob("*.jsonl")))


def _gold(file: Path) -> Gold:
    head, *rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    spans = [(row, Span(row["page"], row["start"], row["end"])) for row in rows]
    return Gold(
        file=head["file"],
        sha256=head["sha256"],
        is_ocr=head["text"] == "ocr",
        labels=tuple(Label(row["kind"], row["address"], span) for row, span in spans if row["kind"] != "none"),
        traps=tuple(span for row, span in spans if row["kind"] == "none"),
    )


def judge(gold: Gold, pdfs: Path) -> Result:
    """The outline of a regulation against its labels. Raises ValueError for another file under its name."""
    file = pdfs / gold.file
    if hashlib.sha256(file.read_bytes()).hexdigest() != gold.sha256:
        raise ValueError(f"{file}: expected the file that was labelled, with SHA-256 {gold.sha256}")
    reading = read(file, Limits())
    sections = outline(reading, read_metadata(reading, file.name).kind)
    return compare(gold, list(_labelled(sections)))


def compare(gold: Gold, found: Sequence[Label]) -> Result:
    """What was found against the labels: right is the same address, beginning at the same place."""
    wanted = {label.address: label for label in gold.labels}
    right = {label.address for label in found if _matches(label, wanted.get(label.address))}
    scores = {
        kind: Score(
            n_right=sum(label.kind == kind and label.address in right for label in gold.labels),
            n_gold=sum(label.kind == kind for label in gold.labels),
            n_found=sum(label.kind == kind for label in found),
        )
        for kind in KINDS
    }
    taken = [trap for trap in gold.traps for label in found if _begins_at(label.span, trap)]
    ends = [label for label in found if label.address in right]
    misses = [f"missing {label.address} (p. {label.span.page})" for label in gold.labels if label.address not in right]
    misses += [f"extra {label.address} (p. {label.span.page})" for label in found if label.address not in right]
    return Result(
        scores,
        sum(abs(label.span.end - wanted[label.address].span.end) <= _NEAR for label in ends),
        len(ends),
        len(taken),
        len(gold.traps),
        tuple(misses),
    )


def total(results: Sequence[Result]) -> Result:
    """Several regulations taken together."""
    counts: Counter[tuple[str, str]] = Counter()
    for result in results:
        for kind, score in result.scores.items():
            counts[kind, "right"] += score.n_right
            counts[kind, "gold"] += score.n_gold
            counts[kind, "found"] += score.n_found
    return Result(
        {kind: Score(counts[kind, "right"], counts[kind, "gold"], counts[kind, "found"]) for kind in KINDS},
        sum(result.n_ends_right for result in results),
        sum(result.n_ends for result in results),
        sum(result.n_traps_taken for result in results),
        sum(result.n_traps for result in results),
        tuple(miss for result in results for miss in result.misses),
    )


def _labelled(sections: Sequence[Section]) -> Iterator[Label]:
    """The provisions of the body, as they would be labelled: with the part of each on the page where it begins."""
    for section in sections:
        address = section.address
        if section.kind not in _BODY or not section.spans or explains(address) or address.startswith(_RECITALS):
            continue
        kind = "angka" if section.kind is SectionKind.AMENDMENT else section.kind.value
        first = section.spans[0]
        here = [span for span in section.spans if span.page == first.page]
        yield Label(kind, address, Span(first.page, first.start, here[-1].end))


def _matches(found: Label, wanted: Label | None) -> bool:
    return wanted is not None and found.kind == wanted.kind and _begins_at(found.span, wanted.span)


def _begins_at(span: Span, where: Span) -> bool:
    return span.page == where.page and abs(span.start - where.start) <= _NEAR
