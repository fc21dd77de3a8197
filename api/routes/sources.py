"""Watched folders and removed documents on the page."""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.language import say
from api.names import clean_name
from api.problems import language_of
from api.rendering import render
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.routes.removed import FoldersHere, SourceHere, TrashHere
from api.routes.sent_forms import see
from api.routes.shelf import News
from kb.errors import SourceError

router = APIRouter()

MAX_FOLDER = 4_000


@router.get("/sumber")
def show(request: Request, folders: FoldersHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """The watched folders, and the form to watch one more."""
    return _show(request, folders, library, viewer, [])


def _show(
    request: Request,
    folders: FoldersHere,
    library: LibraryHere,
    viewer: ViewerHere,
    news: list[News],
    status: int = 200,
) -> Response:
    return render(
        request,
        "sources.html",
        status,
        "/sumber",
        sources=folders.all(viewer),
        minutes=library.settings.sync_minutes,
        is_admin=viewer.is_admin,
        news=news,
    )


@router.post("/sumber")
def add(
    request: Request,
    folders: FoldersHere,
    library: LibraryHere,
    viewer: ViewerHere,
    folder: Annotated[str, Form(min_length=1, max_length=MAX_FOLDER)],
) -> Response:
    """Watch a folder of the server."""
    language = language_of(request)
    try:
        source = folders.add(viewer, Path(folder.strip()))
        folders.sync(source)
    except SourceError as error:
        told = [News(error.say(language), False)]
        return _show(request, folders, library, viewer, told, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _show(request, folders, library, viewer, [News(say(language, "source_added", folder=source.folder), True)])


@router.post("/sumber/{source_id}/lihat")
def sync(
    request: Request, source: SourceHere, folders: FoldersHere, library: LibraryHere, viewer: ViewerHere
) -> Response:
    """Look into a folder now."""
    language = language_of(request)
    try:
        came = folders.sync(source)
    except SourceError as error:
        return _show(request, folders, library, viewer, [News(error.say(language), False)])
    counts = {name: getattr(came, name) for name in came.__slots__}
    told = say(language, "synced", folder=source.folder, **counts)
    return _show(request, folders, library, viewer, [News(told, True)])


@router.post("/sumber/{source_id}/hapus")
def remove(source: SourceHere, folders: FoldersHere, viewer: ViewerHere) -> Response:
    """Watch a folder no longer."""
    folders.remove(viewer, source.id)
    return see("/sumber")


@router.get("/terhapus")
def removed(request: Request, trash: TrashHere, viewer: ViewerHere, kembali: str = "", hilang: str = "") -> Response:
    """The removed documents, and the buttons that bring them back or delete them for good."""
    language = language_of(request)
    told = (("removed_back", kembali), ("removed_erased", hilang))
    news = [News(say(language, key, name=clean_name(name)), True) for key, name in told if name]
    return render(request, "removed.html", removed=trash.removed(viewer), news=news)


@router.post("/terhapus/{document_id}/kembalikan")
def bring_back(document_id: DocumentHere, trash: TrashHere, viewer: ViewerHere) -> Response:
    """Bring a removed document back."""
    name = trash.bring_back(viewer, document_id).name
    return see("/terhapus", kembali=name)


@router.post("/terhapus/{document_id}/hapus")
def erase(document_id: DocumentHere, trash: TrashHere, viewer: ViewerHere) -> Response:
    """Delete a removed document for good."""
    names = [one.document.name for one in trash.removed(viewer) if one.document.id == document_id]
    trash.erase(viewer, document_id)
    return see("/terhapus", hilang=names[0])
