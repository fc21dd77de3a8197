"""Hidden identities, rulings and what is carried, over the wire."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import Field

from api.moving import Moved
from api.schemas import ASKED, Id, In, Number, Out
from kb.documents import DocumentId
from kb.identity import Action, IdentityKind, Ruling, masked


class VeiledOut(Out):
    """Something hidden in a document. part: its version, page and characters. words: empty unless it was revealed."""

    number: int
    part: str
    page: int
    kind: IdentityKind
    before: str
    after: str
    words: str


class IdentitiesOut(Out):
    """What is hidden in a document, in order of place."""

    hidden: list[VeiledOut]


class SensitiveOut(Out):
    """How much of each kind is hidden, by document."""

    documents: dict[int, dict[IdentityKind, int]]

    @classmethod
    def of(cls, counts: Mapping[DocumentId, dict[IdentityKind, int]]) -> Self:
        """The counts as they go out."""
        return cls(documents={int(document): kinds for document, kinds in counts.items()})


class RulingIn(In):
    """A ruling on a phrase; document: where it holds, null for everywhere."""

    action: Action
    phrase: Annotated[str, Field(min_length=2, max_length=200, pattern=ASKED, examples=["Rumah Harapan"])]
    document: Annotated[Id, Number] | None = None


class RulingOut(Out):
    """A ruling of the office. phrase: masked where it is what must be hidden."""

    id: int
    document: int | None
    action: Action
    phrase: str
    at: datetime.datetime


class RulingsOut(Out):
    """The rulings of the office, oldest first."""

    rulings: list[RulingOut]

    @classmethod
    def of(cls, rulings: Iterable[Ruling], *, show_hidden: bool = False) -> Self:
        """The rulings as they go out."""
        return cls(
            rulings=[
                RulingOut(
                    id=one.id,
                    document=one.document,
                    action=one.action,
                    phrase=one.phrase
                    if show_hidden or one.action is Action.RELEASE
                    else masked(one.phrase, [(0, len(one.phrase))]),
                    at=one.at,
                )
                for one in rulings
            ]
        )


class SettledOut(Out):
    """How many documents a ruling changed."""

    n_changed: int


class MovedOut(Out):
    """What a backup, restore, export or import carried. aside: where the folder that was in the way stands now."""

    n_documents: int
    n_pages: int
    n_passages: int
    n_originals: int
    n_bytes: int
    aside: str | None

    @classmethod
    def of(cls, moved: Moved) -> Self:
        """The figures as they go out."""
        aside = None if moved.aside is None else str(moved.aside)
        return cls(
            n_documents=moved.n_documents,
            n_pages=moved.n_pages,
            n_passages=moved.n_passages,
            n_originals=moved.n_originals,
            n_bytes=moved.n_bytes,
            aside=aside,
        )
