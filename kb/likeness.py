"""How alike two texts are: small sketches of their words, and what makes two documents copies of each other."""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.documents import NUMBERED, REGIONAL, Document, DocumentId, Kind, Metadata

Sketch = NDArray[np.uint64]
"""The smallest hashes of a text's shingles, ascending, each once."""

N_SHINGLE = 3
"""Words in a shingle. Three: a scan with one word in twenty misread still keeps 6 of 7."""

N_SKETCH = 256
"""Hashes kept: the standard error of a resemblance of 0.5 is 0.03."""

SAME_TEXT = 0.85
"""From this resemblance on, two documents that do not say what they are are the same text."""

SAME_REGULATION = 0.35
"""From this one on, two files of one regulation are copies: a poor scan beside its clean PDF has about 0.5."""

LEAST = SAME_REGULATION
"""Pairs below are not remembered."""


_DECREES = frozenset({Kind.SK, Kind.SE})
_NO_MAKER = re.compile(r"^(?:Kementerian|Menteri)\s+|^Pemerintah\b.*", re.IGNORECASE)
"""What of an issuer tells nothing apart: a ministry is its minister, and a letterhead's government only a region."""


class Sameness(StrEnum):
    """What people ruled of two documents."""

    COPIES = "sama"
    DIFFERENT = "beda"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that resemble each other, `first` the one with the lower number."""

    first: DocumentId
    second: DocumentId
    resemblance: float
    ruling: Sameness | None


def sketch_of(texts: Iterable[str]) -> Sketch:
    """The sketch of the pages of a document: the same for the same words, however they are laid out.

    Source: Broder, "On the resemblance and containment of documents" (1997), with the smallest hashes of one function.
    """
    known: dict[str, int] = {}
    words = [
        known.setdefault(word, zlib.crc32(word.encode()))
        for text in texts
        for word in "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    ]
    hashes = np.array(words, np.uint64)
    if len(hashes) < N_SHINGLE:
        return np.empty(0, np.uint64)
    mixed = np.zeros(len(hashes) - N_SHINGLE + 1, np.uint64)
    for i in range(N_SHINGLE):
        mixed = _mix(mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[i : i + len(mixed)])
    return np.unique(mixed)[:N_SKETCH]


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Well-spread bits of each value. Source: Steele et al., SplitMix64 (2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of shingles that two texts have in common, estimated, in [0, 1]; 0 where one has too few words."""
    if len(one) == 0 or len(other) == 0:
        return 0.0
    union = np.union1d(one, other)[:N_SKETCH]
    common = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(union, common, assume_unique=True).mean())


def closest(sketch: Sketch, others: Sequence[Sketch]) -> dict[int, float]:
    """The places of the others that resemble a text by `LEAST` or more, and by how much."""
    if len(sketch) == 0 or not others:
        return {}
    # What two sketches share bounds their resemblance from above: only few pairs are worth the exact look.
    lengths = np.array([len(other) for other in others])
    places = np.repeat(np.arange(len(others)), lengths)
    shared = np.bincount(places[np.isin(np.concatenate(others), sketch)], minlength=len(others))
    likely = np.flatnonzero(shared >= LEAST * np.minimum(lengths, len(sketch)))
    found = {place: resemblance(sketch, others[place]) for place in likely.tolist()}
    return {place: alike for place, alike in found.items() if alike >= LEAST}


def identity(document: Document) -> tuple[str, ...] | None:
    """Kind, number, year, region and issuer of a regulation or decree that says them; None where one is unknown.

    Only a national regulation has no region, and only ministers' regulations and decrees are told apart by who made
    them, so that an unknown maker makes no identity of the others.
    """
    metadata = document.metadata
    said = _said(metadata)
    _, number, region, issuer = said
    if metadata.kind not in NUMBERED or not number or metadata.year is None:
        return None
    if (
        (metadata.kind in REGIONAL and not region)
        or (metadata.kind is Kind.PERMEN and not issuer)
        or (metadata.kind in _DECREES and not (issuer or region))
    ):
        return None
    return (*said, str(metadata.year))


