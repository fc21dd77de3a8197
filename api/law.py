"""The legal life of regulations for whoever asks: relations, standings and references, of the documents they may see.

Nothing is resolved when it is stored: a work is found among the documents of the moment, so that it does not matter
which came first, and a viewer never learns of a document that they may not see.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from api.language import Language
from api.law_words import standing_said
from index.outline import label, section_at
from index.search import check_query
from kb.errors import NotFoundError, QueryRefusedError, Text
from kb.jdihn import Record, says_in_force, says_repealed
from kb.legal import (
    PASSIVE,
    Act,
    Change,
    Edit,
    EditId,
    Form,
    InForce,
    Reference,
    Relation,
    RelationKind,
    Standing,
    Start,
    Stated,
    Verdict,
    Work,
    work_of,
)
from kb.naming import short_name
from kb.standing import standing
from kb.store import Store
from kb.types import (
    MAX_K,
    REGULATIONS,
    Answer,
    Citation,
    Document,
    DocumentId,
    Hit,
    Kind,
    Query,
    Section,
    SectionKind,
    Span,
    Viewer,
)

N_MORE = 20
"""Hits asked for beyond those wanted, in place of the ones whose provision is found to be out of force."""

_RESTING = ("mengubah", "menetapkan", "mencabut", "melaksanakan", "dasar-hukum")
_RESTED = ("dicabut-dengan", "diubah-dengan", "ditetapkan-dengan", "dilaksanakan-dengan", "menjadi-dasar")
_TOLD_OF_THE_LAW = (PASSIVE[RelationKind.AMENDS], PASSIVE[RelationKind.REPEALS])
_ACTING = (RelationKind.AMENDS, RelationKind.REPEALS)
_WITH_A_LIFE = REGULATIONS | {Kind.SK, Kind.SE}


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
    verdict: Verdict | None = None
    edit_id: EditId | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference, resolved: what it points at, and where that stands.

    document_id: None where the work is not here. address: of the provision there, "" for the whole. spans: where it
    stands; empty where it is not there.
    """

    reference: Reference
    document_id: DocumentId | None
    address: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Referrer:
    """A provision that refers to another: where it stands and how it is called."""

    document: Document
    label: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Branch:
    """A work in the graph of what a regulation rests on, how it hangs there, and what goes on from it."""

    name: str
    other: Work
    document_id: DocumentId | None
    standing: Standing | None
    branches: tuple["Branch", ...]


