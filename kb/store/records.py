"""Records in the store: what reports and minutes hold, written with their document, and the corrections made by hand.

Records are made anew with every version and every reindex; corrections are kept apart and laid over them when read.
"""

import datetime
import json
import sqlite3
from collections.abc import Iterator, Mapping

from kb.addresses import is_in_pasal
from kb.documents import DocumentId, VersionId
from kb.errors import NotFoundError, Text
from kb.identity import ruled
from kb.intake import Draft
from kb.passages import Content, Passage
from kb.record_corrections import Corrected, Correction, apply
from kb.records import Field, Record, RecordKind, contents_of, make
from kb.status import Defect
from kb.store.checks import quote
from kb.store.database import Database, change_of
from kb.store.identity_tables import hidden_phrases
from kb.store.rows import dump_spans, load_spans


def delete_records(connection: sqlite3.Connection, version_id: VersionId | None) -> None:
    """Take out the records of a version; corrections by hand stay."""
    connection.execute("DELETE FROM records WHERE version_id = ?", (version_id,))


def insert_records(connection: sqlite3.Connection, version_id: VersionId, draft: Draft) -> None:
    """Put in the records of a draft."""
    connection.executemany(
        "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (version_id, ordinal, record.KIND, record.key, record.parent, dump_spans(record.spans), _dump(record))
            for ordinal, record in enumerate(draft.records)
        ),
    )


def insert_contents(connection: sqlite3.Connection, passage_id: int, passage: Passage, draft: Draft) -> None:
    """Say what a passage holds of provisions, findings and decisions."""
    contents = contents_of(passage.spans, draft.records)
    if is_in_pasal(draft.metadata.kind, draft.sections[passage.section].address):
        contents |= {Content.PROVISIONS}
    connection.executemany(
        "INSERT INTO passage_contents VALUES (?, ?)", ((passage_id, content) for content in sorted(contents))
    )


class Records:
    """The records of current versions, with their corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cached: tuple[int, Mapping[DocumentId, Corrected]] = (-1, {})

    def all(self) -> Mapping[DocumentId, Corrected]:
        """The records of every document that has any, or corrections; whoever asks leaves out what may not be seen."""
        with self._database.snapshot() as connection:
            change = change_of(connection)
            cached_at, cached = self._cached
            if cached_at == change:
                return cached
            records: dict[DocumentId, list[Record]] = {}
            for row in connection.execute(
                """SELECT d.id AS document_id, r.* FROM records r JOIN documents d ON d.version_id = r.version_id
                   ORDER BY d.id, r.ordinal"""
            ):
                records.setdefault(DocumentId(row["document_id"]), []).append(_load(row))
            phrases = hidden_phrases(connection)
            corrections: dict[DocumentId, list[Correction]] = {}
            for row in connection.execute("SELECT * FROM record_corrections ORDER BY document_id, at, kind, key, name"):
                corrections.setdefault(DocumentId(row["document_id"]), []).append(_load_correction(row, phrases))
        found = {
            document_id: apply(records.get(document_id, []), corrections.get(document_id, []))
            for document_id in sorted({*records, *corrections})
        }
        self._cached = (change, found)
        return found

    def of(self, document_id: DocumentId) -> Corrected:
        """The records of one document; none where it has none."""
        return self.all().get(document_id, Corrected(()))

    def correct(self, document_id: DocumentId, correction: Correction, moved_from: str) -> None:
        """Keep a correction, in place of an earlier one of the same field. Raises NotFoundError.

        moved_from: the key under which the record's earlier corrections were made; they follow to its key of now.
        """
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is None:
                raise no_record(f"dokumen {document_id}")
            connection.execute(
                """UPDATE OR REPLACE record_corrections SET key = ?, anchor = ?
                   WHERE document_id = ? AND kind = ? AND key = ?""",
                (correction.key, correction.anchor, document_id, correction.kind, moved_from),
            )
            connection.execute(
                "INSERT OR REPLACE INTO record_corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document_id,
                    correction.kind,
                    correction.key,
                    correction.name,
                    correction.text,
                    correction.value,
                    correction.was,
                    correction.anchor,
                    correction.at.isoformat(),
                ),
            )

    def forget(self, document_id: DocumentId, correction: Correction) -> None:
        """Take a correction back. Raises NotFoundError where it went meanwhile."""
        with self._database.writing() as connection:
            gone = connection.execute(
                "DELETE FROM record_corrections WHERE document_id = ? AND kind = ? AND key = ? AND name = ?",
                (document_id, correction.kind, correction.key, correction.name),
            )
            if not gone.rowcount:
                raise no_record(f"{correction.kind.value} {correction.key}")


def check_records(database: Database) -> Iterator[Defect]:
    """Every record with a fact that is not the text of its page."""
    with database.snapshot() as connection:
        for row in connection.execute("SELECT * FROM records ORDER BY version_id, ordinal"):
            for name, (text, dumped, _) in json.loads(row["fields"]).items():
                spans = load_spans(dumped)
                numbers = json.dumps(sorted({span.page for span in spans}))
                pages = dict(
                    connection.execute(
                        """SELECT number, text FROM pages
                           WHERE version_id = ? AND number IN (SELECT value FROM json_each(?))""",
                        (row["version_id"], numbers),
                    ).fetchall()
                )
                if quote(pages, spans) != text:
                    yield Defect(
                        "catatan-tidak-cocok",
                        f"{row['kind']} {row['key']}: {name}",
                        "isian catatan tidak sama dengan teks halamannya; jalankan `kb reindex`",
                        "a record's fact is not its page's text; run `kb reindex`",
                    )


def no_record(where: str) -> NotFoundError:
    """The error for a record or correction that is not there."""
    return NotFoundError(
        where,
        Text("catatan itu tidak ada", "there is no such record"),
        Text("buka dari daftar temuan atau rapat", "open it from the list of findings or meetings"),
    )


def _dump(record: Record) -> str:
    told = {name: [one.text, dump_spans(one.spans), one.value] for name, one in record.fields().items() if one}
    return json.dumps(told, ensure_ascii=False)


def _load(row: sqlite3.Row) -> Record:
    fields = {
        name: Field(text, load_spans(spans), value, text)
        for name, (text, spans, value) in json.loads(row["fields"]).items()
    }
    return make(RecordKind(row["kind"]), row["key"], row["parent"], load_spans(row["spans"]), fields)


def _load_correction(row: sqlite3.Row, phrases: frozenset[str]) -> Correction:
    """The correction, masked as its document's words are that it is compared with."""
    return Correction(
        RecordKind(row["kind"]),
        row["key"],
        row["name"],
        ruled(row["text"], phrases),
        ruled(row["value"], phrases),
        ruled(row["was"], phrases),
        ruled(row["anchor"], phrases),
        datetime.datetime.fromisoformat(row["at"]),
    )
