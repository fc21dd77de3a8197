"""`kb verify --deep`: every position against its page, and words and vectors made anew and compared."""

import random
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Document, DocumentId
from kb.errors import NotFoundError
from kb.identity import MASK
from kb.naming import embedded_text, official_name
from kb.pages import Span
from kb.passages import Passage, PassageId, StoredPassage
from kb.status import Defect

CLOSE = 0.999
"""Cosine of a vector with itself made anew. bf16 rounds differently beside other texts, by less than this."""

_BATCH = 64


def look_deep(library: Library, sample: int | None, progress: Callable[[int, int], None]) -> Iterator[Defect]:
    """Everything that `Library.verify` is too quick to see.

    sample: how many passages are embedded anew, chosen by a fixed chance; None is all of them.
    """
    documents = {document.id: document for document in library.documents(LOCAL_ADMIN)}
    for document in documents.values():
        yield from _check_places(library, document)
    ids = [PassageId(i) for i in library.store.passages.ids().tolist()]
    chosen = sorted(random.Random(0).sample(ids, min(sample, len(ids)))) if sample else ids
    for at in range(0, len(chosen), _BATCH):
        passages = library.store.passages.read(chosen[at : at + _BATCH])
        rows = [passage for passage in passages.values() if passage.document_id in documents]
        yield from _made_anew(library, documents, rows)
        progress(min(at + _BATCH, len(chosen)), len(chosen))


def _check_places(library: Library, document: Document) -> Iterator[Defect]:
    pages = {page.number: page.text for page in library.store.versions.pages(document.version_id)}
    where = f"dokumen {document.id}"
    spans = [
        *(span for section in library.store.versions.sections(document.version_id) for span in section.spans),
        *(heading.span for heading in library.store.versions.headings(document.version_id)),
    ]
    for span in spans:
        if not _is_in(pages, span):
            yield Defect(
                "posisi-di-luar-halaman",
                where,
                f"posisi {span.start}-{span.end} tidak ada di halaman {span.page}",
                f"there is no position {span.start}-{span.end} on page {span.page}",
            )
    for span, _ in library.store.identities.places(document.version_id):
        if not _is_in(pages, span) or "".join(pages[span.page][span.start : span.end].split()).strip(MASK):
            yield Defect(
                "identitas-terbuka",
                where,
                f"yang harus tertutup di halaman {span.page} tidak tertutup",
                f"what must be hidden on page {span.page} is not",
            )
    try:
        library.originals.open_path(document.sha256)
    except NotFoundError:
        yield Defect("berkas-asli-hilang", where, "berkas asli tidak ada", "the original is missing")


def _is_in(pages: dict[int, str], span: Span) -> bool:
    return span.page in pages and 0 <= span.start <= span.end <= len(pages[span.page])


def _made_anew(
    library: Library, documents: Mapping[DocumentId, Document], rows: list[StoredPassage]
) -> Iterator[Defect]:
    if not rows:
        return
    titles = [official_name(documents[row.document_id].metadata) for row in rows]
    texts = [
        embedded_text(title, Passage(0, row.text, row.heading_path, row.spans))
        for title, row in zip(titles, rows, strict=True)
    ]
    made = library.tools.embed(texts).vectors
    kept_ids, kept = library.store.passages.vectors(np.array([row.id for row in rows], np.int64), made.shape[1])
    vectors = dict(zip(kept_ids.tolist(), kept, strict=True))
    for title, row, vector in zip(titles, rows, made, strict=True):
        where = f"bagian {row.id}"
        stored = vectors.get(row.id)
        if stored is None or float(stored @ vector) < CLOSE:
            yield Defect(
                "vektor-berbeda",
                where,
                "vektornya bukan vektor teksnya; jalankan `kb reindex`",
                "its vector is not its text's; run `kb reindex`",
            )
        words = library.tools.analyse(row.text), library.tools.analyse(" ".join((title, *row.heading_path)))
        if words != (row.words, row.heading_words):
            yield Defect(
                "kata-berbeda",
                where,
                "kata-katanya bukan kata teksnya; jalankan `kb reindex`",
                "its words are not its text's; run `kb reindex`",
            )
