"""Provisions on the wire."""

from typing import Annotated, Self

from pydantic import Field

from api.provisions import Part, ProvisionView
from api.schemas import Out
from api.schemas_pages import SpanOut
from kb.addresses import ADDRESS
from kb.sections import SectionKind

Address = Annotated[
    str, Field(pattern=ADDRESS, description="Of the outline, such as `pasal-7/ayat-2`.", examples=["pasal-1"])
]
StableAddress = Annotated[
    str,
    Field(
        pattern=ADDRESS,
        description="With the document, such as `perda-kota-semarang-2023-5/pasal-12/ayat-2`.",
        examples=["uu-2014-35/pasal-i"],
    ),
]


class PartOut(Out):
    """A part of a document. `text`: its exact words, the page texts under `spans` joined by line breaks."""

    kind: SectionKind
    label: str
    heading: str
    address: str
    stable: str
    spans: list[SpanOut]
    text: str


class ProvisionOut(Out):
    """A provision with what it stands in (`path`), what leads into it, what it holds, and its Penjelasan."""

    document_id: int
    part: PartOut
    cited: str
    path: list[str]
    leads: list[PartOut]
    children: list[str]
    explanation: PartOut | None
    explains: PartOut | None
    previous: str | None
    next: str | None

    @classmethod
    def of(cls, view: ProvisionView) -> Self:
        """The same, what is only pointed at by its stable address."""

        def out(part: Part | None) -> PartOut | None:
            return None if part is None else PartOut.model_validate(part)

        return cls(
            document_id=view.document.id,
            part=PartOut.model_validate(view.part),
            cited=view.cited,
            path=[part.stable for part in view.path],
            leads=[PartOut.model_validate(part) for part in view.leads],
            children=[part.stable for part in view.children],
            explanation=out(view.explanation),
            explains=out(view.explains),
            previous=view.previous.stable if view.previous else None,
            next=view.next.stable if view.next else None,
        )
