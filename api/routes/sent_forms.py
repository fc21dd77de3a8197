"""What a page's form sent: its fields, a year typed in one, and where the browser goes from there."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from api.schemas import FIRST_YEAR, LAST_YEAR

MAX_FIELDS = 50


async def form_of(request: Request) -> FormData:
    """The fields of a form whose names depend on what it is about."""
    return await request.form(max_files=0, max_fields=MAX_FIELDS)


FormHere = Annotated[FormData, Depends(form_of)]


def read_year(typed: str) -> int | None:
    """The year that was typed, None where nothing was or what was cannot be one."""
    typed = typed.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(LAST_YEAR))):
        return None
    return int(typed) if FIRST_YEAR <= int(typed) <= LAST_YEAR else None


def see(path: str, fragment: str = "", **told: str) -> Response:
    """Send the browser to `path` by GET, so that a reload does not repeat the change."""
    query = f"?{urlencode(told)}" if told else ""
    return RedirectResponse(f"{path}{query}{'#' if fragment else ''}{fragment}", HTTPStatus.SEE_OTHER)
