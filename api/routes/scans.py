"""Scanned pages: their text corrected by hand, on the page and over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, ConfigDict, Field

from api.links import page_link
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, PageHere, ViewerHere
from api.routes.sent_forms import see
from api.scanned import MAX_CORRECTION
from api.schemas_documents import DocumentOut

router = APIRouter(tags=["documents"])
forms = APIRouter()


class PageTextIn(BaseModel):
    """The text of a scanned page as a person reads it from its image."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=MAX_CORRECTION)]


@router.put(
    "/documents/{document_id}/pages/{number}/text",
    responses=problems(400, 403, 404, 409, 413, 507),
    summary="Correct a scanned page",
)
def correct_page(
    document_id: DocumentHere, number: PageHere, typed: PageTextIn, library: LibraryHere, viewer: ViewerHere
) -> DocumentOut:
    """Set the text of a scanned page by hand: a new version; it stays when the same file comes in again."""
    return DocumentOut.model_validate(library.revisions.correct_page(viewer, document_id, number, typed.text))


@forms.post("/dokumen/{document_id}/halaman/{number}/perbaiki")
def correct_on_page(
    document_id: DocumentHere,
    number: PageHere,
    library: LibraryHere,
    viewer: ViewerHere,
    teks: Annotated[str, Form(max_length=2 * MAX_CORRECTION)] = "",
) -> Response:
    """Set the text of a scanned page by hand, and come back to the page."""
    document = library.revisions.correct_page(viewer, document_id, number, teks)
    return see(page_link(document_id, document.version_id, number, ()))