class Law:
    """The legal life of a store's regulations."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cached: tuple[int, _Acts] | None = None
        self._last: tuple[tuple[int, Viewer, datetime.date], _Standings] | None = None

    # Relations

    def links(self, viewer: Viewer, document_id: DocumentId) -> tuple[Link, ...]:
        """What a document does to others and what others do to it, those rejected by hand left out.

        Raises NotFoundError.
        """
        return tuple(link for link in self.all_links(viewer, document_id) if link.verdict is not Verdict.REJECTED)

    def all_links(self, viewer: Viewer, document_id: DocumentId) -> tuple[Link, ...]:
        """The same with those that were rejected, for whoever decides. Raises NotFoundError."""
        document = self._store.documents.read(viewer, document_id)
        visible = self._store.documents.visible(viewer)
        by_key = _by_key(visible.values())
        own = work_of(document.metadata)
        edits = _edits(self._store.relations.edits(), visible)
        found: list[Link] = []
        for relation in _with_added(self._store.relations.of_document(document_id), edits.get(document_id, {})):
            if relation.actor is None:
                found.append(_link(relation.kind.value, relation.target, document_id, relation, by_key, edits))
        if own is not None:
            towards = [
                *self._store.relations.towards([own.key], tuple(RelationKind)),
                *_added_towards(edits, own.key),
            ]
            for said_by, relation in towards:
                source = visible.get(said_by)
                if source is None:
                    continue
                actor = relation.actor or work_of(source.metadata) or Work(Form.KEPUTUSAN, title=source.name)
                link = _link(PASSIVE[relation.kind], actor, said_by, relation, by_key, edits)
                found.append(replace(link, document_id=said_by) if relation.actor is None else link)
        # What an emergency law did is told of the law that it was made, where that is here
        enacted = {
            relation.target.key
            for said_by, relation in self._store.relations.acts()
            if relation.kind is RelationKind.ENACTS and relation.actor is None and said_by in visible
        }
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
        raise NotFoundError(
            key,
            Text("hubungan itu tidak ada pada dokumen ini", "the document has no such relation"),
            Text("muat ulang daftar hubungan hukumnya", "load its list of legal relations again"),
        )

    def deciders(self, viewer: Viewer) -> dict[EditId, str]:
        """Who made each decision on a document that the viewer may see."""
        visible = self._store.documents.visible(viewer)
        return {edit.id: edit.by for edit in self._store.relations.edits() if edit.document_id in visible}

    def facts(self, viewer: Viewer, document_id: DocumentId) -> tuple[Start | None, datetime.date | None]:
        """What a document says of its coming into force, and the day of its promulgation. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        return self._store.relations.starts().get(document_id), self._store.relations.promulgated(document_id)

    def graph(self, viewer: Viewer, document_id: DocumentId, depth: int = 2) -> tuple[list["Branch"], list["Branch"]]:
        """What a document rests on, and what rests on it, each with theirs in turn. Raises NotFoundError.

        depth: how far; a work that stands above itself already is not followed again.
        """
        standings = self._standings(viewer, datetime.date.today())
        visible = self._store.documents.visible(viewer)
        above = frozenset({document_id})
        return (
            self._branches(viewer, document_id, _RESTING, depth, above, standings, visible),
            self._branches(viewer, document_id, _RESTED, depth, above, standings, visible),
        )

    def _branches(
        self,
        viewer: Viewer,
        document_id: DocumentId,
        names: Sequence[str],
        depth: int,
        above: frozenset[DocumentId],
        standings: "_Standings",
        visible: Mapping[DocumentId, Document],
    ) -> list["Branch"]:
        found: dict[tuple[str, str], Branch] = {}
        for link in self.links(viewer, document_id):
            if link.name not in names or (link.name, link.other.key) in found:
                continue
            document = visible.get(link.document_id) if link.document_id is not None else None
            below: list[Branch] = []
            if document is not None and depth > 1 and document.id not in above:
                inner = above | {document.id}
                below = self._branches(viewer, document.id, names, depth - 1, inner, standings, visible)
            known = standings.of(document, "") if document else standings.of_key(link.other.key, "", None, None)
            found[link.name, link.other.key] = Branch(link.name, link.other, link.document_id, known, tuple(below))
        return sorted(found.values(), key=lambda branch: names.index(branch.name))

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
        return self._store.relations.add_edit(document_id, relation, Verdict.ADDED, viewer.name, note, at)

    def judge(
        self,
        viewer: Viewer,
        document_id: DocumentId,
        relation: Relation,
        verdict: Verdict,
        note: str,
        at: datetime.datetime,
    ) -> Edit:
        """Confirm or reject a relation that a document's text was read to say. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        known = {one.key for one in self._store.relations.of_document(document_id)}
        added = {
            edit.relation.key for edit in self._store.relations.edits(document_id) if edit.verdict is Verdict.ADDED
        }
        if relation.key not in known and relation.key not in added:
            raise NotFoundError(
                relation.target.key,
                Text("hubungan itu tidak ada pada dokumen ini", "the document has no such relation"),
                Text("muat ulang daftar hubungan hukumnya", "load its list of legal relations again"),
            )
        return self._store.relations.add_edit(document_id, relation, verdict, viewer.name, note, at)

    def take_back(self, viewer: Viewer, document_id: DocumentId, edit_id: EditId) -> None:
        """Undo a decision. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        self._store.relations.drop_edit(document_id, edit_id)

    # Standing

    def standing(
        self, viewer: Viewer, document_id: DocumentId, address: str = "", as_of: datetime.date | None = None
    ) -> Standing | None:
        """Whether a document, or the provision at an address of it, is in force; None for what is no regulation.

        as_of: today unless given. Raises NotFoundError.
        """
        document = self._store.documents.read(viewer, document_id)
        return self._standings(viewer, as_of or datetime.date.today()).of(document, address)

    def of_work(self, viewer: Viewer, work: Work, as_of: datetime.date | None = None) -> Standing:
        """Whether a work is in force that need not be here, as far as the viewer's documents say."""
        return self._standings(viewer, as_of or datetime.date.today()).of_key(work.key, "", None, None)

    def search(self, query: Query, search: Callable[[Query], tuple[Hit, ...]]) -> tuple[Hit, ...]:
        """What `search` finds for a query, each hit with its standing; nothing out of force where the query says so.

        Raises QueryRefusedError.
        """
        day = query.filters.in_force_on
        narrowed = self._narrowed(query, 0 if day is None else N_MORE)
        if narrowed is None:
            return ()
        hits = self.mark_hits(query.viewer, search(narrowed), day)
        return hits if day is None else tuple(hit for hit in hits if not _is_out(hit.standing))[: query.k]

    def ask(self, query: Query, ask: Callable[[Query], Answer]) -> Answer:
        """What `ask` answers to a query, with standings; nothing out of force where the query says so.

        Raises QueryRefusedError.
        """
        day = query.filters.in_force_on
        narrowed = self._narrowed(query, 0)
        if narrowed is None:
            return Answer(query.text, (), 0.0, ())
        answer = self.mark_answer(query.viewer, ask(narrowed), day)
        if day is None:
            return answer
        kept = tuple(
            statement
            for statement in answer.statements
            if not any(_is_out(citation.standing) for citation in statement.citations)
        )
        return replace(answer, statements=kept, hits=tuple(hit for hit in answer.hits if not _is_out(hit.standing)))

    def _narrowed(self, query: Query, n_more: int) -> Query | None:
        """The query limited to documents in force, asking for `n_more` hits; None where no document is left."""
        day = query.filters.in_force_on
        if day is None:
            return query
        check_query(query)
        documents = self.in_force(query.viewer, day)
        if query.filters.documents:
            documents &= query.filters.documents
        if not documents:
            return None
        return replace(query, filters=replace(query.filters, documents=documents), k=min(MAX_K, query.k + n_more))

    def said(self, viewer: Viewer, document: Document, address: str) -> str:
        """The standing of a provision in a few words, "" where there is nothing to warn of."""
        found = self._standings(viewer, datetime.date.today()).of(document, address)
        return standing_said(found, Language.ID) if found is not None and found.warns else ""

    def mark_hits(self, viewer: Viewer, hits: Iterable[Hit], as_of: datetime.date | None = None) -> tuple[Hit, ...]:
        """The hits, each with the standing of its provision."""
        standings = self._standings(viewer, as_of or datetime.date.today())
        return tuple(replace(hit, standing=standings.of(hit.document, hit.section_address)) for hit in hits)

    def mark_answer(self, viewer: Viewer, answer: Answer, as_of: datetime.date | None = None) -> Answer:
        """The answer with the standing of each citation and hit."""
        standings = self._standings(viewer, as_of or datetime.date.today())
        visible = self._store.documents.visible(viewer)

        def marked(citation: Citation) -> Citation:
            document = visible.get(citation.document_id)
            return (
                citation if document is None else replace(citation, standing=standings.of(document, citation.address))
            )

        statements = tuple(
            replace(statement, citations=tuple(marked(citation) for citation in statement.citations))
            for statement in answer.statements
        )
        return replace(answer, statements=statements, hits=self.mark_hits(viewer, answer.hits, as_of))

    def in_force(self, viewer: Viewer, as_of: datetime.date) -> frozenset[DocumentId]:
        """The visible documents that are not known to be repealed or not yet in force; all that are no regulations."""
        standings = self._standings(viewer, as_of)
        return frozenset(
            document.id
            for document in self._store.documents.visible(viewer).values()
            if not _is_out(standings.of(document, ""))
        )

    def _standings(self, viewer: Viewer, as_of: datetime.date) -> "_Standings":
        change = self._store.change()
        if self._cached is None or self._cached[0] != change:
            relations = self._store.relations
            acts = _Acts(
                tuple(relations.acts()),
                relations.starts(),
                tuple(relations.edits()),
                _stated(relations.jdihn()),
            )
            self._cached = (change, acts)
        # Twenty provisions of one answer are asked for one by one, and working out all standings takes 20 ms.
        asked = (change, viewer, as_of)
        # Held in a name of its own: another thread may keep another viewer's meanwhile.
        last = self._last
        if last is None or last[0] != asked:
            last = (asked, _Standings(self._cached[1], self._store.documents.visible(viewer), as_of))
            self._last = last
        return last[1]

    # References

    def pointers(self, viewer: Viewer, document: Document, page: int) -> tuple[Pointer, ...]:
        """The references on a page of a document's current version, resolved among what the viewer may see."""
        visible = self._store.documents.visible(viewer)
        by_key = _by_key(visible.values())
        found = []
        for reference in self._store.relations.references_on(document.version_id, page):
            target = document if reference.work is None else by_key.get(reference.work.key)
            if target is None:
                found.append(Pointer(reference, None, reference.provision, ()))
                continue
            address, spans = self._place(target, reference.provision)
            found.append(Pointer(reference, target.id, address, spans))
        return tuple(found)

    def referring(self, viewer: Viewer, document_id: DocumentId, address: str) -> tuple[Referrer, ...]:
        """The provisions that refer to the one at `address`, or to anything inside it, its own text left out.

        Raises NotFoundError.
        """
        document = self._store.documents.read(viewer, document_id)
        visible = self._store.documents.visible(viewer)
        own = work_of(document.metadata)
        found: dict[tuple[DocumentId, str], Referrer] = {}
        for source_id, reference in self._store.relations.references_to(document_id, own.key if own else "", address):
            source = visible.get(source_id)
            if source is None or (source_id == document_id and _holds(address, reference.source_address)):
                continue
            sections = self._store.documents.sections(source.version_id)
            place = section_at(sections, reference.span)
            named = " ".join(part for part in (short_name(source.metadata), label(sections, place)) if part)
            found.setdefault((source_id, named), Referrer(source, named or source.name, reference))
        return tuple(found.values())

    def address_at(self, document: Document, span: Span) -> str:
        """The address of the Pasal, or of what there is around a span, in a document's current version."""
        sections = self._store.documents.sections(document.version_id)
        place: int | None = section_at(sections, span)
        while place is not None and sections[place].kind in (SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA):
            place = sections[place].parent
        return sections[place].address if place else ""

    def _place(self, document: Document, address: str) -> tuple[str, tuple[Span, ...]]:
        """The section at an address, or the closest above it that is there."""
        sections = {section.address: section for section in self._store.documents.sections(document.version_id)}
        while address and address not in sections:
            address = address.rpartition("/")[0]
        return (address, sections[address].spans) if address else ("", _first(sections.values()))


