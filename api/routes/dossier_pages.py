"""The pages of dossiers: the list, one dossier, and the page that keeps a quote."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from api.dossier_words import FIELDS, FORMS, ITEM_KINDS, STATES
from api.exports.dossier import export
from api.exports.kinds import DossierFormat
from api.language import pick, say
from api.library import Library
from api.links import read_places
from api.problems import language_of
from api.rendering import render
from api.routes.dossiers import DossierHere, ItemHere
from api.routes.given import LibraryHere, ViewerHere
from api.routes.precedents import as_file
from api.routes.shelf import News
from api.schemas import MAX_ID
from kb import dossier as words
from kb.access import Viewer
from kb.documents import DocumentId, VersionId
from kb.dossier import HEADS, PARTS, QUOTED_IN, SIGNATURE, CheckedDossier, DossierId, Field, ItemKind
from kb.errors import QueryRefusedError

router = APIRouter()

MAX_TYPED = words.MAX_WORDS_CHARACTERS + 1
PLACES = r"^[0-9]{1,9}:[0-9]{1,9}-[0-9]{1,9}(,[0-9]{1,9}:[0-9]{1,9}-[0-9]{1,9}){0,49}$"

Number = Annotated[int, Query(ge=1, le=MAX_ID)]
FormNumber = Annotated[int, Form(ge=1, le=MAX_ID)]
Typed = Annotated[str, Form(max_length=MAX_TYPED)]


@router.get("/berkas")
def dossiers(request: Request, library: LibraryHere, viewer: ViewerHere) -> Response:
    """The dossiers, and the form to make one."""
    return _list(request, library, viewer, None)


@router.post("/berkas")
def make(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    judul: Typed = "",
    bentuk: Annotated[words.Form, Form()] = words.Form.STAFF_STUDY,
) -> Response:
    """Make a dossier, and open it."""
    try:
        made = library.dossiers.create(viewer, judul, bentuk)
    except QueryRefusedError as error:
        return _list(request, library, viewer, error)
    return _see(f"/berkas/{made.id}")


def _list(request: Request, library: Library, viewer: Viewer, refused: QueryRefusedError | None) -> Response:
    return render(
        request,
        "dossiers.html",
        HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        dossiers=library.dossiers.all(viewer),
        refused=refused,
        **_names(request),
    )


def _names(request: Request) -> dict[str, object]:
    """What templates call forms, fields, kinds and states."""
    language = language_of(request)
    return {
        "forms": {form: pick(text, language) for form, text in FORMS.items()},
        "fields": {field: pick(text, language) for field, text in FIELDS.items()},
        "item_kinds": {kind: pick(text, language) for kind, text in ITEM_KINDS.items()},
        "states": {state: pick(text, language) for state, text in STATES.items()},
    }


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
        # The quote first: a new dossier is made only for one that can be kept.
        library.dossiers.quote(viewer, DocumentId(dokumen), VersionId(versi), read_places(letak))
        if judul.strip():
            dossier_id = library.dossiers.create(viewer, judul).id
        elif berkas:
            dossier_id = DossierId(int(berkas))
        else:
            told = say(language_of(request), "keep_no_place")
            return _choose(request, library, viewer, dokumen, versi, letak, jenis, told)
        library.dossiers.add(
            viewer, dossier_id, jenis, DocumentId(dokumen), VersionId(versi), read_places(letak), catatan
        )
    except QueryRefusedError as error:
        told = error.say(language_of(request))
        return _choose(request, library, viewer, dokumen, versi, letak, jenis, told)
    return _see(f"/berkas/{dossier_id}", kabar="keep_done")


def _choose(
    request: Request,
    library: Library,
    viewer: Viewer,
    document_id: int,
    version_id: int,
    places: str,
    kind: ItemKind,
    told: str | None,
) -> Response:
    document, label, quote = library.dossiers.quote(
        viewer, DocumentId(document_id), VersionId(version_id), read_places(places)
    )
    return render(
        request,
        "keep.html",
        HTTPStatus.OK if told is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        document=document,
        label=label,
        quote=quote,
        version_id=version_id,
        places=places,
        kind=kind,
        dossiers=library.dossiers.all(viewer),
        told=told,
    )


@router.get("/berkas/{dossier_id}")
def show(
    request: Request, dossier_id: DossierHere, library: LibraryHere, viewer: ViewerHere, kabar: str = ""
) -> Response:
    """One dossier: its words, and its items part by part."""
    told = say(language_of(request), kabar) if kabar in ("keep_done", "dossier_saved") else ""
    return _show(request, library.dossiers.read(viewer, dossier_id), [News(told, True)] if told else [])


def _show(request: Request, checked: CheckedDossier, news: list[News]) -> Response:
    form = checked.dossier.form
    bad = [each for each in news if not each.is_good]
    return render(
        request,
        "dossier.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK,
        checked=checked,
        dossier=checked.dossier,
        head=(Field.OFFICE, *HEADS[form], *([] if Field.COPY in HEADS[form] else [Field.COPY])),
        parts=PARTS[form],
        signature=SIGNATURE,
        usual=QUOTED_IN[form],
        n_missing=sum(not each.is_quotable for each in checked.items),
        news=news,
        **_names(request),
    )


async def form_of(request: Request) -> FormData:
    """The fields of a form whose names depend on what it is about."""
    return await request.form()


@router.post("/berkas/{dossier_id}")
def write(
    request: Request,
    dossier_id: DossierHere,
    library: LibraryHere,
    viewer: ViewerHere,
    form: Annotated[FormData, Depends(form_of)],
) -> Response:
    """Save title, form and words, and show the dossier again."""
    before = library.dossiers.read(viewer, dossier_id).dossier
    typed = _typed(form)
    chosen = _text(form, "bentuk")
    kind = words.Form(chosen) if chosen in {each.value for each in words.Form} else before.form
    try:
        library.dossiers.write(viewer, dossier_id, _text(form, "judul"), kind, typed)
    except QueryRefusedError as error:
        told = News(error.say(language_of(request)), False)
        return _show(request, library.dossiers.read(viewer, dossier_id), [told])
    return _see(f"/berkas/{dossier_id}", kabar="dossier_saved")


def _typed(form: FormData) -> Mapping[Field, str]:
    return {field: _text(form, field.value) for field in Field if field.value in form}


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


@router.post("/berkas/{dossier_id}/butir/{item_id}")
def change(
    request: Request,
    dossier_id: DossierHere,
    item_id: ItemHere,
    library: LibraryHere,
    viewer: ViewerHere,
    bagian: Annotated[Field, Form()],
    catatan: Typed = "",
    geser: Annotated[Literal["", "naik", "turun"], Form()] = "",
) -> Response:
    """Save an item's part and comment, and move it a step where one of those buttons was pressed."""
    try:
        library.dossiers.change(viewer, dossier_id, item_id, bagian, catatan)
    except QueryRefusedError as error:
        told = News(error.say(language_of(request)), False)
        return _show(request, library.dossiers.read(viewer, dossier_id), [told])
    if geser:
        library.dossiers.move(viewer, dossier_id, item_id, up=geser == "naik")
        return _see(f"/berkas/{dossier_id}", f"butir-{item_id}")
    return _see(f"/berkas/{dossier_id}", f"butir-{item_id}", kabar="dossier_saved")


