"""Removed documents and watched folders over HTTP."""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi import Path as InPath

from api.folders import Folders
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.routes.jobs import IntakeHere
from api.schemas import MAX_ID
from api.schemas_documents import DocumentOut
from api.schemas_jobs import RemovedListOut, RemovedOut, SourceIn, SourceOut, SourcesOut, SyncedOut
from api.trash import Trash
from kb.errors import NotFoundError, Text
from kb.sources import Source, SourceId

router = APIRouter(tags=["jobs"])


def trash_of(library: LibraryHere) -> Trash:
    """What was removed from the library."""
    return Trash(library)


def folders_of(intake: IntakeHere) -> Folders:
    """The watched folders of the library."""
    return Folders(intake)


def source_of(
    source_id: Annotated[int, InPath(ge=1, le=MAX_ID, examples=[1])],
    folders: Annotated[Folders, Depends(folders_of)],
    viewer: ViewerHere,
) -> Source:
    """The watched folder that the address names."""
    for source in folders.all(viewer):
        if source.id == source_id:
            return source
    raise NotFoundError(
        f"sumber {source_id}",
        Text("folder itu tidak diikuti", "that folder is not watched"),
        Text("lihat daftarnya dengan `kb source`", "list them with `kb source`"),
    )


TrashHere = Annotated[Trash, Depends(trash_of)]
FoldersHere = Annotated[Folders, Depends(folders_of)]
SourceHere = Annotated[Source, Depends(source_of)]


@router.get("/removed", responses=problems(), summary="List removed documents")
def list_removed(trash: TrashHere, viewer: ViewerHere) -> RemovedListOut:
    """The documents that can still be brought back, the last removed first."""
    return RemovedListOut(removed=[RemovedOut.model_validate(one) for one in trash.removed(viewer)])


@router.post("/removed/{document_id}/restore", responses=problems(403, 404, 507), summary="Bring a document back")
def restore(document_id: DocumentHere, trash: TrashHere, viewer: ViewerHere) -> DocumentOut:
    """Make a removed document searchable again, with its number, its versions and its corrections."""
    return DocumentOut.model_validate(trash.bring_back(viewer, document_id))


@router.delete(
    "/removed/{document_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(403, 404, 507),
    summary="Delete a removed document for good",
)
def erase(document_id: DocumentHere, trash: TrashHere, viewer: ViewerHere) -> Response:
    """Delete it now instead of at the end of its grace, originals and all."""
    trash.erase(viewer, document_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/sources", responses=problems(), summary="List watched folders")
def list_sources(folders: FoldersHere, viewer: ViewerHere) -> SourcesOut:
    """The folders whose files come in by themselves, with the last look and what is in the way."""
    return SourcesOut(sources=[SourceOut.model_validate(source) for source in folders.all(viewer)])


@router.post(
    "/sources",
    status_code=HTTPStatus.CREATED,
    responses=problems(400, 403, 404, 409, 413, 507),
    summary="Watch a folder",
)
def add_source(source: SourceIn, folders: FoldersHere, viewer: ViewerHere) -> SourceOut:
    """Watch a folder of the server, or give a watched one and its documents another audience."""
    return SourceOut.model_validate(folders.add(viewer, Path(source.folder), source.audience))


@router.delete(
    "/sources/{source_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(403, 404, 507),
    summary="Watch a folder no longer",
)
def remove_source(source: SourceHere, folders: FoldersHere, viewer: ViewerHere) -> Response:
    """Its documents stay, and are no longer followed."""
    folders.remove(viewer, SourceId(source.id))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/sources/{source_id}/sync", responses=problems(403, 404, 409, 507), summary="Look into a folder")
def sync_source(source: SourceHere, folders: FoldersHere) -> SyncedOut:
    """Queue what is new or changed, follow what was renamed, remove what is gone."""
    came = folders.sync(source)
    return SyncedOut.model_validate({"folder": source.folder, **{name: getattr(came, name) for name in came.__slots__}})
