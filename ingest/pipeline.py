"""The order of the stages: a reading becomes a draft, cut, analysed and embedded."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.metadata import read_metadata
from ingest.passages import split
from ingest.structure import outline
from kb.naming import embedded_text, official_name
from kb.types import CountTokens, Draft, Embed, Metadata, Reading


@dataclass(frozen=True, slots=True)
class Tools:
    """What the door that starts an ingestion hands over from `index`.

    embed: texts to unit vectors. count_tokens, max_tokens: of the same model. analyse: text to the stems that the
    word index holds. stamp: names the model.
    """

    embed: Embed
    count_tokens: CountTokens
    max_tokens: int
    analyse: Callable[[str], str]
    stamp: str


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


def draft(incoming: Incoming, reading: Reading, tools: Tools) -> Draft:
    """The document of a reading: its metadata, outline, passages, their words and vectors."""
    metadata = read_metadata(reading, incoming.name)
    if incoming.corrections is not None:
        by_hand = {name: getattr(incoming.corrections, name) for name in incoming.corrected}
        metadata = replace(metadata, **by_hand)
    sections = outline(reading, metadata.kind)
    title = official_name(metadata)
    passages = split(sections, reading.pages, tools.count_tokens, tools.max_tokens)
    return Draft(
        source=incoming.source,
        name=incoming.name,
        audience=incoming.audience,
        sha256=incoming.sha256,
        n_bytes=incoming.n_bytes,
        reading=reading,
        metadata=metadata,
        sections=sections,
        passages=passages,
        words=tuple(tools.analyse(passage.text) for passage in passages),
        heading_words=tuple(tools.analyse(" ".join((title, *passage.heading_path))) for passage in passages),
        vectors=tools.embed([embedded_text(title, passage) for passage in passages]),
        stamp=tools.stamp,
    )
