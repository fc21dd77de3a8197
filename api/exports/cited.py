"""A precedent as papers show it: its quote on one line, and its footnote."""

from dataclasses import dataclass

from api.views import flowing
from kb.citing import footnote
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
    pages = [(span.page, printed) for span, printed in zip(closest.spans, closest.page_labels, strict=True)]
    note = footnote(closest.label, document.metadata, document.name, pages, document.has_pages, precedent.status)
    return CitedCell(precedent, quote, note)
