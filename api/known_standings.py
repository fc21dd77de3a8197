"""The standings that one viewer may know on one day, made only of relations that documents visible to them state."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from api.law_visible import added, by_work, made_laws, visible_edits
from kb.documents import NUMBERED, Document, DocumentId
from kb.legal import Act, Edit, EditVerdict, InForce, Relation, RelationKind, Standing, Start, Stated, Work, work_of
from kb.standing import standing

_ACTING = (RelationKind.AMENDS, RelationKind.REPEALS)


@dataclass(frozen=True, slots=True)
class Acts:
    """What the store says of all regulations at one change number, whoever may see it."""

    relations: tuple[tuple[DocumentId, Relation], ...]
    starts: Mapping[DocumentId, Start | None]
    edits: tuple[Edit, ...]
    stated: Mapping[DocumentId, Stated]


class KnownStandings:
    """The standings of every document and work, as the documents in `visible` state them."""

    def __init__(self, acts: Acts, visible: Mapping[DocumentId, Document], as_of: datetime.date) -> None:
        self._acts, self._as_of = acts, as_of
        self._by_key = by_work(visible.values())
        edits = visible_edits(acts.edits, visible)
        self._towards: dict[str, list[Act]] = {}
        self._amended: dict[DocumentId, Work] = {}
        enacted = made_laws(acts.relations, visible)
        relations = [*acts.relations, *(pair for pair in added(edits) if pair[1].kind in _ACTING)]
        for said_by, relation in relations:
            source = visible.get(said_by)
            decided = edits.get(said_by, {}).get(relation.key)
            if (
                source is None
                or relation.kind is RelationKind.ENACTS
                or (decided is not None and decided.verdict is EditVerdict.REJECTED)
            ):
                continue
            actor = relation.actor or work_of(source.metadata)
            if actor is None or actor.key in enacted:
                continue
            document = source if relation.actor is None else self._by_key.get(actor.key)
            self._towards.setdefault(relation.target.key, []).append(self._act(relation, actor, document))
            if relation.actor is None and relation.kind is RelationKind.AMENDS:
                self._amended.setdefault(said_by, relation.target)

    def of(self, document: Document, address: str) -> Standing | None:
        """The standing of a document, or of the provision at an address of it; None for what is no regulation."""
        if document.metadata.kind not in NUMBERED:
            return None
        own = work_of(document.metadata)
        start = self._acts.starts.get(document.id)
        stated = self._acts.stated.get(document.id)
        found = self._of_key(own.key if own else "", _of_body(address), start, stated)
        inner = _inner(address)
        target = self._amended.get(document.id)
        if inner and target is not None and own is not None and found.in_force is not InForce.REPEALED:
            # The text that an amendment gave anew lives on in the work it amended, until a later one changes it
            later = [act for act in self._towards.get(target.key, []) if self._is_later(act, own, start)]
            of_target = standing(start, later, self._as_of, inner, stated)
            if of_target.acts:
                return of_target
        return found

    def of_work(self, work: Work) -> Standing:
        """The standing of a work that need not be here."""
        return self._of_key(work.key, "", None, None)

    def _of_key(self, key: str, address: str, start: Start | None, stated: Stated | None) -> Standing:
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