@dataclass(frozen=True, slots=True)
class _Acts:
    """What the store says of all regulations at one change number, whoever may see it."""

    relations: tuple[tuple[DocumentId, Relation], ...]
    starts: Mapping[DocumentId, Start | None]
    edits: tuple[Edit, ...]
    stated: Mapping[DocumentId, Stated]


class _Standings:
    """The standings that one viewer may know, on one day: made only of relations that visible documents state."""

    def __init__(self, acts: _Acts, visible: Mapping[DocumentId, Document], as_of: datetime.date) -> None:
        self._acts, self._visible, self._as_of = acts, visible, as_of
        self._by_key = _by_key(visible.values())
        edits = _edits(acts.edits, visible)
        self._towards: dict[str, list[Act]] = {}
        self._amended: dict[DocumentId, Work] = {}
        self._enacted = {
            relation.target.key
            for said_by, relation in acts.relations
            if relation.kind is RelationKind.ENACTS and relation.actor is None and said_by in visible
        }
        relations = [*acts.relations, *(pair for pair in _every_added(edits) if pair[1].kind in _ACTING)]
        for said_by, relation in relations:
            source = visible.get(said_by)
            decided = edits.get(said_by, {}).get(relation.key)
            if (
                source is None
                or relation.kind is RelationKind.ENACTS
                or (decided is not None and decided.verdict is Verdict.REJECTED)
            ):
                continue
            actor = relation.actor or work_of(source.metadata)
            if actor is None or actor.key in self._enacted:
                # What an emergency law did is done by the law that it was made, which is here
                continue
            document = source if relation.actor is None else self._by_key.get(actor.key)
            self._towards.setdefault(relation.target.key, []).append(self._act(relation, actor, document))
            if relation.actor is None and relation.kind is RelationKind.AMENDS:
                self._amended.setdefault(said_by, relation.target)

    def of(self, document: Document, address: str) -> Standing | None:
        """The standing of a document, or of the provision at an address of it; None for what is no regulation."""
        if document.metadata.kind not in _WITH_A_LIFE:
            return None
        own = work_of(document.metadata)
        start = self._acts.starts.get(document.id)
        stated = self._acts.stated.get(document.id)
        found = self.of_key(own.key if own else "", _of_body(address), start, stated)
        inner = _inner(address)
        target = self._amended.get(document.id)
        if inner and target is not None and own is not None and found.in_force is not InForce.REPEALED:
            # The text that an amendment gave anew lives on in the work it amended, until a later one changes it
            later = [act for act in self._towards.get(target.key, []) if self._is_later(act, own, start)]
            of_target = standing(start, later, self._as_of, inner, stated)
            if of_target.acts:
                return of_target
        return found

    def of_key(self, key: str, address: str, start: Start | None, stated: Stated | None) -> Standing:
        """The standing of the work with this key."""
        return standing(start, self._towards.get(key, ()), self._as_of, address, stated)

    def _is_later(self, act: Act, own: Work, start: Start | None) -> bool:
        if act.actor.key == own.key:
            return False
        if act.since is not None and start is not None and start.day is not None:
            return act.since > start.day
        return (act.actor.year or 0) > (own.year or 9_999)

    def _act(self, relation: Relation, actor: Work, document: Document | None) -> Act:
        start = self._acts.starts.get(document.id) if document is not None else None
        return Act(
            relation.kind,
            actor,
            relation.provision,
            relation.change,
            document.id if document is not None else None,
            start.day if start else None,
            document is not None and document.id in self._acts.starts,
        )


