"""The legal life of a document over HTTP: relations, standing, references and the graph."""

import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath

from api.law_graph import Branch, branches_of
from api.law_out import relations_out
from api.links import page_link
from api.routes.documented import problems
from api.routes.given import DocumentHere, LibraryHere, PageHere, ViewerHere
from api.schemas import MAX_ID
from api.schemas_law import (
    BranchOut,
    EditOut,
    GraphOut,
    PointerOut,
    PointersOut,
    ReferrerOut,
    ReferrersOut,
    RelationIn,
    RelationsOut,
    VerdictIn,
)
from api.schemas_standing import StandingOut
from kb.legal import EditId, EditVerdict, Relation, work_of

router = APIRouter(tags=["law"])

Address = Annotated[
    str, Query(max_length=1_000, examples=["pasal-7/ayat-2"], description="Of the outline; empty: all.")
]
AsOf = Annotated[datetime.date | None, Query(description="The day asked about; today when left out.")]


@router.get("/documents/{document_id}/relations", responses=problems(404), summary="Read the legal relations")
def relations(
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    rejected: Annotated[bool, Query(description="Also those that were rejected by hand.")] = False,
) -> RelationsOut:
    """What the document does to other regulations and others to it, each with the words that say so."""
    find = library.relations.all_links if rejected else library.relations.links
    links = find(viewer, document_id)
    return relations_out(library, viewer, document_id, links)


@router.post(
    "/documents/{document_id}/relations",
    status_code=HTTPStatus.CREATED,
    responses=problems(400, 403, 404, 413, 507),
    summary="Add a relation by hand",
)
def add_relation(document_id: DocumentHere, said: RelationIn, library: LibraryHere, viewer: ViewerHere) -> EditOut:
    """Add what the document does to another regulation, or another to it; it outlives the document's next versions."""
    work = said.target.work()
    relation = Relation(said.kind, work, None, said.provision, said.change)
    if said.is_passive:
        own = work_of(library.document(viewer, document_id).metadata)
        relation = Relation(said.kind, own or work, work, said.provision, said.change)
    edit = library.relations.add(viewer, document_id, relation, said.note, datetime.datetime.now(datetime.UTC))
    return EditOut.model_validate(edit)


@router.post(
    "/documents/{document_id}/relations/verdict",
    responses=problems(400, 403, 404, 413, 507),
    summary="Confirm or reject a relation",
)
def judge_relation(document_id: DocumentHere, said: VerdictIn, library: LibraryHere, viewer: ViewerHere) -> EditOut:
    """Say that a relation read from the document is right or wrong; a wrong one is not used any more."""
    relation = library.relations.relation(viewer, document_id, said.key)
    now = datetime.datetime.now(datetime.UTC)
    edit = library.relations.judge(viewer, document_id, relation, EditVerdict(said.verdict), said.note, now)
    return EditOut.model_validate(edit)


@router.delete(
    "/documents/{document_id}/relations/{edit_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(403, 404, 507),
    summary="Take a decision back",
)
def take_back(
    document_id: DocumentHere,
    edit_id: Annotated[int, InPath(ge=1, le=MAX_ID)],
    library: LibraryHere,
    viewer: ViewerHere,
) -> None:
    """The relation is again as it was read; one that was added by hand is gone."""
    library.relations.take_back(viewer, document_id, EditId(edit_id))


@router.get("/documents/{document_id}/standing", responses=problems(404), summary="Read whether it is in force")
def standing(
    document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, address: Address = "", as_of: AsOf = None
) -> StandingOut | None:
    """The standing of the document, or of a provision of it, on a day; null for what is no regulation."""
    found = library.standings.of(viewer, document_id, address, as_of)
    return None if found is None else StandingOut.model_validate(found)


@router.get("/documents/{document_id}/graph", responses=problems(404), summary="Read the graph")
def graph(
    document_id: DocumentHere,
    library: LibraryHere,
    viewer: ViewerHere,
    depth: Annotated[int, Query(ge=1, le=4, description="How far to follow.")] = 2,
) -> GraphOut:
    """What the regulation rests on, and what rests on it, each with theirs in turn."""
    below, above = branches_of(library, viewer, document_id, depth)
    return GraphOut(
        document_id=document_id, rests_on=[_branch_out(b) for b in below], rested_on_by=[_branch_out(b) for b in above]
    )


def _branch_out(branch: Branch) -> BranchOut:
    return BranchOut.model_validate(
        {
            "name": branch.name,
            "work": branch.other,
            "document_id": branch.document_id,
            "standing": branch.standing,
            "branches": [_branch_out(one) for one in branch.branches],
        },
        from_attributes=True,
    )


@router.get("/documents/{document_id}/pages/{number}/references", responses=problems(404), summary="Read references")
def references(document_id: DocumentHere, number: PageHere, library: LibraryHere, viewer: ViewerHere) -> PointersOut:
    """The references in a page's text, each with where the provision or regulation that it names stands."""
    document = library.document(viewer, document_id)
    library.pages.read(viewer, document_id, number)
    versions = {one.id: one.version_id for one in library.documents(viewer)}
    found = []
    for pointer in library.references.pointers(viewer, document, number):
        link = None
        if pointer.document_id is not None and pointer.spans:
            link = page_link(pointer.document_id, versions[pointer.document_id], pointer.spans[0].page, pointer.spans)
        found.append(
            PointerOut.model_validate(
                {
                    "span": pointer.reference.span,
                    "work": pointer.reference.work,
                    "document_id": pointer.document_id,
                    "address": pointer.address,
                    "link": link,
                },
                from_attributes=True,
            )
        )
    return PointersOut(references=found)


@router.get("/documents/{document_id}/referring", responses=problems(404), summary="Read what refers to a provision")
def referring(
    document_id: DocumentHere, library: LibraryHere, viewer: ViewerHere, address: Address = ""
) -> ReferrersOut:
    """The provisions, here and in other documents, that refer to a provision or to anything inside it."""
    found = library.references.referring(viewer, document_id, address)
    return ReferrersOut(
        referrers=[
            ReferrerOut(
                document_id=one.document.id,
                label=one.label,
                address=one.reference.source_address,
                link=page_link(one.document.id, one.document.version_id, one.reference.span.page, [one.reference.span]),
            )
            for one in found
        ]
    )
