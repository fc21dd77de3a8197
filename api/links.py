"""Where a passage or quote is shown: the address of its page with the spans marked."""

from collections.abc import Iterable, Sequence

from kb.types import DocumentId, Span, VersionId


def page_link(document_id: DocumentId, version_id: VersionId, page: int, spans: Iterable[Span]) -> str:
    """The address of `page` with those of `spans` marked that stand on it."""
    marked = [span for span in spans if span.page == page]
    link = f"/dokumen/{document_id}/halaman/{page}?versi={version_id}"
    return f"{link}&spans={write_spans(marked)}#sorot" if marked else link


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