def _by_key(documents: Iterable[Document]) -> dict[str, Document]:
    """The documents by the key of the work that they are; of two the one that came first."""
    found: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: one.id):
        own = work_of(document.metadata)
        if own is not None:
            found.setdefault(own.key, document)
    return found


_Edits = dict[DocumentId, dict[tuple[str, str, str, str, str], Edit]]


def _edits(edits: Iterable[Edit], visible: Mapping[DocumentId, Document]) -> _Edits:
    """The decisions on visible documents, by document and relation."""
    found: _Edits = {}
    for edit in edits:
        if edit.document_id in visible:
            found.setdefault(edit.document_id, {})[edit.relation.key] = edit
    return found


def _every_added(edits: _Edits) -> Iterable[tuple[DocumentId, Relation]]:
    for document_id, decided in edits.items():
        for edit in decided.values():
            if edit.verdict is Verdict.ADDED:
                yield document_id, edit.relation


def _added_towards(edits: _Edits, key: str) -> Iterable[tuple[DocumentId, Relation]]:
    return (pair for pair in _every_added(edits) if pair[1].target.key == key)


def _with_added(
    relations: Sequence[Relation], decided: Mapping[tuple[str, str, str, str, str], Edit]
) -> Iterable[Relation]:
    yield from relations
    read = {relation.key for relation in relations}
    yield from (e.relation for e in decided.values() if e.verdict is Verdict.ADDED and e.relation.key not in read)


