"""The errors that the OpenAPI document promises for each kind of route."""

from http import HTTPStatus

from api.problems import MEDIA_TYPE

_SAID = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read.",
    HTTPStatus.FORBIDDEN: "A change asked for by a page of another site.",
    HTTPStatus.NOT_FOUND: "No such document, version or page or nothing of that name is configured (`tidak-ada`).",
    HTTPStatus.CONFLICT: "Not in the state that this needs (`sumber-gagal`, `koreksi-ditolak`, …).",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The file or request is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The file's content is of no kind that is read (`format-tidak-dikenal`).",
    HTTPStatus.MISDIRECTED_REQUEST: "The Host is not one of this server's names.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The request is not valid, or the question or file is refused.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something is broken here (`gudang-rusak`, `galat-tak-terduga`, …).",
    HTTPStatus.SERVICE_UNAVAILABLE: "The store or the model cannot serve now (`gudang-sibuk`, `model-berbeda`, …).",
    HTTPStatus.INSUFFICIENT_STORAGE: "The disk is full (`disk-penuh`).",
}


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The problem documents a route may answer with: `statuses` and those of every route."""
    common = (
        HTTPStatus.MISDIRECTED_REQUEST,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        int(status): {"description": _SAID[HTTPStatus(status)], "content": {MEDIA_TYPE: schema}}
        for status in sorted({*common, *statuses})
    }
