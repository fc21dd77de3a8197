"""Where the words of a file stand on its pages, for who reads tables out of them."""

from collections.abc import Sequence
from pathlib import Path

from ingest.boxes import Box
from ingest.records import Place
from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError
from kb.pages import Span


def places_in(reader: Sandbox, file: Path) -> Place | None:
    """Says where words stand on the pages of a file, None where it is gone."""
    if not file.exists():
        return None

    def place(spans: Sequence[Span]) -> Sequence[Sequence[Box]]:
        try:
            return reader.rectangles(file, spans)
        except FileRefusedError:
            # Its text was read; only its tables stay unseen.
            return [()] * len(spans)

    return place
