"""Regulations and provisions that a question names: "UU 35/2014 pasal 76C", "perda surabaya no 1 th 2009"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from kb.documents import Document, DocumentId, Kind
from kb.forms import kind_named
from kb.provision_grammar import provisions, spelled_out
from kb.regions import bare_region

_NUMBER = re.compile(
    r"(?<![\w/])(?:(?:nomor|no\.?|nomer)\s*)?(\d{1,3})\s*(?:/|\s+(?:tahun|thn|th)\.?\s*)\s*((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


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
    number = _NUMBER.search(question)
    named = [part for run in provisions(spelled_out(question)) for part in run.parts]
    first = next((i for i, part in enumerate(named) if part.pasal), len(named))
    # "pasal 7 UU 35/2014 ayat 2": what comes later without a Pasal of its own is of this one
    own = [*named[first : first + 1], *takewhile(lambda part: not part.pasal, named[first + 1 :])]
    return Reference(
        kind=kind_named(question),
        number=number[1].lstrip("0") if number else None,
        year=int(number[2]) if number else None,
        pasal=own[0].pasal.upper() if own and own[0].pasal else None,
        ayat=next((part.ayat for part in own if part.ayat), None),
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
    """The regions of `documents` that the question names."""
    return regions_in(question, {document.metadata.region for document in documents} - {""})


def regions_in(text: str, regions: Iterable[str]) -> frozenset[str]:
    """Those of `regions` whose own name stands in the text as a word: "Kota Semarang" for "semarang"."""
    said = text.casefold()
    return frozenset(
        region
        for region in regions
        if (name := bare_region(region).casefold()) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)
    )
