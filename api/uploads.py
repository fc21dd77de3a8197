"""An uploaded file on disk for as long as it is read, and gone afterwards."""

import shutil
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from fastapi import UploadFile

from api.library import Library
from kb.types import LOCAL_ADMIN, Ingested, Viewer

MAX_NAME_BYTES = 200
"""UTF-8 bytes kept of a name; file systems stop at 255."""


@contextmanager
def on_disk(upload: UploadFile) -> Iterator[Path]:
    """The upload as a file in a folder of its own, removed on the way out whatever happened.

    It bears the cleaned name, which errors repeat; what it is is found by content.
    """
    with tempfile.TemporaryDirectory(prefix="acuan-") as folder:
        file = Path(folder, clean_name(upload.filename))
        with file.open("wb") as written:
            shutil.copyfileobj(upload.file, written, 2**20)
        yield file


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


def take_in(library: Library, viewer: Viewer, upload: UploadFile) -> Ingested:
    """The upload as a document, new unless the same bytes are there. Raises FileRefusedError, StoreError."""
    name = clean_name(upload.filename)
    # Also those that the viewer may not see: their documents must not be replaced by another's file.
    taken = {document.source for document in library.documents(LOCAL_ADMIN)} | library.store.jobs.sources()
    source = free_source(name, taken)
    with on_disk(upload) as file:
        return library.ingest(file, source=source, name=name)
