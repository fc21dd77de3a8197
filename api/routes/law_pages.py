"""The page of a document's legal life: its standing, its graph, and the decisions of the office about it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.language import say
from api.law_graph import branches_of
from api.library import Library
from api.problems import language_of
from api.rendering import render
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.routes.sent_forms import see
from api.routes.shelf import News
from api.typed_law import read_provision, read_work
from kb.access import Viewer
from kb.documents import DocumentId
from kb.errors import QueryRefusedError
from kb.legal import PASSIVE, Change, EditId, EditVerdict, Relation, RelationKind, work_of

router = APIRouter()

NAMES = tuple(name for kind in RelationKind for name in (kind.value, PASSIVE[kind]))
_Line = Annotated[str, Form(max_length=1_000)]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form of a new relation holds."""

    name: str
    target: str
    provision: str
    note: str


@router.get("/dokumen/{document_id}/hukum")
def show(
    request: Request, document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, kabar: str = ""
) -> Response:
    """The standing, what the regulation rests on and what rests on it, and each relation to be checked."""
    is_saved = kabar == "law_saved"
    news = [News(say(language_of(request), "law_saved"), True)] if is_saved else []
    return _page(request, library, viewer, document_id, news, is_checking=is_saved)


def _page(
    request: Request,
    library: Library,
    viewer: Viewer,
    document_id: DocumentId,
    news: Sequence[News],
    typed: Typed | None = None,
    *,
    is_checking: bool = False,
) -> Response:
    document = library.document(viewer, document_id)
    start, _ = library.standings.facts(viewer, document_id)
    below, above = branches_of(library, viewer, document_id)
    return render(
        request,
        "law.html",
        HTTPStatus.OK if typed is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        document=document,
        standing=library.standings.of(viewer, document_id),
        start=start,
        below=below,
        above=above,
        links=library.relations.all_links(viewer, document_id),
        versions={one.id: one.version_id for one in library.documents(viewer)},
        by=library.relations.deciders(viewer),
        names=NAMES,
        news=news,
        typed=typed,
        is_checking=is_checking,
    )


@router.post("/dokumen/{document_id}/hukum")
def add(
    request: Request,
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    hubungan: Annotated[str, Form(pattern=f"^({'|'.join(NAMES)})$")],
    peraturan: _Line = "",
    bagian: _Line = "",
    catatan: _Line = "",
) -> Response:
    """Keep a relation that was typed, and come back to the page."""
    typed = Typed(hubungan, peraturan, bagian, catatan)
    language = language_of(request)
    document = library.document(viewer, document_id)
    try:
        work, provision = read_work(peraturan), read_provision(bagian)
        kind, is_passive = _kind_of(hubungan)
        change = Change.ALTERED if provision and kind is RelationKind.AMENDS else Change.WHOLE
        change = Change.DELETED if provision and kind is RelationKind.REPEALS else change
        own = work_of(document.metadata)
        target, actor = (own or work, work) if is_passive else (work, None)
        relation = Relation(kind, target, actor, provision, change)
        library.relations.add(viewer, document_id, relation, catatan, datetime.datetime.now(datetime.UTC))
    except QueryRefusedError as error:
        return _page(request, library, viewer, document_id, [News(error.say(language), False)], typed)
    return _back(document_id)


@router.post("/dokumen/{document_id}/hukum/putusan")
def judge(
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    kunci: _Line,
    putusan: Annotated[str, Form(pattern=r"^(dibenarkan|ditolak|batal-[0-9]{1,15})$")],
) -> Response:
    """Confirm or reject a relation, or take a decision back, and come back to the page."""
    if putusan.startswith("batal-"):
        library.relations.take_back(viewer, document_id, EditId(int(putusan.removeprefix("batal-"))))
        return _back(document_id)
    relation = library.relations.relation(viewer, document_id, kunci)
    library.relations.judge(
        viewer, document_id, relation, EditVerdict(putusan), "", datetime.datetime.now(datetime.UTC)
    )
    return _back(document_id)


def _kind_of(name: str) -> tuple[RelationKind, bool]:
    """The relation that one of `NAMES` means, and whether it is done to the document."""
    passive = {word: kind for kind, word in PASSIVE.items()}
    return (passive[name], True) if name in passive else (RelationKind(name), False)


def _back(document_id: DocumentId) -> Response:
    return see(f"/dokumen/{document_id}/hukum", "periksa", kabar="law_saved")
