"""Lines about a file, such as its path, as they may be shown: what identifies people in them masked."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from pydantic import ValidationInfo

from ingest.identity import guard
from kb.errors import KbError, StoreError
from kb.identity import MASK, ruled
from kb.store import Store

_PHRASES: ContextVar[frozenset[str]] = ContextVar("phrases", default=frozenset())
"""What the office ruled to be hidden, for the request or command at hand.

Set by the doors and read here only: a model of the wire knows no library.
"""


class Phrases:
    """What the office of a store ruled to be hidden, read anew only when the store has changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: tuple[int, frozenset[str]] = (-1, frozenset())

    def now(self) -> frozenset[str]:
        """The phrases as they are ruled at this moment. Raises StoreError."""
        # The number first: what is written between the two is then read once more, and never missed.
        change = self._store.change()
        if self._held[0] != change:
            self._held = (change, self._store.identities.phrases())
        return self._held[1]

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """Let every line that is shown meanwhile be masked as they say now."""
        try:
            phrases = self.now()
        except StoreError:
            # What cannot be read cannot be shown; whoever asks for it gets the error, masked as was last known.
            phrases = self._held[1]
        token = _PHRASES.set(phrases)
        try:
            yield
        finally:
            _PHRASES.reset(token)


def veiling(store: Store) -> AbstractContextManager[None]:
    """Let every line that is shown meanwhile be masked as the office of this store ruled."""
    return Phrases(store).at_hand()


def mask_line(line: str) -> str:
    """A line that is shown though no document stands behind it, masked by the rules and by what the office ruled."""
    return guard.mask_by_rules(ruled(line, _PHRASES.get()))


def told(error: KbError, language: str = "id") -> str:
    """What a reader is told of `error` in `language` ("id" or "en"): it may name a file that names somebody."""
    return mask_line(error.say(language))


def shown_source(source: str, name: str) -> str:
    """A document's source as it may be shown: it ends with the file's name, which the document itself had masked."""
    if MASK in name and len(source) >= len(name):
        return mask_line(source[: -len(name)] + name)
    return mask_line(source)


def veiled_source(cls: type, source: str, given: ValidationInfo) -> str:
    """The same for a model of the wire whose field `name` comes before its `source`."""
    return shown_source(source, str(given.data["name"]))
