"""Words hidden from who typed a text, put back into it."""

import re

from kb.errors import Text
from kb.identity import MASK

HIDDEN_CHANGED = Text(f"bagian yang ditutup ({MASK}) berubah", f"what is hidden ({MASK}) was changed")

_MASKED = re.compile(f"{MASK}+")


def with_hidden_words(shown: str, own: str, typed: str) -> str | None:
    """`typed` with the words put back that were hidden from who typed it; None where what is hidden was changed.

    shown: the text as it was shown; own: the same with nothing hidden, position by position.
    """
    if MASK not in shown and MASK not in typed:
        return typed
    before, after = list(_MASKED.finditer(shown)), list(_MASKED.finditer(typed))
    if [len(run.group()) for run in before] != [len(run.group()) for run in after]:
        return None
    words = iter([own[run.start() : run.end()] for run in before])
    return _MASKED.sub(lambda run: next(words), typed)
