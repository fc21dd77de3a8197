"""Pages that are pictures: read by OCR, corrected by hand, and marked where their words stand."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from api.hidden_words import HIDDEN_CHANGED, with_hidden_words
from ingest.alignment import aligned
from ingest.boxes import Box, Boxes, merged_by_line
from ingest.sandbox import Sandbox
from ingest.scans import Progress, Scans
from kb.documents import Document, VersionId
from kb.errors import CorrectionRefusedError, Text
from kb.intake import Draft
from kb.pages import SCANNED, UNREAD, Heading, Page, Reading, Span, Verdict
from kb.scans import Reason, WordBox
from kb.store import Correction, Store
from kb.store.identities import GUARD
from kb.tables import without_pages

MAX_CORRECTION = 100_000
"""Characters of a page typed by hand; the fullest page of real print holds 8,000."""

_WORD = re.compile(r"\S+")

Redraft = Callable[[Document, Reading], Draft]
"""From a document and the reading of its pages to the draft of a version, its metadata as it is."""


class Scanned:
    """The scanned pages of a library.

    drawer: knows where PDFium has drawn the characters of a text layer.
    """

    def __init__(self, store: Store, scans: Scans, drawer: Sandbox) -> None:
        self._store, self._scans, self._drawer = store, scans, drawer

    def close(self) -> None:
        """End the reading processes."""
        self._scans.close()

    def complete(
        self, file: Path, sha256: str, reading: Reading, progress: Progress = lambda n_done, n_all: None
    ) -> Reading:
        """Return the reading with every page judged, scans read, and what was corrected by hand in its place."""
        read = self._scans.complete(file, reading, progress)
        for correction in self._store.scans.corrections(sha256):
            if 1 <= correction.page <= len(read.pages):
                read = self._with_text(read, correction.page, correction.text, file)
        return read

    def correct(self, document: Document, number: int, text: str, file: Path, redraft: Redraft) -> None:
        """Set the text of a scanned page by hand, as a new version of its document.

        The same file brings the correction with it whenever it is taken in again.
        Raises CorrectionRefusedError, NotFoundError, StoreError.
        """
        page = self._store.versions.page(document.version_id, number)
        typed = tidied(text)
        _check(document.name, page, typed)
        if typed == page.text:
            return
        reading, _ = self.stored(document)
        whole = with_hidden_words(page.text, reading.pages[number - 1].text, typed)
        if whole is None:
            raise CorrectionRefusedError(
                document.name, HIDDEN_CHANGED, Text("biarkan bagian itu seperti semula", "leave that as it was")
            )
        reading = self._with_text(reading, number, whole, file)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        correction = Correction(document.sha256, number, whole, now)
        self._store.scans.put_corrected(document, redraft(document, reading), correction)

    def stored(self, document: Document) -> tuple[Reading, str]:
        """The reading of a document's current version and its file's name as they came, hidden words put back.

        For what goes to the guard again, and for nobody else.
        """
        reading, name = self._store.identities.reading(GUARD, document.version_id)
        scans = self._store.scans
        tables, boxes = scans.tables(document.version_id), scans.all_boxes(document.version_id)
        return replace(reading, tables=tables, boxes=boxes), name

    def places(self, version_id: VersionId, file: Path, spans: Sequence[Span]) -> Boxes:
        """The boxes that cover each span whole, wherever its page's text is from; none for a span it cannot cover.

        Raises NotFoundError, FileRefusedError.
        """
        found: list[tuple[Box, ...]] = []
        for span in spans:
            page = self._store.versions.page(version_id, span.page)
            boxes = self.boxes(version_id, page, span)
            if boxes is not None:
                found.append(boxes if self._is_covered(version_id, page, span) else ())
            elif page.reason is Reason.BAD_LAYER_REPLACED or page.verdict is Verdict.CORRECTED:
                # Its text is not PDFium's, whose rectangles would be those of other words.
                found.append(())
            else:
                found += self._drawer.rectangles(file, [span])
        return tuple(found)

    def _is_covered(self, version_id: VersionId, page: Page, span: Span) -> bool:
        """Whether every letter of a span is in a word whose place is known."""
        known: set[int] = set()
        for word in self._store.scans.boxes(version_id, page.number):
            known.update(range(max(word.start, span.start), min(word.end, span.end)))
        return all(i in known or page.text[i].isspace() for i in range(span.start, span.end))

    def to_check(self, version_id: VersionId) -> tuple[Page, ...]:
        """The pages of a version that a person should look at: read with doubt, or not read."""
        pages = self._store.versions.pages(version_id)
        return tuple(page for page in pages if page.verdict is Verdict.DOUBTFUL or page.verdict in UNREAD)

    def boxes(self, version_id: VersionId, page: Page, span: Span) -> tuple[Box, ...] | None:
        """Where a span stands on a page that OCR read or a person corrected, a box a line; None for other pages."""
        words = self._store.scans.boxes(version_id, page.number)
        if not words:
            return None
        touched = [word for word in words if word.start < span.end and span.start < word.end]
        found = [Box(page.number, word.left, word.top, word.width, word.height) for word in touched]
        return merged_by_line(found, page.width / page.height if page.height else 1.0)

    def _with_text(self, reading: Reading, number: int, text: str, file: Path) -> Reading:
        """The reading with the text of one page typed by hand, its words' boxes going with them."""
        page = reading.pages[number - 1]
        if text == page.text and page.verdict is Verdict.CORRECTED:
            return reading
        words = [box for box in reading.boxes if box.page == number] or self._drawn(file, page)
        corrected = replace(page, text=text, verdict=Verdict.CORRECTED, confidence=1.0, reason=None)
        others = tuple(box for box in reading.boxes if box.page != number)
        return replace(
            reading,
            pages=tuple(corrected if one.number == number else one for one in reading.pages),
            boxes=(*others, *aligned(page.text, words, text)),
            headings=tuple(_moved(heading, corrected) for heading in reading.headings),
            tables=without_pages(reading.tables, {number}),
        )

    def _drawn(self, file: Path, page: Page) -> list[WordBox]:
        """The boxes of the words of a text layer, as PDFium knows them."""
        if not page.text:
            return []
        spans = [Span(page.number, match.start(), match.end()) for match in _WORD.finditer(page.text)]
        found = []
        for span, boxes in zip(spans, self._drawer.rectangles(file, spans), strict=True):
            for box in boxes[:1]:
                found.append(WordBox(page.number, span.start, span.end, box.left, box.top, box.width, box.height))
        return found


