"""The page of a provision, at its permanent address."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from api.provisions import Part, ProvisionView
from api.rendering import render
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.views import citation_text
from kb.addresses import ADDRESS

router = APIRouter()

AddressHere = Annotated[str, Path(pattern=ADDRESS)]


@router.get("/ketentuan/{address:path}")
def show_provision(request: Request, address: AddressHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """A provision by its stable address; the document where the address names no provision."""
    slug, _, inside = address.partition("/")
    document = library.provisions.document(viewer, slug)
    if not inside:
        return RedirectResponse(f"/dokumen/{document.id}")
    return _provision(request, library.provisions.provision(viewer, document.id, inside))


@router.get("/dokumen/{document_id}/ketentuan/{address:path}")
def show_provision_of(
    request: Request, document_id: DocumentHere, address: AddressHere, library: LibraryHere, viewer: ViewerHere
) -> Response:
    """The same by the document's number, for a document that shares its address with another."""
    return _provision(request, library.provisions.provision(viewer, document_id, address))


def _provision(request: Request, view: ProvisionView) -> Response:
    return render(
        request,
        "provision.html",
        view=view,
        document=view.document,
        copied=citation_text(view.part.text, view.cited, ""),
        link=f"/ketentuan/{view.part.stable}",
        here=lambda part: _here(view, part),
    )


def _here(view: ProvisionView, part: Part) -> str:
    """Where a part of the same document is shown: by number, so that no other document can answer."""
    return f"/dokumen/{view.document.id}/ketentuan/{part.address}"
