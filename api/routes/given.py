"""What every route is given: the library, who asks, and the reader's language."""

from typing import Annotated

from fastapi import Depends, Header, Query, Request
from fastapi import Path as InPath

from api.language import Language
from api.library import Library
from api.problems import language_of
from api.schemas import MAX_ID, MAX_PAGE
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import DocumentId, VersionId


def library_of(request: Request) -> Library:
    """The library that `create_app` was given."""
    library: Library = request.app.state.library
    return library


def viewer_of() -> Viewer:
    """Who asks: the one person at this machine, until people sign in."""
    return LOCAL_ADMIN


def language_asked(
    request: Request,
    lang: Annotated[Language | None, Query(description="Language of messages; before `Accept-Language`.")] = None,
    accept_language: Annotated[str | None, Header(description="Language of messages, `id` or `en`.")] = None,
) -> Language:
    """The reader's language. The parameters are named for the OpenAPI document; one function reads them."""
    return language_of(request)


def document_id_of(document_id: Annotated[int, InPath(ge=1, le=MAX_ID, examples=[1])]) -> DocumentId:
    """The document that the address names."""
    return DocumentId(document_id)


def page_number_of(number: Annotated[int, InPath(ge=1, le=MAX_PAGE, examples=[1])]) -> int:
    """The page that the address names, from 1."""
    return number


def version_id_of(
    version: Annotated[
        int | None, Query(ge=1, le=MAX_ID, description="A version; the current one when left out.")
    ] = None,
) -> VersionId | None:
    """The version asked for; None is the current one."""
    return None if version is None else VersionId(version)


LibraryHere = Annotated[Library, Depends(library_of)]
ViewerHere = Annotated[Viewer, Depends(viewer_of)]
DocumentHere = Annotated[DocumentId, Depends(document_id_of)]
PageHere = Annotated[int, Depends(page_number_of)]
VersionHere = Annotated[VersionId | None, Depends(version_id_of)]
LanguageHere = Annotated[Language, Depends(language_asked)]
