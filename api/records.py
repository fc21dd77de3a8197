"""Findings, meetings and follow-ups as the doors show them: listed for a viewer, limited, and corrected by hand."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.links import page_link
from api.typed_facts import masked, not_taken, tidy, value_of
from index.reference import named_documents, read_reference, regions_named
from kb.access import Viewer, may_see
from kb.documents import Document, DocumentId
from kb.record_corrections import DROPPED, Corrected, Correction
from kb.records import (
    CHOICES,
    Decision,
    Field,
    Finding,
    FollowUp,
    Meeting,
    Record,
    RecordKind,
    State,
    Theme,
    Visit,
    field_names,
)
from kb.store import Store
from kb.store.records import no_record

R = TypeVar("R", bound=Record, covariant=True)
One = TypeVar("One", bound=Record)


@dataclass(frozen=True, slots=True)
class Told(Generic[R]):
    """A record with the document that tells it, and the visit or meeting that it belongs to."""

    document: Document
    record: R
    parent: Visit | Meeting | None = None

    @property
    def link(self) -> str:
        """The address of the page where it stands, with its words marked."""
        spans = self.record.spans
        return page_link(self.document.id, self.document.version_id, spans[0].page if spans else 1, spans)

    def field_link(self, field: Field) -> str:
        """The address of the page where one of its facts stands, "" for one that no page holds."""
        if not field.spans:
            return ""
        return page_link(self.document.id, self.document.version_id, field.spans[0].page, field.spans)

    @property
    def day(self) -> datetime.date | None:
        """The day of the visit or meeting."""
        whole = self.parent or self.record
        return whole.date.day if isinstance(whole, Visit | Meeting) else None

    @property
    def year(self) -> int | None:
        """The year of the visit or meeting, else the document's."""
        return self.day.year if self.day else self.document.metadata.year

    @property
    def regions(self) -> tuple[str, ...]:
        """The host of a finding, or of its whole visit; of a meeting the region whose document it is."""
        for whole in (self.record, self.parent):
            if isinstance(whole, Finding | Visit) and whole.region:
                return whole.region.values or (" ".join(whole.region.text.split()),)
        region = self.document.metadata.region
        return (region,) if region and isinstance(self.parent or self.record, Meeting) else ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a list is limited to; what is empty or None limits nothing.

    person: words within the name. state: `State`, as a follow-up's text or a correction has it; one without is open.
    overdue_on: only follow-ups that were due before this day and are not done. open_only: those that are not done.
    """

    theme: Theme | None = None
    region: str = ""
    year: int | None = None
    person: str = ""
    state: State | None = None
    overdue_on: datetime.date | None = None
    open_only: bool = False
    document: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """A meeting with what it decided and what follows."""

    meeting: Told[Meeting]
    decisions: tuple[Told[Decision], ...]
    follow_ups: tuple[Told[FollowUp], ...]


@dataclass(frozen=True, slots=True)
class LegalLink:
    """A regulation or provision that a finding names; link: its page, "" where the collection does not hold it."""

    text: str
    link: str


class RecordsDesk:
    """The records of a store, as the viewer who asks may see them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def findings(self, viewer: Viewer, limits: Limits = Limits()) -> tuple[Told[Finding], ...]:
        """The findings, of the newest visit first, in the order of their reports."""
        wanted = [told for told in self._told(viewer, Finding) if _fits(told, limits)]
        themed = [told for told in wanted if limits.theme is None or limits.theme in told.record.theme.values]
        return tuple(sorted(themed, key=_newest))

    def meetings(self, viewer: Viewer, limits: Limits = Limits()) -> tuple[MeetingTold, ...]:
        """The meetings with what they decided, the newest first."""
        decisions = self._told(viewer, Decision)
        follow_ups = self._told(viewer, FollowUp)
        wanted = sorted((told for told in self._told(viewer, Meeting) if _fits(told, limits)), key=_newest)
        return tuple(
            MeetingTold(
                told,
                tuple(each for each in decisions if each.document.id == told.document.id),
                tuple(each for each in follow_ups if each.document.id == told.document.id),
            )
            for told in wanted
        )

    def follow_ups(self, viewer: Viewer, limits: Limits = Limits()) -> tuple[Told[FollowUp], ...]:
        """The follow-ups of visits and meetings, the first due first, those without a day last."""
        wanted = [
            told for told in self._told(viewer, FollowUp) if _fits(told, limits) and _is_owed(told.record, limits)
        ]
        last = datetime.date.max
        return tuple(sorted(wanted, key=lambda told: (told.record.due.day or last, told.record.person.text.casefold())))

    def people(self, viewer: Viewer) -> tuple[str, ...]:
        """Everybody who owes or owed something, in order of the alphabet."""
        said = {" ".join(told.record.person.text.split()) for told in self._told(viewer, FollowUp)}
        return tuple(sorted(said - {""}, key=str.casefold))

    def of_document(self, viewer: Viewer, document_id: DocumentId) -> Corrected:
        """Every record of a document, those set aside too, and the corrections that fit none. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        return self._store.records.of(document_id)

    def read(self, viewer: Viewer, document_id: DocumentId, kind: RecordKind, key: str) -> Told[Record]:
        """One record. Raises NotFoundError."""
        document = self._store.documents.read(viewer, document_id)
        records, place = self._place(document_id, kind, key)
        return _of(document, records, records.records[place])

    def correct(
        self, viewer: Viewer, document_id: DocumentId, kind: RecordKind, key: str, typed: Mapping[str, str | None]
    ) -> None:
        """Set facts of a record by hand: they outlive new versions of the document and a reindex.

        typed: the fields by name, as typed; None, or what the document says, takes an earlier correction back.
        `DROPPED` sets the record aside. Raises NotFoundError, QueryRefusedError for what no such field can hold.
        """
        self._store.documents.read(viewer, document_id)
        corrected, place = self._place(document_id, kind, key)
        record = corrected.records[place]
        unknown = set(typed) - {DROPPED, *field_names(type(record))}
        if unknown:
            raise not_taken(sorted(unknown)[0], "")
        made = {name: value_of(name, tidy(text)) for name, text in typed.items() if text is not None}
        now = datetime.datetime.now(datetime.UTC)
        moved_from = corrected.applied[place][0].key if corrected.applied[place] else key
        for name, text in typed.items():
            read = record.fields()[name].read if name != DROPPED else ""
            before = next((one for one in corrected.applied[place] if one.name == name), None)
            is_as_read = name not in {DROPPED, *CHOICES} and text is not None and text.split() == read.split()
            if text is None or is_as_read:
                if before is not None:
                    self._store.records.forget(document_id, before)
                continue
            said = text if name in {DROPPED, *CHOICES} else masked(tidy(text))
            correction = Correction(kind, key, name, said, made[name], read, record.anchor, now)
            self._store.records.correct(document_id, correction, moved_from)
            moved_from = key

    def forget_orphan(self, viewer: Viewer, document_id: DocumentId, kind: RecordKind, key: str, name: str) -> None:
        """Give up a correction that fits no record any more. Raises NotFoundError."""
        orphans = self.of_document(viewer, document_id).orphans
        found = next((one for one in orphans if (one.kind, one.key, one.name) == (kind, key, name)), None)
        if found is None:
            raise no_record(f"{kind.value} {key}")
        self._store.records.forget(document_id, found)

    def legal_links(self, viewer: Viewer, finding: Finding) -> tuple[LegalLink, ...]:
        """The regulations that a finding names, with the page of the provision where the viewer may see one."""
        return tuple(self._legal_link(viewer, text) for text in finding.legal_basis.pieces)

    def _legal_link(self, viewer: Viewer, text: str) -> LegalLink:
        reference = read_reference(text)
        visible = self._store.documents.visible(viewer)
        named = [visible[key] for key in named_documents(reference, visible.values())]
        regions = regions_named(text, named)
        chosen = [document for document in named if document.metadata.region in regions] or named
        if len(chosen) != 1:
            return LegalLink(text, "")
        [document] = chosen
        address = reference.address()
        sections = self._store.versions.sections(document.version_id)
        spans = next((each.spans for each in sections if each.address == address and each.spans), ())
        return LegalLink(text, page_link(document.id, document.version_id, spans[0].page if spans else 1, spans))

    def _place(self, document_id: DocumentId, kind: RecordKind, key: str) -> tuple[Corrected, int]:
        corrected = self._store.records.of(document_id)
        for i, record in enumerate(corrected.records):
            if record.KIND is kind and record.key == key:
                return corrected, i
        raise no_record(f"{kind.value} {key}")

    def _told(self, viewer: Viewer, wanted: type[One]) -> list[Told[One]]:
        """Every record of a kind that the viewer may see and nobody set aside."""
        visible = self._store.documents.visible(viewer)
        return [
            _of(visible[document_id], corrected, record)
            for document_id, corrected in self._store.records.all().items()
            if document_id in visible and may_see(viewer, visible[document_id].audience)
            for record in corrected.records
            if isinstance(record, wanted) and not record.is_dropped
        ]


def _of(document: Document, corrected: Corrected, record: One) -> Told[One]:
    parent = None if record.parent is None else corrected.records[record.parent]
    return Told(document, record, parent if isinstance(parent, Visit | Meeting) else None)


def _fits(told: Told[Record], limits: Limits) -> bool:
    return (
        (not limits.region or limits.region in told.regions)
        and (limits.year is None or told.year == limits.year)
        and (limits.document is None or told.document.id == limits.document)
    )


def _is_owed(record: FollowUp, limits: Limits) -> bool:
    due = record.due.day
    return (
        limits.person.casefold() in " ".join(record.person.text.split()).casefold()
        and (limits.state is None or (record.state.value or State.OPEN) == limits.state)
        and (not limits.open_only or not record.is_done)
        and (limits.overdue_on is None or (not record.is_done and due is not None and due < limits.overdue_on))
    )


def _newest(told: Told[Record]) -> tuple[int, int]:
    day = told.day or datetime.date(told.year or datetime.MINYEAR, 1, 1)
    return -day.toordinal(), -told.document.id
