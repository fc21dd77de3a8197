"""Relations between regulations: what a document does to others, what others do to it, and what people decide on that.

Nothing is resolved when it is stored: a work is found among the documents of the moment, so that it does not matter
which came first, and a viewer never learns of a document that they may not see.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from api.law_visible import Edits, added, by_work, made_laws, visible_edits
from kb.access import Viewer
from kb.documents import Document, DocumentId
from kb.errors import NotFoundError, QueryRefusedError, Text
from kb.legal import PASSIVE, Change, Edit, EditId, EditVerdict, Form, Relation, RelationKind, Work, work_of
from kb.store import Store

_TOLD_OF_THE_LAW = (PASSIVE[RelationKind.AMENDS], PASSIVE[RelationKind.REPEALS])


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as one document sees it.

    name: "mengubah", or "diubah-dengan" where it is done to the document. other: the work on the other side, and
    document_id its document, None where it is not here. said_by: the document whose words say so (`relation.spans`).
    verdict: what a person decided; None where nobody did. edit_id: of that decision.
    """

    name: str
    other: Work
    document_id: DocumentId | None
    said_by: DocumentId
    relation: Relation
    verdict: EditVerdict | None = None
    edit_id: EditId | None = None


class Relations:
    """The relations of a store's documents, as whoever asks may see them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def links(self, viewer: Viewer, document_id: DocumentId) -> tuple[Link, ...]:
        """What a document does to others and what others do to it, those rejected by hand left out.

        Raises NotFoundError.
        """
        return tuple(link for link in self.all_links(viewer, document_id) if link.verdict is not EditVerdict.REJECTED)

    def all_links(self, viewer: Viewer, document_id: DocumentId) -> tuple[Link, ...]:
        """The same with those that were rejected, for whoever decides. Raises NotFoundError."""
        document = self._store.documents.read(viewer, document_id)
        visible = self._store.documents.visible(viewer)
        by_key = by_work(visible.values())
        own = work_of(document.metadata)
        edits = visible_edits(self._store.relations.edits(), visible)
        found: list[Link] = []
        for relation in _with_added(self._store.relations.of_document(document_id), edits.get(document_id, {})):
            if relation.actor is None:
                found.append(_link(relation.kind.value, relation.target, document_id, relation, by_key, edits))
        if own is not None:
            towards = [
                *self._store.relations.towards([own.key], tuple(RelationKind)),
                *(pair for pair in added(edits) if pair[1].target.key == own.key),
            ]
            for said_by, relation in towards:
                source = visible.get(said_by)
                if source is None:
                    continue
                actor = relation.actor or work_of(source.metadata) or Work(Form.KEPUTUSAN, title=source.name)
                link = _link(PASSIVE[relation.kind], actor, said_by, relation, by_key, edits)
                found.append(replace(link, document_id=said_by) if relation.actor is None else link)
        enacted = made_laws(self._store.relations.acts(), visible)
        return tuple(
            link
            for link in _each_once(found)
            if link.name not in _TOLD_OF_THE_LAW or link.other.key not in enacted or link.verdict is not None
        )

    def relation(self, viewer: Viewer, document_id: DocumentId, key: str) -> Relation:
        """The relation of a document that `Relation.key`, joined by "|", names. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        edits = (edit.relation for edit in self._store.relations.edits(document_id))
        for relation in (*self._store.relations.of_document(document_id), *edits):
            if "|".join(relation.key) == key:
                return relation
        raise _no_relation(key)

    def deciders(self, viewer: Viewer) -> dict[EditId, str]:
        """Who made each decision on a document that the viewer may see."""
        visible = self._store.documents.visible(viewer)
        return {edit.id: edit.by for edit in self._store.relations.edits() if edit.document_id in visible}

    def add(
        self, viewer: Viewer, document_id: DocumentId, relation: Relation, note: str, at: datetime.datetime
    ) -> Edit:
        """Add a relation of a document by hand. Raises NotFoundError, QueryRefusedError where it names itself."""
        document = self._store.documents.read(viewer, document_id)
        own = work_of(document.metadata)
        if relation.actor is None and own is not None and own.key == relation.target.key:
            raise QueryRefusedError(
                relation.target.key,
                Text(
                    "peraturan tidak dapat berhubungan dengan dirinya sendiri", "a regulation has no relation to itself"
                ),
                Text("sebut peraturan lain", "name another regulation"),
            )
        return self._store.relations.add_edit(document_id, relation, EditVerdict.ADDED, viewer.name, note, at)

    def judge(
        self,
        viewer: Viewer,
        document_id: DocumentId,
        relation: Relation,
        verdict: EditVerdict,
        note: str,
        at: datetime.datetime,
    ) -> Edit:
        """Confirm or reject a relation that a document's text was read to say. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        known = {one.key for one in self._store.relations.of_document(document_id)}
        known |= {
            edit.relation.key for edit in self._store.relations.edits(document_id) if edit.verdict is EditVerdict.ADDED
        }
        if relation.key not in known:
            raise _no_relation(relation.target.key)
        return self._store.relations.add_edit(document_id, relation, verdict, viewer.name, note, at)

    def take_back(self, viewer: Viewer, document_id: DocumentId, edit_id: EditId) -> None:
        """Undo a decision. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        self._store.relations.drop_edit(document_id, edit_id)


def _no_relation(named: str) -> NotFoundError:
    return NotFoundError(
        named,
        Text("hubungan itu tidak ada pada dokumen ini", "the document has no such relation"),
        Text("muat ulang daftar hubungan hukumnya", "load its list of legal relations again"),
    )


def _with_added(
    relations: Sequence[Relation], decided: Mapping[tuple[str, str, str, str, str], Edit]
) -> Iterable[Relation]:
    yield from relations
    read = {relation.key for relation in relations}
    yield from (e.relation for e in decided.values() if e.verdict is EditVerdict.ADDED and e.relation.key not in read)


def _link(
    name: str,
    other: Work,
    said_by: DocumentId,
    relation: Relation,
    by_key: Mapping[str, Document],
    edits: Edits,
) -> Link:
    document = by_key.get(other.key)
    decided = edits.get(said_by, {}).get(relation.key)
    return Link(
        name,
        other,
        document.id if document else None,
        said_by,
        relation,
        decided.verdict if decided else None,
        decided.id if decided else None,
    )


def _each_once(links: Iterable[Link]) -> Iterable[Link]:
    """The links, each said once: of the same said by several the one of the acting work itself, else the first."""
    found: dict[tuple[str, str, str, str], Link] = {}
    for link in links:
        key = (link.name, link.other.key, link.relation.provision, link.relation.change)
        before = found.get(key)
        if before is None or (before.relation.actor is not None and link.relation.actor is None):
            found[key] = link
    detailed = {(link.name, link.other.key) for link in found.values() if link.relation.provision}
    for (name, other, provision, change), link in found.items():
        # "Mengubah X" is said by the points that change its provisions; it stands alone where there are none
        if (
            provision
            or change != Change.WHOLE
            or (name, other) not in detailed
            or link.verdict is not None
            or link.relation.kind is not RelationKind.AMENDS
        ):
            yield link
