"""The page's shelf: the documents, adding to them, and correcting, replacing and removing one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from api.copies import Copies
from api.intake import Intake
from api.language import Language, say
from api.library import Library
from api.names import clean_name
from api.problems import language_of
from api.rendering import render
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.routes.sent_forms import read_year, see
from api.schemas import MAX_ID
from api.trash import Trash
from api.uploads import on_disk, take_in
from api.veil import mask_line
from kb.access import Viewer
from kb.documents import Document, Kind, Metadata
from kb.errors import FileRefusedError, KbError
from kb.identity import MASK
from kb.intake import Outcome
from kb.jobs import JobState

router = APIRouter()

MAX_FIELD = 1_000

PAGE_SIZE = 100
"""Documents on one page of the list."""


@dataclass(frozen=True, slots=True)
class News:
    """One sentence on what came of a request."""

    text: str
    is_good: bool


@router.get("/dokumen")
def shelf(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    dihapus: str = "",
    mulai: Annotated[int, Query(ge=0, le=MAX_ID)] = 0,
) -> Response:
    """The documents and their state, the refused files, and the form to add more."""
    news = [News(say(language_of(request), "remove_done", name=clean_name(dihapus)), True)] if dihapus else []
    return _shelf(request, library, viewer, news, mulai)


@router.post("/dokumen")
def add(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    berkas: Annotated[list[UploadFile], File(default_factory=list)],
) -> Response:
    """Take in the files one after another; a refused one does not stop the others."""
    language = language_of(request)
    # A browser sends one nameless file of no bytes when none was chosen
    chosen = [upload for upload in berkas if upload.filename]
    add_one = _queue if request.app.state.is_queueing else _add
    news = [add_one(library, viewer, upload, language) for upload in chosen]
    return _shelf(request, library, viewer, news or [News(say(language, "upload_nothing"), False)])


def _queue(library: Library, viewer: Viewer, upload: UploadFile, language: Language) -> News:
    job = Intake(library).receive(viewer, upload.filename, upload.file)
    return News(say(language, "upload_received", name=mask_line(job.order.name)), True)


def _add(library: Library, viewer: Viewer, upload: UploadFile, language: Language) -> News:
    try:
        ingested = take_in(library, viewer, upload)
    except FileRefusedError as error:
        return News(error.say(language), False)
    document = ingested.document
    new = "upload_new" if document.has_pages else "upload_new_flow"
    key = {Outcome.NEW: new, Outcome.REPLACED: "upload_replaced", Outcome.UNCHANGED: "upload_unchanged"}
    # What the document itself made of its name, where that hides somebody
    name = document.name if MASK in document.name else mask_line(clean_name(upload.filename))
    sentence = say(language, key[ingested.outcome], name=name, n=document.n_pages)
    if document.n_pages_unread:
        sentence += " " + say(language, "upload_unread", n=document.n_pages_unread)
    return News(sentence, True)


def _shelf(request: Request, library: Library, viewer: Viewer, news: Sequence[News], start: int = 0) -> Response:
    intake = Intake(library)
    failed = intake.jobs(viewer, (JobState.FAILED,))
    listed = Copies(library).folded(viewer)
    # A job that failed tells its refusal itself, with its buttons.
    told = {job.order.source for job in failed}
    return render(
        request,
        "documents.html",
        counts=intake.counts(),
        running=intake.jobs(viewer, (JobState.RUNNING,)),
        failed=failed,
        back="/dokumen",
        n_removed=len(Trash(library).removed(viewer)),
        documents=listed[start : start + PAGE_SIZE],
        n_documents=len(library.documents(viewer)),
        n_listed=len(listed),
        start=start,
        page_size=PAGE_SIZE,
        refusals=[refusal for refusal in library.refusals() if refusal.source not in told],
        sensitive=library.identities.counts(viewer),
        news=news,
        max_mib=library.settings.max_mib,
    )


@router.get("/dokumen/{document_id}")
def show_document(
    request: Request, document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, kabar: str = ""
) -> Response:
    """One document: its facts, its outline, and the forms that correct, replace and remove it."""
    told = kabar if kabar in ("correct_done", "replace_done", "replace_same") else ""
    news = [News(say(language_of(request), told), True)] if told else []
    return _document(request, library, viewer, library.document(viewer, document_id), news)


def _document(
    request: Request, library: Library, viewer: Viewer, document: Document, news: Sequence[News], status: int = 200
) -> Response:
    return render(
        request,
        "document.html",
        status,
        f"/dokumen/{document.id}",
        document=document,
        sections=library.sections(viewer, document.id),
        standing=library.standings.of(viewer, document.id),
        to_check=library.scanned.to_check(document.version_id),
        members=library.members.of(viewer, document),
        kinds=tuple(Kind),
        relatives=Copies(library).relatives(viewer, document.id),
        n_hidden=sum(library.identities.counts(viewer).get(document.id, {}).values()),
        news=news,
    )


@router.post("/dokumen/{document_id}/perbaiki")
def correct(
    request: Request,
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    kind: Annotated[str, Form()],
    title: Annotated[str, Form(max_length=MAX_FIELD)] = "",
    number: Annotated[str, Form(max_length=MAX_FIELD)] = "",
    year: Annotated[str, Form(max_length=MAX_FIELD)] = "",
    region: Annotated[str, Form(max_length=MAX_FIELD)] = "",
    issuer: Annotated[str, Form(max_length=MAX_FIELD)] = "",
    date: Annotated[str, Form(max_length=MAX_FIELD)] = "",
) -> Response:
    """Set by hand the facts that differ from those there, and come back to the document."""
    document = library.document(viewer, document_id)
    typed = _typed(kind, title, number, year, region, issuer, date)
    if isinstance(typed, _Unusable):
        language = language_of(request)
        told = say(language, "correct_bad", field=say(language, typed.field), value=typed.value)
        return _document(request, library, viewer, document, [News(told, False)], HTTPStatus.UNPROCESSABLE_ENTITY)
    names = ("kind", "title", "number", "year", "region", "issuer", "date")
    changed = frozenset(name for name in names if getattr(typed, name) != getattr(document.metadata, name))
    if changed:
        library.revisions.correct(viewer, document_id, typed, changed)
    return see(f"/dokumen/{document_id}", kabar="correct_done")


@dataclass(frozen=True, slots=True)
class _Unusable:
    """A field of a form, by its sentence, and what was typed there."""

    field: str
    value: str


def _typed(kind: str, title: str, number: str, year: str, region: str, issuer: str, date: str) -> Metadata | _Unusable:
    """The facts as the form has them, or the field that cannot be used."""
    if kind not in {known.value for known in Kind}:
        return _Unusable("column_kind", kind)
    if year.strip() and read_year(year) is None:
        return _Unusable("fact_year", year.strip())
    try:
        when = datetime.date.fromisoformat(date) if date else None
    except ValueError:
        return _Unusable("fact_date", date)
    return Metadata(
        kind=Kind(kind),
        title=_line(title),
        number=_line(number),
        year=read_year(year),
        region=_line(region),
        issuer=_line(issuer),
        date=when,
    )


def _line(typed: str) -> str:
    return " ".join("".join(letter for letter in typed if letter.isprintable()).split())


@router.post("/dokumen/{document_id}/ganti")
def replace(
    request: Request,
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    berkas: Annotated[UploadFile, File()],
) -> Response:
    """Put a new file in the document's place, and come back to it."""
    document = library.document(viewer, document_id)
    if not berkas.filename:
        nothing = [News(say(language_of(request), "upload_nothing"), False)]
        return _document(request, library, viewer, document, nothing, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with on_disk(berkas) as file:
            ingested = library.ingestion.replace(viewer, document_id, file, clean_name(berkas.filename))
    except FileRefusedError as error:
        return _document(request, library, viewer, document, [_bad(request, error)], HTTPStatus.UNPROCESSABLE_ENTITY)
    told = "replace_same" if ingested.outcome is Outcome.UNCHANGED else "replace_done"
    return see(f"/dokumen/{ingested.document.id}", kabar=told)


@router.post("/dokumen/{document_id}/hapus")
def remove(document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere) -> Response:
    """Remove the document, and come back to the shelf."""
    name = library.document(viewer, document_id).name
    Trash(library).withdraw(viewer, document_id)
    return see("/dokumen", dihapus=name)


def _bad(request: Request, error: KbError) -> News:
    return News(error.say(language_of(request)), False)
