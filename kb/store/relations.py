"""The legal life in the store: relations, references and coming into force as read, and what people decided of them."""

import datetime
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.documents import DocumentId, VersionId
from kb.errors import NotFoundError, Text
from kb.identity import ruled
from kb.legal import (
    Change,
    Edit,
    EditId,
    EditVerdict,
    Form,
    LegalReading,
    Reference,
    Relation,
    RelationKind,
    Start,
    StartRule,
    Work,
)
from kb.pages import Span
from kb.store.database import Database
from kb.store.identity_tables import hidden_phrases
from kb.store.rows import dump_spans, load_spans

N_KEPT = 1 << 14
"""Rows whose meaning is kept: all are read at every change of the store, and nearly all say what they said before."""


def put_legal(connection: sqlite3.Connection, version_id: VersionId, reading: LegalReading | None) -> None:
    """Write what was read from a version in place of what was read before, in the transaction of its sections."""
    drop_legal(connection, version_id)
    if reading is None:
        return
    start = reading.start
    connection.execute(
        "INSERT INTO legal_readings VALUES (?, ?, ?, ?, ?)",
        (
            version_id,
            start.rule if start else None,
            start.day.isoformat() if start and start.day else None,
            dump_spans(start.spans if start else ()),
            reading.promulgated.isoformat() if reading.promulgated else None,
        ),
    )
    connection.executemany(
        """INSERT INTO relations (version_id, kind, actor, target, target_key, provision, change, source_address, spans)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                version_id,
                relation.kind,
                _dump_work(relation.actor) if relation.actor else None,
                _dump_work(relation.target),
                relation.target.key,
                relation.provision,
                relation.change,
                relation.source_address,
                dump_spans(relation.spans),
            )
            for relation in reading.relations
        ),
    )
    connection.executemany(
        """INSERT INTO refs (version_id, page, start, "end", source_address, work, work_key, provision)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                version_id,
                reference.span.page,
                reference.span.start,
                reference.span.end,
                reference.source_address,
                _dump_work(reference.work) if reference.work else None,
                reference.work.key if reference.work else "",
                reference.provision,
            )
            for reference in reading.references
        ),
    )


def drop_legal(connection: sqlite3.Connection, version_id: VersionId | None) -> None:
    """Forget what was read from a version; what people decided stays with its document."""
    for table in ("relations", "refs", "legal_readings"):
        connection.execute(f"DELETE FROM {table} WHERE version_id = ?", (version_id,))


