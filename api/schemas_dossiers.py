"""Dossiers over the wire, beside `api.schemas`."""

import datetime
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field as Limits

from api.links import page_link
from api.schemas import ASKED, MAX_PAGE, PLAIN, Id, In, Number, Out
from api.schemas_documents import DocumentOut
from api.schemas_pages import SpanOut
from kb.dossier import (
    MAX_SPANS,
    MAX_TITLE_CHARACTERS,
    MAX_WORDS_CHARACTERS,
    CheckedDossier,
    CheckedItem,
    Dossier,
    Field,
    Form,
    ItemKind,
    ItemState,
)
from kb.pages import Span

Title = Annotated[str, Limits(min_length=1, max_length=MAX_TITLE_CHARACTERS, pattern=ASKED, examples=["Raperda KLA"])]
Words = Annotated[str, Limits(max_length=MAX_WORDS_CHARACTERS, pattern=PLAIN)]
MAX_POSITION = 10_000_000


class NewDossierIn(In):
    """A dossier to be made."""

    title: Title
    form: Form = Form.STAFF_STUDY


class DossierIn(In):
    """What is sent is set, the rest stays. words: field to text, "" for nothing."""

    title: Title | None = None
    form: Form | None = None
    words: Annotated[dict[Field, Words], Limits(max_length=len(Field), default_factory=dict)]


class SpanIn(In):
    """`page.text[start:end]` of page number `page`, in characters."""

    page: Annotated[int, Limits(ge=1, le=MAX_PAGE), Number]
    start: Annotated[int, Limits(ge=0, le=MAX_POSITION), Number]
    end: Annotated[int, Limits(ge=1, le=MAX_POSITION), Number]


class ItemIn(In):
    """Words to be collected, by document, version and spans, as a hit or citation names them."""

    kind: ItemKind = ItemKind.PASSAGE
    document_id: Annotated[Id, Number]
    version_id: Annotated[Id, Number]
    spans: Annotated[list[SpanIn], Limits(min_length=1, max_length=MAX_SPANS)]
    comment: Words = ""
    part: Field | None = None

    def where(self) -> tuple[Span, ...]:
        """The spans as the rooms know them."""
        return tuple(Span(span.page, span.start, span.end) for span in self.spans)


class ItemChangeIn(In):
    """A new comment, a new part, a step up or down; what is left out stays."""

    comment: Words | None = None
    part: Field | None = None
    up: bool | None = None


class DossierOut(Out):
    """A dossier without its items."""

    id: int
    title: str
    form: Form
    words: dict[Field, str]
    owner: str
    created_at: datetime.datetime
    changed_at: datetime.datetime


class DossiersOut(Out):
    """The dossiers, the one changed last first."""

    dossiers: list[DossierOut]

    @classmethod
    def of(cls, dossiers: Iterable[Dossier]) -> Self:
        """The list as it goes out."""
        return cls(dossiers=[DossierOut.model_validate(each) for each in dossiers])


class ItemOut(Out):
    """Something collected, its quote compared with its page at this moment.

    state: `tetap`, `versi-lama` (the document has a newer version), `berubah` or `hilang`; with the last two `quote`
    is empty. is_in_current: whether the current version still has the words, null where that needs no asking.
    """

    id: int
    kind: ItemKind
    part: Field
    label: str
    name: str
    document: DocumentOut | None
    version_id: int
    spans: list[SpanOut]
    comment: str
    state: ItemState
    quote: str
    citation: str
    is_in_current: bool | None
    link: str
    added_at: datetime.datetime

    @classmethod
    def of(cls, checked: CheckedItem) -> Self:
        """An item as it goes out."""
        what = checked.item.what
        link = page_link(what.document_id, what.version_id, what.spans[0].page, what.spans)
        return cls(
            id=checked.item.id,
            kind=what.kind,
            part=what.part,
            label=what.label,
            name=what.name,
            document=None if checked.document is None else DocumentOut.model_validate(checked.document),
            version_id=what.version_id,
            spans=[SpanOut.model_validate(span) for span in what.spans],
            comment=what.comment,
            state=checked.state,
            quote=checked.quote,
            citation=checked.footnote,
            is_in_current=checked.is_in_current,
            link=link if checked.is_quotable else "",
            added_at=checked.item.added_at,
        )


class CheckedDossierOut(Out):
    """A dossier with the items that its viewer may see, in their order."""

    dossier: DossierOut
    items: list[ItemOut]

    @classmethod
    def of(cls, checked: CheckedDossier) -> Self:
        """The dossier as it goes out."""
        return cls(
            dossier=DossierOut.model_validate(checked.dossier), items=[ItemOut.of(item) for item in checked.items]
        )
