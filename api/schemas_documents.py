"""Documents, their metadata and their outlines over the wire."""

import datetime
from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, field_validator

from api.schemas import PLAIN, In, Line, Number, Out, Year
from api.schemas_pages import SpanOut
from api.veil import veiled_source
from kb.documents import Kind
from kb.sections import SectionKind


class MetadataIn(In):
    """A correction by hand: the fields that are sent are set and stay set; the others are left alone."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    kind: Kind = Kind.LAINNYA
    title: Line = ""
    number: Annotated[str, Field(max_length=100, pattern=PLAIN, examples=["2"])] = ""
    year: Annotated[Year, Number] | None = None
    region: Annotated[Line, Field(examples=["Kota Semarang"])] = ""
    issuer: Line = ""
    date: datetime.date | None = None


class MetadataOut(Out):
    """What a document is; an empty string or null is unknown."""

    kind: Kind
    title: str
    number: str
    year: int | None
    region: str
    issuer: str
    date: datetime.date | None


class DocumentOut(Out):
    """One publication, as its current version stands. `corrected`: the metadata fields set by hand."""

    id: int
    version_id: int
    name: str
    source: str
    metadata: MetadataOut
    corrected: Annotated[list[str], BeforeValidator(sorted)]
    sha256: str
    media_type: str
    n_bytes: int
    n_pages: int
    n_pages_unread: Annotated[int, Field(description="Pages that need OCR or could not be read, and are not searched.")]
    n_pages_doubtful: Annotated[int, Field(description="Pages whose OCR should be compared with their image.")]
    n_passages: int
    has_pages: bool
    ingested_at: datetime.datetime
    n_versions: int

    _veil = field_validator("source")(veiled_source)


class DocumentsOut(Out):
    """The documents, newest first."""

    documents: list[DocumentOut]


class SectionOut(Out):
    """A node of the outline. `parent`: its place in this list, null for the root."""

    kind: SectionKind
    label: str
    heading: str
    address: str
    parent: int | None
    spans: list[SpanOut]


class OutlineOut(Out):
    """The sections in reading order, each after its parent. `slug/address` is the stable address of a section."""

    slug: str
    sections: list[SectionOut]


def documents_out(documents: Iterable[object]) -> DocumentsOut:
    """The list of documents as it goes out."""
    return DocumentsOut(documents=[DocumentOut.model_validate(document) for document in documents])
