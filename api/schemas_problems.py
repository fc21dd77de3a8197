"""Errors over the wire, as RFC 9457 has them."""

from typing import Annotated

from pydantic import Field

from api.schemas import Out


class InvalidPart(Out):
    """One part of a request that is not valid."""

    where: str
    what: str


class Problem(Out):
    """An error (RFC 9457). `code` is stable, `title` and `detail` are in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: Annotated[str, Field(examples=["tidak-ada"])]
    errors: Annotated[list[InvalidPart], Field(description="Only for a request that is not valid.")] = []
