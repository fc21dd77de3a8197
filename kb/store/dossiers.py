"""Dossiers in the store: their words and their items, which outlive the documents that they quote."""

import datetime
import json
import sqlite3
from collections.abc import Mapping

from kb.access import Viewer, may_see
from kb.documents import DocumentId, VersionId
from kb.dossier import Dossier, DossierId, Field, Form, Item, ItemId, ItemKind, NewItem
from kb.errors import NotFoundError, Text
from kb.store.database import Database
from kb.store.rows import dump_spans, load_spans


class Dossiers:
    """The dossiers of a store, as the viewer who asks may see them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, title: str, form: Form, audience: str, owner: str) -> Dossier:
        """Make an empty dossier."""
        with self._database.writing() as connection:
            now = _now()
            cursor = connection.execute(
                """INSERT INTO dossiers (title, form, words, audience, owner, created_at, changed_at)
                   VALUES (?, ?, '{}', ?, ?, ?, ?)""",
                (title, form, audience, owner, now, now),
            )
            assert cursor.lastrowid is not None
            return _read(connection, DossierId(cursor.lastrowid))

    def visible(self, viewer: Viewer) -> tuple[Dossier, ...]:
        """Every dossier that `viewer` may see, the one changed last first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM dossiers ORDER BY changed_at DESC, id DESC")
            return tuple(dossier for dossier in map(_dossier, rows) if may_see(viewer, dossier.audience))

    def read(self, viewer: Viewer, dossier_id: DossierId) -> Dossier:
        """One dossier. Raises NotFoundError also for one that the viewer may not see."""
        with self._database.reading() as connection:
            return _seen(connection, viewer, dossier_id)

    def items(self, dossier_id: DossierId) -> tuple[Item, ...]:
        """Its items in their order, whoever may see their documents."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM dossier_items WHERE dossier_id = ? ORDER BY position", (dossier_id,)
            )
            return tuple(map(_item, rows))

    def write(
        self, viewer: Viewer, dossier_id: DossierId, title: str, form: Form, words: Mapping[Field, str]
    ) -> Dossier:
        """Set title, form and words. Raises NotFoundError."""
        with self._database.writing() as connection:
            _seen(connection, viewer, dossier_id)
            connection.execute(
                "UPDATE dossiers SET title = ?, form = ?, words = ? WHERE id = ?",
                (title, form, json.dumps({field: text for field, text in words.items() if text}), dossier_id),
            )
            _touch(connection, dossier_id)
            return _read(connection, dossier_id)

    def remove(self, viewer: Viewer, dossier_id: DossierId) -> None:
        """Take a dossier out with its items. Raises NotFoundError."""
        with self._database.writing() as connection:
            _seen(connection, viewer, dossier_id)
            connection.execute("DELETE FROM dossiers WHERE id = ?", (dossier_id,))

    def add(self, viewer: Viewer, dossier_id: DossierId, new: NewItem) -> Item:
        """Put an item at the end. Raises NotFoundError."""
        with self._database.writing() as connection:
            _seen(connection, viewer, dossier_id)
            cursor = connection.execute(
                """INSERT INTO dossier_items (dossier_id, position, kind, part, document_id, version_id, spans, label,
                       name, audience, sha256, comment, added_at)
                   SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                   FROM dossier_items WHERE dossier_id = ?""",
                (
                    dossier_id,
                    new.kind,
                    new.part,
                    new.document_id,
                    new.version_id,
                    dump_spans(new.spans),
                    new.label,
                    new.name,
                    new.audience,
                    new.sha256,
                    new.comment,
                    _now(),
                    dossier_id,
                ),
            )
            _touch(connection, dossier_id)
            row = connection.execute("SELECT * FROM dossier_items WHERE id = ?", (cursor.lastrowid,)).fetchone()
            return _item(row)

    def change(self, dossier_id: DossierId, item_id: ItemId, part: Field, comment: str) -> None:
        """Set an item's part and comment. Raises NotFoundError."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE dossier_items SET part = ?, comment = ? WHERE id = ? AND dossier_id = ?",
                (part, comment, item_id, dossier_id),
            )
            if cursor.rowcount == 0:
                raise no_item(item_id)
            _touch(connection, dossier_id)

    def swap(self, dossier_id: DossierId, first: ItemId, second: ItemId) -> None:
        """Let two items change places. Raises NotFoundError."""
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT id, position FROM dossier_items WHERE dossier_id = ? AND id IN (?, ?)",
                (dossier_id, first, second),
            ).fetchall()
            places = {row["id"]: row["position"] for row in rows}
            for one, other in ((first, second), (second, first)):
                if one not in places:
                    raise no_item(one)
                connection.execute("UPDATE dossier_items SET position = ? WHERE id = ?", (places[other], one))
            _touch(connection, dossier_id)

    def take_out(self, dossier_id: DossierId, item_id: ItemId) -> None:
        """Take one item out. Raises NotFoundError."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "DELETE FROM dossier_items WHERE id = ? AND dossier_id = ?", (item_id, dossier_id)
            )
            if cursor.rowcount == 0:
                raise no_item(item_id)
            _touch(connection, dossier_id)


def no_item(item_id: ItemId) -> NotFoundError:
    """The error for an item that is not in its dossier, or that its viewer may not see."""
    return NotFoundError(
        f"butir {item_id}",
        Text("tidak ada butir itu dalam berkas ini", "the dossier has no such item"),
        Text("muat ulang halaman berkas", "load the dossier's page again"),
    )


def _no_dossier(dossier_id: DossierId) -> NotFoundError:
    return NotFoundError(
        f"berkas {dossier_id}",
        Text("tidak ada berkas bernomor itu", "there is no dossier of that number"),
        Text("lihat daftarnya dengan `kb dossier list`", "see the list with `kb dossier list`"),
    )


def _seen(connection: sqlite3.Connection, viewer: Viewer, dossier_id: DossierId) -> Dossier:
    dossier = _read(connection, dossier_id)
    if not may_see(viewer, dossier.audience):
        raise _no_dossier(dossier_id)
    return dossier


def _read(connection: sqlite3.Connection, dossier_id: DossierId) -> Dossier:
    row = connection.execute("SELECT * FROM dossiers WHERE id = ?", (dossier_id,)).fetchone()
    if row is None:
        raise _no_dossier(dossier_id)
    return _dossier(row)


def _touch(connection: sqlite3.Connection, dossier_id: DossierId) -> None:
    connection.execute("UPDATE dossiers SET changed_at = ? WHERE id = ?", (_now(), dossier_id))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def _dossier(row: sqlite3.Row) -> Dossier:
    return Dossier(
        id=DossierId(row["id"]),
        title=row["title"],
        form=Form(row["form"]),
        words={Field(name): text for name, text in json.loads(row["words"]).items()},
        audience=row["audience"],
        owner=row["owner"],
        created_at=datetime.datetime.fromisoformat(row["created_at"]),
        changed_at=datetime.datetime.fromisoformat(row["changed_at"]),
    )


def _item(row: sqlite3.Row) -> Item:
    what = NewItem(
        kind=ItemKind(row["kind"]),
        part=Field(row["part"]),
        document_id=DocumentId(row["document_id"]),
        version_id=VersionId(row["version_id"]),
        spans=load_spans(row["spans"]),
        label=row["label"],
        name=row["name"],
        audience=row["audience"],
        sha256=row["sha256"],
        comment=row["comment"],
    )
    return Item(ItemId(row["id"]), what, datetime.datetime.fromisoformat(row["added_at"]))
