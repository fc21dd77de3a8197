"""The pages of dossiers: the list and one dossier, beside the page of `keeping`."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Form, Request, Response
from starlette.datastructures import FormData

from api.dossier_typed import state_of, typed_again
from api.dossier_words import FIELDS, FORMS, ITEM_KINDS, STATES
from api.exports.dossier import export
from api.exports.kinds import DossierFormat
from api.language import pick, say
from api.library import Library
from api.problems import KINDS, language_of
from api.rendering import render
from api.routes import keeping
from api.routes.dossiers import DossierHere, ItemHere
from api.routes.given import LibraryHere, ViewerHere
from api.routes.keeping import Typed
from api.routes.precedents import as_file
from api.routes.sent_forms import FormHere, see
from api.routes.shelf import News
from kb import dossier as words
from kb.access import Viewer
from kb.dossier import HEADS, PARTS, QUOTED_IN, SIGNATURE, CheckedDossier, Field, ItemId
from kb.errors import ChangedMeanwhileError, QueryRefusedError

router = APIRouter()
# Before the address of one dossier, which `simpan` would be taken for.
router.include_router(keeping.router)


class Unsaved(NamedTuple):
    """A dossier's form that was refused: the state that it was made from, and the dossier as it was typed."""

    state: str
    typed: words.Dossier


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
    return see(f"/berkas/{made.id}")


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


@router.get("/berkas/{dossier_id}")
def show(
    request: Request, dossier_id: DossierHere, library: LibraryHere, viewer: ViewerHere, kabar: str = ""
) -> Response:
    """One dossier: its words, and its items part by part."""
    told = say(language_of(request), kabar) if kabar in ("keep_done", "dossier_saved") else ""
    return _show(request, library.dossiers.read(viewer, dossier_id), [News(told, True)] if told else [])


def _show(
    request: Request,
    checked: CheckedDossier,
    news: list[News],
    status: HTTPStatus = HTTPStatus.OK,
    unsaved: Unsaved | None = None,
    comments: Mapping[ItemId, str] = MappingProxyType({}),
) -> Response:
    """The dossier's page. unsaved, comments: what was typed and refused, in the place of what is saved."""
    dossier = checked.dossier
    theirs: Mapping[Field, str] = MappingProxyType({})
    if unsaved is not None:
        dossier, theirs = typed_again(checked.dossier, *unsaved)
    form = dossier.form
    return render(
        request,
        "dossier.html",
        status,
        f"/berkas/{dossier.id}",
        checked=CheckedDossier(dossier, checked.items),
        dossier=dossier,
        name=checked.dossier.title,
        state=state_of(checked.dossier),
        is_unsaved=unsaved is not None,
        theirs=theirs,
        comments=comments,
        head=(Field.OFFICE, *HEADS[form], *([] if Field.COPY in HEADS[form] else [Field.COPY])),
        parts=PARTS[form],
        signature=SIGNATURE,
        usual=QUOTED_IN[form],
        n_missing=sum(not each.is_quotable for each in checked.items),
        news=news,
        **_names(request),
    )


@router.post("/berkas/{dossier_id}")
def write(
    request: Request,
    dossier_id: DossierHere,
    library: LibraryHere,
    viewer: ViewerHere,
    form: FormHere,
) -> Response:
    """Save title, form and words, and show the dossier again."""
    before = library.dossiers.read(viewer, dossier_id).dossier
    chosen, state = _text(form, "bentuk"), _text(form, "keadaan")
    kind = words.Form(chosen) if chosen in {each.value for each in words.Form} else before.form
    typed = replace(before, title=_text(form, "judul"), form=kind, words={**before.words, **_typed(form)})
    try:
        library.dossiers.write(viewer, dossier_id, typed.title, kind, _typed(form), state)
    except (QueryRefusedError, ChangedMeanwhileError) as error:
        told = News(error.say(language_of(request)), False)
        unsaved = Unsaved(state, typed)
        return _show(request, library.dossiers.read(viewer, dossier_id), [told], KINDS[type(error)].status, unsaved)
    return see(f"/berkas/{dossier_id}", kabar="dossier_saved")


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
        checked = library.dossiers.read(viewer, dossier_id)
        return _show(request, checked, [told], HTTPStatus.UNPROCESSABLE_ENTITY, comments={item_id: catatan})
    if geser:
        library.dossiers.move(viewer, dossier_id, item_id, up=geser == "naik")
        return see(f"/berkas/{dossier_id}", f"butir-{item_id}")
    return see(f"/berkas/{dossier_id}", f"butir-{item_id}", kabar="dossier_saved")


@router.post("/berkas/{dossier_id}/butir/{item_id}/keluarkan")
def take_out(dossier_id: DossierHere, item_id: ItemHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """Take an item out."""
    library.dossiers.take_out(viewer, dossier_id, item_id)
    return see(f"/berkas/{dossier_id}")


@router.post("/berkas/{dossier_id}/hapus")
def remove(dossier_id: DossierHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """Remove the dossier, and come back to the list."""
    library.dossiers.remove(viewer, dossier_id)
    return see("/berkas")


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
