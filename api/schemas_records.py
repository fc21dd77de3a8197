"""Findings, meetings and follow-ups as they go over the wire."""

import datetime
from typing import Annotated, Self

from pydantic import Field

from api.records import LegalLink, MeetingTold, Told
from api.schemas import PLAIN, In, Out
from api.schemas_pages import SpanOut
from api.typed_facts import MAX_TYPED
from kb import records
from kb.documents import Document
from kb.record_corrections import DROPPED, Corrected
from kb.records import Finding, FollowUp, Record, RecordKind, State

Typed = Annotated[str, Field(max_length=MAX_TYPED, pattern=PLAIN)]


class FieldOut(Out):
    """One fact. `read` is the page text under `spans`, joined by line breaks; `text` differs where it was corrected.

    value: derived: ISO days, or members of an enumeration with commas; "" where nothing follows for certain.
    is_outdated: the document says something else now than when it was corrected. link: its page, marked.
    """

    text: str
    value: str
    spans: list[SpanOut]
    read: str
    is_corrected: bool
    is_outdated: bool
    link: str


class RecordOut(Out):
    """A record of a document: what it is, where it stands, and its facts by name, null where it does not say."""

    kind: RecordKind
    key: str
    document_id: int
    version_id: int
    document_title: str
    is_dropped: bool
    spans: list[SpanOut]
    link: str
    fields: dict[str, FieldOut | None]

    @classmethod
    def of(cls, told: Told[Record]) -> Self:
        """The record as it goes out."""
        record = told.record
        return cls(
            kind=record.KIND,
            key=record.key,
            document_id=told.document.id,
            version_id=told.document.version_id,
            document_title=told.document.metadata.title or told.document.name,
            is_dropped=record.is_dropped,
            spans=[SpanOut.model_validate(span) for span in record.spans],
            link=told.link,
            fields={name: _field(told, field) for name, field in record.fields().items()},
        )


class LegalOut(Out):
    """A regulation that a finding names; link: "" where the collection does not hold it."""

    text: str
    link: str


class FindingOut(Out):
    """A finding with its visit. regions: of its host. legal: the regulations it names."""

    record: RecordOut
    visit: RecordOut | None
    regions: list[str]
    year: int | None
    legal: list[LegalOut]

    @classmethod
    def of(cls, told: Told[Finding], legal: tuple[LegalLink, ...]) -> Self:
        """The finding as it goes out."""
        return cls(
            record=RecordOut.of(told),
            visit=_parent(told),
            regions=list(told.regions),
            year=told.year,
            legal=[LegalOut.model_validate(link) for link in legal],
        )


class FollowUpOut(Out):
    """A follow-up with the visit or meeting it comes from.

    due: the last day that its deadline names, null where none follows from it; state: null where nothing is said.
    """

    record: RecordOut
    origin: RecordOut | None
    due: datetime.date | None
    state: State | None
    is_done: bool

    @classmethod
    def of(cls, told: Told[FollowUp]) -> Self:
        """The follow-up as it goes out."""
        state = told.record.state.value
        return cls(
            record=RecordOut.of(told),
            origin=_parent(told),
            due=told.record.due.day,
            state=State(state) if state else None,
            is_done=told.record.is_done,
        )


class MeetingOut(Out):
    """A meeting with what it decided and what follows."""

    record: RecordOut
    decisions: list[RecordOut]
    follow_ups: list[FollowUpOut]

    @classmethod
    def of(cls, meeting: MeetingTold) -> Self:
        """The meeting as it goes out."""
        return cls(
            record=RecordOut.of(meeting.meeting),
            decisions=[RecordOut.of(told) for told in meeting.decisions],
            follow_ups=[FollowUpOut.of(told) for told in meeting.follow_ups],
        )


class FindingsOut(Out):
    """Findings, of the newest visit first."""

    findings: list[FindingOut]


class MeetingsOut(Out):
    """Meetings, the newest first."""

    meetings: list[MeetingOut]


class FollowUpsOut(Out):
    """Follow-ups, the first due first."""

    follow_ups: list[FollowUpOut]


class CorrectionOut(Out):
    """A correction by hand. was: what the document said when it was made. anchor: the words that named the record."""

    kind: RecordKind
    key: str
    name: str
    text: str
    value: str
    was: str
    anchor: str
    at: datetime.datetime


class DocumentRecordsOut(Out):
    """The records of a document, those set aside too, and corrections that fit none of them any more."""

    records: list[RecordOut]
    orphans: list[CorrectionOut]

    @classmethod
    def of(cls, document: Document, corrected: Corrected) -> Self:
        """The records as they go out."""
        told = [RecordOut.of(Told(document, record)) for record in corrected.records]
        return cls(records=told, orphans=[CorrectionOut.model_validate(one) for one in corrected.orphans])


class RecordIn(In):
    """Facts set by hand, by name; null takes a correction back. `dropped` sets the record aside, or brings it back."""

    fields: Annotated[
        dict[str, Typed | None], Field(max_length=20, examples=[{"person": "UPTD PPA", "state": "selesai"}])
    ] = {}
    dropped: bool | None = None

    def typed(self) -> dict[str, str | None]:
        """The same as the desk takes it."""
        if self.dropped is None:
            return dict(self.fields)
        return {**self.fields, DROPPED: "ya" if self.dropped else None}


def _parent(told: Told[Record]) -> RecordOut | None:
    return None if told.parent is None else RecordOut.of(Told(told.document, told.parent))


def _field(told: Told[Record], field: records.Field) -> FieldOut | None:
    if not field and not field.is_corrected:
        return None
    return FieldOut(
        text=field.text,
        value=field.value,
        spans=[SpanOut.model_validate(span) for span in field.spans],
        read=field.read,
        is_corrected=field.is_corrected,
        is_outdated=field.is_outdated,
        link=told.field_link(field),
    )
