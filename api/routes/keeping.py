"""The page that keeps a quote in a dossier."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.dossier_typed import typed_words
from api.dossiers import COMMENT
from api.language import say
from api.library import Library
from api.links import keep_link, read_places
from api.problems import language_of
from api.rendering import render
from api.routes.given import LibraryHere, ViewerHere
from api.routes.sent_forms import see
from api.schemas import MAX_ID
from kb.access import Viewer
from kb.documents import DocumentId, VersionId
from kb.dossier import MAX_WORDS_CHARACTERS, DossierId, ItemKind
from kb.errors import QueryRefusedError

router = APIRouter()

MAX_TYPED = 2 * MAX_WORDS_CHARACTERS + 1
"""Browsers send each line break as two characters; the desk counts it as one."""
PLACES = r"^[0-9]{1,9}:[0-9]{1,9}-[0-9]{1,9}(,[0-9]{1,9}:[0-9]{1,9}-[0-9]{1,9}){0,49}$"

Number = Annotated[int, Query(ge=1, le=MAX_ID)]
FormNumber = Annotated[int, Form(ge=1, le=MAX_ID)]
Typed = Annotated[str, Form(max_length=MAX_TYPED)]


@router.get("/berkas/simpan")
def choose(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    dokumen: Number,
    versi: Number,
    letak: Annotated[str, Query(pattern=PLACES)],
    jenis: ItemKind = ItemKind.PASSAGE,
) -> Response:
    """The quote, and the form that says into which dossier it goes, with a comment."""
    return _choose(request, library, viewer, dokumen, versi, letak, jenis, None)


@router.post("/berkas/simpan")
def keep(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    dokumen: FormNumber,
    versi: FormNumber,
    letak: Annotated[str, Form(pattern=PLACES)],
    jenis: Annotated[ItemKind, Form()] = ItemKind.PASSAGE,
    berkas: Annotated[str, Form(pattern=r"^\d{0,15}$")] = "",
    judul: Typed = "",
    catatan: Typed = "",
) -> Response:
    """Keep the quote in the dossier chosen, or in a new one, and show that dossier."""
    try:
        # Quote and comment first: a new dossier is made only for what can be kept.
        typed_words(catatan, COMMENT)
        library.dossiers.quote(viewer, DocumentId(dokumen), VersionId(versi), read_places(letak))
        if judul.strip():
            dossier_id = library.dossiers.create(viewer, judul).id
        elif berkas:
            dossier_id = DossierId(int(berkas))
        else:
            told = say(language_of(request), "keep_no_place")
            return _choose(request, library, viewer, dokumen, versi, letak, jenis, told, (berkas, judul, catatan))
        library.dossiers.add(
            viewer, dossier_id, jenis, DocumentId(dokumen), VersionId(versi), read_places(letak), catatan
        )
    except QueryRefusedError as error:
        told = error.say(language_of(request))
        return _choose(request, library, viewer, dokumen, versi, letak, jenis, told, (berkas, judul, catatan))
    return see(f"/berkas/{dossier_id}", kabar="keep_done")


def _choose(
    request: Request,
    library: Library,
    viewer: Viewer,
    document_id: int,
    version_id: int,
    places: str,
    kind: ItemKind,
    told: str | None,
    typed: tuple[str, str, str] = ("", "", ""),
) -> Response:
    """typed: the dossier chosen, the title and the comment, so that nothing refused is typed twice."""
    chosen, title, comment = typed
    what = DocumentId(document_id), VersionId(version_id), read_places(places)
    document, label, quote = library.dossiers.quote(viewer, *what)
    return render(
        request,
        "keep.html",
        HTTPStatus.OK if told is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        keep_link(*what, kind),
        document=document,
        label=label,
        quote=quote,
        version_id=version_id,
        places=places,
        kind=kind,
        dossiers=library.dossiers.all(viewer),
        told=told,
        chosen=chosen,
        typed_title=title,
        typed_comment=comment,
    )
