"""The outline of a document: its sections, in a regulation its provisions."""

from dataclasses import dataclass
from enum import StrEnum

from kb.pages import Span


class SectionKind(StrEnum):
    """The role of a section in its document's outline."""

    ROOT = "dokumen"
    OPENING = "pembukaan"
    CONSIDERING = "menimbang"
    RECALLING = "mengingat"
    DECIDING = "menetapkan"
    BAB = "bab"
    BAGIAN = "bagian"
    PARAGRAF = "paragraf"
    PASAL = "pasal"
    AYAT = "ayat"
    HURUF = "huruf"
    ANGKA = "angka"
    AMENDMENT = "angka-perubahan"
    CLOSING = "penutup"
    EXPLANATION = "penjelasan"
    ATTACHMENT = "lampiran"
    HEADING = "judul-bagian"


@dataclass(frozen=True, slots=True)
class Section:
    """A node of a document's outline; in a regulation a provision.

    label: "Pasal 12", "ayat (2)", "huruf b", "BAB III", "Penjelasan Pasal 5"; a plain heading is its own label.
    heading: the title that stands under a label ("KETENTUAN UMUM"), or "".
    address: unique in its version, from the labels of its parents ("pasal-12/ayat-2/huruf-b").
    parent: its place in the tuple of sections, before this one; None for the root.
    spans: the whole extent, children included, running heads and page numbers left out.
    """

    kind: SectionKind
    label: str
    heading: str
    address: str
    parent: int | None
    spans: tuple[Span, ...]
