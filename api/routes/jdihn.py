"""The records of the national legal documentation network over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import JsonValue

from api.jdihn import Jdihn
from api.routes.documented import problems
from api.routes.given import LibraryHere, ViewerHere
from api.schemas_law import JdihnImportedOut
from kb.jdihn import Record

router = APIRouter(tags=["law"])

MAX_RECORDS = 10_000

Records = Annotated[
    list[dict[str, JsonValue]], Body(max_length=MAX_RECORDS, description="Records in the network's exchange format.")
]


@router.get("/jdihn", responses=problems(), summary="Export JDIHN records")
def export(library: LibraryHere, viewer: ViewerHere) -> list[dict[str, JsonValue]]:
    """A record of each regulation, with its status and relations; what was imported comes back field for field."""
    return [dict(record.fields) for record in Jdihn(library).records(viewer)]


@router.post("/jdihn", responses=problems(400, 403, 413, 507), summary="Import JDIHN records")
def load(records: Records, library: LibraryHere, viewer: ViewerHere) -> JdihnImportedOut:
    """Match records to documents by kind, number, year and region, and keep them; files are uploaded apart."""
    left = Jdihn(library).take(viewer, [Record.of(record) for record in records])
    return JdihnImportedOut(n_matched=len(records) - len(left), n_ingested=0, left=[record.title for record in left])
