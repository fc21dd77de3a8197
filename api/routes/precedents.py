"""Precedents over HTTP: for a clause, for a provision, and as a matrix of topics by regions."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.exports.kinds import DOCX, XLSX, MatrixFormat
from api.exports.matrix import matrix_docx, matrix_xlsx
from api.problems import language_of
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, ViewerHere
from api.schemas_precedents import ClauseIn, Documents, Each, MatrixIn, MatrixOut, PrecedentsOut
from kb.documents import DocumentId
from kb.precedent import ClauseQuery, Matrix

router = APIRouter(tags=["precedents"])


@router.post("/precedents", responses=problems(400, 403, 413), summary="Find precedents of a clause")
def precedents(asked: ClauseIn, library: LibraryHere, viewer: ViewerHere) -> PrecedentsOut:
    """The provisions nearest to the clause, grouped by regulation, each with how it differs word by word."""
    query = ClauseQuery(
        asked.clause,
        viewer,
        asked.filters.filters(),
        frozenset(DocumentId(number) for number in asked.without),
        asked.n_documents,
        asked.n_each,
    )
    return PrecedentsOut.of(asked.clause, library.precedents.find(query))


@router.get("/documents/{document_id}/precedents", responses=problems(404), summary="Find precedents of a provision")
def precedents_of(
    document_id: DocumentHere,
    address: Annotated[str, Query(max_length=1_000, examples=["pasal-7/ayat-2"], description="Of the outline.")],
    library: LibraryHere,
    viewer: ViewerHere,
    n_documents: Documents = 10,
    n_each: Each = 3,
) -> PrecedentsOut:
    """The same for a provision of a document, which is left out itself."""
    provision = library.precedents.provision(viewer, document_id, address)
    query = ClauseQuery(
        provision.text, viewer, without=frozenset({document_id}), n_documents=n_documents, n_each=n_each
    )
    return PrecedentsOut.of(provision.text, library.precedents.find(query))


@router.post("/precedents/matrix", responses=problems(400, 403, 413), summary="Compare regions by topic")
def matrix(asked: MatrixIn, library: LibraryHere, viewer: ViewerHere) -> MatrixOut:
    """The nearest provision of each region on each topic."""
    return MatrixOut.of(library.precedents.matrix(viewer, asked.topics, asked.regions, asked.filters.filters()))


@router.post(
    "/precedents/matrix/{format}",
    response_class=Response,
    responses={200: {"content": {DOCX: {}, XLSX: {}}, "description": "The file."}, **problems(400, 403, 413)},
    summary="Export the matrix",
)
def matrix_file(
    format: MatrixFormat,  # noqa: A002 - the address says it
    asked: MatrixIn,
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
) -> Response:
    """The matrix as Word with footnotes, or as Excel with its citations on a second sheet."""
    made = library.precedents.matrix(viewer, asked.topics, asked.regions, asked.filters.filters())
    return exported(request, made, format)


def exported(request: Request, made: Matrix, kind: MatrixFormat) -> Response:
    """A matrix as a file to be saved."""
    language = language_of(request)
    if kind is MatrixFormat.DOCX:
        return as_file(matrix_docx(made, language), DOCX, "matriks-preseden.docx")
    return as_file(matrix_xlsx(made, language, str(request.base_url)), XLSX, "matriks-preseden.xlsx")


def as_file(content: bytes, media_type: str, name: str) -> Response:
    """Bytes that a browser saves under `name`, which is plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
