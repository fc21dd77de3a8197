"""Lines about a file, such as its path, as they may be shown: what identifies people in them masked."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pydantic import ValidationInfo

from ingest.identity import guard
from kb.errors import StoreError
from kb.identity import MASK, ruled
from kb.store import Store

_PHRASES: ContextVar[frozenset[str]] = ContextVar("phrases", default=frozenset())
"""What the office ruled to be hidden, for the request or command at hand.

Set by the doors and read here only: a model of the wire knows no library.
"""


@contextmanager
def veiling(store: Store) -> Iterator[None]:
    """Let every line that is shown meanwhile be masked as the office of this store ruled."""
    try:
        phrases = store.identities.phrases()
    except StoreError:
        # What cannot be read cannot be shown; whoever asks for it gets the error.
        phrases = frozenset()
    token = _PHRASES.set(phrases)
    try:
        yield
    finally:
        _PHRASES.reset(token)


def mask_line(line: str) -> str:
    """A line that is shown though no document stands behind it, masked by the rules and by what the office ruled."""
    return guard.mask_line(ruled(line, _PHRASES.get()))


def shown_source(source: str, name: str) -> str:
    """A document's source as it may be shown: it ends with the file's name, which the document itself had masked."""
    if MASK in name and len(source) >= len(name):
        return mask_line(source[: -len(name)] + name)
    return mask_line(source)


def veiled_source(cls: type, source: str, given: ValidationInfo) -> str:
    """The same for a model of the wire whose field `name` comes before its `source`."""
    return shown_source(source, str(given.data["name"]))
