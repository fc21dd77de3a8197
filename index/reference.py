"""Regulations and provisions that a question names: "UU 35/2014 pasal 76C", "perda surabaya no 1 th 2009"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.documents import Document, DocumentId, Kind

_KINDS = {
    "undang-undang": Kind.UU,
    "undang undang": Kind.UU,
    "uu": Kind.UU,
    "perppu": Kind.PERPPU,
    "perpu": Kind.PERPPU,
    "peraturan pemerintah": Kind.PP,
    "pp": Kind.PP,
    "peraturan presiden": Kind.PERPRES,
    "perpres": Kind.PERPRES,
    "peraturan menteri": Kind.PERMEN,
    "permendagri": Kind.PERMEN,
    "permen": Kind.PERMEN,
    "peraturan daerah": Kind.PERDA,
    "perda": Kind.PERDA,
    "peraturan gubernur": Kind.PERGUB,
    "pergub": Kind.PERGUB,
    "peraturan bupati": Kind.PERBUP,
    "perbup": Kind.PERBUP,
    "peraturan wali kota": Kind.PERWAL,
    "peraturan walikota": Kind.PERWAL,
    "perwali": Kind.PERWAL,
    "perwal": Kind.PERWAL,
}
_KIND = re.compile(rf"(?<!\w)({'|'.join(sorted(_KINDS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w/])(?:(?:nomor|no\.?|nomer)\s*)?(\d{1,3})\s*(?:/|\s+(?:tahun|thn|th)\.?\s*)\s*((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_PASAL = re.compile(r"(?<!\w)(?:pasal|psl\.?|ps\.?)\s*(\d{1,3})\s?([a-z])?(?!\w)", re.IGNORECASE)
_AYAT = re.compile(r"(?<!\w)(?:ayat|ay\.?)\s*\(?(\d{1,2})([a-z])?\)?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question names; None where it leaves that open. pasal: "7", "76C"; ayat: "2", "1a"."""

    kind: Kind | None = None
    number: str | None = None
    year: int | None = None
    pasal: str | None = None
    ayat: str | None = None

    @property
    def names_regulation(self) -> bool:
        """Whether it says which regulation by number and year."""
        return self.number is not None and self.year is not None

    def address(self) -> str | None:
        """The address of the Pasal in its regulation, None where none is named."""
        if self.pasal is None:
            return None
        pasal = f"pasal-{self.pasal.lower()}"
        return pasal if self.ayat is None else f"{pasal}/ayat-{self.ayat.lower()}"


def read_reference(question: str) -> Reference:
    """The first regulation and provision that `question` names."""
    kind = _KIND.search(question)
    number = _NUMBER.search(question)
    pasal = _PASAL.search(question)
    ayat = _AYAT.search(question, pasal.end()) if pasal else None
    return Reference(
        kind=_KINDS[kind[1].lower()] if kind else None,
        number=number[1].lstrip("0") if number else None,
        year=int(number[2]) if number else None,
        pasal=pasal[1] + (pasal[2] or "").upper() if pasal else None,
        ayat=ayat[1] + (ayat[2] or "").lower() if ayat else None,
    )


def named_documents(reference: Reference, documents: Iterable[Document]) -> frozenset[DocumentId]:
    """The documents that the reference names by number and year, and by kind where it says one."""
    if not reference.names_regulation:
        return frozenset()
    return frozenset(
        document.id
        for document in documents
        if document.metadata.year == reference.year
        and document.metadata.number.lstrip("0") == reference.number
        and reference.kind in (None, document.metadata.kind)
    )


def regions_named(question: str, documents: Iterable[Document]) -> frozenset[str]:
    """The regions of `documents` whose own name stands in the question as a word: "Kota Semarang" for "semarang"."""
    said = question.casefold()
    return frozenset(
        region
        for region in {document.metadata.region for document in documents} - {""}
        if (name := region_name(region)) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)
    )


def region_name(region: str) -> str:
    """The name of a region without its rank, in small letters: "semarang" of "Kota Semarang"."""
    return re.sub(r"^(kota|kabupaten|kab\.|provinsi|prov\.)\s+", "", region.casefold()).strip()
