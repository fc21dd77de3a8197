"""Provisions as every door shows them: by stable address, with what leads into them and what explains them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.views import cited_as
from index.outline import label
from kb.access import Viewer
from kb.addresses import document_slug, explains, own_id, split_address, stable_address
from kb.documents import Document, DocumentId
from kb.errors import NotFoundError, Text
from kb.naming import official_name
from kb.pages import Page, Span, text_of
from kb.provisions import explained, explanations, leads_into
from kb.sections import Outline, Section, SectionKind
from kb.store import Store

SNIPPET = 120
"""Characters of a part that is only named."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section that a provision points at. address: inside its document. stable: with the document's slug.

    text: its own exact words, the page texts under `spans` joined by line breaks.
    """

    kind: SectionKind
    label: str
    heading: str
    address: str
    stable: str
    spans: tuple[Span, ...]
    text: str

    @property
    def snippet(self) -> str:
        """The first words, on one line."""
        words = " ".join(self.text.split())
        return words if len(words) <= SNIPPET else words[:SNIPPET].rpartition(" ")[0] + " …"


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision of the current version of a document, and what belongs to it.

    label: "Pasal 7 ayat (2) huruf b"; cited: with the document. path: what it stands in, outermost first.
    leads: the words of outer provisions that lead into it. children: one level down. explanation: of the Penjelasan;
    explains: the provision that this part of a Penjelasan explains. previous, next: its neighbours of the same kind.
    """

    document: Document
    part: Part
    cited: str
    path: tuple[Part, ...]
    leads: tuple[Part, ...]
    children: tuple[Part, ...]
    explanation: Part | None
    explains: Part | None
    previous: Part | None
    next: Part | None


class Provisions:
    """The provisions of one store's documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def document(self, viewer: Viewer, slug: str) -> Document:
        """The document that a slug names; of two with one slug the one that came first. Raises NotFoundError."""
        number = own_id(slug)
        visible = self._store.documents.visible(viewer)
        found = [each for each in visible.values() if document_slug(each.metadata, each.id) == slug]
        if number is not None and number in visible:
            return visible[number]
        if not found:
            raise NotFoundError(
                slug[:100],
                Text("tidak ada dokumen dengan alamat itu", "no document has that address"),
                Text("cari dokumennya di daftar dokumen", "look for it in the list of documents"),
            )
        return min(found, key=lambda each: each.id)

    def at(self, viewer: Viewer, address: str) -> ProvisionView:
        """The provision at a stable address. Raises NotFoundError."""
        slug, section = split_address(address)
        return self.provision(viewer, self.document(viewer, slug).id, section)

    def provision(self, viewer: Viewer, document_id: DocumentId, address: str) -> ProvisionView:
        """The provision at an address inside a document. Raises NotFoundError."""
        document = self._store.documents.read(viewer, document_id)
        sections = self._store.versions.sections(document.version_id)
        place = next((at for at, section in enumerate(sections) if section.address == address), None)
        if place is None:
            raise NotFoundError(
                address[:100],
                Text("tidak ada ketentuan dengan alamat itu dalam dokumen ini", "the document has no such provision"),
                Text("pilih dari daftar isinya", "choose one from its outline"),
            )
        pages = self._store.versions.pages(document.version_id)
        return _view(document, sections, place, pages)


def _view(document: Document, sections: Outline, place: int, pages: Sequence[Page]) -> ProvisionView:
    texts = {page.number: page.text for page in pages}

    def part(at: int, spans: tuple[Span, ...] | None = None) -> Part:
        section = sections[at]
        own = section.spans if spans is None else spans
        stable = stable_address(document.metadata, document.id, section.address)
        said = label(sections, at) or section.label
        return Part(section.kind, said, section.heading, section.address, stable, own, text_of(own, texts))

    section = sections[place]
    around: list[int] = []
    at = section.parent
    while at is not None and sections[at].parent is not None:
        around.append(at)
        at = sections[at].parent
    alike = _neighbours(sections, place)
    here = alike.index(place)
    explanation = explanations(sections).get(place)
    explains = explained(sections, place)
    named = replace(document.metadata, title="") if document.metadata.number else document.metadata
    title = official_name(named) or official_name(document.metadata) or document.name
    return ProvisionView(
        document=document,
        part=part(place),
        cited=cited_as(label(sections, place), title),
        path=tuple(part(at) for at in reversed(around)),
        leads=tuple(part(lead.place, lead.spans) for lead in leads_into(sections, place, pages)),
        children=tuple(part(at) for at in range(place + 1, len(sections)) if sections[at].parent == place),
        explanation=None if explanation is None else part(explanation),
        explains=None if explains is None else part(explains),
        previous=part(alike[here - 1]) if here else None,
        next=part(alike[here + 1]) if here + 1 < len(alike) else None,
    )


def _neighbours(sections: Sequence[Section], place: int) -> list[int]:
    """The places of the sections that one turns to from this one: of its kind, under its parent.

    A Pasal's are those of the whole regulation, whatever BAB they stand in.
    """
    section = sections[place]
    inside = explains(section.address)
    if section.kind is not SectionKind.PASAL:
        return [at for at, one in enumerate(sections) if (one.kind, one.parent) == (section.kind, section.parent)]
    outer = section.address.rpartition("pasal-")[0]
    return [
        at
        for at, one in enumerate(sections)
        if one.kind is SectionKind.PASAL
        and one.address.rpartition("pasal-")[0] == outer
        and explains(one.address) == inside
    ]
