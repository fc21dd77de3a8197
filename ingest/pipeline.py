"""The order of the stages: a reading becomes a draft, cut, analysed and embedded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.headers import with_headers
from ingest.identity.guard import guard
from ingest.metadata import read_metadata
from ingest.passages import split
from ingest.records import Place, read_records
from ingest.relations import read_legal
from ingest.structure import outline
from kb.documents import Metadata
from kb.identity import Rulings
from kb.intake import Draft
from kb.naming import TITLE_CHARACTERS, embedded_text, official_name
from kb.pages import Reading
from kb.passages import Passage
from kb.vectors import CountTokens, Embed, Embedded

Told = Callable[[int, int], None]
"""Told of progress: taken in up to this page, of so many. What it raises ends the ingestion."""

N_TOLD = 64
"""After so many passages progress is told; the embedder takes about a second for them on one old core."""


def untold(page: int, n_pages: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the door that starts an ingestion hands over from `index`.

    embed: texts to what is kept of them. count_tokens, max_tokens: of the same model. analyse: text to the stems that
    the word index holds. stamp: names the model. rulings: what the office ruled on identities, by the source of a
    document.
    """

    embed: Embed
    count_tokens: CountTokens
    max_tokens: int
    analyse: Callable[[str], str]
    stamp: str
    rulings: Callable[[str], Rulings]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file about to be taken in. corrections: metadata set by hand for its document, and which fields."""

    source: str
    name: str
    audience: str
    sha256: str
    n_bytes: int
    corrections: Metadata | None = None
    corrected: frozenset[str] = frozenset()


def draft(incoming: Incoming, reading: Reading, tools: Tools, told: Told = untold, place: Place | None = None) -> Draft:
    """The document of a reading: guarded first, then its metadata, outline, passages, their words and vectors.

    told: before the first passage is embedded, and after every `N_TOLD`, the page that is taken in so far.
    place: says where words stand on the pages of a PDF, for the tables of reports and minutes.
    """
    guarded = guard(reading, incoming.name, tools.rulings(incoming.source))
    reading = guarded.reading
    metadata = read_metadata(reading, guarded.name)
    if incoming.corrections is not None:
        by_hand = {name: getattr(incoming.corrections, name) for name in incoming.corrected}
        metadata = replace(metadata, **by_hand)
    metadata = guarded.metadata(metadata)
    sections = outline(reading, metadata.kind)
    title = official_name(metadata)
    passages = split(sections, reading.pages, tools.count_tokens, tools.max_tokens)
    budget = tools.max_tokens - TITLE_CHARACTERS - 2
    passages = with_headers(passages, reading, tools.count_tokens, budget)
    embedded = _embed(title, passages, len(reading.pages), tools, told)
    return Draft(
        source=incoming.source,
        name=guarded.name,
        audience=incoming.audience,
        sha256=incoming.sha256,
        n_bytes=incoming.n_bytes,
        reading=reading,
        metadata=metadata,
        sections=sections,
        passages=passages,
        words=tuple(tools.analyse(passage.text) for passage in passages),
        heading_words=tuple(tools.analyse(" ".join((title, *passage.heading_path))) for passage in passages),
        vectors=embedded.vectors,
        stamp=tools.stamp,
        guarding=guarded.guarding,
        legal=read_legal(sections, reading.pages, metadata),
        records=read_records(reading, sections, metadata, place),
        tokens=embedded.tokens,
    )


def _embed(title: str, passages: Sequence[Passage], n_pages: int, tools: Tools, told: Told) -> Embedded:
    """What is kept of the passages; made in slices, which no vector depends on."""
    told(0, n_pages)
    parts = [tools.embed([])]
    for at in range(0, len(passages), N_TOLD):
        part = passages[at : at + N_TOLD]
        parts.append(tools.embed([embedded_text(title, passage) for passage in part]))
        told(part[-1].spans[-1].page, n_pages)
    return Embedded(
        np.concatenate([part.vectors for part in parts]), tuple(tokens for part in parts for tokens in part.tokens)
    )
