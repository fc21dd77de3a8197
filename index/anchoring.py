"""Whether a passage speaks of the region and the year that a question names."""

import re
from collections.abc import Sequence

from kb.answers import Hit
from kb.naming import official_name
from kb.regions import is_also_a_word, is_only_part, n_words_of_name

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|-?an\b)")
_N_BESIDE = 10
"""So many of the hits beside are looked at for a year."""

_RANKS = frozenset({"kota", "kabupaten", "kab", "pemkot", "pemkab"})

_WORD = re.compile(r"[^\W_]+")


def anchored(question: str, hit: Hit, hits: Sequence[Hit] = ()) -> float:
    """The share of the regions and years that `question` names which the hit, or its document's name, holds too.

    1 where it names none: an answer about Sangatta cannot stand in a passage that never says where it speaks of. 0
    where a year is missing: what held in another is no answer. A decade ("1970-an") is no year. hits: found with it,
    best first; a year may stand in another of its document, as that of a table stands above the table.
    """
    held = _said(with_names(hit))
    years = _YEAR.findall(question)
    if years:
        of_document = [hit, *(each for each in hits[:_N_BESIDE] if each.document.id == hit.document.id)]
        dated = _said(" ".join(map(with_names, of_document)))
        if not all(f" {year} " in dated for year in years):
            return 0.0
    written = _WORD.findall(question)
    words = [word.lower() for word in written]
    n_named = n_held = len(years)
    at = 0
    while at < len(words):
        n = n_words_of_name(words[at:])
        if n > 1 or (n == 1 and _names_region(written, at)):
            n_named += 1
            n_held += f" {' '.join(words[at : at + n])} " in held
        at += max(n, 1)
    return n_held / n_named if n_named else 1.0


def _names_region(words: Sequence[str], at: int) -> bool:
    """Whether the name of a region in one word is one here: such as are words too are written with a capital, or so."""
    if is_also_a_word(words[at]):
        return at > 0 and (words[at][0].isupper() or words[at - 1].lower() in _RANKS)
    return not is_only_part(words[at])


def _said(text: str) -> str:
    """The words of a text in lower case, each between two spaces."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def with_names(hit: Hit) -> str:
    """A hit's text with what its document, its file and its headings are called."""
    document, metadata = hit.document, hit.document.metadata
    names = (official_name(metadata), document.name, metadata.region, str(metadata.year))
    return " ".join((*names, *hit.heading_path, hit.text))
