"""From a reading to the outline of its document: provisions of a regulation, headings of anything else."""

from ingest.cleaning import body_of
from ingest.structure.outline import outline_of
from ingest.structure.regulation import regulation
from kb.documents import REGULATIONS, Kind
from kb.pages import Reading
from kb.sections import Section, SectionKind

__all__ = ["outline"]

_LIKE_REGULATIONS = REGULATIONS | {Kind.SK, Kind.RAPERDA}
_FEWEST_PASAL = 3
"""With fewer Pasal than this a document of unknown kind is not taken for a regulation."""


def outline(reading: Reading, kind: Kind) -> tuple[Section, ...]:
    """The document's sections: the root first, parents before children, siblings in reading order.

    A regulation without a single Pasal, and everything else, is outlined by its headings.
    """
    lines = body_of(reading)
    if kind in _LIKE_REGULATIONS or kind is Kind.LAINNYA:
        sections = regulation(lines, reading.pages, reading.headings if not reading.has_pages else ())
        n_pasal = sum(section.kind is SectionKind.PASAL for section in sections)
        is_disordered = len(sections) == 1
        if is_disordered or n_pasal >= (1 if kind in REGULATIONS else _FEWEST_PASAL):
            return sections
    return outline_of(reading, lines)