@router.post("/berkas/{dossier_id}/butir/{item_id}/keluarkan")
def take_out(dossier_id: DossierHere, item_id: ItemHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """Take an item out."""
    library.dossiers.take_out(viewer, dossier_id, item_id)
    return _see(f"/berkas/{dossier_id}")


@router.post("/berkas/{dossier_id}/hapus")
def remove(dossier_id: DossierHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """Remove the dossier, and come back to the list."""
    library.dossiers.remove(viewer, dossier_id)
    return _see("/berkas")


@router.get("/berkas/{dossier_id}/naskah.{format}")
def download(
    dossier_id: DossierHere,
    format: DossierFormat,  # noqa: A002 - the address says it
    library: LibraryHere,
    viewer: ViewerHere,
) -> Response:
    """The draft paper, every quote compared with its page at this moment."""
    content, media_type = export(library, viewer, dossier_id, format)
    form = library.dossiers.read(viewer, dossier_id).dossier.form
    return as_file(content, media_type, f"{form.value}-{dossier_id}.{format.value}")


def _see(path: str, fragment: str = "", **told: str) -> Response:
    """Send the browser to `path` by GET, so that a reload does not repeat the change."""
    query = f"?{urlencode(told)}" if told else ""
    return RedirectResponse(f"{path}{query}{'#' if fragment else ''}{fragment}", HTTPStatus.SEE_OTHER)
