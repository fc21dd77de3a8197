"""Documents: in, out, replaced, corrected, and read by page."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse

from api.intake import Intake
from api.library import Library
from api.links import SPANS, read_spans
from api.names import clean_name
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, PageHere, VersionHere, ViewerHere
from api.schemas import MAX_ID
from api.schemas_documents import DocumentOut, DocumentsOut, MetadataIn, OutlineOut, documents_out
from api.schemas_intake import IngestedOut, RefusalsOut
from api.schemas_jobs import JobOut
from api.schemas_pages import HighlightOut, PageOut
from api.trash import Trash
from api.uploads import on_disk, take_in
from kb.access import Viewer
from kb.addresses import document_slug
from kb.documents import DocumentId, Metadata, VersionId
from kb.errors import NotFoundError, Text
from kb.intake import Outcome
from kb.jobs import Job

router = APIRouter(tags=["documents"])

MAX_LISTED = 1_000

INLINE = frozenset({"application/pdf"})
"""What a browser may open in place; HTML would run as a page of this server."""

Spans = Annotated[
    str,
    Query(
        pattern=f"^{SPANS}$",
        description="Characters of the page's text: `start-end`, several with commas.",
        examples=["0-40"],
    ),
]

Wait = Annotated[bool, Query(description="Answer once the file is in; otherwise with the job that takes it in.")]


def _queued(job: Job, response: Response) -> JobOut:
    response.status_code = HTTPStatus.ACCEPTED
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return JobOut.of(job)


@router.get("/documents", responses=problems(), summary="List documents")
def list_documents(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    response: Response,
    limit: Annotated[int | None, Query(ge=1, le=MAX_LISTED, description="At most so many; all when left out.")] = None,
    after: Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only those listed after this document.")] = None,
) -> DocumentsOut:
    """Every document that the viewer may see, newest first.

    With `limit`, the header `Link: <…>; rel="next"` leads to the rest while there is more (RFC 8288).
    """
    found = [document for document in library.documents(viewer) if after is None or document.id < after]
    if limit is not None and len(found) > limit:
        found = found[:limit]
        following = request.url.include_query_params(after=found[-1].id)
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return documents_out(found)


@router.post(
    "/documents",
    status_code=HTTPStatus.CREATED,
    responses={
        200: {"model": IngestedOut, "description": "The same bytes were there."},
        202: {"model": JobOut, "description": "Received; a worker takes it in (`wait=false`)."},
        **problems(400, 403, 413, 415, 507),
    },
    summary="Upload a document",
)
def upload_document(
    file: UploadFile, library: LibraryHere, viewer: ViewerHere, response: Response, wait: Wait = True
) -> IngestedOut | JobOut:
    """Take in one file: 201 when it is new, 200 when the same bytes were there. A refused one is listed in refusals.

    With `wait=false` it is 202 and a job, as soon as the file is on the disk.
    """
    if not wait:
        return _queued(Intake(library).receive(viewer, file.filename, file.file), response)
    ingested = take_in(library, viewer, file)
    if ingested.outcome is not Outcome.NEW:
        response.status_code = HTTPStatus.OK
    return IngestedOut.model_validate(ingested)


@router.get("/documents/{document_id}", responses=problems(404), summary="Read a document")
def read_document(document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere) -> DocumentOut:
    """One document, as its current version stands."""
    return DocumentOut.model_validate(library.document(viewer, document_id))


@router.patch("/documents/{document_id}", responses=problems(400, 403, 404, 413, 507), summary="Correct metadata")
def correct_document(
    document_id: DocumentHere, corrected: MetadataIn, library: LibraryHere, viewer: ViewerHere
) -> DocumentOut:
    """Set the fields that are sent, by hand; they stay set when the file is replaced."""
    metadata = Metadata(**{field: getattr(corrected, field) for field in MetadataIn.model_fields})
    document = library.revisions.correct(viewer, document_id, metadata, frozenset(corrected.model_fields_set))
    return DocumentOut.model_validate(document)


@router.delete(
    "/documents/{document_id}", status_code=HTTPStatus.NO_CONTENT, responses=problems(403, 404, 507), summary="Remove"
)
def remove_document(
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    permanent: Annotated[bool, Query(description="Delete it for good, at once.")] = False,
) -> None:
    """Remove the document with all its versions; no search finds it from then on.

    It can be brought back until the days of grace are over (`/removed`), unless it is removed for good.
    """
    if permanent:
        Trash(library).remove(viewer, document_id)
    else:
        Trash(library).withdraw(viewer, document_id)


@router.put(
    "/documents/{document_id}/file",
    responses={
        202: {"model": JobOut, "description": "Received; a worker takes it in (`wait=false`)."},
        **problems(400, 403, 404, 413, 415, 507),
    },
    summary="Replace the file",
)
def replace_file(
    document_id: DocumentHere,
    file: UploadFile,
    library: LibraryHere,
    viewer: ViewerHere,
    response: Response,
    wait: Wait = True,
) -> IngestedOut | JobOut:
    """A new version of the document; search uses it from then on, and the old one stays citable."""
    if not wait:
        return _queued(Intake(library).receive_version(viewer, document_id, file.filename, file.file), response)
    with on_disk(file) as kept:
        ingested = library.ingestion.replace(viewer, document_id, kept, clean_name(file.filename))
    return IngestedOut.model_validate(ingested)


@router.get(
    "/documents/{document_id}/file",
    response_class=FileResponse,
    responses={200: {"content": {"*/*": {}}, "description": "The bytes as they came."}, **problems(404)},
    summary="Read the original file",
)
def original_file(
    document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, version: VersionHere
) -> FileResponse:
    """The bytes as they came. Only a PDF opens in the browser; everything else is saved."""
    file, document = library.pages.original(viewer, document_id, version)
    disposition = "inline" if document.media_type in INLINE else "attachment"
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "private, no-cache"}
    if disposition == "inline":
        # A sandboxed response is not given to the browser's PDF viewer
        del headers["Content-Security-Policy"]
    return FileResponse(
        file,
        media_type=document.media_type,
        filename=document.name,
        content_disposition_type=disposition,
        headers=headers,
    )


@router.get("/documents/{document_id}/outline", responses=problems(404), summary="Read the outline")
def outline(document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere) -> OutlineOut:
    """The sections of the current version, in reading order, with where each stands."""
    document = library.document(viewer, document_id)
    sections = library.sections(viewer, document_id)
    slug = document_slug(document.metadata, document.id)
    return OutlineOut.model_validate({"slug": slug, "sections": sections}, from_attributes=True)


@router.get("/documents/{document_id}/pages/{number}", responses=problems(404), summary="Read a page's text")
def page_text(
    document_id: DocumentHere, number: PageHere, library: LibraryHere, viewer: ViewerHere, version: VersionHere
) -> PageOut:
    """The page's text exactly as read; spans count its characters."""
    return PageOut.model_validate(library.pages.read(viewer, document_id, number, version))


