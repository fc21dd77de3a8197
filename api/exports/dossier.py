"""A dossier as the paper that it becomes, whichever door asks."""

from api.exports.appendix import quoted_pages
from api.exports.dossier_docx import dossier_docx
from api.exports.dossier_markdown import dossier_markdown
from api.exports.draft import in_order
from api.exports.kinds import DOCX, MARKDOWN, DossierFormat
from api.library import Library
from kb.access import Viewer
from kb.dossier import DossierId


def export(library: Library, viewer: Viewer, dossier_id: DossierId, kind: DossierFormat) -> tuple[bytes, str]:
    """The paper and its media type, every quote compared with its page now. Raises NotFoundError."""
    checked = library.dossiers.read(viewer, dossier_id)
    pages = quoted_pages(library.pages, viewer, in_order(checked))
    if kind is DossierFormat.DOCX:
        return dossier_docx(checked, pages), DOCX
    return dossier_markdown(checked, pages).encode("utf-8", "replace"), MARKDOWN
