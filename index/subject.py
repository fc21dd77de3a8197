"""What a question asks, without the names that say only whose documents are meant.

"Berapa anggaran PKK di DP3A Semarang": office and region choose documents, whose titles name them; the line that
answers names neither. Left in the question's vector they outweigh what is asked, and the nearest passages are those
that repeat the office's name (docs/decisions/039-names-choose-documents.md).
"""

import re
from collections.abc import Collection, Iterator, Sequence

from index.reference import regions_named
from index.terms import Term
from index.titles import title_stems
from index.words import Word, words
from kb.documents import Document
from kb.regions import bare_region

OFFICE = "dinas"
"""The word that the name of a region's office begins with."""

FEWEST_WORDS = 2
"""Content words that must be left: "kepala DP3A Semarang" asks for all it says."""

_FEWEST_OF_OFFICE = 3
"""Words of an office's name from which it says which: "dinas" alone, or "dinas kesehatan", is no owner's name."""


def subject(question: str, terms: Sequence[Term], documents: Collection[Document]) -> str:
    """The question without the regions of `documents` and the offices that their titles name.

    terms: its own, with their long forms. The question itself where hardly anything else is in it.
    """
    left = question
    for region in regions_named(question, documents):
        name = re.escape(bare_region(region))
        # Of "wali kota semarang" the head of the city stays: who that is, is asked.
        rank = r"(?:(?<!wali )(?:kabupaten|kab\.?|kota|provinsi|prov\.?)\s+)?"
        left = re.sub(rf"(?<!\w){rank}{name}(?!\w)", " ", left, flags=re.IGNORECASE)
    if any(OFFICE in {term.stem, *(form[0] for form in term.long_forms)} for term in terms):
        left = _without_offices(left, terms, {title_stems(document) for document in documents})
    left = " ".join(left.split())
    return left if len(words(left)) >= FEWEST_WORDS else question


def _without_offices(question: str, terms: Sequence[Term], titles: Collection[Sequence[str]]) -> str:
    """The question without abbreviations and written names of offices that stand whole in one of the titles.

    With an abbreviation goes what explains it in brackets.
    """
    left = question
    for term in terms:
        forms = [set(form) for form in term.long_forms if form[0] == OFFICE and len(form) >= _FEWEST_OF_OFFICE]
        if any(form.issubset(title) for form in forms for title in titles):
            left = re.sub(rf"(?<!\w){re.escape(term.origin)}(?!\w)(?:\s*\([^)]*\))?", " ", left)
    for start, end in reversed(list(_written_offices(words(left), titles))):
        left = f"{left[:start]} {left[end:]}"
    return left


def _written_offices(said: Sequence[Word], titles: Collection[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Where the name of an office begins and ends: "dinas" and what follows it as one title has it, in order."""
    after = 0
    for first, word in enumerate(said):
        if word.stem != OFFICE or first < after:
            continue
        longest = max((_n_as_in(said[first:], title) for title in titles), default=0)
        if longest >= _FEWEST_OF_OFFICE:
            after = first + longest
            yield word.start, said[after - 1].end


def _n_as_in(said: Sequence[Word], title: Sequence[str]) -> int:
    """How many of the first words stand together in the title."""
    offices = [place for place, stem in enumerate(title) if stem == OFFICE]
    return max((_n_alike(said, title[place:]) for place in offices), default=0)


def _n_alike(said: Sequence[Word], stems: Sequence[str]) -> int:
    pairs = zip(said, stems, strict=False)
    return next((n for n, (word, stem) in enumerate(pairs) if word.stem != stem), min(len(said), len(stems)))
