"""What each quotable unit of a hit is worth to a question: its words, the form asked for, what the reader saw in it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.asked import asks_number, has_form_asked, has_number
from index.definition import defined_term, defines
from index.evidence import Unit, units
from index.reading import Read
from index.reference import Reference, read_reference
from index.retrieval import Candidates
from index.titles import title_stems
from index.words import STOP_WORDS, words, words_of_passage
from kb.answers import Hit
from kb.sections import Outline

ASKED_FOR = 0.2
"""What a unit gains that holds the kind of thing the question asks for: a number, or a name."""

SAME_FORM = 0.02
"""What a unit gains that has all longer words of the question as they are written, enough to decide between equals: who
forms is told by "membentuk" sooner than by "pembentukan".
"""

DEFINES = 1.0
"""What a clause gains that defines what the question asks the definition of."""

OF_ITS_OWN = 1e-3
"""What an item gains that says something of the question beside what its lead-in says of all."""

ITEM = re.compile(r"\s*(?:\(?[a-z0-9]{1,3}[.)]|[-•–*])\s")
"""How an item of a list begins."""

_ASKS_NAME = re.compile(r"(?<!\w)(siapa|siapakah|dimana|dimanakah|di mana|mana|who|where)(?!\w)", re.IGNORECASE)
_CAPTION = re.compile(r"\s*(?:gambar|tabel|grafik|diagram|bagan)\s*\d", re.IGNORECASE)
_WRITTEN = re.compile(r"[^\W\d_]{4,}")
_PASAL = re.compile(r"(?:^|/)pasal-([^/~]+)")
_AYAT = re.compile(r"\(\d+[a-z]?\)\s")
_NAME = re.compile(r"(?<=[\w,] )[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Worth:
    """A unit and what it is worth to the question by its words.

    is_named: the ayat that the question names, in its Pasal. is_bare: it only repeats its headings, as "Pasal 2" has
    every word of "what does Pasal 2 say". read: how much of the answer the reader places in it, if the passage has it
    at all, 0 to 1. lead: which unit leads it in, as "Tugasnya:" does an item; None where none does. leads_in: it ends
    with a colon, and what it says comes after it.
    """

    unit: Unit
    lead: int | None
    leads_in: bool
    n_words: int
    score: float
    is_named: bool
    is_bare: bool
    is_definition: bool
    read: float

    def rank(self, of_read: float = 0.0) -> tuple[bool, bool, float]:
        """Higher is better, among the units of one hit. of_read: what it gains for what the reader found in it."""
        return self.is_named, not self.is_bare, self.score + of_read * self.read


def worths(candidates: Candidates, hit: Hit, sections: Outline, read: Read | None) -> list[Worth]:
    """What the units of a hit are worth, in the order of its text.

    sections: of its version. read: what a reader made of its passage; None where none read it.
    """
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
    passage_units = units(hit.text, hit.spans, sections)
    leads = _leads(hit.text, passage_units)
    stems = [
        [word.stem for word in whole[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]]
        for unit in passage_units
    ]
    found = []
    for unit, lead, own in zip(passage_units, leads, stems, strict=True):
        text = hit.text[unit.start : unit.end]
        led_in = weights.find(stems[lead]) if lead is not None else []
        held = weights.find(own)
        defined = term is not None and defines(text, term)
        same = len(asked_in & _written(text)) / max(1, len(asked_in))
        tells_number = wants_number and has_number(question, text) and has_form_asked(question, text)
        asked = tells_number or (wants_name and _NAME.search(text) is not None)
        found.append(
            Worth(
                unit=unit,
                lead=lead,
                leads_in=text.endswith(":"),
                n_words=len(text.split()),
                score=weights.coverage([*title, *held, *led_in])
                + OF_ITS_OWN * (lead is not None and weights.coverage([*title, *held]) > weights.coverage(title))
                + SAME_FORM * same
                + ASKED_FOR * asked
                + DEFINES * defined,
                is_named=ayat is not None and text.startswith(f"({ayat})"),
                is_bare=set(own) <= set(headings),
                is_definition=defined,
                read=read.chance_within(unit.start, unit.end) if read is not None else 0.0,
            )
        )
    return found


def _leads(text: str, passage_units: Sequence[Unit]) -> list[int | None]:
    """Which unit leads in each: one that ends with a colon its items, a caption the labels of its figure.

    Leads stand inside one another: "b." is an item of what "a. ... meliputi:" is one of, not of that. The next ayat is
    no item of the one before.
    """
    leads: list[int | None] = []
    above: list[tuple[int, str]] = []
    caption: int | None = None
    for place, unit in enumerate(passage_units):
        said = text[unit.start : unit.end]
        mark = _mark(said)
        if mark in ("", "ayat"):
            above.clear()
        above = [lead for lead in above if lead[1] != mark]
        if said.endswith("."):
            caption = None
        leads.append(above[-1][0] if above else caption)
        if said.endswith(":"):
            above.append((place, mark))
        elif _CAPTION.match(said) and not said.endswith("."):
            caption = place
    return leads


def _mark(said: str) -> str:
    """What kind of mark a unit begins with: "ayat" for (1), "1" for numbers, "a" for letters, "-"; "" for none."""
    if _AYAT.match(said):
        return "ayat"
    item = ITEM.match(said)
    first = item.group().strip(" (\t\r\n")[0] if item else ""
    return "1" if first.isdigit() else "a" if first.isalpha() else first and "-"


def _ayat_named(reference: Reference, address: str) -> str | None:
    """The ayat that a question names of the Pasal in which `address` lies; None where it names that of another."""
    own = _PASAL.findall(address)
    is_named = reference.pasal is not None and own[-1:] == [reference.pasal.lower()]
    return reference.ayat if is_named else None


def _written(text: str) -> frozenset[str]:
    """The content words of four letters and more, as they are written."""
    return frozenset(_WRITTEN.findall(text.casefold())) - STOP_WORDS
