"""What a document is: one publication, what it is called, and its current version."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kb.media import is_drawn

DocumentId = NewType("DocumentId", int)
VersionId = NewType("VersionId", int)


class Kind(StrEnum):
    """What a document is, in the office's own words."""

    UUD = "uud"
    UU = "uu"
    PERPPU = "perppu"
    PP = "pp"
    PERPRES = "perpres"
    PERMEN = "permen"
    PERDA = "perda"
    PERGUB = "pergub"
    PERBUP = "perbup"
    PERWAL = "perwal"
    RAPERDA = "raperda"
    SK = "sk"
    SE = "se"
    STUDI_TIRU = "laporan-studi-tiru"
    NOTULEN = "notulen"
    SOP = "sop"
    LAPORAN_KINERJA = "laporan-kinerja"
    LAINNYA = "lainnya"


REGULATIONS = frozenset(
    {
        Kind.UUD,
        Kind.UU,
        Kind.PERPPU,
        Kind.PP,
        Kind.PERPRES,
        Kind.PERMEN,
        Kind.PERDA,
        Kind.PERGUB,
        Kind.PERBUP,
        Kind.PERWAL,
    }
)
"""The kinds whose body is cut into Pasal."""

NUMBERED = REGULATIONS | {Kind.SK, Kind.SE}
"""The kinds that are cited by number and year."""

OF_HEADS = frozenset({Kind.PERGUB, Kind.PERBUP, Kind.PERWAL})
"""The regulations of a regional head."""

REGIONAL = OF_HEADS | {Kind.PERDA}
"""The kinds whose number says nothing without a region: each region counts anew."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is, read from itself or corrected by hand. Empty or None is unknown."""

    kind: Kind = Kind.LAINNYA
    title: str = ""
    number: str = ""
    year: int | None = None
    region: str = ""
    issuer: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One publication, as its current version stands."""

    id: DocumentId
    version_id: VersionId
    name: str
    source: str
    metadata: Metadata
    corrected: frozenset[str]
    audience: str
    sha256: str
    media_type: str
    n_bytes: int
    n_pages: int
    n_pages_unread: int
    n_pages_doubtful: int
    n_passages: int
    has_pages: bool
    ingested_at: datetime.datetime
    n_versions: int

    @property
    def is_drawn(self) -> bool:
        """Whether its pages have pictures on which a quote can be marked."""
        return self.has_pages and is_drawn(self.media_type)
