"""What is shown beside a quote on its page: its standing, its references as links, and what refers to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.library import Library
from api.links import page_link
from api.references import Pointer, Referrer
from api.views import flowing
from kb.access import Viewer
from kb.documents import Document
from kb.legal import Standing
from kb.pages import Span
from kb.work_names import provision_name, short_work_name


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference on the page: the words, where they lead, "" where what they name is not here."""

    span: Span
    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Along:
    """What is shown beside a quote."""

    standing: Standing | None
    referrers: tuple[Referrer, ...]
    pointers: tuple[Reference, ...]


NOTHING_ALONG = Along(None, (), ())


@dataclass(frozen=True, slots=True)
class LinkedPiece:
    """A stretch of a quote, and where it leads; "" for plain text."""

    text: str
    link: str


def read_along(library: Library, viewer: Viewer, document: Document, page: int, marked: Sequence[Span]) -> Along:
    """What belongs beside the spans marked on a page; with none marked, the references of the whole page."""
    versions = {one.id: one for one in library.documents(viewer)}
    found = []
    for pointer in library.references.pointers(viewer, document, page):
        if marked and not any(_inside(pointer.reference.span, span) for span in marked):
            continue
        target = versions.get(pointer.document_id) if pointer.document_id is not None else None
        found.append(Reference(pointer.reference.span, _name(pointer), _link(pointer, target)))
    if not marked:
        return Along(library.standings.of(viewer, document.id), (), tuple(found))
    address = library.references.address_at(document, marked[0])
    referrers = library.references.referring(viewer, document.id, address) if address else ()
    return Along(library.standings.of(viewer, document.id, address), referrers, tuple(found))


def linked(text: str, span: Span, references: Sequence[Reference], has_pages: bool) -> tuple[LinkedPiece, ...]:
    """The quote `text[span.start:span.end]` as it flows, cut where a reference in it leads somewhere."""
    quote = flowing(text[span.start : span.end], has_pages)
    pieces: list[LinkedPiece] = []
    at = 0
    for reference in sorted(references, key=lambda one: one.span):
        start, end = reference.span.start - span.start, reference.span.end - span.start
        if not reference.link or start < at or end > len(quote):
            continue
        pieces += [LinkedPiece(quote[at:start], ""), LinkedPiece(quote[start:end], reference.link)]
        at = end
    return (*pieces, LinkedPiece(quote[at:], ""))


def _inside(inner: Span, outer: Span) -> bool:
    return inner.page == outer.page and outer.start <= inner.start and inner.end <= outer.end


def _name(pointer: Pointer) -> str:
    work = pointer.reference.work
    parts = (provision_name(pointer.reference.provision), short_work_name(work) if work else "")
    return " ".join(part for part in parts if part)


def _link(pointer: Pointer, target: Document | None) -> str:
    if target is None or not pointer.spans:
        return ""
    return page_link(target.id, target.version_id, pointer.spans[0].page, pointer.spans)
