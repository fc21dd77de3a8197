"""What came of taking files in, over the wire."""

import datetime
from typing import Literal

from api.schemas import Out, Veiled
from api.schemas_documents import DocumentOut


class IngestedOut(Out):
    """A file that is in. outcome: `baru` (new), `diganti` (a new version), `sama` (the same bytes were there)."""

    outcome: Literal["baru", "diganti", "sama"]
    document: DocumentOut


class RefusalOut(Out):
    """A file that was not taken in, why, and what to do."""

    source: Veiled
    code: str
    message: Veiled
    message_en: Veiled
    at: datetime.datetime


class RefusalsOut(Out):
    """The refused files, newest first."""

    refusals: list[RefusalOut]


class RefusedOut(Out):
    """A file that was refused just now."""

    source: Veiled
    code: str
    message: Veiled
    message_en: Veiled


class IngestOut(Out):
    """What came of taking in files."""

    ingested: list[IngestedOut]
    refused: list[RefusedOut]
