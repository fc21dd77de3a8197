"""Where a passage or quote is shown: the address of its page with the spans marked."""

import re
from collections.abc import Iterable, Sequence

from kb.documents import REGULATIONS, Document, DocumentId, VersionId
from kb.dossier import ItemKind
from kb.pages import Span

SPANS = r"[0-9]{1,9}-[0-9]{1,9}(,[0-9]{1,9}-[0-9]{1,9}){0,49}"
"""What `write_spans` writes, at most 50 of them, as a pattern."""

_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})-([0-9]{1,9})")


def page_link(document_id: DocumentId, version_id: VersionId, page: int, spans: Iterable[Span]) -> str:
    """The address of `page` with those of `spans` marked that stand on it."""
    marked = [span for span in spans if span.page == page]
    link = f"/dokumen/{document_id}/halaman/{page}?versi={version_id}"
    return f"{link}&spans={write_spans(marked)}#sorot" if marked else link


def keep_link(document_id: DocumentId, version_id: VersionId, spans: Sequence[Span], kind: str) -> str:
    """The address of the page that keeps these spans in a dossier. kind: a value of `kb.dossier.ItemKind`."""
    return f"/berkas/simpan?dokumen={document_id}&versi={version_id}&letak={write_places(spans)}&jenis={kind}"


def item_kind(document: Document) -> ItemKind:
    """What a quote of `document` is filed as in a dossier."""
    return ItemKind.PROVISION if document.metadata.kind in REGULATIONS else ItemKind.PASSAGE


def write_places(spans: Sequence[Span]) -> str:
    """`"page:start-end"` for each span, with commas."""
    return ",".join(f"{span.page}:{span.start}-{span.end}" for span in spans)


def read_places(written: str) -> tuple[Span, ...]:
    """The spans that `write_places` wrote. Raises ValueError for anything else."""
    spans = []
    for part in written.split(","):
        found = _PLACE.fullmatch(part)
        if found is None:
            raise ValueError(f"expected page:start-end, got {part!r}")
        spans.append(Span(*map(int, found.groups())))
    return tuple(spans)


def write_spans(spans: Sequence[Span]) -> str:
    """`"start-end,start-end"`, the pages left out."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def read_spans(page: int, written: str) -> tuple[Span, ...]:
    """The spans on `page` that `write_spans` wrote, empty ones left out. Raises ValueError for anything else."""
    spans = []
    for part in filter(None, written.split(",")):
        start, _, end = part.partition("-")
        if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()) or len(part) > 20:
            raise ValueError(f"expected start-end, got {part!r}")
        if int(end) > int(start):
            spans.append(Span(page, int(start), int(end)))
    return tuple(spans)


def pages_of(spans: Sequence[Span]) -> tuple[int, ...]:
    """The pages that `spans` stand on, ascending, each once."""
    return tuple(sorted({span.page for span in spans}))
