"""Hidden identities: listed, shown on demand to whom may see them, and ruled on; in the API and on the page."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi import Path as InPath

from api import veil
from api.language import say
from api.links import page_link
from api.problems import language_of
from api.rendering import render
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, PageHere, VersionHere, ViewerHere
from api.routes.sent_forms import see
from api.schemas import MAX_ID
from api.schemas_identities import IdentitiesOut, RulingIn, RulingsOut, SettledOut
from api.schemas_pages import PageOut
from kb.documents import DocumentId, VersionId
from kb.errors import KbError, NotFoundError
from kb.identity import Action

api = APIRouter(tags=["documents"])
page = APIRouter()

NO_STORE = {"Cache-Control": "no-store"}

RulingHere = Annotated[int, InPath(ge=1, le=MAX_ID)]


@api.get("/documents/{document_id}/identities", responses=problems(404), summary="List what is hidden")
def list_identities(document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere) -> IdentitiesOut:
    """Where something is hidden in the document and of what kind, without the words."""
    return IdentitiesOut.model_validate(
        {"hidden": library.identities.listed(viewer, document_id)}, from_attributes=True
    )


@api.post("/documents/{document_id}/identities/reveal", responses=problems(403, 404), summary="Show what is hidden")
def reveal_identities(
    document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, response: Response
) -> IdentitiesOut:
    """The same with the words, for a viewer with the right; that it was asked for is logged."""
    response.headers.update(NO_STORE)
    shown = library.identities.listed(viewer, document_id, reveal=True)
    return IdentitiesOut.model_validate({"hidden": shown}, from_attributes=True)


@api.post(
    "/documents/{document_id}/pages/{number}/reveal", responses=problems(403, 404), summary="Read a page unmasked"
)
def reveal_page(
    document_id: DocumentHere,
    number: PageHere,
    library: LibraryHere,
    viewer: ViewerHere,
    version: VersionHere,
    response: Response,
) -> PageOut:
    """The page's text with the hidden words put back, for a viewer with the right; that it was read is logged."""
    response.headers.update(NO_STORE)
    return PageOut.model_validate(library.identities.reveal(viewer, document_id, number, version))


@api.get("/identities/rulings", responses=problems(), summary="List rulings on identities")
def list_rulings(library: LibraryHere, viewer: ViewerHere) -> RulingsOut:
    """What the office ruled, oldest first; the phrases that are hidden are masked."""
    return RulingsOut.of(library.identities.rulings(viewer))


@api.post(
    "/identities/rulings",
    status_code=HTTPStatus.CREATED,
    responses=problems(400, 403, 404, 413, 507),
    summary="Rule on an identity",
)
def rule(ruling: RulingIn, library: LibraryHere, viewer: ViewerHere) -> SettledOut:
    """Hide a phrase, or stop hiding it, in one document or in all; what it touches is guarded and embedded anew."""
    document_id = None if ruling.document is None else DocumentId(ruling.document)
    return SettledOut(n_changed=library.identities.rule(viewer, document_id, ruling.action, ruling.phrase))


@api.delete("/identities/rulings/{ruling_id}", responses=problems(403, 404, 507), summary="Take a ruling back")
def revoke(ruling_id: RulingHere, library: LibraryHere, viewer: ViewerHere) -> SettledOut:
    """The rules decide again what it ruled on."""
    return SettledOut(n_changed=library.identities.revoke(viewer, ruling_id))


@page.get("/dokumen/{document_id}/identitas")
def show(
    request: Request, document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, diubah: str = ""
) -> Response:
    """What is hidden in a document, masked, with the forms that show it and rule on it."""
    told = say(language_of(request), "identity_done", n=int(diubah)) if diubah.isdecimal() and len(diubah) < 9 else ""
    return _show(request, library, viewer, document_id, reveal=False, told=told)


@page.post("/dokumen/{document_id}/identitas")
def show_revealed(request: Request, document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """The same, unmasked."""
    return _show(request, library, viewer, document_id, reveal=True, told="")


def _show(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    document_id: DocumentId,
    *,
    reveal: bool,
    told: str,
    bad: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    document = library.document(viewer, document_id)
    rulings = [one for one in library.identities.rulings(viewer) if one.document in (None, document_id)]
    return render(
        request,
        "identities.html",
        status,
        f"/dokumen/{document_id}/identitas",
        document=document,
        veiled=library.identities.listed(viewer, document_id, reveal=reveal),
        rulings=RulingsOut.of(rulings, show_hidden=reveal).rulings,
        is_revealed=reveal,
        told=told,
        bad=bad,
    )


@page.post("/dokumen/{document_id}/identitas/buka")
def release(
    request: Request,
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    bagian: Annotated[str, Form(max_length=100)],
) -> Response:
    """Stop hiding one of the listed, wherever the document says it; told with a new list where it is hidden no more."""
    try:
        n_changed = library.identities.release(viewer, document_id, (bagian,))
    except NotFoundError:
        bad = say(language_of(request), "identity_moved")
        return _show(request, library, viewer, document_id, reveal=False, told="", bad=bad, status=HTTPStatus.CONFLICT)
    return _back(document_id, n_changed)


@page.post("/dokumen/{document_id}/identitas/tutup")
def hide(
    request: Request,
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    frasa: Annotated[str, Form(max_length=1_000)] = "",
    semua: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Hide a name or number that the rules missed."""
    try:
        n_changed = library.identities.rule(viewer, None if semua else document_id, Action.HIDE, frasa)
    except KbError as error:
        bad = veil.told(error, language_of(request))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(request, library, viewer, document_id, reveal=False, told="", bad=bad, status=status)
    return _back(document_id, n_changed)


@page.post("/dokumen/{document_id}/identitas/batal")
def take_back(
    document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, nomor: Annotated[int, Form(ge=1, le=MAX_ID)]
) -> Response:
    """Take a ruling back."""
    return _back(document_id, library.identities.revoke(viewer, nomor))


@page.post("/dokumen/{document_id}/halaman/{number}/identitas")
def show_page_revealed(
    request: Request,
    document_id: DocumentHere,
    number: PageHere,
    library: LibraryHere,
    viewer: ViewerHere,
    versi: Annotated[int | None, Form(ge=1, le=MAX_ID)] = None,
) -> Response:
    """A page's text unmasked; its picture stays covered."""
    document = library.pages.of_version(viewer, document_id, None if versi is None else VersionId(versi))
    back = page_link(document_id, document.version_id, number, ())
    return render(
        request,
        "revealed.html",
        HTTPStatus.OK,
        back,
        document=document,
        page=library.identities.reveal(viewer, document_id, number, document.version_id),
        back=back,
    )


def _back(document_id: DocumentId, n_changed: int) -> Response:
    return see(f"/dokumen/{document_id}/identitas", diubah=str(n_changed))