@router.get(
    "/documents/{document_id}/pages/{number}/image",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "The page."}, **problems(404)},
    summary="Draw a page",
)
def page_image(
    document_id: DocumentHere,
    number: PageHere,
    library: LibraryHere,
    viewer: ViewerHere,
    version: VersionHere,
    dpi: Annotated[int, Query(ge=36, le=220)] = 110,
) -> Response:
    """The page as a PNG. Formats without pages have none (404)."""
    image = library.pages.draw(viewer, document_id, number, dpi, version)
    # A version never changes: its page may be kept. The current version's address may mean another file tomorrow
    is_kept = version is not None and not library.identities.is_sensitive(version)
    kept = "private, max-age=86400, immutable" if is_kept else "private, no-cache"
    return Response(image, media_type="image/png", headers={"Cache-Control": kept})


@router.get("/documents/{document_id}/pages/{number}/highlight", responses=problems(404), summary="Highlight boxes")
def highlight(
    document_id: DocumentHere,
    number: PageHere,
    spans: Spans,
    library: LibraryHere,
    viewer: ViewerHere,
    version: VersionHere,
) -> HighlightOut:
    """The rectangles that cover the spans on the page image, in percent. Spans beyond the text are 404."""
    check_spans(library, viewer, document_id, number, spans, version)
    boxes = library.pages.highlight(viewer, document_id, read_spans(number, spans), version)
    return HighlightOut.model_validate({"boxes": boxes}, from_attributes=True)


def check_spans(
    library: Library, viewer: Viewer, document_id: DocumentId, number: int, spans: str, version: VersionId | None
) -> None:
    """Raise NotFoundError when one of `spans` ends after the page's text."""
    length = len(library.pages.read(viewer, document_id, number, version).text)
    if any(span.end > length for span in read_spans(number, spans)):
        raise NotFoundError(
            f"dokumen {document_id} halaman {number}",
            Text(
                f"teksnya {length} karakter; posisi {spans} tidak ada", f"its text has {length} characters; no {spans}"
            ),
            Text("pakai posisi dari kutipan atau hasil cari", "use the positions of a citation or hit"),
        )


@router.get("/refusals", responses=problems(), summary="List refused files")
def refusals(library: LibraryHere) -> RefusalsOut:
    """The files that were not taken in, why, and what to do; newest first."""
    return RefusalsOut.model_validate({"refusals": library.refusals()}, from_attributes=True)
