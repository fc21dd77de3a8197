"""The pages of findings, meetings and follow-ups, and the form that corrects a record."""

import datetime
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.language import say
from api.problems import language_of
from api.records import Limits, Told
from api.rendering import render
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.routes.records import Key, Name
from api.routes.sent_forms import FormHere, read_year, see
from api.typed_facts import MAX_TYPED
from kb.errors import QueryRefusedError
from kb.record_corrections import DROPPED
from kb.records import CHOICES, DATES, Field, FollowUp, Record, RecordKind, State, Theme

router = APIRouter()

OPEN, OVERDUE, ALL = "terbuka", "terlambat", "semua"
BY_DAY, BY_PERSON = "tenggat", "orang"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form of a list holds, as it was typed; what is not known limits nothing."""

    tema: str = ""
    wilayah: str = ""
    tahun: str = ""

    @property
    def theme(self) -> Theme | None:
        """The theme chosen."""
        return next((theme for theme in Theme if theme.value == self.tema), None)

    @property
    def year(self) -> int | None:
        """The year chosen."""
        return read_year(self.tahun)


@dataclass(frozen=True, slots=True)
class Owed:
    """What the form of follow-ups holds, as it was typed."""

    orang: str = ""
    keadaan: str = OPEN
    urut: str = BY_DAY

    def limits(self) -> Limits:
        """The limits that it asks for."""
        return Limits(
            person=self.orang,
            open_only=self.keadaan not in (ALL, *State),
            state=next((state for state in State if state.value == self.keadaan), None),
            overdue_on=datetime.date.today() if self.keadaan == OVERDUE else None,
        )


@router.get("/temuan")
def findings(
    request: Request, library: LibraryHere, viewer: ViewerHere, wanted: Annotated[Wanted, Depends(Wanted)]
) -> Response:
    """The findings of study visits, by theme, host and year."""
    every = library.records.findings(viewer)
    limits = Limits(theme=wanted.theme, region=wanted.wilayah, year=wanted.year)
    found = library.records.findings(viewer, limits)
    return render(
        request,
        "findings.html",
        wanted=wanted,
        findings=[(told, library.records.legal_links(viewer, told.record)) for told in found],
        themes=[theme for theme in Theme if any(theme in told.record.theme.values for told in every)],
        regions=sorted({region for told in every for region in told.regions}),
        years=sorted({told.year for told in every if told.year is not None}, reverse=True),
    )


@router.get("/rapat")
def meetings(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    owed: Annotated[Owed, Depends(Owed)],
    kabar: str = "",
) -> Response:
    """What is still owed, by person and date, and the meetings with their decisions."""
    found = library.records.follow_ups(viewer, owed.limits())
    return render(
        request,
        "meetings.html",
        owed=owed,
        groups=_groups(found, owed.urut),
        n_owed=len(found),
        people=library.records.people(viewer),
        states=tuple(State),
        choices=(OPEN, OVERDUE, ALL),
        today=datetime.date.today(),
        meetings=library.records.meetings(viewer),
        is_saved=kabar == "record_saved",
    )


def _groups(found: tuple[Told[FollowUp], ...], order: str) -> list[tuple[str, list[Told[FollowUp]]]]:
    """The follow-ups in one group, or in one a person; those of nobody last."""
    if order != BY_PERSON:
        return [("", list(found))] if found else []
    groups: dict[str, list[Told[FollowUp]]] = {}
    for told in found:
        groups.setdefault(" ".join(told.record.person.text.split()), []).append(told)
    return sorted(groups.items(), key=lambda group: (not group[0], group[0].casefold()))


@router.get("/dokumen/{document_id}/catatan")
def document_records(
    request: Request, document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, kabar: str = ""
) -> Response:
    """Every record of a document, those set aside, and the corrections that fit none."""
    document = library.document(viewer, document_id)
    corrected = library.records.of_document(viewer, document_id)
    return render(
        request,
        "records.html",
        document=document,
        records=[Told(document, record) for record in corrected.records],
        orphans=corrected.orphans,
        is_saved=kabar == "record_saved",
    )


@router.get("/dokumen/{document_id}/catatan/{kind}/{key}")
def show_record(
    request: Request,
    document_id: DocumentHere,
    kind: RecordKind,
    key: Key,
    library: LibraryHere,
    viewer: ViewerHere,
    kabar: str = "",
) -> Response:
    """One record with the form that corrects it."""
    told = library.records.read(viewer, document_id, kind, key)
    news = [say(language_of(request), "record_saved")] if kabar == "record_saved" else []
    return _record(request, told, news, [])


@router.post("/dokumen/{document_id}/catatan/{kind}/{key}")
def correct_record(
    request: Request,
    document_id: DocumentHere,
    kind: RecordKind,
    key: Key,
    library: LibraryHere,
    viewer: ViewerHere,
    form: FormHere,
) -> Response:
    """Set the facts that differ from those there, and come back to the record, or to the list it was changed from."""
    told = library.records.read(viewer, document_id, kind, key)
    language = language_of(request)
    try:
        changed = _changed(told.record, {name: [str(value) for value in form.getlist(name)] for name in form})
        library.records.correct(viewer, document_id, kind, key, changed)
    except QueryRefusedError as error:
        return _record(request, told, [], [error.say(language)])
    if form.get("kembali") == "rapat":
        return _back("/rapat")
    return _back(f"/dokumen/{document_id}/catatan/{kind.value}/{key}")


def _changed(record: Record, form: dict[str, list[str]]) -> dict[str, str | None]:
    """The fields of a form that say something else than the record does."""
    changed: dict[str, str | None] = {}
    for name, field in record.fields().items():
        if name not in form:
            continue
        typed = [value.replace("\r\n", "\n")[:MAX_TYPED] for value in form[name]]
        if name in CHOICES:
            text = ",".join(value for value in typed if value)
            if text != field.value:
                changed[name] = text
        elif (text := typed[0]) != shown(field):
            changed[name] = text
    return changed


def shown(field: Field) -> str:
    """A fact as a form shows it: a line a piece, the line breaks of its page's margins made blanks."""
    return "\n".join(field.pieces)


@router.post("/dokumen/{document_id}/catatan/{kind}/{key}/singkirkan")
def drop_record(
    document_id: DocumentHere,
    kind: RecordKind,
    key: Key,
    library: LibraryHere,
    viewer: ViewerHere,
    kembalikan: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Set a record aside that is none, or bring it back."""
    library.records.correct(viewer, document_id, kind, key, {DROPPED: None if kembalikan else "ya"})
    return _back(f"/dokumen/{document_id}/catatan")


@router.post("/dokumen/{document_id}/perbaikan/{kind}/{key}/{name}/hapus")
def forget_orphan(
    document_id: DocumentHere, kind: RecordKind, key: Key, name: Name, library: LibraryHere, viewer: ViewerHere
) -> Response:
    """Give up a correction that fits no record any more."""
    library.records.forget_orphan(viewer, document_id, kind, key, name)
    return _back(f"/dokumen/{document_id}/catatan")


def _record(request: Request, told: Told[Record], news: list[str], complaints: list[str]) -> Response:
    return render(
        request,
        "record.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if complaints else HTTPStatus.OK,
        told=told,
        document=told.document,
        choices={name: tuple(members) for name, members in CHOICES.items()},
        dates=DATES,
        news=news,
        complaints=complaints,
        shown=shown,
    )


def _back(path: str) -> Response:
    return see(path, kabar="record_saved")
