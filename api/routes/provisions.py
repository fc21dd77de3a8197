"""Provisions over HTTP, by their address in a document or by their stable one."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.schemas_provisions import Address, ProvisionOut, StableAddress

router = APIRouter(tags=["documents"])


@router.get("/provision", responses=problems(404), summary="Read a provision by its stable address")
def provision(address: Annotated[StableAddress, Query()], library: LibraryHere, viewer: ViewerHere) -> ProvisionOut:
    """A provision of the current version: its words, what leads into it, and what the Penjelasan says of it."""
    return ProvisionOut.of(library.provisions.at(viewer, address))


@router.get("/documents/{document_id}/provision", responses=problems(404), summary="Read a provision of a document")
def provision_of(
    document_id: DocumentHere, address: Annotated[Address, Query()], library: LibraryHere, viewer: ViewerHere
) -> ProvisionOut:
    """The same, by the address that the document's outline gives it."""
    return ProvisionOut.of(library.provisions.provision(viewer, document_id, address))
