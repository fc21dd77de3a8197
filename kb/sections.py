"""The outline of a document: its sections, in a regulation its provisions."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

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


class Outline(tuple[Section, ...]):
    """The sections of a version in order, parents before children, and where among them something stands.

    What is looked up is laid out once: a law has a thousand sections, and a question asks of them a hundred times.
    """

    def at(self, span: Span) -> int:
        """The place of the deepest section that holds the whole span; the root's where none below it does."""
        on_page = self._extents.get(span.page)
        if on_page is None:
            return 0
        starts, ends, places = on_page
        holding = places[(starts <= span.start) & (span.end <= ends)]
        return int(holding[np.argmax(self._depths[holding])]) if len(holding) else 0

    def ancestors(self, place: int) -> list[int]:
        """The places from the root's child down to `place` itself; empty for the root and in an empty outline."""
        path: list[int] = []
        # A document that goes out while it is found has no outline any more.
        at: int | None = place if self else None
        while at is not None and self[at].parent is not None:
            path.append(at)
            at = self[at].parent
        return path[::-1]

    def place_of(self, address: str) -> int | None:
        """The place of the section at `address`; None where there is none."""
        return self._places.get(address)

    def starts_in(self, span: Span) -> list[int]:
        """The positions on its page within the span at which an ayat or a Pasal begins, in order."""
        starts = self._provision_starts.get(span.page)
        return [] if starts is None else starts[(span.start <= starts) & (starts < span.end)].tolist()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {section.address: place for place, section in enumerate(self)}

    @cached_property
    def _depths(self) -> NDArray[np.int32]:
        depths: list[int] = []
        for section in self:
            depths.append(0 if section.parent is None else depths[section.parent] + 1)
        return np.array(depths, np.int32)

    @cached_property
    def _extents(self) -> dict[int, NDArray[np.int32]]:
        """By page: where each extent starts, where it ends, and whose it is, (3, n)."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for place, section in enumerate(self):
            for span in section.spans:
                found.setdefault(span.page, []).append((span.start, span.end, place))
        return {page: np.array(rows, np.int32).T for page, rows in found.items()}

    @cached_property
    def _provision_starts(self) -> dict[int, NDArray[np.int32]]:
        found: dict[int, set[int]] = {}
        for section in self:
            if section.kind in (SectionKind.AYAT, SectionKind.PASAL) and section.spans:
                found.setdefault(section.spans[0].page, set()).add(section.spans[0].start)
        return {page: np.array(sorted(starts), np.int32) for page, starts in found.items()}
