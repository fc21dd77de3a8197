"""Stable addresses: `perda-kota-semarang-2023-5/pasal-12/ayat-2/huruf-b`, the same whoever holds the document."""

import re
import unicodedata

from kb.documents import NUMBERED, REGULATIONS, DocumentId, Kind, Metadata

ADDRESS = r"^[a-z0-9][a-z0-9~/-]{0,999}$"
"""What an address is written with."""

WITH_RECITALS = NUMBERED | {Kind.RAPERDA}
"""The kinds that begin with reasons and grounds."""

WITH_PASAL = REGULATIONS | {Kind.SK, Kind.RAPERDA, Kind.LAINNYA}
"""The kinds that are outlined by their Pasal where they have any; in all others "Pasal 5" is a heading about one."""

_PASAL = re.compile(r"(?:^|[/#])pasal-(?:\d+[a-z]{0,3}|[ivxlc]+)(?=$|[/~])")
# What a decree decides stands below its "Memutuskan".
_RECITAL = re.compile(
    r"^pembukaan$|(?:^|[/#])(?:(?:menimbang|mengingat|memperhatikan|menetapkan)(?=$|[/~])|memutuskan(?=$|~))"
)
_PENJELASAN = re.compile(r"(?:^|[/#])penjelasan(?=$|[/~])")
_OWN = "dokumen"
_OWN_SLUG = re.compile(rf"{_OWN}-(\d{{1,15}})")


def document_slug(metadata: Metadata, document_id: DocumentId) -> str:
    """The first part of an address: kind, who made it, year and number; `dokumen-7` for what has no number or year.

    Who made it is the region of a regional regulation, the ministry of a ministerial one, the issuer of a decree.
    """
    if metadata.kind not in NUMBERED or not metadata.number or metadata.year is None:
        return f"{_OWN}-{document_id}"
    maker = metadata.region
    if metadata.kind is Kind.PERMEN:
        maker = re.sub(r"^(?:Kementerian|Menteri)\s+", "", metadata.issuer)
    elif metadata.kind in (Kind.SK, Kind.SE):
        maker = metadata.issuer or metadata.region
    parts = (metadata.kind.value, _slug(maker), str(metadata.year), _slug(metadata.number))
    return "-".join(part for part in parts if part)


def stable_address(metadata: Metadata, document_id: DocumentId, section_address: str) -> str:
    """The address of a section of a document; of the document itself where `section_address` is ""."""
    return f"{document_slug(metadata, document_id)}/{section_address}".rstrip("/")


def split_address(address: str) -> tuple[str, str]:
    """The document's part of a stable address and the section's, which is "" for the whole document."""
    document, _, section = address.strip("/").partition("/")
    return document, section


def holds(outer: str, inner: str) -> bool:
    """Whether the section at `inner` is the one at `outer`, or stands in it."""
    return inner == outer or inner.startswith(f"{outer}/")


def is_in_pasal(kind: Kind, section_address: str) -> bool:
    """Whether a section of a document of this kind stands in a Pasal or in the Penjelasan of one."""
    return kind in WITH_PASAL and _PASAL.search(section_address) is not None


def is_in_provision(kind: Kind, section_address: str) -> bool:
    """Whether a section stands in a Pasal or in the Penjelasan of one, or before the first Pasal of a regulation."""
    return is_in_pasal(kind, section_address) or is_recital(kind, section_address)


def is_recital(kind: Kind, section_address: str) -> bool:
    """Whether a section of a document of this kind is what a regulation or decree begins with: name, reasons, grounds.

    Minutes have a Pembukaan as well: that is none.
    """
    return kind in WITH_RECITALS and _RECITAL.search(section_address) is not None


def explains(section_address: str) -> bool:
    """Whether a section is a Penjelasan of a regulation, or stands in one."""
    return _PENJELASAN.search(section_address) is not None


def own_id(slug: str) -> DocumentId | None:
    """The document that a slug names by its own number, `dokumen-7`; None for any other."""
    match = _OWN_SLUG.fullmatch(slug)
    return DocumentId(int(match[1])) if match else None


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))
