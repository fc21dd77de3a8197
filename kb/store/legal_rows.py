"""Between the rows of the legal tables and the types of `kb.legal`; what was read from a version is written here."""

import datetime
import json
import sqlite3
from functools import lru_cache

from kb.documents import DocumentId, VersionId
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


def _dump_work(work: Work) -> str:
    return json.dumps(_work_fields(work), ensure_ascii=False, separators=(",", ":"))


def _work_fields(work: Work) -> list[str | int | None]:
    return [work.form.value, work.number, work.year, work.region, work.issuer, work.title]


def _load_work(fields: list[str | int | None]) -> Work:
    form, number, year, region, issuer, title = fields
    return Work(Form(str(form)), str(number), None if year is None else int(year), str(region), str(issuer), str(title))


def dump_relation(relation: Relation) -> str:
    """A relation as the JSON that the edits hold, without its places."""
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


def load_relation(row: sqlite3.Row) -> Relation:
    """A relation from a row of `relations`."""
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


def load_edit(row: sqlite3.Row) -> Edit:
    """An edit from a row of `relation_edits`, its words as they were typed."""
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


def load_start(row: sqlite3.Row) -> Start | None:
    """How a regulation comes into force, from a row of `legal_readings`; None where nothing was read of it."""
    if row["start_rule"] is None:
        return None
    return _start(row["start_rule"], row["start_day"] or "", row["start_spans"])


@lru_cache(N_KEPT)
def _start(rule: str, day: str, spans: str) -> Start:
    return Start(StartRule(rule), datetime.date.fromisoformat(day) if day else None, load_spans(spans))


def load_reference(row: sqlite3.Row) -> Reference:
    """A reference from a row of `refs`."""
    return Reference(
        Span(row["page"], row["start"], row["end"]),
        row["source_address"],
        _load_work(json.loads(row["work"])) if row["work"] else None,
        row["provision"],
    )
