"""Small documents for the tests of the store: a page, its sections, passages and toy vectors."""

import hashlib
from dataclasses import replace

import numpy as np

from index.embed import ToyEmbedder
from index.words import analyse, analysis_stamp
from kb.access import EVERYONE
from kb.documents import Kind, Metadata
from kb.intake import Draft
from kb.pages import Page, Reading, Span, Verdict
from kb.passages import Passage
from kb.sections import Section, SectionKind

STAMP = f"{ToyEmbedder.stamp} {analysis_stamp()}"


def draft(source: str, *texts: str, audience: str = EVERYONE, metadata: Metadata | None = None) -> Draft:
    """A document of one page a text, each text a Pasal and a passage."""
    pages = tuple(Page(number, text, Verdict.TEXT, 595.0, 842.0) for number, text in enumerate(texts, 1))
    root = Section(SectionKind.ROOT, "", "", "", None, tuple(Span(page.number, 0, len(page.text)) for page in pages))
    pasal = tuple(
        Section(
            SectionKind.PASAL,
            f"Pasal {page.number}",
            "",
            f"pasal-{page.number}",
            0,
            (Span(page.number, 0, len(page.text)),),
        )
        for page in pages
    )
    passages = tuple(
        Passage(number, text, (f"Pasal {number}",), (Span(number, 0, len(text)),))
        for number, text in enumerate(texts, 1)
    )
    return Draft(
        source=source,
        name=source,
        audience=audience,
        sha256=hashlib.sha256("\f".join((source, *texts)).encode()).hexdigest(),
        n_bytes=sum(map(len, texts)),
        reading=Reading("application/pdf", pages, has_pages=True),
        metadata=metadata or Metadata(Kind.PERDA, "Kota Layak Anak", "3", 2019, "Kota Semarang", "Wali Kota Semarang"),
        sections=(root, *pasal),
        passages=passages,
        words=tuple(analyse(text) for text in texts),
        heading_words=tuple(analyse(passage.heading_path[0]) for passage in passages),
        vectors=ToyEmbedder().embed_passages(texts) if texts else np.empty((0, ToyEmbedder.dim), np.float32),
        stamp=STAMP,
    )


def restamped(original: Draft, stamp: str) -> Draft:
    """The same draft as another model would have embedded it."""
    return replace(original, stamp=stamp)
