"""From hits to what in them answers: in each hit the neighbouring sentences or ayat that speak of the question."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.anchoring import anchored
from index.asked import has_form_asked, has_likely_form
from index.evidence import Unit
from index.reading import Read
from index.retrieval import Candidates
from index.worth import ITEM, Worth, worths
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

STATES_GROUNDS = 0.3
"""What a recital gains where the question asks why a regulation was made."""

ELSEWHERE = 0.4
"""What a statement loses that speaks of none of the regions that the question names, or not of its year."""

READ_HERE = 0.5
"""What a unit gains in which the reader is sure to have found the answer, if it is in the passage at all."""

MOST_LEAD_WORDS = 45
"""A lead-in of so many words is quoted with the item of its list that answers, whatever stands between."""

MOST_LIST_WORDS = 220
"""A list that was asked for is quoted whole up to so many words."""

ENOUGH_WORDS, MOST_WORDS = 50, 80
"""A statement shorter than the first takes in its neighbours, as long as it stays within the second."""

ENOUGH_OF_FIRST, MOST_OF_FIRST = 65, 100
"""The same of the first statement, which is read before all others, and by some alone."""

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
_WHY = re.compile(r"(?<!\w)(?:mengapa|kenapa|alasan\w*|why|reasons?)(?!\w)", re.IGNORECASE)
_REGULATION = re.compile(
    r"(?<!\w)(?:uu|undang-undang|perda|perbup|perwali|perwal|pergub|perpres|permen\w*|peraturan|aturan|dibuat|dibentuk|"
    r"diubah|diganti|dicabut|law|regulation)(?:nya)?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Neighbouring units of a hit and what they are worth as an answer."""

    hit: Hit
    units: tuple[Unit, ...]
    score: float

    @property
    def text(self) -> str:
        """What would be quoted, unit by unit."""
        return "\n".join(self.hit.text[unit.start : unit.end] for unit in self.units)


def choose(
    candidates: Candidates,
    hits: Sequence[Hit],
    sections_of: Callable[[VersionId], Outline],
    read: Mapping[PassageId, Read],
) -> list[Choice]:
    """What each of the first hits has to say, best first, those far behind the best left out.

    A recital says why a regulation is made, not what holds: it is quoted where it is the first hit, or where grounds
    are asked for. One that lacks the form that is asked for, or is likely, comes after those that have it, as good as
    it may be else. read: what a reader made of the passages that it read.
    """
    choices: list[Choice] = []
    longer: dict[PassageId, tuple[Unit, ...]] = {}
    question, mended = candidates.question.plain, candidates.question.mended
    asks_list = bool(_ASKS_LIST.search(question))
    asks_grounds = bool(_ASKS_GROUNDS.search(question))
    asks_why_made = bool(_WHY.search(question) and _REGULATION.search(question))
    for hit in hits[:N_READ]:
        recites = is_recital(hit.document.metadata.kind, hit.section_address)
        if hit is not hits[0] and recites and not asks_grounds:
            continue
        found = worths(candidates, hit, sections_of(hit.document.version_id), read.get(hit.passage_id))
        if found:
            by_words = max(found, key=Worth.rank)
            best = max(range(len(found)), key=lambda place: found[place].rank(READ_HERE))
            run = _list_around(hit.text, found, best) if asks_list else None
            score = HIT_WEIGHT * hit.score + by_words.score + STATES_GROUNDS * (recites and asks_why_made)
            score -= ELSEWHERE * (1.0 - anchored(question, hit, hits))
            choices.append(Choice(hit, run or _with_neighbours(found, best), score))
            longer[hit.passage_id] = run or _with_neighbours(found, best, ENOUGH_OF_FIRST, MOST_OF_FIRST)
    choices.sort(key=lambda choice: -choice.score)
    kept = [choice for choice in choices[:N_STATEMENTS] if choice.score >= LEAST_OF_BEST * choices[0].score]
    kept.sort(key=lambda choice: (not has_form_asked(mended, choice.text), not has_likely_form(mended, choice.text)))
    kept[:1] = [replace(first, units=longer[first.hit.passage_id]) for first in kept[:1]]
    return kept


def _list_around(text: str, found: Sequence[Worth], best: int) -> tuple[Unit, ...] | None:
    """The list that the best unit introduces or belongs to, with its lead-in; None where there is none, or too long."""
    is_item = [ITEM.match(text, worth.unit.start) is not None for worth in found]
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
    found: Sequence[Worth], best: int, enough: int = ENOUGH_WORDS, most: int = MOST_WORDS
) -> tuple[Unit, ...]:
    """The best unit, and the better of its neighbours one after another, until they are `enough` words of `most`.

    A clause that defines what was asked for stands alone, and so does an ayat that was named. An item has what leads
    it in before it, though others of its list may stand between.
    """
    if found[best].is_definition or found[best].is_named:
        return (found[best].unit,)
    run = _run_around(found, best, enough, most)
    lead = found[best].lead
    if lead is None or found[lead].unit in run or found[lead].n_words > MOST_LEAD_WORDS:
        return run
    left = max(most - found[lead].n_words, found[best].n_words)
    return found[lead].unit, *_run_around(found, best, min(enough, left), left)


def _run_around(found: Sequence[Worth], best: int, enough: int, most: int) -> tuple[Unit, ...]:
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
    # "Pasal 9 berbunyi sebagai berikut:" says nothing without what follows, a heading and its first ayat.
    while last + 1 < len(found) and (found[last].leads_in or (last > best and found[last].is_bare)):
        if sum(worth.n_words for worth in found[first : last + 2]) > MOST_LIST_WORDS:
            break
        last += 1
    return tuple(worth.unit for worth in found[first : last + 1])
