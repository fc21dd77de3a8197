"""The rows of a document, written inside a transaction that someone else holds."""

import datetime
import json
import sqlite3
from dataclasses import replace

from kb.documents import DocumentId, Metadata, VersionId
from kb.errors import ModelMismatchError
from kb.identity import is_masking
from kb.intake import Draft
from kb.store.identity_tables import name_document, write_guarding
from kb.store.layers import insert_layers
from kb.store.legal_rows import drop_legal, put_legal
from kb.store.records import delete_records, insert_contents, insert_records
from kb.store.rows import dump_spans, dump_vector, load_metadata
from kb.store.sources import forget_copies


def claim_model(connection: sqlite3.Connection, stamp: str, where: str) -> None:
    """Stamp an empty store with its model. Raises ModelMismatchError where another model's vectors are in."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
    if row is not None and row["value"] == stamp:
        return
    if row is not None and connection.execute("SELECT 1 FROM vectors LIMIT 1").fetchone() is not None:
        raise ModelMismatchError(where, row["value"], stamp)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (stamp,))


def insert_document(connection: sqlite3.Connection, draft: Draft) -> DocumentId:
    """Insert a document without a version; `add_version` gives it its first, and its metadata."""
    cursor = connection.execute(
        """INSERT INTO documents (source, name, audience, kind, title, number, region, issuer)
           VALUES (?, ?, ?, '', '', '', '', '')""",
        (draft.source, draft.name, draft.audience),
    )
    assert cursor.lastrowid is not None
    return DocumentId(cursor.lastrowid)


def add_version(connection: sqlite3.Connection, document_id: DocumentId, draft: Draft) -> None:
    """Make the draft the document's current version, with its pages, headings, sections, passages and vectors."""
    row = connection.execute("SELECT version_id FROM documents WHERE id = ?", (document_id,)).fetchone()
    # The old version keeps its pages, so that what was cited still opens; it is no longer found.
    connection.execute("DELETE FROM passages WHERE version_id = ?", (row["version_id"],))
    drop_legal(connection, row["version_id"])
    delete_records(connection, row["version_id"])
    cursor = connection.execute(
        """INSERT INTO versions (document_id, sha256, media_type, n_bytes, has_pages, ingested_at)
           VALUES (?, ?, ?, ?, ?, ?)""",
        (
            document_id,
            draft.sha256,
            draft.reading.media_type,
            draft.n_bytes,
            draft.reading.has_pages,
            datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds"),
        ),
    )
    assert cursor.lastrowid is not None
    version_id = VersionId(cursor.lastrowid)
    before = connection.execute("SELECT sha256 FROM versions WHERE id = ?", (row["version_id"],)).fetchone()
    connection.execute("UPDATE documents SET version_id = ? WHERE id = ?", (version_id, document_id))
    if before is not None and before["sha256"] != draft.sha256:
        forget_copies(connection, before["sha256"])
    connection.executemany(
        """INSERT INTO pages (version_id, number, label, text, verdict, width, height, confidence, reason)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                version_id,
                page.number,
                page.label,
                page.text,
                page.verdict,
                page.width,
                page.height,
                page.confidence,
                page.reason or "",
            )
            for page in draft.reading.pages
        ),
    )
    insert_layers(connection, version_id, draft.reading)
    connection.executemany(
        "INSERT INTO headings VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (version_id, ordinal, heading.level, heading.title, heading.span.page, heading.span.start, heading.span.end)
            for ordinal, heading in enumerate(draft.reading.headings)
        ),
    )
    if draft.guarding is not None:
        write_guarding(connection, version_id, draft.reading, draft.guarding)
    _describe(connection, document_id, draft)
    _insert_sections(connection, version_id, draft)


def replace_sections(connection: sqlite3.Connection, document_id: DocumentId, draft: Draft) -> None:
    """Put the draft's name, metadata, sections, passages and vectors in place of the document's, guarded as it is."""
    [version_id] = connection.execute("SELECT version_id FROM documents WHERE id = ?", (document_id,)).fetchone()
    if draft.guarding is not None:
        write_guarding(connection, version_id, draft.reading, draft.guarding)
    _describe(connection, document_id, draft)
    connection.execute("DELETE FROM passages WHERE version_id = ?", (version_id,))
    delete_records(connection, version_id)
    connection.execute("DELETE FROM sections WHERE version_id = ?", (version_id,))
    _insert_sections(connection, version_id, draft)


def _describe(connection: sqlite3.Connection, document_id: DocumentId, draft: Draft) -> None:
    """Give the document the draft's name and metadata, but for what was corrected by hand."""
    row = connection.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
    corrected = frozenset(filter(None, row["corrected"].split(",")))
    # What was corrected while the draft was made is not in it. Where it is, with a mask, the mask stays.
    by_hand = {
        field: value
        for field in corrected
        if not is_masking(str(getattr(draft.metadata, field)), str(value := getattr(load_metadata(row), field)))
    }
    update_metadata(connection, document_id, replace(draft.metadata, **by_hand), corrected)
    name_document(connection, document_id, draft.name)


def _insert_sections(connection: sqlite3.Connection, version_id: VersionId, draft: Draft) -> None:
    connection.executemany(
        """INSERT INTO sections (version_id, ordinal, parent, kind, label, heading, address, spans)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                version_id,
                ordinal,
                section.parent,
                section.kind,
                section.label,
                section.heading,
                section.address,
                dump_spans(section.spans),
            )
            for ordinal, section in enumerate(draft.sections)
        ),
    )
    for place, (passage, words, heading_words, vector) in enumerate(
        zip(draft.passages, draft.words, draft.heading_words, draft.vectors, strict=True)
    ):
        cursor = connection.execute(
            """INSERT INTO passages (version_id, section, text, heading_path, spans, words, heading_words)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                version_id,
                passage.section,
                passage.text,
                json.dumps(passage.heading_path, ensure_ascii=False),
                dump_spans(passage.spans),
                words,
                heading_words,
            ),
        )
        assert cursor.lastrowid is not None
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (cursor.lastrowid, dump_vector(vector)))
        if draft.tokens:
            connection.execute("INSERT INTO token_vectors VALUES (?, ?)", (cursor.lastrowid, draft.tokens[place]))
        insert_contents(connection, cursor.lastrowid, passage, draft)
    insert_records(connection, version_id, draft)
    put_legal(connection, version_id, draft.legal)


def update_metadata(
    connection: sqlite3.Connection, document_id: DocumentId, metadata: Metadata, corrected: frozenset[str]
) -> None:
    """Set the document's metadata, and which of its fields were corrected by hand."""
    connection.execute(
        """UPDATE documents SET kind = ?, title = ?, number = ?, year = ?, region = ?, issuer = ?, date = ?,
           corrected = ? WHERE id = ?""",
        (
            metadata.kind,
            metadata.title,
            metadata.number,
            metadata.year,
            metadata.region,
            metadata.issuer,
            metadata.date.isoformat() if metadata.date else None,
            ",".join(sorted(corrected)),
            document_id,
        ),
    )
