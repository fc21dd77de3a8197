"""Findings, meetings and follow-ups for programs, and their corrections."""

import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.records import Limits
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.schemas import Id, Line, Year
from api.schemas_records import (
    DocumentRecordsOut,
    FindingOut,
    FindingsOut,
    FollowUpOut,
    FollowUpsOut,
    MeetingOut,
    MeetingsOut,
    RecordIn,
    RecordOut,
)
from kb.documents import DocumentId
from kb.records import RecordKind, State, Theme

router = APIRouter(tags=["records"])

Region = Annotated[Line, Query(description="Only of this region, such as `Kota Semarang`.")]
Wanted = Annotated[Year | None, Query(description="Only of this year.")]
Of = Annotated[Id | None, Query(description="Only of this document.")]
Key = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[a-z0-9~-]+$", examples=["forum-anak"])]
Name = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[a-z_]+$", examples=["person"])]


def limited(region: Region = "", year: Wanted = None, document: Of = None) -> Limits:
    """What every list can be limited to."""
    return Limits(region=region, year=year, document=None if document is None else DocumentId(document))


Limited = Annotated[Limits, Depends(limited)]


@router.get("/findings", responses=problems(), summary="List findings of study visits")
def findings(
    library: LibraryHere,
    viewer: ViewerHere,
    limits: Limited,
    theme: Annotated[Theme | None, Query(description="Only on this theme.")] = None,
) -> FindingsOut:
    """What was found on study visits, of the newest visit first; every fact with where it stands."""
    wanted = Limits(theme=theme, region=limits.region, year=limits.year, document=limits.document)
    found = library.records.findings(viewer, wanted)
    return FindingsOut(
        findings=[FindingOut.of(told, library.records.legal_links(viewer, told.record)) for told in found]
    )


@router.get("/meetings", responses=problems(), summary="List meetings")
def meetings(library: LibraryHere, viewer: ViewerHere, limits: Limited) -> MeetingsOut:
    """Meetings with what they decided and what is to follow, the newest first."""
    return MeetingsOut(meetings=[MeetingOut.of(told) for told in library.records.meetings(viewer, limits)])


@router.get("/follow-ups", responses=problems(), summary="List follow-ups")
def follow_ups(
    library: LibraryHere,
    viewer: ViewerHere,
    limits: Limited,
    person: Annotated[Line, Query(description="Words within the name of who owes it.")] = "",
    state: Annotated[
        State | None, Query(description="Only in this state; one of which nothing is said is open.")
    ] = None,
    overdue: Annotated[bool, Query(description="Only what was due before today and is not done.")] = False,
) -> FollowUpsOut:
    """What somebody owes after a visit or a meeting, the first due first."""
    wanted = Limits(
        region=limits.region,
        year=limits.year,
        document=limits.document,
        person=person,
        state=state,
        overdue_on=datetime.date.today() if overdue else None,
    )
    return FollowUpsOut(follow_ups=[FollowUpOut.of(told) for told in library.records.follow_ups(viewer, wanted)])


@router.get("/documents/{document_id}/records", responses=problems(404), summary="Read a document's records")
def document_records(document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere) -> DocumentRecordsOut:
    """Every record of a document, those set aside too, and the corrections that fit none of them any more."""
    document = library.document(viewer, document_id)
    return DocumentRecordsOut.of(document, library.records.of_document(viewer, document_id))


@router.patch(
    "/documents/{document_id}/records/{kind}/{key}",
    responses=problems(400, 403, 404, 413, 507),
    summary="Correct a record",
)
def correct_record(
    document_id: DocumentHere, kind: RecordKind, key: Key, typed: RecordIn, library: LibraryHere, viewer: ViewerHere
) -> RecordOut:
    """Set the facts that are sent, by hand; they outlive new versions of the document."""
    library.records.correct(viewer, document_id, kind, key, typed.typed())
    return RecordOut.of(library.records.read(viewer, document_id, kind, key))


@router.delete(
    "/documents/{document_id}/corrections/{kind}/{key}/{name}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(403, 404, 507),
    summary="Give up an orphaned correction",
)
def forget_correction(
    document_id: DocumentHere, kind: RecordKind, key: Key, name: Name, library: LibraryHere, viewer: ViewerHere
) -> None:
    """Remove a correction that fits no record any more."""
    library.records.forget_orphan(viewer, document_id, kind, key, name)