def _link(
    name: str,
    other: Work,
    said_by: DocumentId,
    relation: Relation,
    by_key: Mapping[str, Document],
    edits: _Edits,
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


def _is_out(found: Standing | None) -> bool:
    return found is not None and found.in_force in (InForce.REPEALED, InForce.NOT_YET)


def _of_body(address: str) -> str:
    """The address of the provision that an address is about: an explanation is in force with what it explains."""
    explained = address.removeprefix("penjelasan/")
    return explained.removeprefix("pasal-demi-pasal/")


def _inner(address: str) -> str:
    """The address in the amended work of a text that an amendment gives anew; "" for any other."""
    _, found, inner = address.partition("/pasal-")
    if not found or "/angka-" not in address.partition("/pasal-")[0]:
        return ""
    return f"pasal-{inner}"


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}/")


def _first(sections: Iterable[Section]) -> tuple[Span, ...]:
    return next((section.spans[:1] for section in sections if section.spans), ())


def _stated(records: Mapping[DocumentId, str]) -> dict[DocumentId, Stated]:
    """What the office's own list, as the national network has it, says of documents."""
    found: dict[DocumentId, Stated] = {}
    for document_id, text in records.items():
        status = Record.load(text).said("status")
        if says_repealed(status):
            found[document_id] = Stated(InForce.REPEALED, "JDIHN")
        elif says_in_force(status):
            found[document_id] = Stated(InForce.IN_FORCE, "JDIHN")
    return found
