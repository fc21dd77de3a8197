"""How alike two texts are: small sketches of their words, and what makes two documents copies of each other."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kb.documents import REGULATIONS, Document, DocumentId

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


def identity(document: Document) -> tuple[str, str, int, str] | None:
    """Kind, number, year and region of a regulation or decree that says them; None where one but the region is unknown.

    Only a national regulation has no region, so that an unknown one makes no identity of a regional one.
    """
    metadata = document.metadata
    if not metadata.number or metadata.year is None or metadata.kind not in REGULATIONS:
        return None
    return metadata.kind.value, metadata.number.casefold(), metadata.year, metadata.region.casefold()


def are_copies(one: Document, other: Document, pair: Pair | None) -> bool:
    """Whether two documents are shown as one.

    Never two regulations with different numbers, however alike: regions copy each other's texts word by word.
    """
    if pair is not None and pair.ruling is not None:
        return pair.ruling is Sameness.COPIES
    if one.sha256 == other.sha256:
        return True
    first, second = identity(one), identity(other)
    alike = 0.0 if pair is None else pair.resemblance
    if first is not None and second is not None:
        return first == second and alike >= SAME_REGULATION
    years = {one.metadata.year, other.metadata.year} - {None}
    return alike >= SAME_TEXT and len(years) < 2


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

    Only from pairs within `documents`, those that the viewer may see: what is hidden joins nothing.
    of_same_bytes: also those without words to compare, such as scans; that takes a look at every document.
    """
    ruled = {(pair.first, pair.second): pair for pair in pairs}
    candidates = {key for key in ruled if key[0] in documents and key[1] in documents}
    by_bytes: dict[str, list[DocumentId]] = {}
    for document in documents.values() if of_same_bytes else ():
        by_bytes.setdefault(document.sha256, []).append(document.id)
    for same in by_bytes.values():
        candidates |= {(min(same), other) for other in same if other != min(same)}
    leader: dict[DocumentId, DocumentId] = {}

    def find(key: DocumentId) -> DocumentId:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for first, second in sorted(candidates):
        if are_copies(documents[first], documents[second], ruled.get((first, second))):
            one, other = find(first), find(second)
            leader[max(one, other)] = min(one, other)
    groups: dict[DocumentId, list[DocumentId]] = {}
    for key in sorted(leader):
        groups.setdefault(find(key), []).append(key)
    return {
        key: [other for other in group if other != key] for group in groups.values() if len(group) > 1 for key in group
    }
