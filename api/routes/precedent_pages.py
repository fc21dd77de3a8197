"""The pages of precedents: a clause with what is nearest to it, and the matrix of topics by regions."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.exports.kinds import MatrixFormat
from api.library import Library
from api.rendering import render
from api.routes.given import LibraryHere, ViewerHere
from api.routes.precedents import exported
from api.schemas import MAX_ID
from kb.access import Viewer
from kb.documents import DocumentId
from kb.errors import QueryRefusedError
from kb.precedent import MAX_CLAUSE_CHARACTERS, NATIONAL, ClauseQuery, Matrix, PrecedentGroup
from kb.questions import Filters

router = APIRouter()

EXAMPLES = (
    "Pemerintah Daerah membentuk gugus tugas kota layak anak yang anggotanya terdiri atas perangkat daerah, "
    "masyarakat, dunia usaha, dan media massa.",
    "Pendanaan perlindungan perempuan dan anak bersumber dari APBD dan sumber lain yang sah dan tidak mengikat.",
)
LIKE_ENOUGH = 0.25
"""From this share of same words on the difference is shown unfolded: below it the two share little but small words."""

MAX_SENT = 4 * MAX_CLAUSE_CHARACTERS
"""Characters of a clause as a browser sends it, each line break as two; whether it is too long the search says."""

DocumentNumber = Annotated[int, Query(ge=1, le=MAX_ID)]


@dataclass(frozen=True, slots=True)
class Looked:
    """What the form of a clause holds. without: the document left out, "" for none."""

    clause: str = ""
    region: str = ""
    without: str = ""
    source: str = ""


@router.get("/preseden")
def form(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    dokumen: DocumentNumber | None = None,
    alamat: Annotated[str, Query(max_length=1_000)] = "",
) -> Response:
    """The empty form; with a document and an address, the precedents of that provision."""
    if dokumen is None:
        return _page(request, library, viewer, Looked())
    provision = library.precedents.provision(viewer, DocumentId(dokumen), alamat)
    looked = Looked(provision.text, without=str(dokumen), source=provision.label)
    return _found(request, library, viewer, looked)


@router.post("/preseden")
def find(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    klausul: Annotated[str, Form(max_length=MAX_SENT)] = "",
    wilayah: Annotated[str, Form(max_length=1_000)] = "",
    tanpa: Annotated[str, Form(pattern=r"^\d{0,15}$")] = "",
) -> Response:
    """The precedents of the clause that was pasted."""
    return _found(request, library, viewer, Looked(klausul.replace("\r\n", "\n"), wilayah, tanpa))


def _found(request: Request, library: Library, viewer: Viewer, looked: Looked) -> Response:
    filters = Filters(regions=_region(looked.region))
    without = frozenset({DocumentId(int(looked.without))}) if looked.without else frozenset()
    try:
        groups = library.precedents.find(ClauseQuery(looked.clause, viewer, filters, without))
    except QueryRefusedError as error:
        return _page(request, library, viewer, looked, refused=error)
    return _page(request, library, viewer, looked, groups=groups)


def _region(chosen: str) -> frozenset[str]:
    """The regions of the choice: all, the state, or one."""
    if not chosen:
        return frozenset()
    return frozenset({NATIONAL}) if chosen == NATIONAL_CHOICE else frozenset({chosen})


NATIONAL_CHOICE = "-"
"""How a form says "the state": an empty choice means every region."""


def _page(
    request: Request,
    library: Library,
    viewer: Viewer,
    looked: Looked,
    groups: tuple[PrecedentGroup, ...] | None = None,
    refused: QueryRefusedError | None = None,
) -> Response:
    return render(
        request,
        "precedent.html",
        HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        looked=looked,
        groups=groups,
        refused=refused,
        regions=[region for region in library.precedents.regions(viewer) if region],
        national=NATIONAL_CHOICE,
        examples=EXAMPLES,
        like_enough=LIKE_ENOUGH,
        max_characters=MAX_CLAUSE_CHARACTERS,
    )


Topics = Annotated[str, Query(max_length=8_000)]
"""The page takes 4,000 characters; a browser sends each line break as two."""
Chosen = Annotated[list[str], Query(default_factory=list, max_length=50)]


@router.get("/preseden/matriks")
def show_matrix(
    request: Request, library: LibraryHere, viewer: ViewerHere, wilayah: Chosen, topik: Topics = ""
) -> Response:
    """The matrix of the topics typed, one a line, by the regions chosen."""
    made: Matrix | None = None
    refused: QueryRefusedError | None = None
    if topik.strip():
        try:
            made = _matrix(library, viewer, topik, wilayah)
        except QueryRefusedError as error:
            refused = error
    return render(
        request,
        "matrix.html",
        HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        topics=topik,
        chosen=wilayah,
        regions=library.precedents.regions(viewer),
        national=NATIONAL_CHOICE,
        matrix=made,
        refused=refused,
        query=request.url.query,
    )


@router.get("/preseden/matriks.{format}")
def export_matrix(
    format: MatrixFormat,  # noqa: A002 - the address says it
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    wilayah: Chosen,
    topik: Topics,
) -> Response:
    """The same matrix as a file."""
    return exported(request, _matrix(library, viewer, topik, wilayah), format)


def _matrix(library: Library, viewer: Viewer, topics: str, regions: list[str]) -> Matrix:
    columns = [NATIONAL if region == NATIONAL_CHOICE else region for region in regions]
    return library.precedents.matrix(viewer, topics.splitlines(), columns)
