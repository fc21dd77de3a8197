"""The unit of retrieval: a passage of one section, as it is cut and as the store holds it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kb.documents import DocumentId, VersionId
from kb.pages import Span
from kb.sections import Section

PassageId = NewType("PassageId", int)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a piece of one section.

    section: its place in the tuple of sections.
    text: the page texts under `spans`, joined by a line break.
    heading_path: labels and headings from the document's top down to the section, without the document's own title.
    """

    section: int
    text: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]


class Content(StrEnum):
    """What a passage holds, beside plain text."""

    PROVISIONS = "ketentuan"
    FINDINGS = "temuan"
    DECISIONS = "keputusan"


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the store holds it, with the document it belongs to."""

    id: PassageId
    document_id: DocumentId
    version_id: VersionId
    section: Section
    text: str
    heading_path: tuple[str, ...]
    spans: tuple[Span, ...]
    words: str
    heading_words: str
