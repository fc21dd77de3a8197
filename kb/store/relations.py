"""The legal life in the store: relations, references and coming into force as read, and what people decided of them."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.documents import DocumentId, VersionId
from kb.errors import NotFoundError, Text
from kb.identity import ruled
from kb.legal import Edit, EditId, EditVerdict, Reference, Relation, RelationKind, Start
from kb.store.database import Database
from kb.store.identity_tables import hidden_phrases
from kb.store.legal_rows import dump_relation, load_edit, load_reference, load_relation, load_start


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
            return tuple(load_relation(row) for row in rows)

    def towards(self, keys: Iterable[str], kinds: Iterable[RelationKind]) -> tuple[tuple[DocumentId, Relation], ...]:
        """The relations of these kinds whose target is one of the works, each with the document that says so."""
        keys, kinds = tuple(keys), tuple(kinds)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT d.id AS document_id, r.* FROM relations r JOIN documents d ON d.version_id = r.version_id
                    WHERE r.target_key IN ({_marks(keys)}) AND r.kind IN ({_marks(kinds)}) ORDER BY r.id""",
                (*keys, *kinds),
            )
            return tuple((DocumentId(row["document_id"]), load_relation(row)) for row in rows)

    def acts(self) -> tuple[tuple[DocumentId, Relation], ...]:
        """Every relation that amends, repeals or makes a law, each with the document that says so."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT d.id AS document_id, r.* FROM relations r JOIN documents d ON d.version_id = r.version_id
                   WHERE r.kind IN (?, ?, ?) ORDER BY r.id""",
                (RelationKind.AMENDS, RelationKind.REPEALS, RelationKind.ENACTS),
            )
            return tuple((DocumentId(row["document_id"]), load_relation(row)) for row in rows)

    def starts(self) -> dict[DocumentId, Start | None]:
        """What each document that was read for its legal life says of its coming into force."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT d.id, l.* FROM legal_readings l JOIN documents d ON d.version_id = l.version_id"
            )
            return {DocumentId(row["id"]): load_start(row) for row in rows}

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
            return tuple(load_reference(row) for row in rows)

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
            return tuple((DocumentId(row["document_id"]), load_reference(row)) for row in rows)

    # What people decided

    def edits(self, document_id: DocumentId | None = None) -> tuple[Edit, ...]:
        """The edits of a document, or of all, in the order they were made."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM relation_edits WHERE ?1 IS NULL OR document_id = ?1 ORDER BY id", (document_id,)
            )
            phrases = hidden_phrases(connection)
            return tuple(_ruled(load_edit(row), phrases) for row in rows)

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
                if load_edit(row).relation.key == relation.key:
                    connection.execute("DELETE FROM relation_edits WHERE id = ?", (row["id"],))
            cursor = connection.execute(
                """INSERT INTO relation_edits (document_id, relation, target_key, verdict, by_whom, at, note)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (document_id, dump_relation(relation), relation.target.key, verdict, by, at.isoformat(), note),
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


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _ruled(edit: Edit, phrases: frozenset[str]) -> Edit:
    """The edit with what was typed in it masked as the office ruled meanwhile; its identity is as before."""
    relation = edit.relation
    actor = None if relation.actor is None else replace(relation.actor, title=ruled(relation.actor.title, phrases))
    target = replace(relation.target, title=ruled(relation.target.title, phrases))
    return replace(edit, relation=replace(relation, target=target, actor=actor), note=ruled(edit.note, phrases))


def _gone(where: str) -> NotFoundError:
    return NotFoundError(
        where,
        Text("sudah tidak ada", "it is not there any more"),
        Text("muat ulang daftar hubungan hukumnya", "load its list of legal relations again"),
    )
