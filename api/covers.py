"""Page pictures with what identifies people covered, or not shown where that cannot be covered."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from ingest.boxes import Box, Boxes
from kb.documents import VersionId
from kb.errors import FileRefusedError, IdentityHiddenError, NotFoundError, Text
from kb.pages import UNREAD, Span, Verdict
from kb.store import Store

Where = Callable[[VersionId, Path, Sequence[Span]], Boxes]
"""From a version, its original and spans of its pages to the boxes that cover each span whole; none where unknown."""

_SPARE = 0.35
"""How much higher and wider than its letters a cover is, in heights of the line: accents, and loose text layers."""


@dataclass(frozen=True, slots=True)
class Veil:
    """What is hidden on one page. can_be_drawn: its picture can be shown, covered where need be."""

    n_hidden: int
    is_sensitive: bool
    can_be_drawn: bool


class Covers:
    """The covers on the page pictures of a store's documents.

    where: finds the boxes of spans on the pages of a version's file.
    """

    def __init__(self, store: Store, where: Where) -> None:
        self._store, self._where = store, where

    def covered(self, version_id: VersionId, number: int, file: Path, draw: Callable[[], bytes]) -> bytes:
        """The page drawn by `draw` as PNG, with boxes over what is hidden on it.

        Raises IdentityHiddenError where the place of something hidden is not known, or the page of a sensitive
        document has no text in which it could have been found.
        """
        boxes = self._boxes(version_id, number, file)
        return cover(draw(), boxes) if boxes else draw()

    def veil(self, version_id: VersionId, number: int, file: Path | None) -> Veil:
        """What is hidden on a page. file: the original where the format has page pictures."""
        n_hidden = len(self._store.identities.places(version_id, number))
        is_sensitive = self._store.identities.is_sensitive(version_id)
        can_be_drawn = file is not None
        if file is not None and is_sensitive:
            try:
                self._boxes(version_id, number, file)
            except IdentityHiddenError:
                can_be_drawn = False
        return Veil(n_hidden, is_sensitive, can_be_drawn)

    def _boxes(self, version_id: VersionId, number: int, file: Path) -> list[Box]:
        places = [span for span, _ in self._store.identities.places(version_id, number)]
        if not places:
            page = self._store.versions.page(version_id, number)
            # What nobody could read, or only with doubt, may show whom its text does not name.
            is_unread = not page.text.strip() or page.verdict in UNREAD or page.verdict is Verdict.DOUBTFUL
            if is_unread and self._store.identities.is_sensitive(version_id):
                raise _cannot_cover(number)
            return []
        try:
            boxes = self._where(version_id, file, places)
        except (NotFoundError, FileRefusedError) as cause:
            raise _cannot_cover(number) from cause
        if not all(boxes):
            raise _cannot_cover(number)
        return [box for of_span in boxes for box in of_span]


def cover(picture: bytes, boxes: list[Box]) -> bytes:
    """A PNG with black over each box, a little more than its letters."""
    with Image.open(io.BytesIO(picture)) as opened:
        page = opened.convert("RGB")
    width, height = page.size
    pen = ImageDraw.Draw(page)
    for box in boxes:
        spare = _SPARE * box.height * height / 100
        pen.rectangle(
            (
                box.left * width / 100 - spare,
                box.top * height / 100 - spare,
                box.right * width / 100 + spare,
                box.bottom * height / 100 + spare,
            ),
            fill="black",
        )
    written = io.BytesIO()
    page.save(written, "PNG", compress_level=1)
    return written.getvalue()


def _cannot_cover(number: int) -> IdentityHiddenError:
    return IdentityHiddenError(
        f"halaman {number}",
        Text(
            "gambarnya memuat identitas yang tempatnya tidak diketahui, jadi tidak digambar",
            "its picture holds identities whose place is not known, so it is not drawn",
        ),
        Text("baca teksnya", "read its text"),
    )
