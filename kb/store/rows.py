"""Between the rows of the tables and the types of `kb`."""

import datetime
import json
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kb.documents import Document, DocumentId, Kind, Metadata, VersionId
from kb.pages import Page, Span, Verdict
from kb.passages import PassageId, StoredPassage
from kb.scans import Reason
from kb.sections import Outline, Section, SectionKind
from kb.vectors import Vectors

PassageIds = NDArray[np.int64]
"""Ids of passages."""

DOCUMENT_COLUMNS = """
    d.id, d.version_id, d.name, d.source, d.audience, d.kind, d.title, d.number, d.year, d.region, d.issuer, d.date,
    d.corrected, v.sha256, v.media_type, v.n_bytes, v.has_pages, v.ingested_at,
    (SELECT count(*) FROM pages p WHERE p.version_id = v.id) AS n_pages,
    (SELECT count(*) FROM pages p WHERE p.version_id = v.id AND p.verdict IN ('perlu-ocr', 'gagal')) AS n_pages_unread,
    (SELECT count(*) FROM pages p WHERE p.version_id = v.id AND p.verdict = 'ocr-meragukan') AS n_pages_doubtful,
    (SELECT count(*) FROM passages p WHERE p.version_id = v.id) AS n_passages,
    (SELECT count(*) FROM versions o WHERE o.document_id = d.id) AS n_versions
"""

PASSAGE_COLUMNS = """
    p.id, v.document_id, p.version_id, p.text, p.heading_path, p.spans, p.words, p.heading_words,
    s.kind AS s_kind, s.label AS s_label, s.heading AS s_heading, s.address AS s_address, s.parent AS s_parent,
    s.spans AS s_spans
"""


def dump_spans(spans: tuple[Span, ...]) -> str:
    """Spans as the JSON that the tables hold."""
    return json.dumps([[span.page, span.start, span.end] for span in spans], separators=(",", ":"))


def load_spans(text: str) -> tuple[Span, ...]:
    """Spans from the JSON that the tables hold."""
    return tuple(Span(*numbers) for numbers in json.loads(text))


def dump_vector(vector: Vectors) -> bytes:
    """A vector as little-endian float32 bytes."""
    return vector.astype("<f4").tobytes()


def load_vectors(blobs: list[bytes], dim: int) -> Vectors:
    """(n, dim) float32 from the bytes of `n` vectors."""
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), dim).astype(np.float32)


def load_ids(rows: Iterable[sqlite3.Row]) -> PassageIds:
    """The ids that are the first column of rows."""
    return np.fromiter((row[0] for row in rows), np.int64)


def load_metadata(row: sqlite3.Row) -> Metadata:
    """The metadata columns of a document's row."""
    return Metadata(
        kind=Kind(row["kind"]),
        title=row["title"],
        number=row["number"],
        year=row["year"],
        region=row["region"],
        issuer=row["issuer"],
        date=datetime.date.fromisoformat(row["date"]) if row["date"] else None,
    )


def load_document(row: sqlite3.Row) -> Document:
    """A document from a row of `DOCUMENT_COLUMNS`."""
    return Document(
        id=DocumentId(row["id"]),
        version_id=VersionId(row["version_id"]),
        name=row["name"],
        source=row["source"],
        metadata=load_metadata(row),
        corrected=frozenset(filter(None, row["corrected"].split(","))),
        audience=row["audience"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        n_bytes=row["n_bytes"],
        n_pages=row["n_pages"],
        n_pages_unread=row["n_pages_unread"],
        n_pages_doubtful=row["n_pages_doubtful"],
        n_passages=row["n_passages"],
        has_pages=bool(row["has_pages"]),
        ingested_at=datetime.datetime.fromisoformat(row["ingested_at"]),
        n_versions=row["n_versions"],
    )


def load_page(row: sqlite3.Row) -> Page:
    """A page from a row of `pages`."""
    return Page(
        number=row["number"],
        text=row["text"],
        verdict=Verdict(row["verdict"]),
        width=row["width"],
        height=row["height"],
        label=row["label"],
        confidence=row["confidence"],
        reason=Reason(row["reason"]) if row["reason"] else None,
    )


def load_sections(rows: Sequence[sqlite3.Row]) -> Outline:
    """Sections from rows of `sections`."""
    # All spans in one go: a question reads thousands, and JSON costs more by the call than by the letter.
    spans = json.loads(f"[{','.join([row['spans'] for row in rows])}]")
    return Outline(
        Section(
            SectionKind(row["kind"]),
            row["label"],
            row["heading"],
            row["address"],
            row["parent"],
            tuple([Span(*numbers) for numbers in each]),
        )
        for row, each in zip(rows, spans, strict=True)
    )


def load_passage(row: sqlite3.Row) -> StoredPassage:
    """A passage from a row of `PASSAGE_COLUMNS`."""
    return StoredPassage(
        id=PassageId(row["id"]),
        document_id=DocumentId(row["document_id"]),
        version_id=VersionId(row["version_id"]),
        section=Section(
            SectionKind(row["s_kind"]),
            row["s_label"],
            row["s_heading"],
            row["s_address"],
            row["s_parent"],
            load_spans(row["s_spans"]),
        ),
        text=row["text"],
        heading_path=tuple(json.loads(row["heading_path"])),
        spans=load_spans(row["spans"]),
        words=row["words"],
        heading_words=row["heading_words"],
    )
