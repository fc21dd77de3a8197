"""What visit reports and minutes hold: visits with their findings, meetings with decisions, and what somebody owes."""

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from kb.pages import Span
from kb.passages import Content


class RecordKind(StrEnum):
    """What a record is."""

    VISIT = "kunjungan"
    FINDING = "temuan"
    MEETING = "rapat"
    DECISION = "keputusan"
    FOLLOW_UP = "tindak-lanjut"


class Evidence(StrEnum):
    """How a result is known: measured, told by somebody, or only planned."""

    MEASURED = "terukur"
    REPORTED = "dilaporkan"
    PLANNED = "direncanakan"


class State(StrEnum):
    """How far a follow-up is."""

    OPEN = "belum"
    RUNNING = "berjalan"
    DONE = "selesai"


class Theme(StrEnum):
    """What a finding is about: KLA's institutions and five clusters, and the gender side."""

    INSTITUTIONS = "kelembagaan"
    CLUSTER_1 = "klaster-1"
    CLUSTER_2 = "klaster-2"
    CLUSTER_3 = "klaster-3"
    CLUSTER_4 = "klaster-4"
    CLUSTER_5 = "klaster-5"
    PUG = "pug"
    PPRG = "pprg"
    DATA = "data-terpilah"
    DRPPA = "drppa"
    WOMEN = "kekerasan-perempuan"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of a record.

    text: as it stands in the document, or as it was typed by hand; "" is absent.
    spans: where it stands; `read` is the page texts under them, joined by a line break.
    value: derived from the text: ISO days ("2024-05-06" or "2024-05-06/2024-05-08"), or members of an enumeration,
        several with commas; "" where nothing follows for certain.
    is_outdated: the document now says something else than when the field was corrected.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()
    value: str = ""
    read: str = ""
    is_corrected: bool = False
    is_outdated: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def day(self) -> datetime.date | None:
        """The last day that a date names, None where none follows from it."""
        last = self.value.rpartition("/")[2]
        return datetime.date.fromisoformat(last) if _DAY.fullmatch(last) else None

    @property
    def values(self) -> tuple[str, ...]:
        """The members of `value`."""
        return tuple(filter(None, self.value.split(",")))

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces of the text, one a span or a line typed, each on one line."""
        return tuple(" ".join(piece.split()) for piece in self._pieces())

    def _pieces(self) -> Iterator[str]:
        if self.is_corrected or not self.spans:
            yield from (line for line in self.text.splitlines() if line.strip())
            return
        at = 0
        for span in self.spans:
            yield self.text[at : at + len(span)]
            at += len(span) + 1


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ABSENT = Field()


@dataclass(frozen=True, slots=True)
class Record:
    """Something that a report or minutes hold.

    key: what tells it from the others of its kind in its document, from the words that name it.
    parent: the place of its visit or meeting in the tuple of records, before this one.
    spans: its whole extent. is_dropped: set aside by hand as no such thing.
    """

    KIND: ClassVar[RecordKind]
    NAMED_BY: ClassVar[str] = ""
    """The field whose words tell it from its like."""

    key: str
    parent: int | None = None
    spans: tuple[Span, ...] = ()
    is_dropped: bool = False

    @property
    def anchor(self) -> str:
        """The words that name it, as the document has them."""
        named_by = self.fields().get(self.NAMED_BY)
        return " ".join(named_by.read.split()) if named_by else ""

    def fields(self) -> dict[str, Field]:
        """Its facts by name, the absent ones too, in the order in which they are told."""
        return {name: getattr(self, name) for name in field_names(type(self))}


@dataclass(frozen=True, slots=True)
class Visit(Record):
    """A study visit, as its report tells it."""

    KIND: ClassVar[RecordKind] = RecordKind.VISIT

    title: Field = ABSENT
    region: Field = ABSENT
    office: Field = ABSENT
    date: Field = ABSENT
    place: Field = ABSENT
    delegation: Field = ABSENT
    purpose: Field = ABSENT
    basis: Field = ABSENT
    factors: Field = ABSENT
    obstacles: Field = ABSENT
    recommendations: Field = ABSENT


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """Something seen on a visit. region and office only where the report names them for this finding."""

    KIND: ClassVar[RecordKind] = RecordKind.FINDING
    NAMED_BY: ClassVar[str] = "practice"

    practice: Field = ABSENT
    region: Field = ABSENT
    office: Field = ABSENT
    how: Field = ABSENT
    factor: Field = ABSENT
    result: Field = ABSENT
    evidence: Field = ABSENT
    conditions: Field = ABSENT
    cost: Field = ABSENT
    legal_basis: Field = ABSENT
    theme: Field = ABSENT


@dataclass(frozen=True, slots=True)
class Meeting(Record):
    """A meeting, as its minutes tell it."""

    KIND: ClassVar[RecordKind] = RecordKind.MEETING

    title: Field = ABSENT
    date: Field = ABSENT
    time: Field = ABSENT
    place: Field = ABSENT
    chair: Field = ABSENT
    secretary: Field = ABSENT
    attendees: Field = ABSENT
    agenda: Field = ABSENT


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """Something that a meeting decided."""

    KIND: ClassVar[RecordKind] = RecordKind.DECISION
    NAMED_BY: ClassVar[str] = "text"

    text: Field = ABSENT


@dataclass(frozen=True, slots=True)
class FollowUp(Record):
    """Something that somebody owes after a visit or a meeting."""

    KIND: ClassVar[RecordKind] = RecordKind.FOLLOW_UP
    NAMED_BY: ClassVar[str] = "task"

    task: Field = ABSENT
    person: Field = ABSENT
    due: Field = ABSENT
    state: Field = ABSENT

    @property
    def is_done(self) -> bool:
        """Whether it is said to be done; one of which nothing is said is not."""
        return self.state.value == State.DONE


CLASSES: Mapping[RecordKind, type[Record]] = {
    record.KIND: record for record in (Visit, Finding, Meeting, Decision, FollowUp)
}
"""The class of each kind of record."""

CHOICES: Mapping[str, type[StrEnum]] = {"state": State, "evidence": Evidence, "theme": Theme}
"""The fields whose value is chosen from an enumeration."""

DATES = frozenset({"date", "due"})
"""The fields whose value is one or two days."""

_OWN = frozenset(each.name for each in dataclasses.fields(Record))


def field_names(record: type[Record]) -> tuple[str, ...]:
    """The names of the facts that such a record has."""
    return tuple(each.name for each in dataclasses.fields(record) if each.name not in _OWN)


def make(
    kind: RecordKind, key: str, parent: int | None, spans: tuple[Span, ...], fields: Mapping[str, Field]
) -> Record:
    """The record of `kind` with these facts. Raises ValueError for one that it does not have."""
    unknown = set(fields) - set(field_names(CLASSES[kind]))
    if unknown:
        raise ValueError(f"expected fields of {kind.value}, got {sorted(unknown)}")
    return with_fields(CLASSES[kind](key, parent, spans), fields)


def with_fields(record: Record, fields: Mapping[str, Field]) -> Record:
    """The same record with these facts in place of its own."""
    known: dict[str, object] = {each.name: getattr(record, each.name) for each in dataclasses.fields(record)}
    return type(record)(**{**known, **fields})  # type: ignore[arg-type]


KEY_CHARACTERS = 48


def key_of(words: str) -> str:
    """The key that these naming words give: "jawaban-tertulis-atas-suara-anak"; "1" where there are none."""
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold()))[:KEY_CHARACTERS].strip("-") or "1"


_SHOWN_AS: Mapping[RecordKind, Content] = {
    RecordKind.FINDING: Content.FINDINGS,
    RecordKind.DECISION: Content.DECISIONS,
    RecordKind.FOLLOW_UP: Content.DECISIONS,
}


def contents_of(spans: Sequence[Span], records: Sequence[Record]) -> frozenset[Content]:
    """What a stretch of a document holds of findings and of decisions, what follows from them included."""
    return frozenset(
        _SHOWN_AS[record.KIND]
        for record in records
        if record.KIND in _SHOWN_AS and any(_overlap(mine, theirs) for mine in spans for theirs in record.spans)
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.page == other.page and one.start < other.end and other.start < one.end
