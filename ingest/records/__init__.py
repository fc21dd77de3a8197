"""From a visit report or minutes to the records in it, every fact with the spans where it stands."""

import dataclasses
from collections.abc import Iterable, Sequence

from ingest.records.blocks import read_blocks
from ingest.records.chunks import Place
from ingest.records.minutes import read_minutes
from ingest.records.parts import extent, placed, title_of
from ingest.records.visit_report import read_visit_report
from kb.documents import Kind, Metadata
from kb.pages import Reading
from kb.records import Record, key_of
from kb.sections import Section

__all__ = ["Place", "read_records"]

_KINDS = (Kind.STUDI_TIRU, Kind.NOTULEN)


def read_records(
    reading: Reading, sections: Sequence[Section], metadata: Metadata, place: Place | None = None
) -> tuple[Record, ...]:
    """The records of a document: its visit or meeting first, then what belongs to that; none for other kinds.

    Every fact is `page.text[start:end]` under its spans. place: says where words stand on a PDF's pages.
    """
    if metadata.kind not in _KINDS or not any(page.text.strip() for page in reading.pages):
        return ()
    sheets, blocks = read_blocks(reading, sections, place)
    title, parts = title_of(blocks), list(placed(blocks))
    if metadata.kind is Kind.STUDI_TIRU:
        return _named(read_visit_report(sheets, parts, title, metadata.region))
    return _named(read_minutes(sheets, parts, title))


def _named(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records with their keys, their extents, and the first as the parent of the others."""
    taken: dict[tuple[str, str], int] = {}
    named: list[Record] = []
    for record in records:
        key = key_of(record.anchor)
        n = taken[record.KIND, key] = taken.get((record.KIND, key), 0) + 1
        named.append(
            dataclasses.replace(
                record, key=key if n == 1 else f"{key}~{n}", parent=0 if named else None, spans=extent(record)
            )
        )
    return tuple(named)
