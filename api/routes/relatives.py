"""Copies and versions of a document: shown, and decided by people."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Response
from fastapi import Path as InPath

from api.copies import Copies
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.routes.sent_forms import see
from api.schemas import MAX_ID
from api.schemas_jobs import RelativesOut
from kb.documents import DocumentId
from kb.likeness import Sameness

api = APIRouter(tags=["documents"])
page = APIRouter()


class Decision(StrEnum):
    """What another document is to this one."""

    COPY = "salinan"
    VERSION = "versi"
    OTHER = "beda"


def copies_of(library: LibraryHere) -> Copies:
    """The copies in the library."""
    return Copies(library)


def other_of(other_id: Annotated[int, InPath(ge=1, le=MAX_ID, examples=[2])]) -> DocumentId:
    """The other document that the address names."""
    return DocumentId(other_id)


CopiesHere = Annotated[Copies, Depends(copies_of)]
OtherHere = Annotated[DocumentId, Depends(other_of)]


@api.get("/documents/{document_id}/relatives", responses=problems(404), summary="Read copies and versions")
def relatives(document_id: DocumentHere, copies: CopiesHere, viewer: ViewerHere) -> RelativesOut:
    """Its copies, what may be a version of it, and its own versions, the newest first."""
    return RelativesOut.model_validate(copies.relatives(viewer, document_id))


@api.put(
    "/documents/{document_id}/relatives/{other_id}",
    responses=problems(403, 404, 507),
    summary="Decide what another document is",
)
def decide(
    document_id: DocumentHere,
    other_id: OtherHere,
    copies: CopiesHere,
    viewer: ViewerHere,
    decision: Annotated[
        Decision,
        Query(description="`salinan`: a copy; `versi`: its next version, so that the other goes; `beda`: neither."),
    ],
) -> RelativesOut:
    """What people decide outlives new versions and goes before what is measured."""
    if decision is Decision.VERSION:
        copies.adopt(viewer, document_id, other_id)
    else:
        ruling = Sameness.COPIES if decision is Decision.COPY else Sameness.DIFFERENT
        copies.rule(viewer, document_id, other_id, ruling)
    return RelativesOut.model_validate(copies.relatives(viewer, document_id))


@page.post("/dokumen/{document_id}/salinan/{other_id}")
def rule(
    document_id: DocumentHere,
    other_id: OtherHere,
    copies: CopiesHere,
    viewer: ViewerHere,
    putusan: Annotated[Sameness, Form()],
) -> Response:
    """Keep whether two documents are copies, and come back to the first."""
    copies.rule(viewer, document_id, other_id, putusan)
    return see(f"/dokumen/{document_id}")


@page.post("/dokumen/{document_id}/versi/{other_id}")
def adopt(document_id: DocumentHere, other_id: OtherHere, copies: CopiesHere, viewer: ViewerHere) -> Response:
    """Make the other's file the next version of the document, and show it."""
    copies.adopt(viewer, document_id, other_id)
    return see(f"/dokumen/{document_id}", kabar="replace_done")