# A question compares thousands of pairs among the same documents.
@lru_cache(maxsize=1 << 14)
def _said(metadata: Metadata) -> tuple[str, ...]:
    """Kind, number, region and issuer as they are compared, "" for what is unknown or tells nothing apart."""
    kind = metadata.kind
    region = metadata.region if kind in REGIONAL or kind in _DECREES else ""
    issuer = metadata.issuer if kind is Kind.PERMEN or kind in _DECREES else ""
    parts = (kind.value, metadata.number, region, _NO_MAKER.sub("", issuer))
    return tuple("".join(part.casefold().split()) for part in parts)


def _are_apart(one: Document, other: Document) -> bool:
    """Whether two documents say that they are not the same: what both say is compared, whatever else is unknown."""
    first, second = one.metadata, other.metadata
    if first.year is not None and second.year is not None and first.year != second.year:
        return True
    if first.kind not in NUMBERED or second.kind not in NUMBERED:
        return False
    return any(a and b and a != b for a, b in zip(_said(first), _said(second), strict=True))


def are_copies(one: Document, other: Document, pair: Pair | None) -> bool:
    """Whether two documents are shown as one.

    Never two regulations with different numbers, however alike: regions copy each other's texts word by word.
    """
    if pair is not None and pair.ruling is not None:
        return pair.ruling is Sameness.COPIES
    if one.sha256 == other.sha256:
        return True
    if pair is None or pair.resemblance < SAME_REGULATION or _are_apart(one, other):
        return False
    first = identity(one)
    is_same = first is not None and first == identity(other)
    return pair.resemblance >= (SAME_REGULATION if is_same else SAME_TEXT)


def _may_stand_together(one: Document, other: Document, pair: Pair | None) -> bool:
    """Whether two documents may be copies of a third: people did not tell them apart, nor do they themselves."""
    if pair is not None and pair.ruling is not None:
        return pair.ruling is Sameness.COPIES
    return one.sha256 == other.sha256 or not _are_apart(one, other)


def may_be_versions(one: Document, other: Document, pair: Pair | None) -> bool:
    """Whether two documents say they are the same regulation, and differ too much to be copies: people decide."""
    if pair is not None and pair.ruling is not None:
        return False
    first = identity(one)
    return first is not None and first == identity(other) and not are_copies(one, other, pair)


def copies_among(
    documents: Mapping[DocumentId, Document], pairs: Sequence[Pair], of_same_bytes: bool = True
) -> dict[DocumentId, list[DocumentId]]:
    """The other documents that each one is shown as one with; documents without copies are left out.

    Only from pairs within `documents`, those that the viewer may see: what is hidden joins nothing. A scan that may be
    a copy of two different regulations is one of the liker of them, and does not make them one.
    of_same_bytes: also those without words to compare, such as scans; that takes a look at every document.
    """
    known = {(pair.first, pair.second): pair for pair in pairs if pair.first in documents and pair.second in documents}
    candidates = set(known)
    by_bytes: dict[str, list[DocumentId]] = {}
    for document in documents.values() if of_same_bytes else ():
        by_bytes.setdefault(document.sha256, []).append(document.id)
    for same in by_bytes.values():
        candidates |= {(min(same), other) for other in same if other != min(same)}
    groups: dict[DocumentId, list[DocumentId]] = {}

    def strength(key: tuple[DocumentId, DocumentId]) -> float:
        pair = known.get(key)
        if pair is not None and pair.ruling is not None:
            return 2.0
        return 1.0 if pair is None else pair.resemblance

    def all_may(one: Sequence[DocumentId], other: Sequence[DocumentId]) -> bool:
        return all(
            _may_stand_together(documents[a], documents[b], known.get((min(a, b), max(a, b))))
            for a in one
            for b in other
        )

    for key in sorted(candidates, key=lambda key: (-strength(key), key)):
        one, other = (groups.get(each, [each]) for each in key)
        if (
            one is not other
            and are_copies(documents[key[0]], documents[key[1]], known.get(key))
            and all_may(one, other)
        ):
            joined = sorted((*one, *other))
            groups.update(dict.fromkeys(joined, joined))
    return {key: [other for other in groups[key] if other != key] for key in sorted(groups)}
