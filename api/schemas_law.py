"""The legal life on the wire: relations, standings, references and the graph."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, computed_field

from api.links import page_link
from api.schemas import In, Line, Number, Out, Year
from api.schemas_pages import SpanOut
from api.schemas_standing import StandingOut, WorkOut
from kb.documents import DocumentId, VersionId
from kb.legal import Change, EditVerdict, Form, RelationKind, Work
from kb.pages import Span


class RelationOut(Out):
    """What one work does to another, as the document asked about sees it.

    name: `mengubah`, or `diubah-dengan` where it is done to the document. other: the work on the other side, and
    document_id its document, null where it is not here. said_by: the document whose words say so, at `spans`; none
    where it was added by hand. key: names the relation when it is confirmed or rejected.
    """

    key: str
    name: str
    other: WorkOut
    document_id: int | None
    provision: str
    change: Change
    said_by: int
    version_id: int
    source_address: str
    spans: list[SpanOut]
    verdict: EditVerdict | None
    edit_id: int | None

    @computed_field(description="The page of this server that shows the words that say so.")
    def link(self) -> str | None:
        """The address of the evidence, null for a relation added by hand."""
        if not self.spans:
            return None
        spans = [Span(span.page, span.start, span.end) for span in self.spans]
        return page_link(DocumentId(self.said_by), VersionId(self.version_id), spans[0].page, spans)


class RelationsOut(Out):
    """A document's legal life: its standing, and what it does to others and others to it."""

    document_id: int
    standing: StandingOut | None
    start: datetime.date | None
    promulgated: datetime.date | None
    relations: list[RelationOut]


class WorkIn(In):
    """A regulation by what identifies it; region is of a regional one, issuer of a ministerial one."""

    form: Form
    number: Annotated[Line, Field(min_length=1, examples=["23"])]
    year: Annotated[Year, Number] | None = None
    region: Line = ""
    issuer: Line = ""
    title: Line = ""

    def work(self) -> Work:
        """The same as the rooms know it."""
        return Work(self.form, self.number.upper(), self.year, self.region, self.issuer, self.title)


class RelationIn(In):
    """A relation of a document added by hand. provision: an address in the target, empty for the whole."""

    kind: RelationKind
    target: WorkIn
    provision: Annotated[
        str,
        Field(
            max_length=100,
            pattern=r"^(pasal-[0-9a-z]{1,8}(/(ayat|huruf|angka)-[0-9a-z]{1,8}){0,3})?$",
            examples=["pasal-7/ayat-2"],
        ),
    ] = ""
    change: Change = Change.WHOLE
    is_passive: Annotated[bool, Field(description="The target does it to this document.")] = False
    note: Line = ""


class VerdictIn(In):
    """What a person decides about a relation that was read."""

    key: Annotated[Line, Field(min_length=1)]
    verdict: Literal["dibenarkan", "ditolak"]
    note: Line = ""


class EditOut(Out):
    """A decision on a relation, by whom and when."""

    id: int
    document_id: int
    verdict: EditVerdict
    by: str
    at: datetime.datetime
    note: str


class PointerOut(Out):
    """A reference in a page's text, and where what it names stands. document_id: null where that is not here."""

    span: SpanOut
    work: WorkOut | None
    document_id: int | None
    address: str
    link: str | None


class PointersOut(Out):
    """The references on a page, in reading order."""

    references: list[PointerOut]


class ReferrerOut(Out):
    """A provision that refers to the one asked about."""

    document_id: int
    label: str
    address: str
    link: str


class ReferrersOut(Out):
    """What refers to a provision, its own document first."""

    referrers: list[ReferrerOut]


class BranchOut(Out):
    """A regulation in the graph and how it hangs there; `branches` go on from it."""

    name: str
    work: WorkOut
    document_id: int | None
    standing: StandingOut | None
    branches: list["BranchOut"]


class GraphOut(Out):
    """What a regulation rests on, and what rests on it."""

    document_id: int
    rests_on: list[BranchOut]
    rested_on_by: list[BranchOut]


class JdihnExportedOut(Out):
    """How many regulations were written, and to which file."""

    n_written: int
    file: str


class JdihnImportedOut(Out):
    """How many records found their document, how many files went in, and the titles of records without one."""

    n_matched: int
    n_ingested: int
    left: list[str]
