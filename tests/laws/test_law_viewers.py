"""What a viewer learns of the law depends on no document they may not see."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.references import References
from api.relations import Relations
from api.standings import Standings
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer
from kb.documents import Document, Kind, Metadata
from kb.legal import Change, Form, LegalReading, Reference, Relation, RelationKind, Start, StartRule, Work, work_of
from kb.pages import Span
from kb.store import Store
from tests.kb.builders import draft

STAFF = Viewer("staf", audiences=frozenset({"bidang-pha"}))
TODAY = datetime.date(2026, 11, 23)
N = 4
SPAN = Span(1, 0, 4)

numbers = st.integers(0, N - 1)
works = numbers.map(lambda i: Work(Form.UU, str(i + 1), 2000 + i))
provisions = st.sampled_from(("", "pasal-1", "pasal-2"))
relations = st.builds(
    Relation,
    st.sampled_from(RelationKind),
    works,
    works | st.none(),
    provisions,
    st.sampled_from(Change),
    spans=st.just((SPAN,)),
)
references = st.builds(Reference, st.just(SPAN), st.just("pasal-1"), works | st.none(), st.just("pasal-2"))
readings = st.builds(
    LegalReading,
    st.lists(relations, max_size=4).map(tuple),
    st.lists(references, max_size=2).map(tuple),
    st.just(Start(StartRule.DAY, datetime.date(2001, 1, 1), ())) | st.none(),
)
shelves = st.lists(st.tuples(readings, st.sampled_from((EVERYONE, "bidang-pha", "pimpinan"))), min_size=N, max_size=N)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    folder = tmp_path_factory.mktemp("two")
    whole, own = Store(folder / "whole.sqlite"), Store(folder / "own.sqlite")
    yield whole, own
    whole.close()
    own.close()


def fill(stores: tuple[Store, Store], made: list[tuple[LegalReading, str]]) -> None:
    for store in stores:
        for document in store.documents.visible(LOCAL_ADMIN).values():
            store.documents.remove(document.id)
    for i, (reading, audience) in enumerate(made):
        metadata = Metadata(Kind.UU, f"Judul {i}", str(i + 1), 2000 + i)
        one = replace(draft(f"{i}.pdf", "kata satu", "kata dua", audience=audience, metadata=metadata), legal=reading)
        stores[0].documents.put(one)
        if audience != "pimpinan":
            stores[1].documents.put(one)


def learned(store: Store, viewer: Viewer) -> list[object]:
    """All that a viewer is told, without the ids that a store gives."""
    relations, standings, references = Relations(store), Standings(store), References(store)
    visible = store.documents.visible(viewer)
    names = {document.id: document.name for document in visible.values()}

    def named(document: Document) -> list[object]:
        found = [standings.of(viewer, document.id, address, TODAY) for address in ("", "pasal-1", "pasal-2")]
        return [
            document.name,
            [(s.in_force, s.since, [(a.actor.key, a.provision, a.change) for a in s.acts]) for s in found if s],
            [
                (
                    link.name,
                    link.other.key,
                    names.get(link.document_id) if link.document_id else None,
                    names[link.said_by],
                )
                for link in relations.links(viewer, document.id)
            ],
            [
                (p.reference.provision, names.get(p.document_id) if p.document_id else None)
                for p in references.pointers(viewer, document, 1)
            ],
            [(r.document.name, r.label) for r in references.referring(viewer, document.id, "pasal-2")],
        ]

    return [
        *(named(document) for document in sorted(visible.values(), key=lambda one: one.name)),
        [standings.known(viewer, TODAY).of_work(Work(Form.UU, str(i + 1), 2000 + i)).in_force for i in range(N)],
        sorted(names[one] for one in standings.in_force(viewer, TODAY)),
    ]


@settings(deadline=None, max_examples=40)
@given(made=shelves)
def test_what_a_viewer_learns_is_what_their_own_documents_say(
    stores: tuple[Store, Store], made: list[tuple[LegalReading, str]]
) -> None:
    fill(stores, made)
    assert learned(stores[0], STAFF) == learned(stores[1], LOCAL_ADMIN)


def test_a_hidden_repeal_is_not_told(stores: tuple[Store, Store]) -> None:
    repealed = Work(Form.UU, "1", 2000)
    repeal = LegalReading((Relation(RelationKind.REPEALS, repealed, spans=(SPAN,)),))
    started = LegalReading(start=Start(StartRule.DAY, datetime.date(2001, 1, 1), ()))
    fill(stores, [(started, EVERYONE), (repeal, "pimpinan")])
    [first] = [d for d in stores[0].documents.visible(STAFF).values() if work_of(d.metadata) == replace(
        repealed, title="Judul 0")]  # fmt: skip
    standings = Standings(stores[0])
    told = standings.of(STAFF, first.id, as_of=TODAY)
    known = standings.of(LOCAL_ADMIN, first.id, as_of=TODAY)
    assert told is not None
    assert known is not None
    assert (told.in_force.value, told.acts, known.in_force.value) == ("berlaku", (), "dicabut")
