"""Hits of copies of one document, folded under the first of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from kb.answers import Hit
from kb.documents import DocumentId

ALIKE = 80.0
"""Two passages are the same words from this ratio on: a scan misreads letters, a DOCX breaks lines elsewhere."""

WITHIN = 92.0
"""One holds the other from this partial ratio on: the two files were cut at other places."""

SHORT = 80
"""Characters below which the same words mean the same only in the same place: "Cukup jelas." stands everywhere."""

_NUMBER = re.compile(r"\d+")


def fold(kept: list[Hit], hit: Hit, copies: Mapping[DocumentId, Sequence[DocumentId]]) -> None:
    """Add `hit` to those kept, or its document to the hit of a copy that says the same.

    Same words with other numbers say something else ("paling sedikit dua" stays "2"), and are kept apart.
    """
    for i, above in enumerate(kept):
        if hit.document.id not in copies.get(above.document.id, ()) or not _say_the_same(above, hit):
            continue
        if hit.document not in above.copies:
            kept[i] = replace(above, copies=(*above.copies, hit.document))
        return
    kept.append(hit)


def _say_the_same(one: Hit, other: Hit) -> bool:
    short, long = sorted((" ".join(one.text.split()), " ".join(other.text.split())), key=len)
    if one.section_address != other.section_address and len(short) < SHORT:
        return False
    if Counter(_NUMBER.findall(short)) - Counter(_NUMBER.findall(long)):
        return False
    if fuzz.ratio(short, long) >= ALIKE:
        return _NUMBER.findall(short) == _NUMBER.findall(long)
    return 2 * len(short) >= len(long) and fuzz.partial_ratio(short, long) >= WITHIN
