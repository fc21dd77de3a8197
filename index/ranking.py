"""From candidates to one ranking: both channels and what the passage holds of the question, weighed as was learned."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.definition import defined_term, defines
from index.dense import Ids, Ranking, Scores, best_first
from index.fusion import min_max
from index.matching import Matches
from index.reference import Reference, named_documents, read_reference, regions_in, regions_named
from index.retrieval import Candidates
from index.sanctions import asks_sanction, lays_down_sanction, punishes
from index.words import words
from kb.addresses import explains
from kb.documents import REGULATIONS, Document, DocumentId
from kb.passages import PassageId
from kb.store import Store, Traits

FEATURES = ("dense", "late", "lexical", "covered", "window", "empty")
"""What a candidate's score is the weighted sum of, but for what the question names.

dense, lexical: each channel's score, stretched to 0-1 over the candidates. late: how well the passage meets the tokens
of the question, stretched over those that were looked at; where none are kept, as `dense`. covered, window: the share
of the question that the passage holds, see `index.matching`. empty: 1 for a passage of a few words ("Pasal 2 Cukup
jelas."), which says nothing by itself.
"""

WEIGHTS: Mapping[str, float] = json.loads((Path(__file__).parent / "ranking.json").read_text("utf-8"))
"""Written by `python -m bench.learn_ranking`; docs/decisions/037-learned-ranking.md."""

NAMED_REGULATION = 0.3
NAMED_PROVISION = 1.0
BESIDE_PROVISION = 0.5
"""The Penjelasan of a named provision comes after it and before all else; where it was asked for, before it.

So does the provision itself, where the sanction on it is asked for and another lays that down.
"""

NAMED_REGION = 0.2
DEFINITION = 0.5
SANCTION = 0.1
"""What a passage gains that lays down a sanction, where one is asked for."""

EXPLAINED = 5
"""Where it is asked what is meant, the Penjelasan of the Pasal of so many first passages ranks beside them."""

PUNISHED, BEHIND = 3, 0.01
"""Where a sanction is asked for, the one on the Pasal of so many first passages ranks so far behind each."""

_ASKS_MEANING = re.compile(
    r"(?<!\w)(?:maksud\w*|(?<!sebagaimana )dimaksud|arti|artinya|contohnya|misalnya|penjelasan\w*|seperti apa|meaning|"
    r"example)(?!\w)",
    re.IGNORECASE,
)
_PASAL = re.compile(r"(?:^|/)(pasal-[^/~]+)")

FEWEST_WORDS = 5
"""A passage of fewer analysed words says nothing by itself: a heading, a crossed-out provision."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: documents, a provision, and regions with the documents of others.

    passages: of the provision and of its Penjelasan. definitions: whose clauses define what is asked for.
    sanctions: passages of other provisions with the sanction on the named one, where that is asked for.
    asks_explanation, asks_meaning, asks_sanction: whether the Penjelasan is what is asked for; what is meant, or an
    example; what follows for whoever breaks a rule.
    """

    documents: frozenset[DocumentId] = frozenset()
    passages: tuple[PassageId, ...] = ()
    definitions: tuple[PassageId, ...] = ()
    sanctions: tuple[PassageId, ...] = ()
    asks_explanation: bool = False
    asks_meaning: bool = False
    asks_sanction: bool = False
    of_region: frozenset[DocumentId] = frozenset()
    of_other_regions: frozenset[DocumentId] = frozenset()


def read_named(question: str, documents: Iterable[Document], store: Store) -> Named:
    """What `question` names among `documents`."""
    documents = tuple(documents)
    reference = read_reference(question)
    named = named_documents(reference, documents) or _titled(question, reference, documents)
    regions = regions_named(question, documents)
    address = reference.address()
    passages = _provision(store, named, address) if named and address else ()
    return Named(
        documents=named,
        passages=passages,
        sanctions=_sanctions(store, named, reference.pasal, passages) if asks_sanction(question) else (),
        asks_meaning=_ASKS_MEANING.search(question) is not None,
        asks_sanction=asks_sanction(question),
        definitions=_definitions(store, question, named or frozenset(d.id for d in documents)),
        asks_explanation="penjelasan" in question.casefold(),
        of_region=frozenset(d.id for d in documents if _speaks_of(d, regions)),
        of_other_regions=frozenset(
            d.id for d in documents if regions and d.metadata.region and not _speaks_of(d, regions)
        ),
    )


def rank(
    candidates: Candidates,
    held: Matches,
    named: Named | None = None,
    met: Mapping[PassageId, NDArray[np.float32]] | None = None,
) -> Ranking:
    """The candidates, best first. Score: about 0 to 1, more for what the question names.

    held: what they hold of the question. met: how well the first passages, as they were ranked without, meet each of
    the question's tokens, (q,).
    """
    scores = features(candidates, held, met) @ _AS_ROW
    if named is not None:
        scores += named_scores(candidates, named)
        if named.asks_meaning:
            _raise_penjelasan(candidates, scores)
        if named.asks_sanction and not named.sanctions:
            _raise_sanctions(candidates, scores)
    return best_first(candidates.ids, scores)


def features(
    candidates: Candidates,
    held: Matches,
    met: Mapping[PassageId, NDArray[np.float32]] | None = None,
) -> NDArray[np.float64]:
    """`FEATURES` of each candidate, (n, len(FEATURES)); see `rank`."""
    dense = min_max(candidates.dense)
    found = {
        "dense": dense,
        "late": _stretched(candidates.ids, met) if met else dense,
        "lexical": min_max(candidates.lexical),
        "covered": held.covered,
        "window": held.window,
        "empty": np.array([_is_empty(traits) for traits in candidates.traits], np.float64),
    }
    return np.stack([found[name] for name in FEATURES], axis=1)


_AS_ROW = np.array([WEIGHTS[name] for name in FEATURES])


def _stretched(ids: Ids, met: Mapping[PassageId, NDArray[np.float32]]) -> Scores:
    """How well each meets the tokens on average, from 0 for the worst of those looked at, and for all others, to 1."""
    held = np.array([PassageId(i) in met for i in ids.tolist()], bool)
    scores = np.zeros(len(ids))
    scores[held] = min_max(np.array([met[PassageId(i)].mean() for i in ids[held].tolist()]))
    return scores


def named_scores(candidates: Candidates, named: Named) -> Scores:
    """What each candidate gains for what the question names."""
    added = np.zeros(len(candidates.ids))
    is_named = np.isin(candidates.ids, np.array(named.passages, np.int64))
    punishes_it = np.isin(candidates.ids, np.array(named.sanctions, np.int64))
    defines_it = np.isin(candidates.ids, np.array(named.definitions, np.int64))
    for i, traits in enumerate(candidates.traits):
        added[i] += DEFINITION * bool(defines_it[i])
        if punishes_it[i]:
            added[i] += NAMED_PROVISION
        elif is_named[i]:
            is_asked = not named.sanctions and explains(traits.address) is named.asks_explanation
            added[i] += NAMED_PROVISION if is_asked else BESIDE_PROVISION
        added[i] += SANCTION * (named.asks_sanction and lays_down_sanction(traits.words))
        added[i] += NAMED_REGULATION * (traits.document_id in named.documents)
        added[i] += NAMED_REGION * (traits.document_id in named.of_region)
        added[i] -= NAMED_REGION * (traits.document_id in named.of_other_regions)
    return added


def _raise_penjelasan(candidates: Candidates, scores: Scores) -> None:
    """Give the Penjelasan of the best passages the scores of these; what Pasal 1 defines is defined there."""
    traits = candidates.traits
    for i in np.argsort(-scores, kind="stable")[:EXPLAINED].tolist():
        pasal = _pasal(traits[i].address)
        if pasal in ("", "pasal-1") or explains(traits[i].address):
            continue
        for j, other in enumerate(traits):
            is_same = other.document_id == traits[i].document_id and _pasal(other.address) == pasal
            if is_same and explains(other.address) and not _is_empty(other):
                scores[j] = max(scores[j], scores[i])


def _raise_sanctions(candidates: Candidates, scores: Scores) -> None:
    """Give the passages with a sanction on the Pasal of one of the best passages nearly the score of that one."""
    traits = candidates.traits
    for i in np.argsort(-scores, kind="stable")[:PUNISHED].tolist():
        pasal = _forbids(traits[i])
        points = re.compile(rf"\bpasal {re.escape(pasal)}(?!\w)")
        for j, other in enumerate(traits):
            is_other = other.document_id == traits[i].document_id and not explains(other.address)
            if pasal and is_other and lays_down_sanction(other.words) and points.search(other.words):
                scores[j] = max(scores[j], scores[i] - BEHIND)


def _forbids(traits: Traits) -> str:
    """The Pasal, "76d", of a passage whose sanction another lays down, if any does; "" where none would."""
    pasal = _pasal(traits.address).removeprefix("pasal-")
    return "" if pasal == "1" or explains(traits.address) or lays_down_sanction(traits.words) else pasal


def _is_empty(traits: Traits) -> bool:
    """Whether a passage says nothing by itself, "Cukup jelas"."""
    return traits.words.count(" ") + 1 < FEWEST_WORDS


def _pasal(address: str) -> str:
    """The innermost Pasal of an address, "pasal-7"; "" outside of any."""
    found = _PASAL.findall(address)
    return found[-1] if found else ""


def _provision(store: Store, documents: frozenset[DocumentId], address: str) -> tuple[PassageId, ...]:
    """The passages of a provision; of its whole Pasal where no passage begins at the ayat itself."""
    found = store.passages.at_address(documents, address)
    if len(found) == 0:
        found = store.passages.at_address(documents, address.partition("/")[0])
    return tuple(PassageId(i) for i in found.tolist())


def sanctions_on_best(candidates: Candidates, ranking: Ranking, named: Named, store: Store) -> tuple[PassageId, ...]:
    """The passages with the sanction on the Pasal of the best passages; none unless one is asked for and none named."""
    found: list[PassageId] = []
    if named.asks_sanction and not named.sanctions:
        for passage_id in ranking.ids[:PUNISHED].tolist():
            traits = candidates.of(passage_id)
            pasal = _forbids(traits)
            if pasal:
                found += _sanctions(store, frozenset({traits.document_id}), pasal, (PassageId(passage_id),))
    return tuple(found)


def _sanctions(
    store: Store, documents: frozenset[DocumentId], pasal: str | None, passages: Sequence[PassageId]
) -> tuple[PassageId, ...]:
    """The passages with the sanction on a Pasal of these documents; none where it holds one itself."""
    if pasal is None or not passages:
        return ()
    own = store.passages.read(passages)
    if any(punishes(passage.text) for passage in own.values() if not explains(passage.section.address)):
        return ()
    found = store.passages.texts(store.passages.of_documents(documents), ("pasal", pasal))
    return tuple(passage_id for passage_id, text in found.items() if passage_id not in own and punishes(text, pasal))


def _definitions(store: Store, question: str, documents: frozenset[DocumentId]) -> tuple[PassageId, ...]:
    """The passages of Pasal 1 that define what the question asks the definition of."""
    term = defined_term(question)
    if term is None:
        return ()
    # A regulation defines its terms in Pasal 1 and nowhere else (UU 12/2011, Lampiran II, 96 to 98).
    found = store.passages.texts(store.passages.at_address(documents, "pasal-1"), (*term.split(), "alah"))
    return tuple(passage_id for passage_id, text in found.items() if defines(text, term))


def _speaks_of(document: Document, regions: Collection[str]) -> bool:
    """Whether a document is of one of the regions, or its title names one: a report of a visit is of who went there."""
    return document.metadata.region in regions or bool(regions_in(document.metadata.title, regions))


def _titled(question: str, reference: Reference, documents: Iterable[Document]) -> frozenset[DocumentId]:
    """Regulations that a question with a Pasal names by kind and subject: "pasal 9 UU perlindungan anak"."""
    if reference.pasal is None or reference.kind is None:
        return frozenset()
    said = {word.stem for word in words(question)}
    found = set()
    for document in documents:
        metadata = document.metadata
        subject = {word.stem for word in words(re.split(r"\btentang\b", metadata.title, flags=re.IGNORECASE)[-1])}
        if metadata.kind in REGULATIONS and metadata.kind is reference.kind and subject and subject <= said:
            found.add(document.id)
    return frozenset(found)
