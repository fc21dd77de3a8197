"""From hits to what in them answers: in each hit the neighbouring sentences or ayat that speak of the question."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.asked import asks_number, has_form_asked, has_number
from index.definition import defined_term, defines
from index.evidence import Unit, units
from index.reading import Read
from index.reference import Reference, read_reference
from index.retrieval import Candidates
from index.titles import title_stems
from index.words import STOP_WORDS, words, words_of_passage
from kb.addresses import is_recital
from kb.answers import Hit
from kb.documents import VersionId
from kb.passages import PassageId
from kb.sections import Outline

N_READ = 6
"""How many of the best hits are read for statements."""

N_STATEMENTS = 5
LEAST_OF_BEST = 0.7
"""A statement worth less than this share of the best one is left out."""

HIT_WEIGHT = 3.0
"""What a hit's score weighs beside the share of the question's words in the unit, which is at most 1."""

ASKED_FOR = 0.2
"""What a unit gains that holds the kind of thing the question asks for: a number, or a name."""

SAME_FORM = 0.02
"""What a unit gains that has all longer words of the question as they are written, enough to decide between equals: who
forms is told by "membentuk" sooner than by "pembentukan".
"""

READ_HERE = 0.5
"""What a unit gains in which the reader is sure to have found the answer, if it is in the passage at all."""

DEFINES = 1.0
"""What a clause gains that defines what the question asks the definition of."""

MOST_LIST_WORDS = 220
"""A list that was asked for is quoted whole up to so many words."""

ENOUGH_WORDS, MOST_WORDS = 50, 80
"""A statement shorter than the first takes in its neighbours, as long as it stays within the second."""

ENOUGH_OF_FIRST, MOST_OF_FIRST = 65, 100
"""The same of the first statement, which is read before all others, and by some alone."""

_ASKS_NAME = re.compile(r"(?<!\w)(siapa|siapakah|dimana|dimanakah|di mana|mana|who|where)(?!\w)", re.IGNORECASE)
_ASKS_LIST = re.compile(
    r"(?<!\w)((apa|siapa|mana) (saja|aja)|sebutkan|macam|jenis|syarat|persyaratan|langkah|tahapan|"
    r"unsur|kriteria|rincian|what are|list|types|kinds|requirements|steps|stages|criteria)(?!\w)",
    re.IGNORECASE,
)
_ASKS_GROUNDS = re.compile(
    r"(?<!\w)(menimbang|mengingat|konsideran\w*|dasar (hukum|pembentukan|pertimbangan)\w*|atas dasar|dasarnya|landasan|"
    r"pertimbangan|alasan\w*|latar belakang|mengapa|kenapa|judul|why|grounds|reasons?|legal basis)(?!\w)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\(?[a-z0-9]{1,3}[.)]|[-•–*])\s")
_WRITTEN = re.compile(r"[^\W\d_]{4,}")
_PASAL = re.compile(r"(?:^|/)pasal-([^/~]+)")
_NAME = re.compile(r"(?<=[\w,] )[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """Neighbouring units of a hit and what they are worth as an answer.

    covered: share of the question's word weight in the best unit and its headings.
    """

    hit: Hit
    units: tuple[Unit, ...]
    score: float
    covered: float


@dataclass(frozen=True, slots=True)
class _Worth:
    """A unit and what it is worth to the question by its words.

    is_named: the ayat that the question names, in its Pasal. is_bare: it only repeats its headings, as "Pasal 2" has
    every word of "what does Pasal 2 say". read: how much of the answer the reader places in it, if the passage has it
    at all, 0 to 1.
    """

    unit: Unit
    n_words: int
    score: float
    covered: float
    is_named: bool
    is_bare: bool
    is_definition: bool
    read: float

    def rank(self, of_read: float = 0.0) -> tuple[bool, bool, float]:
        """Higher is better, among the units of one hit. of_read: what it gains for what the reader found in it."""
        return self.is_named, not self.is_bare, self.score + of_read * self.read


def choose(
    candidates: Candidates,
    hits: Sequence[Hit],
    sections_of: Callable[[VersionId], Outline],
    read: Mapping[PassageId, Read],
) -> list[Choice]:
    """What each of the first hits has to say, best first, those far behind the best left out.

    A recital says why a regulation is made, not what holds: it is quoted where it is the first hit, or where grounds
    are asked for. read: what a reader made of the passages that it read.
    """
    choices: list[Choice] = []
    longer: dict[PassageId, tuple[Unit, ...]] = {}
    asks_list = bool(_ASKS_LIST.search(candidates.question.plain))
    asks_grounds = bool(_ASKS_GROUNDS.search(candidates.question.plain))
    for hit in hits[:N_READ]:
        if hit is not hits[0] and is_recital(hit.document.metadata.kind, hit.section_address) and not asks_grounds:
            continue
        found = _worths(candidates, hit, sections_of(hit.document.version_id), read.get(hit.passage_id))
        if found:
            by_words = max(found, key=_Worth.rank)
            best = max(range(len(found)), key=lambda place: found[place].rank(READ_HERE))
            run = _list_around(hit.text, found, best) if asks_list else None
            score = HIT_WEIGHT * hit.score + by_words.score
            choices.append(Choice(hit, run or _with_neighbours(found, best), score, by_words.covered))
            longer[hit.passage_id] = run or _with_neighbours(found, best, ENOUGH_OF_FIRST, MOST_OF_FIRST)
    choices.sort(key=lambda choice: -choice.score)
    choices[:1] = [replace(first, units=longer[first.hit.passage_id]) for first in choices[:1]]
    return [choice for choice in choices[:N_STATEMENTS] if choice.score >= LEAST_OF_BEST * choices[0].score]


def _worths(candidates: Candidates, hit: Hit, sections: Outline, read: Read | None) -> list[_Worth]:
    weights, question = candidates.weights, candidates.question.plain
    term = defined_term(candidates.question.text)
    ayat = _ayat_named(read_reference(candidates.question.text), hit.section_address)
    wants_number, wants_name = asks_number(question), bool(_ASKS_NAME.search(question))
    headings = [word.stem for part in hit.heading_path for word in words(part)]
    asked_in = _written(question)
    # What the document is called, each of its units speaks of: one that repeats it answers no better.
    title = weights.find(title_stems(hit.document))
    whole = words_of_passage(hit.text)
    starts = [word.start for word in whole]
    found = []
    for unit in units(hit.text, hit.spans, sections):
        text = hit.text[unit.start : unit.end]
        stems = [word.stem for word in whole[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]]
        defined = term is not None and defines(text, term)
        same = len(asked_in & _written(text)) / max(1, len(asked_in))
        tells_number = wants_number and has_number(text) and has_form_asked(question, text)
        asked = tells_number or (wants_name and _NAME.search(text) is not None)
        found.append(
            _Worth(
                unit=unit,
                n_words=len(text.split()),
                score=weights.coverage([*title, *weights.find(stems)])
                + SAME_FORM * same
                + ASKED_FOR * asked
                + DEFINES * defined,
                covered=weights.coverage(weights.find([*stems, *headings])),
                is_named=ayat is not None and text.startswith(f"({ayat})"),
                is_bare=set(stems) <= set(headings),
                is_definition=defined,
                read=read.chance_within(unit.start, unit.end) if read is not None else 0.0,
            )
        )
    return found


def _ayat_named(reference: Reference, address: str) -> str | None:
    """The ayat that a question names of the Pasal in which `address` lies; None where it names that of another."""
    own = _PASAL.findall(address)
    is_named = reference.pasal is not None and own[-1:] == [reference.pasal.lower()]
    return reference.ayat if is_named else None


def _written(text: str) -> frozenset[str]:
    """The content words of four letters and more, as they are written."""
    return frozenset(_WRITTEN.findall(text.casefold())) - STOP_WORDS


def _list_around(text: str, found: Sequence[_Worth], best: int) -> tuple[Unit, ...] | None:
    """The list that the best unit introduces or belongs to, with its lead-in; None where there is none, or too long."""
    is_item = [_ITEM.match(text, worth.unit.start) is not None for worth in found]
    leads = [text[worth.unit.start : worth.unit.end].rstrip().endswith(":") for worth in found]
    first = best
    while first > 0 and is_item[first] and not leads[first]:
        first -= 1
    last = first
    while last + 1 < len(found) and is_item[last + 1]:
        last += 1
    if not leads[first] or last == first or sum(worth.n_words for worth in found[first : last + 1]) > MOST_LIST_WORDS:
        return None
    return tuple(worth.unit for worth in found[first : last + 1])


def _with_neighbours(
    found: Sequence[_Worth], best: int, enough: int = ENOUGH_WORDS, most: int = MOST_WORDS
) -> tuple[Unit, ...]:
    """The best unit, and the better of its neighbours one after another, until they are `enough` words of `most`.

    A clause that defines what was asked for stands alone, and so does an ayat that was named.
    """
    if found[best].is_definition or found[best].is_named:
        return (found[best].unit,)
    first = last = best
    n_words = found[best].n_words
    while n_words < enough:
        beside = [place for place in (last + 1, first - 1) if 0 <= place < len(found) and not found[place].is_bare]
        if not beside:
            break
        # The one that follows comes first of equals: a sentence is explained by the next more often than by the last.
        place = max(beside, key=lambda place: found[place].score)
        n_words += found[place].n_words
        if n_words > most:
            break
        first, last = min(first, place), max(last, place)
    return tuple(worth.unit for worth in found[first : last + 1])
