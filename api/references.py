"""References between regulations: where the words on a page lead, and which provisions refer to one."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.law_visible import by_work
from index.outline import label
from kb.access import Viewer
from kb.addresses import holds
from kb.documents import Document, DocumentId
from kb.legal import Reference, work_of
from kb.naming import short_name
from kb.pages import Span
from kb.sections import Section, SectionKind
from kb.store import Store


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


class References:
    """The references in a store's documents, resolved among those that whoever asks may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pointers(self, viewer: Viewer, document: Document, page: int) -> tuple[Pointer, ...]:
        """The references on a page of a document's current version, resolved among what the viewer may see."""
        visible = self._store.documents.visible(viewer)
        by_key = by_work(visible.values())
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
            if source is None or (source_id == document_id and holds(address, reference.source_address)):
                continue
            sections = self._store.versions.sections(source.version_id)
            place = sections.at(reference.span)
            named = " ".join(part for part in (short_name(source.metadata), label(sections, place)) if part)
            found.setdefault((source_id, named), Referrer(source, named or source.name, reference))
        return tuple(found.values())

    def address_at(self, document: Document, span: Span) -> str:
        """The address of the Pasal, or of what there is around a span, in a document's current version."""
        sections = self._store.versions.sections(document.version_id)
        place: int | None = sections.at(span)
        while place is not None and sections[place].kind in (SectionKind.AYAT, SectionKind.HURUF, SectionKind.ANGKA):
            place = sections[place].parent
        return sections[place].address if place else ""

    def _place(self, document: Document, address: str) -> tuple[str, tuple[Span, ...]]:
        """The section at an address, or the closest above it that is there."""
        sections = {section.address: section for section in self._store.versions.sections(document.version_id)}
        while address and address not in sections:
            address = address.rpartition("/")[0]
        return (address, sections[address].spans) if address else ("", _first(sections.values()))


def _first(sections: Iterable[Section]) -> tuple[Span, ...]:
    return next((section.spans[:1] for section in sections if section.spans), ())
