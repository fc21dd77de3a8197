"""Corrections by hand of records, laid over what reports and minutes are read to hold whenever they are read anew."""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.records import Field, Record, RecordKind, field_names, with_fields

DROPPED = "dropped"
"""The name under which a correction sets a whole record aside."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact set by hand.

    kind, key: of the record. name: of the field, or `DROPPED`. was: what the document said when it was set.
    anchor: the words that named the record then, by which it is found again when a new version words it otherwise.
    """

    kind: RecordKind
    key: str
    name: str
    text: str
    value: str
    was: str
    anchor: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """Records with the corrections that fit them, and those that fit none any more.

    applied: the corrections laid over each record, in the order of the records.
    """

    records: tuple[Record, ...]
    applied: tuple[tuple[Correction, ...], ...] = ()
    orphans: tuple[Correction, ...] = ()


ALIKE = 0.6
"""The Jaccard similarity of words from which on two wordings name the same record."""

_WORD = re.compile(r"\w+")


def apply(records: Sequence[Record], corrections: Iterable[Correction]) -> Corrected:
    """The records as they were corrected; every correction is applied to one record or told as an orphan.

    A correction follows its key. Where that is gone it goes to the one record of its kind that nothing claims by key
    and whose naming words are most alike, `ALIKE` at least; two that are equally alike get nothing.
    """
    by_record: dict[tuple[RecordKind, str], list[Correction]] = {}
    for correction in corrections:
        by_record.setdefault((correction.kind, correction.key), []).append(correction)
    places = {(record.KIND, record.key): i for i, record in enumerate(records)}
    laid: list[tuple[Correction, ...]] = [tuple(by_record.get((record.KIND, record.key), ())) for record in records]
    free = [i for i, own in enumerate(laid) if not own]
    wishes = [(_closest(own[0], records, free), own) for key, own in by_record.items() if key not in places]
    chosen = [place for place, _ in wishes if place is not None]
    orphans: list[Correction] = []
    for place, own in wishes:
        if place is not None and chosen.count(place) == 1:
            laid[place] = tuple(own)
        else:
            orphans += own
    for i, record in enumerate(records):
        known = {DROPPED, *field_names(type(record))}
        orphans += [one for one in laid[i] if one.name not in known]
        laid[i] = tuple(one for one in laid[i] if one.name in known)
    made = tuple(_corrected(record, own) for record, own in zip(records, laid, strict=True))
    return Corrected(made, tuple(laid), tuple(orphans))


def _closest(correction: Correction, records: Sequence[Record], free: Sequence[int]) -> int | None:
    scored = sorted(
        ((jaccard(correction.anchor, records[i].anchor), i) for i in free if records[i].KIND is correction.kind),
        reverse=True,
    )
    if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return scored[0][1]


def _corrected(record: Record, corrections: Iterable[Correction]) -> Record:
    known = record.fields()
    fields: dict[str, Field] = {}
    is_dropped = record.is_dropped
    for correction in corrections:
        if correction.name == DROPPED:
            is_dropped = True
        else:
            read = known[correction.name]
            fields[correction.name] = Field(
                correction.text,
                read.spans,
                correction.value,
                read.read,
                is_corrected=True,
                is_outdated=_plain(read.read) not in (_plain(correction.was), _plain(correction.text)),
            )
    return dataclasses.replace(with_fields(record, fields), is_dropped=is_dropped)


def jaccard(one: str, other: str) -> float:
    """The Jaccard similarity of the words of two wordings, 0 to 1."""
    a, b = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(a & b) / len(a | b) if a and b else 0.0


def _plain(text: str) -> str:
    return " ".join(text.split())
