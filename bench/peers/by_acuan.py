"""Ours, by the same wire: `python -m bench.peers.by_acuan MODEL WORK_FOLDER`.

The passages are taken from the corpus itself (`index` gets its file), because the others are given those that this
way cut.
"""

from pathlib import Path

from api.evaluation import open_corpus
from api.library import Library
from bench.peers.wire import THREADS, drive
from kb.access import LOCAL_ADMIN
from kb.questions import Query
from kb.settings import Settings


class Acuan:
    """The library, with the model that the environment names."""

    def __init__(self, model: str, work: str) -> None:
        self._settings = Settings.from_environment({"KB_HOME": work, "KB_MODEL": model, "KB_THREADS": str(THREADS)})

    def index(self, ids: list[str], texts: list[str]) -> None:
        """Take in the corpus file named by the only text, or open the knowledge base that stands there."""
        [what], [where] = ids, texts
        if what == "corpus":
            self._library = open_corpus(self._settings, Library.open, Path(where), lambda *_: None)
        else:
            self._library = Library.open(Settings.from_environment({"KB_HOME": where, "KB_THREADS": str(THREADS)}))
        self._library.ready()

    def search(self, text: str, k: int) -> list[str]:
        """See `Way`."""
        return [str(hit.passage_id) for hit in self._library.search(Query(text, LOCAL_ADMIN, k=k))]


if __name__ == "__main__":
    drive(Acuan)