def tidied(typed: str) -> str:
    """What a form sends as page text: line breaks of one kind, no control characters, nothing blank at the ends."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ["".join(sign for sign in line.replace("\t", " ") if sign.isprintable()).rstrip() for line in lines]
    return "\n".join(kept).strip("\n")


def _check(name: str, page: Page, typed: str) -> None:
    where = f"{name}, halaman {page.number}"
    if page.verdict not in SCANNED:
        raise CorrectionRefusedError(
            where,
            Text("teks halaman ini dari berkasnya sendiri, bukan hasil pindai", "its text is the file's own, no scan"),
            Text("perbaiki berkas aslinya, lalu ganti", "correct the original file and replace it"),
        )
    if not any(map(str.isalnum, typed)) or len(typed) > MAX_CORRECTION:
        raise CorrectionRefusedError(
            where,
            Text(
                f"teks perbaikan kosong atau lebih dari {MAX_CORRECTION} huruf",
                f"the correction is empty or longer than {MAX_CORRECTION} characters",
            ),
            Text("tulis teks yang terlihat di gambar", "type the text that the picture shows"),
        )


def _moved(heading: Heading, page: Page) -> Heading:
    """The heading where its words now stand on the corrected page; at its top where they are gone."""
    if heading.span.page != page.number:
        return heading
    words: Sequence[str] = heading.title.split()
    found = re.search(r"\s+".join(map(re.escape, words)), page.text, re.IGNORECASE) if words else None
    span = Span(page.number, found.start(), found.end()) if found else Span(page.number, 0, 0)
    return replace(heading, span=span)
