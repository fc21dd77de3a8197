"""A precedent as papers show it: its quote on one line, and its footnote."""

from dataclasses import dataclass

from api.views import flowing
from kb.citing import footnote
from kb.documents import Document
from kb.pages import Span
from kb.precedent import Precedent


@dataclass(frozen=True, slots=True)
class CitedCell:
    """A precedent as a cell shows it, with its footnote."""

    precedent: Precedent
    quote: str
    cited: str


def cited(precedent: Precedent) -> CitedCell:
    """A precedent with its quote on one line and its footnote."""
    closest = precedent.closest
    document = closest.document
    quote = " ".join(flowing(closest.text, document.has_pages).split())
    return CitedCell(precedent, quote, cite(document, closest.label, closest.spans, precedent.status))


def cite(document: Document, label: str, spans: tuple[Span, ...], status: str = "") -> str:
    """The footnote of a quote of the current version of a document."""
    pages = [(span.page, "") for span in spans]
    return footnote(label, document.metadata, document.name, pages, document.has_pages, status)