class Relations:
    """What the current versions of all documents say of the law, and the edits; the caller asks who may see what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_document(self, document_id: DocumentId) -> tuple[Relation, ...]:
        """The relations read from a document's current version, in reading order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT r.* FROM relations r JOIN documents d ON d.version_id = r.version_id
                   WHERE d.id = ? ORDER BY r.id""",
                (document_id,),
            )
            return tuple(_load_relation(row) for row in rows)

    def towards(self, keys: Iterable[str], kinds: Iterable[RelationKind]) -> tuple[tuple[DocumentId, Relation], ...]:
        """The relations of these kinds whose target is one of the works, each with the document that says so."""
        keys, kinds = tuple(keys), tuple(kinds)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT d.id AS document_id, r.* FROM relations r JOIN documents d ON d.version_id = r.version_id
                    WHERE r.target_key IN ({_marks(keys)}) AND r.kind IN ({_marks(kinds)}) ORDER BY r.id""",
                (*keys, *kinds),
            )
            return tuple((DocumentId(row["document_id"]), _load_relation(row)) for row in rows)

    def acts(self) -> tuple[tuple[DocumentId, Relation], ...]:
        """Every relation that amends, repeals or makes a law, each with the document that says so."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT d.id AS document_id, r.* FROM relations r JOIN documents d ON d.version_id = r.version_id
                   WHERE r.kind IN (?, ?, ?) ORDER BY r.id""",
                (RelationKind.AMENDS, RelationKind.REPEALS, RelationKind.ENACTS),
            )
            return tuple((DocumentId(row["document_id"]), _load_relation(row)) for row in rows)

    def starts(self) -> dict[DocumentId, Start | None]:
        """What each document that was read for its legal life says of its coming into force."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT d.id, l.* FROM legal_readings l JOIN documents d ON d.version_id = l.version_id"
            )
            return {DocumentId(row["id"]): _load_start(row) for row in rows}

    def promulgated(self, document_id: DocumentId) -> datetime.date | None:
        """The day of a document's promulgation, where it was read."""
        with self._database.reading() as connection:
            row = connection.execute(
                """SELECT l.promulgated FROM legal_readings l JOIN documents d ON d.version_id = l.version_id
                   WHERE d.id = ?""",
                (document_id,),
            ).fetchone()
        return datetime.date.fromisoformat(row["promulgated"]) if row and row["promulgated"] else None

    def references_on(self, version_id: VersionId, page: int) -> tuple[Reference, ...]:
        """The references that stand on a page, in reading order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                'SELECT * FROM refs WHERE version_id = ? AND page = ? ORDER BY start, "end"', (version_id, page)
            )
            return tuple(_load_reference(row) for row in rows)

    def references_to(
        self, document_id: DocumentId, key: str, provision: str
    ) -> tuple[tuple[DocumentId, Reference], ...]:
        """The references to a provision or to anything inside it, from its own document and from others.

        key: of the work that the document is, "" for none. provision: "" finds those to the whole work only.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT d.id AS document_id, r.* FROM refs r JOIN documents d ON d.version_id = r.version_id
                   WHERE ((r.work_key = '' AND d.id = ?1) OR (?2 != '' AND r.work_key = ?2))
                     AND (r.provision = ?3 OR (?3 != '' AND substr(r.provision, 1, length(?3) + 1) = ?3 || '/'))
                   ORDER BY d.id = ?1 DESC, d.id, r.page, r.start""",
                (document_id, key, provision),
            )
            return tuple((DocumentId(row["document_id"]), _load_reference(row)) for row in rows)

    # What people decided

    def edits(self, document_id: DocumentId | None = None) -> tuple[Edit, ...]:
        """The edits of a document, or of all, in the order they were made."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM relation_edits WHERE ?1 IS NULL OR document_id = ?1 ORDER BY id", (document_id,)
            )
            phrases = hidden_phrases(connection)
            return tuple(_ruled(_load_edit(row), phrases) for row in rows)

    def add_edit(
        self,
        document_id: DocumentId,
        relation: Relation,
        verdict: EditVerdict,
        by: str,
        note: str,
        at: datetime.datetime,
    ) -> Edit:
        """Keep a decision; an earlier one on the same relation of the document gives way to it.

        Raises NotFoundError when the document went out meanwhile.
        """
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is None:
                raise _gone(f"dokumen {document_id}")
            rows = connection.execute("SELECT * FROM relation_edits WHERE document_id = ?", (document_id,)).fetchall()
            for row in rows:
                if _load_edit(row).relation.key == relation.key:
                    connection.execute("DELETE FROM relation_edits WHERE id = ?", (row["id"],))
            cursor = connection.execute(
                """INSERT INTO relation_edits (document_id, relation, target_key, verdict, by_whom, at, note)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (document_id, _dump_relation(relation), relation.target.key, verdict, by, at.isoformat(), note),
            )
            assert cursor.lastrowid is not None
            return Edit(EditId(cursor.lastrowid), document_id, relation, verdict, by, at, note)

    def drop_edit(self, document_id: DocumentId, edit_id: EditId) -> None:
        """Take a decision back: the relation is again as it was read, or gone if it was added. Raises NotFoundError."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "DELETE FROM relation_edits WHERE id = ? AND document_id = ?", (edit_id, document_id)
            )
            if cursor.rowcount == 0:
                raise _gone(f"keputusan {edit_id}")

    # The record of the national network

    def jdihn(self) -> dict[DocumentId, str]:
        """The JSON record that the national network has of each document, as it was imported."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT document_id, record FROM jdihn_records")
            return {DocumentId(row["document_id"]): row["record"] for row in rows}

    def put_jdihn(self, records: Sequence[tuple[DocumentId, str]], at: datetime.datetime) -> None:
        """Keep the records of documents, in place of earlier ones, all in one transaction."""
        with self._database.writing() as connection:
            connection.executemany(
                """INSERT OR REPLACE INTO jdihn_records SELECT ?1, ?2, ?3 WHERE EXISTS
                   (SELECT 1 FROM documents WHERE id = ?1)""",
                ((document_id, record, at.isoformat()) for document_id, record in records),
            )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _dump_work(work: Work) -> str:
    return json.dumps(_work_fields(work), ensure_ascii=False, separators=(",", ":"))


def _work_fields(work: Work) -> list[str | int | None]:
    return [work.form.value, work.number, work.year, work.region, work.issuer, work.title]


def _load_work(fields: list[str | int | None]) -> Work:
    form, number, year, region, issuer, title = fields
    return Work(Form(str(form)), str(number), None if year is None else int(year), str(region), str(issuer), str(title))


def _dump_relation(relation: Relation) -> str:
    return json.dumps(
        {
            "kind": relation.kind.value,
            "target": _work_fields(relation.target),
            "actor": _work_fields(relation.actor) if relation.actor else None,
            "provision": relation.provision,
            "change": relation.change.value,
            "source_address": relation.source_address,
        },
        ensure_ascii=False,
    )


def _load_relation(row: sqlite3.Row) -> Relation:
    return _relation(
        row["kind"],
        row["target"],
        row["actor"] or "",
        row["provision"],
        row["change"],
        row["source_address"],
        row["spans"],
    )


@lru_cache(N_KEPT)
def _relation(
    kind: str, target: str, actor: str, provision: str, change: str, source_address: str, spans: str
) -> Relation:
    return Relation(
        RelationKind(kind),
        _load_work(json.loads(target)),
        _load_work(json.loads(actor)) if actor else None,
        provision,
        Change(change),
        source_address,
        load_spans(spans),
    )


def _load_edit(row: sqlite3.Row) -> Edit:
    said = json.loads(row["relation"])
    relation = Relation(
        RelationKind(said["kind"]),
        _load_work(said["target"]),
        _load_work(said["actor"]) if said["actor"] else None,
        said["provision"],
        Change(said["change"]),
        said["source_address"],
    )
    return Edit(
        EditId(row["id"]),
        DocumentId(row["document_id"]),
        relation,
        EditVerdict(row["verdict"]),
        row["by_whom"],
        datetime.datetime.fromisoformat(row["at"]),
        row["note"],
    )


def _ruled(edit: Edit, phrases: frozenset[str]) -> Edit:
    """The edit with what was typed in it masked as the office ruled meanwhile; its identity is as before."""
    relation = edit.relation
    actor = None if relation.actor is None else replace(relation.actor, title=ruled(relation.actor.title, phrases))
    target = replace(relation.target, title=ruled(relation.target.title, phrases))
    return replace(edit, relation=replace(relation, target=target, actor=actor), note=ruled(edit.note, phrases))


def _load_start(row: sqlite3.Row) -> Start | None:
    if row["start_rule"] is None:
        return None
    return _start(row["start_rule"], row["start_day"] or "", row["start_spans"])


@lru_cache(N_KEPT)
def _start(rule: str, day: str, spans: str) -> Start:
    return Start(StartRule(rule), datetime.date.fromisoformat(day) if day else None, load_spans(spans))


def _load_reference(row: sqlite3.Row) -> Reference:
    return Reference(
        Span(row["page"], row["start"], row["end"]),
        row["source_address"],
        _load_work(json.loads(row["work"])) if row["work"] else None,
        row["provision"],
    )


def _gone(where: str) -> NotFoundError:
    return NotFoundError(
        where,
        Text("sudah tidak ada", "it is not there any more"),
        Text("muat ulang daftar hubungan hukumnya", "load its list of legal relations again"),
    )
