"""The legal life of a document as it goes out, over HTTP and from the command line."""

from api.library import Library
from api.relations import Link
from api.schemas_law import RelationOut, RelationsOut
from api.schemas_standing import StandingOut
from kb.access import Viewer
from kb.documents import DocumentId, VersionId


def relations_out(library: Library, viewer: Viewer, document_id: DocumentId, links: tuple[Link, ...]) -> RelationsOut:
    """A document's legal life as it goes out."""
    start, promulgated = library.standings.facts(viewer, document_id)
    standing = library.standings.of(viewer, document_id)
    versions = {document.id: document.version_id for document in library.documents(viewer)}
    return RelationsOut(
        document_id=document_id,
        standing=None if standing is None else StandingOut.model_validate(standing),
        start=start.day if start else None,
        promulgated=promulgated,
        relations=[_relation_out(link, versions[link.said_by]) for link in links],
    )


def _relation_out(link: Link, version_id: VersionId) -> RelationOut:
    relation = link.relation
    return RelationOut.model_validate(
        {
            "key": "|".join(relation.key),
            "name": link.name,
            "other": link.other,
            "document_id": link.document_id,
            "provision": relation.provision,
            "change": relation.change,
            "said_by": link.said_by,
            "version_id": version_id,
            "source_address": relation.source_address,
            "spans": relation.spans,
            "verdict": link.verdict,
            "edit_id": link.edit_id,
        },
        from_attributes=True,
    )
