"""What goes wrong, told over HTTP: every error as problem+json (RFC 9457) with the one table of statuses."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.language import LANGUAGES, Language, negotiate, pick, say
from api.veil import told
from kb import errors
from kb.errors import KbError, Text

log = logging.getLogger("acuan.api")

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """How one class of errors is told: its HTTP status and its title."""

    status: HTTPStatus
    title: Text


KINDS: dict[type[KbError], Kind] = {
    KbError: Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Text("Galat", "Error")),
    errors.FileRefusedError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Berkas ditolak", "File refused")),
    errors.UnknownFormatError: Kind(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Text("Format berkas tidak dikenal", "Unknown file format")
    ),
    errors.EmptyFileError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Berkas kosong", "Empty file")),
    errors.EncryptedFileError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Berkas terkunci", "Locked file")),
    errors.DamagedFileError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Berkas rusak", "Damaged file")),
    errors.FileChangedError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Berkas berubah", "The file changed")),
    errors.FileTooLargeError: Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Text("Berkas terlalu besar", "File too large")),
    errors.ReadingTimeoutError: Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY, Text("Berkas terlalu lama dibaca", "Reading took too long")
    ),
    errors.ReaderCrashedError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Pembaca berhenti", "The reader stopped")),
    errors.NotFoundError: Kind(HTTPStatus.NOT_FOUND, Text("Tidak ada", "Not found")),
    errors.JobStoppedError: Kind(HTTPStatus.CONFLICT, Text("Pekerjaan berhenti", "The job stopped")),
    errors.SourceError: Kind(HTTPStatus.CONFLICT, Text("Sumber tidak dapat diikuti", "The source cannot be followed")),
    errors.IdentityHiddenError: Kind(HTTPStatus.FORBIDDEN, Text("Identitas ditutup", "Identities are hidden")),
    errors.QueryRefusedError: Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Text("Pertanyaan ditolak", "Question refused")),
    errors.CorrectionRefusedError: Kind(HTTPStatus.CONFLICT, Text("Perbaikan ditolak", "Correction refused")),
    errors.ChangedMeanwhileError: Kind(HTTPStatus.CONFLICT, Text("Sudah diubah orang lain", "Changed by others")),
    errors.StoreError: Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Text("Gudang gagal", "The store failed")),
    errors.StoreBusyError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, Text("Gudang sibuk", "The store is busy")),
    errors.StoreFullError: Kind(HTTPStatus.INSUFFICIENT_STORAGE, Text("Disk penuh", "The disk is full")),
    errors.StoreReadOnlyError: Kind(
        HTTPStatus.SERVICE_UNAVAILABLE, Text("Gudang hanya-baca", "The store is read-only")
    ),
    errors.StoreDamagedError: Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Text("Gudang rusak", "The store is damaged")),
    errors.StoreTooNewError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, Text("Gudang lebih baru", "The store is too new")),
    errors.HomeOccupiedError: Kind(HTTPStatus.CONFLICT, Text("Folder terisi", "The folder is not empty")),
    errors.ArchiveError: Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Text("Cadangan gagal", "The backup failed")),
    errors.ModelError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, Text("Model gagal", "The model failed")),
    errors.ModelMissingError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, Text("Model tidak ada", "The model is missing")),
    errors.ModelMismatchError: Kind(HTTPStatus.SERVICE_UNAVAILABLE, Text("Model berbeda", "The model differs")),
    errors.RewritingError: Kind(
        HTTPStatus.BAD_GATEWAY, Text("Model bahasa tidak menjawab", "The language model does not answer")
    ),
    errors.SettingError: Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Text("Pengaturan salah", "A setting is wrong")),
}
"""The one table from an error to its HTTP status. A test fails for a class that is missing here."""


class Said(NamedTuple):
    """An error as a reader is told it. invalid: where and why, for a request that is not valid."""

    status: int
    code: str
    title: str
    detail: str
    invalid: Sequence[Mapping[str, str]] = ()


def language_of(request: Request) -> Language:
    """The language wanted: `?lang=`; then on the page its cookie, and in the API `Accept-Language`; else the setting.

    The page does not ask the browser: offices run browsers in English and read Indonesian.
    """
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES:
        return Language(chosen)
    setting = Language(request.app.state.library.settings.language)
    if for_programs(request):
        return negotiate(request.headers.get("accept-language", ""), setting)
    kept = request.cookies.get("lang")
    return Language(kept) if kept in LANGUAGES else setting


def for_programs(request: Request) -> bool:
    """Whether the address belongs to the API, so that errors are problem documents, never a page."""
    return request.url.path.startswith(("/api/", "/health", "/ready"))


def problem(language: Language, said: Said, instance: str) -> Response:
    """`said` as one problem document."""
    body: dict[str, object] = {
        "type": f"urn:acuan:galat:{said.code}",
        "title": said.title,
        "status": int(said.status),
        "detail": said.detail,
        "instance": instance,
        "code": said.code,
    }
    if said.invalid:
        body["errors"] = list(said.invalid)
    headers = {"Content-Language": language.value, "Vary": "Accept-Language"}
    if said.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "5"
    # ASCII on the wire: a name with a lone surrogate in a message must not break its own error
    return Response(json.dumps(body), said.status, headers, media_type=MEDIA_TYPE)


_HTTP_CODES = {
    HTTPStatus.NOT_FOUND: ("alamat-tidak-ada", "problem_404"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("cara-tidak-ada", "problem_405"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("kiriman-terlalu-besar", "problem_413"),
}


def tell(language: Language, error: Exception) -> Said:
    """What a reader is told of `error`: ours, a request that is not valid, the framework's, or one nobody foresaw."""
    match error:
        case KbError():
            status, title = KINDS[type(error)]
            return Said(status, error.code, pick(title, language), told(error, language))
        case RequestValidationError():
            # What was sent is not repeated: it may be huge, or hold what JSON cannot carry
            invalid = [{"where": "/".join(map(str, e["loc"])), "what": str(e["msg"])} for e in error.errors()]
            return Said(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "permintaan-tidak-sah",
                say(language, "problem_validation"),
                say(language, "problem_validation_detail", n=len(invalid)),
                invalid,
            )
        case HTTPException():
            code, key = _HTTP_CODES.get(HTTPStatus(error.status_code), ("permintaan-gagal", "problem_http"))
            # The guard says its own limit in the reader's language; the framework speaks English only
            is_ours = error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            detail = error.detail if is_ours else say(language, f"{key}_detail")
            return Said(error.status_code, code, say(language, key), detail)
        case _:
            return Said(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "galat-tak-terduga",
                say(language, "problem_500"),
                say(language, "problem_500_detail"),
            )


def add_problem_handlers(app: FastAPI, show: Callable[[Request, Said], Response]) -> None:
    """Tell every error of `app`: in the API as a problem document, on the page by `show`."""

    async def handle(request: Request, error: Exception) -> Response:
        language = language_of(request)
        said = tell(language, error)
        if isinstance(error, KbError) and said.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("%s %s: %s", request.method, request.url.path, told(error, "en"), exc_info=error)
        answer = problem(language, said, request.url.path) if for_programs(request) else show(request, said)
        if isinstance(error, HTTPException):
            answer.headers.update(error.headers or {})
        return answer

    # Starlette raises what the last one handles again, so that the server logs its traceback
    for kind in (KbError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)
