"""Our own way, whole and in parts, as `bench.worker` calls it."""

from pathlib import Path

from api.library import Library
from index.bundled import BundledEmbedder
from kb.access import LOCAL_ADMIN
from kb.documents import Kind
from kb.questions import Filters, Query
from kb.settings import Settings

LAWS = Filters(kinds=frozenset({Kind.UU}), year_from=1960)
"""Leaves one of the 29 laws out, so that the filter has something to do."""


class Ours:
    """The library over the data folder of the bench."""

    def __init__(self, home: str) -> None:
        """Open the knowledge base of `home`."""
        self._library = Library.open(Settings(home=Path(home)))

    def ingest(self, file: str) -> int:
        """Take in one file, stored and committed; return the number of its pages."""
        return self._library.ingestion.ingest(Path(file)).document.n_pages

    def query(self, text: str) -> int:
        """Ask with a filter on the kind of document; return the number of hits."""
        return len(self._library.ask(Query(text, LOCAL_ADMIN, LAWS)).hits)

    def ask(self, text: str) -> int:
        """Ask of everything; return the number of quotes, each checked against its page."""
        return sum(len(statement.citations) for statement in self._library.ask(Query(text, LOCAL_ADMIN)).statements)

    def load(self) -> int:
        """Bring vectors and vocabulary from the store into memory; return the number of passages."""
        self._library.ready()
        return self.n_passages()

    def n_passages(self) -> int:
        """How many passages are in."""
        return self._library.status().n_passages


class Bundled:
    """The embedder alone."""

    def __init__(self, precision: str) -> None:
        """Load the bundled model in "f32" or "bf16". Raises SettingError for a bf16 that the CPU has not."""
        self._embedder = BundledEmbedder(precision=precision)

    def embed_query(self, text: str) -> int:
        """Embed a question; return 1."""
        self._embedder.embed_query(text)
        return 1

    def embed(self, texts: list[str]) -> int:
        """Embed passages; return how many."""
        return len(self._embedder.embed_passages(texts))

    def count_tokens(self, texts: list[str]) -> int:
        """How many tokens the passages are together."""
        return sum(self._embedder.count_tokens(texts))
