"""Dossiers over HTTP: made, written in, filled, ordered and exported."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from api.exports.dossier import export
from api.exports.kinds import DOCX, MARKDOWN, DossierFormat
from api.routes.documented import problems
from api.routes.given import LibraryHere, ViewerHere
from api.routes.precedents import as_file
from api.schemas import MAX_ID
from api.schemas_dossiers import (
    CheckedDossierOut,
    DossierIn,
    DossierOut,
    DossiersOut,
    ItemChangeIn,
    ItemIn,
    NewDossierIn,
)
from kb.documents import DocumentId, VersionId
from kb.dossier import DossierId, ItemId

router = APIRouter(tags=["dossiers"])


def dossier_id_of(dossier_id: Annotated[int, Path(ge=1, le=MAX_ID, examples=[1])]) -> DossierId:
    """The dossier that the address names."""
    return DossierId(dossier_id)


def item_id_of(item_id: Annotated[int, Path(ge=1, le=MAX_ID, examples=[1])]) -> ItemId:
    """The item that the address names."""
    return ItemId(item_id)


DossierHere = Annotated[DossierId, Depends(dossier_id_of)]
ItemHere = Annotated[ItemId, Depends(item_id_of)]


@router.get("/dossiers", responses=problems(), summary="List dossiers")
def list_dossiers(library: LibraryHere, viewer: ViewerHere) -> DossiersOut:
    """The dossiers that the viewer may see, the one changed last first."""
    return DossiersOut.of(library.dossiers.all(viewer))


@router.post(
    "/dossiers", status_code=HTTPStatus.CREATED, responses=problems(400, 403, 413, 507), summary="Make a dossier"
)
def make_dossier(asked: NewDossierIn, library: LibraryHere, viewer: ViewerHere) -> DossierOut:
    """A new dossier that is empty."""
    return DossierOut.model_validate(library.dossiers.create(viewer, asked.title, asked.form))


@router.get("/dossiers/{dossier_id}", responses=problems(404), summary="Read a dossier")
def read_dossier(dossier_id: DossierHere, library: LibraryHere, viewer: ViewerHere) -> CheckedDossierOut:
    """The dossier with its items, each quote compared with its page now."""
    return CheckedDossierOut.of(library.dossiers.read(viewer, dossier_id))


@router.patch("/dossiers/{dossier_id}", responses=problems(400, 403, 404, 413, 507), summary="Write in a dossier")
def write_dossier(
    dossier_id: DossierHere, asked: DossierIn, library: LibraryHere, viewer: ViewerHere
) -> CheckedDossierOut:
    """Set title, form and the fields that are sent."""
    before = library.dossiers.read(viewer, dossier_id).dossier
    library.dossiers.write(viewer, dossier_id, asked.title or before.title, asked.form or before.form, asked.words)
    return CheckedDossierOut.of(library.dossiers.read(viewer, dossier_id))


@router.delete(
    "/dossiers/{dossier_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(403, 404, 507),
    summary="Remove a dossier",
)
def remove_dossier(dossier_id: DossierHere, library: LibraryHere, viewer: ViewerHere) -> None:
    """Remove the dossier with its comments; the documents stay."""
    library.dossiers.remove(viewer, dossier_id)


@router.post(
    "/dossiers/{dossier_id}/items",
    status_code=HTTPStatus.CREATED,
    responses=problems(400, 403, 404, 413, 507),
    summary="Collect a quote",
)
def add_item(dossier_id: DossierHere, asked: ItemIn, library: LibraryHere, viewer: ViewerHere) -> CheckedDossierOut:
    """Put the words under the spans at the end, pinned to their version."""
    library.dossiers.add(
        viewer,
        dossier_id,
        asked.kind,
        DocumentId(asked.document_id),
        VersionId(asked.version_id),
        asked.where(),
        asked.comment,
        asked.part,
    )
    return CheckedDossierOut.of(library.dossiers.read(viewer, dossier_id))


@router.patch(
    "/dossiers/{dossier_id}/items/{item_id}",
    responses=problems(400, 403, 404, 413, 507),
    summary="Comment on, place or move an item",
)
def change_item(
    dossier_id: DossierHere, item_id: ItemHere, asked: ItemChangeIn, library: LibraryHere, viewer: ViewerHere
) -> CheckedDossierOut:
    """Set comment and part, and move it a step; what is left out stays."""
    what = library.dossiers.item(viewer, dossier_id, item_id).item.what
    if asked.comment is not None or asked.part is not None:
        comment = what.comment if asked.comment is None else asked.comment
        library.dossiers.change(viewer, dossier_id, item_id, asked.part or what.part, comment)
    if asked.up is not None:
        library.dossiers.move(viewer, dossier_id, item_id, asked.up)
    return CheckedDossierOut.of(library.dossiers.read(viewer, dossier_id))


@router.delete(
    "/dossiers/{dossier_id}/items/{item_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(403, 404, 507),
    summary="Take an item out",
)
def take_out_item(dossier_id: DossierHere, item_id: ItemHere, library: LibraryHere, viewer: ViewerHere) -> None:
    """Take one item out of the dossier."""
    library.dossiers.take_out(viewer, dossier_id, item_id)


@router.get(
    "/dossiers/{dossier_id}/export/{format}",
    response_class=Response,
    responses={200: {"content": {DOCX: {}, MARKDOWN: {}}, "description": "The paper."}, **problems(404)},
    summary="Export the draft paper",
)
def export_dossier(
    dossier_id: DossierHere,
    format: DossierFormat,  # noqa: A002 - the address says it
    library: LibraryHere,
    viewer: ViewerHere,
) -> Response:
    """The telaahan staf or nota dinas, every quote compared with its page at this moment."""
    content, media_type = export(library, viewer, dossier_id, format)
    return as_file(content, media_type, f"berkas-{dossier_id}.{format.value}")
