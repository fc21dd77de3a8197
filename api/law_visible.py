"""What the documents that a viewer may see are to the law: the works that they are, and what people decided on them."""

from collections.abc import Iterable, Mapping

from kb.documents import Document, DocumentId
from kb.legal import Edit, EditVerdict, Relation, RelationKind, work_of

Edits = Mapping[DocumentId, Mapping[tuple[str, str, str, str, str], Edit]]
"""Decisions by document and by the key of the relation."""


def by_work(documents: Iterable[Document]) -> dict[str, Document]:
    """The documents by the key of the work that they are; of two the one that came first."""
    found: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: one.id):
        own = work_of(document.metadata)
        if own is not None:
            found.setdefault(own.key, document)
    return found


def visible_edits(edits: Iterable[Edit], visible: Mapping[DocumentId, Document]) -> Edits:
    """The decisions on visible documents, by document and relation."""
    found: dict[DocumentId, dict[tuple[str, str, str, str, str], Edit]] = {}
    for edit in edits:
        if edit.document_id in visible:
            found.setdefault(edit.document_id, {})[edit.relation.key] = edit
    return found


def added(edits: Edits) -> Iterable[tuple[DocumentId, Relation]]:
    """Every relation that was added by hand, with its document."""
    for document_id, decided in edits.items():
        for edit in decided.values():
            if edit.verdict is EditVerdict.ADDED:
                yield document_id, edit.relation


def made_laws(relations: Iterable[tuple[DocumentId, Relation]], visible: Mapping[DocumentId, Document]) -> set[str]:
    """The keys of the emergency laws that a visible document made a law: what they did is told of that law."""
    return {
        relation.target.key
        for said_by, relation in relations
        if relation.kind is RelationKind.ENACTS and relation.actor is None and said_by in visible
    }
