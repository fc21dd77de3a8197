"""Names for people and sources for documents, from what browsers and drives give."""

from collections.abc import Container
from pathlib import PurePosixPath

MAX_NAME_BYTES = 200
"""UTF-8 bytes kept of a name; file systems stop at 255."""


def clean_name(name: str | None) -> str:
    """A name for people, from what a browser sent: no folders, no control characters, no lone surrogates."""
    last = PurePosixPath((name or "").replace("\\", "/")).name
    seen = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = seen, "", ""
    room = MAX_NAME_BYTES - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending or "tanpa-nama"


def free_source(name: str, taken: Container[str]) -> str:
    """`name`, or `name (2)`, … when another document came under it.

    An upload makes a new document: two offices both call their file `notulen.pdf`, and one must not push the
    other out of the search unasked. Replacing is a request of its own.
    """
    source, n = name, 1
    while source in taken:
        n += 1
        stem, dot, ending = name.rpartition(".")
        source = f"{stem} ({n}){dot}{ending}" if dot else f"{name} ({n})"
    return source


def storable(name: str) -> str:
    """`name` as it can be stored and sent: bytes that no encoding explains, as old drives leave them, spelled out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
