"""A draft clause cut into the parts that are looked up one by one."""

import re

from index.search import HALF_CHARACTER
from index.sentences import sentences
from kb.errors import QueryRefusedError, Text
from kb.precedent import MAX_CLAUSE_CHARACTERS

MOST_WORDS = 120
"""A part of more words is cut by its sentences: a passage that one part is compared with is about as long."""
FEWEST_WORDS = 6
"""A shorter piece goes with the one after it: a heading, a lead-in."""

_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:\(\d{1,2}[a-z]?\)|Pasal\s+\d+[A-Z]?\s*$))", re.MULTILINE)


def parts(text: str) -> tuple[str, ...]:
    """The parts of a clause in order: itself when it is short; else its ayat and paragraphs, long ones by sentences.

    Together they hold every word of it. Raises QueryRefusedError for a clause that is empty, too long or broken.
    """
    _check(text)
    if len(text.split()) <= MOST_WORDS:
        return (" ".join(text.split()),)
    pieces = [" ".join(piece.split()) for block in _BREAK.split(text) for piece in _short(block)]
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and len(joined[-1].split()) < FEWEST_WORDS:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    if len(joined) > 1 and len(joined[-1].split()) < FEWEST_WORDS:
        last = joined.pop()
        joined[-1] += f" {last}"
    return tuple(joined)


def _short(block: str) -> list[str]:
    """The block, or groups of its sentences of about `MOST_WORDS`; a longer sentence is cut by number of words."""
    groups: list[str] = []
    for start, end in sentences(block) if len(block.split()) > MOST_WORDS else [(0, len(block))]:
        words = block[start:end].split()
        if groups and len(groups[-1].split()) + len(words) <= MOST_WORDS:
            groups[-1] += " " + " ".join(words)
            continue
        groups.extend(" ".join(words[at : at + MOST_WORDS]) for at in range(0, len(words), MOST_WORDS))
    return groups


def _check(text: str) -> None:
    if not text.strip():
        raise _refused("klausulnya kosong", "the clause is empty", "tempelkan klausul", "paste a clause")
    if HALF_CHARACTER.search(text):
        raise _refused(
            "ada huruf yang rusak di dalamnya", "it holds a broken character", "ketik ulang klausul", "type it again"
        )
    if len(text) > MAX_CLAUSE_CHARACTERS:
        raise _refused(
            f"panjangnya {len(text)} huruf, paling banyak {MAX_CLAUSE_CHARACTERS}",
            f"it has {len(text)} characters, at most {MAX_CLAUSE_CHARACTERS}",
            "tempelkan beberapa pasal saja",
            "paste a few articles only",
        )


def _refused(what: str, what_en: str, mend: str, mend_en: str) -> QueryRefusedError:
    return QueryRefusedError("klausul", Text(what, what_en), Text(mend, mend_en))
