"""An uploaded file on disk for as long as it is read, and gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import UploadFile

from api.library import Library
from api.names import clean_name, free_source
from kb.access import Viewer
from kb.intake import Ingested


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


def take_in(library: Library, viewer: Viewer, upload: UploadFile) -> Ingested:
    """The upload as a document, new unless the same bytes are there. Raises FileRefusedError, StoreError."""
    name = clean_name(upload.filename)
    with _held_source(library, name) as source, on_disk(upload) as file:
        return library.ingestion.ingest(file, source=source, name=name)


@contextmanager
def _held_source(library: Library, name: str) -> Iterator[str]:
    """The source of an upload of this name, which nobody else gets while it is read."""
    store = library.store
    # In a transaction, so that whoever comes at the same time finds it held.
    with store.together():
        # Also of those that the viewer may not see, or that were removed: another's file must not replace them.
        source = free_source(name, store.documents.sources() | store.jobs.sources())
        store.jobs.hold(source)
    try:
        yield source
    finally:
        store.jobs.let_go(source)
