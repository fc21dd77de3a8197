"""What a document is called, as stems to be compared with a question's."""

from functools import lru_cache

from index.words import words
from kb.documents import Document
from kb.naming import official_name


def title_stems(document: Document) -> tuple[str, ...]:
    """The stems of a document's name, its region and its year, in order."""
    metadata = document.metadata
    return _stems(" ".join((official_name(metadata), metadata.region, str(metadata.year or ""))))


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words(text))
