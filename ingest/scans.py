"""From a reading to one whose every page is judged: pages without usable text read by OCR, several at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from ingest import tesseract
from ingest.legibility import LEAST_KNOWN, Legibility, legibility
from ingest.recognition import Recognised
from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError
from kb.media import is_drawn
from kb.pages import UNREAD, Page, Reading, Verdict
from kb.scans import Reason, WordBox
from kb.settings import Settings
from kb.tables import without_pages

LEAST_GOOD = 0.85
"""Confidence from which a page that was read from a picture, by us or by a scanner, counts as good."""

SUSPICIOUS = 0.6
"""The same for text that is no layer over a picture: below it a font maps its letters wrongly, or they are names."""

_BETTER = 0.05
"""By how much more of its letters must stand in common words for a reading to replace the file's own text."""

_WORSE_IN_ORDER = 0.1
"""By how much less of them may, where the file's own text runs in no order: under which Pasal it stands cannot be told
then, and that is worse than a few wrong letters.
"""

_AS_MANY = 0.8
"""The share of its words that must have been read then: order is worth no lost paragraph."""

_SURE_OF_FIGURES = 0.7

Progress = Callable[[int, int], None]
"""Told how many pages have been read by OCR, of how many."""


@dataclass(frozen=True, slots=True)
class _Judged:
    page: Page
    boxes: tuple[WordBox, ...] = ()


class Scans:
    """Reads pages that are pictures, each in a child process with limits, as many at a time as there are workers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: SimpleQueue[Sandbox] = SimpleQueue()
        self._closing = ExitStack()
        for _ in range(settings.threads):
            self._idle.put(self._closing.enter_context(Sandbox(settings)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child processes."""
        self._closing.close()

    def complete(self, file: Path, reading: Reading, progress: Progress = lambda n_done, n_all: None) -> Reading:
        """Return the reading with a verdict and a confidence for every page, and the text of those OCR could read.

        A page that cannot be read stays as it is, with the reason; it never costs another page.
        """
        if not is_drawn(reading.media_type):
            return replace(reading, pages=tuple(_trusted(page) for page in reading.pages))
        waiting = [i for i, page in enumerate(reading.pages) if _wants_reading(page)]
        judged = [_Judged(_as_it_is(page)) for page in reading.pages]
        obstacle = self._obstacle()
        if obstacle is not None:
            for i in waiting:
                judged[i] = _Judged(_unread(reading.pages[i], obstacle))
        elif waiting:
            progress(0, len(waiting))
            with ThreadPoolExecutor(self._settings.threads, "ocr") as pool:
                made = pool.map(lambda i: self._read(file, reading.pages[i]), waiting)
                for n_done, (i, one) in enumerate(zip(waiting, made, strict=True), 1):
                    judged[i] = one
                    progress(n_done, len(waiting))
        changed = {page.number for page, one in zip(reading.pages, judged, strict=True) if one.page.text != page.text}
        return replace(
            reading,
            pages=tuple(one.page for one in judged),
            boxes=tuple(box for one in judged for box in one.boxes),
            tables=without_pages(reading.tables, changed),
        )

    def _obstacle(self) -> Reason | None:
        """Why nothing can be read at all here."""
        if self._settings.ocr == "off":
            return Reason.SWITCHED_OFF
        return None if tesseract.languages() else Reason.NO_ENGINE

    def _read(self, file: Path, page: Page) -> _Judged:
        sandbox = self._idle.get()
        try:
            came = sandbox.recognise(file, page.number)
        except FileRefusedError:
            # One page that takes too much time or memory, or that the drawing breaks on, is no reason to lose a file.
            came = Reason.ENGINE_FAILED
        finally:
            self._idle.put(sandbox)
        return judge(page, came)


def judge(page: Page, came: Recognised | Reason) -> _Judged:
    """The better of the page's own text and what OCR read on it, with its verdict."""
    if isinstance(came, Reason):
        return _Judged(_unread(page, came))
    own, read = legibility(page.text), legibility(came.text)
    if page.verdict is not Verdict.NONE and not _reads_better(page, came, read, own):
        return _Judged(_kept(page, own))
    if not came.boxes:
        if came.is_blank:
            return _Judged(replace(page, text="", verdict=Verdict.BLANK, confidence=1.0))
        return _Judged(replace(page, verdict=Verdict.FAILED, confidence=0.0, reason=Reason.NO_WORDS))
    is_told_by_words = read.says_enough and not read.is_figures
    confidence = round(min(came.sureness, read.reliance) if is_told_by_words else came.sureness, 3)
    return _Judged(
        replace(
            page,
            text=came.text,
            verdict=Verdict.OCR if confidence >= LEAST_GOOD else Verdict.DOUBTFUL,
            confidence=confidence,
            reason=Reason.BAD_LAYER_REPLACED if page.verdict is not Verdict.NONE else None,
        ),
        came.boxes,
    )


def _wants_reading(page: Page) -> bool:
    """Whether the page's own text is missing, reads like rubbish or runs in no order."""
    if page.verdict is Verdict.NONE or page.reason is Reason.DISORDERED_LAYER:
        return True
    own = legibility(page.text)
    return own.says_enough and own.known < (LEAST_KNOWN if page.verdict is Verdict.OCR else SUSPICIOUS)


def _reads_better(page: Page, came: Recognised, read: Legibility, own: Legibility) -> bool:
    """Whether more of its words are known; or, where it is figures, it is sure of them and the other is rubbish.

    What stands in order is better than a layer that does not, unless many more of its words are unknown.
    """
    if page.reason is Reason.DISORDERED_LAYER and read.n_words >= _AS_MANY * own.n_words:
        return read.known >= own.known - _WORSE_IN_ORDER
    if read.is_figures and own.known < SUSPICIOUS:
        return came.sureness >= _SURE_OF_FIGURES
    return read.n_words > 0 and read.known >= own.known + _BETTER


def _as_it_is(page: Page) -> Page:
    return _kept(page, legibility(page.text)) if page.verdict is Verdict.OCR else _trusted(page)


def _trusted(page: Page) -> Page:
    """A page whose characters are the file's own, or that has none to read."""
    return replace(page, confidence=0.0 if page.verdict in UNREAD else 1.0)


def _kept(page: Page, own: Legibility) -> Page:
    """A page whose own text, good or bad, is the best there is."""
    if page.verdict is Verdict.TEXT:
        return _trusted(page)
    is_good = page.reason is None and (not own.says_enough or own.known >= LEAST_KNOWN)
    return replace(
        page,
        verdict=Verdict.OCR if is_good else Verdict.DOUBTFUL,
        confidence=round(own.reliance, 3) if own.says_enough else None,
        reason=page.reason or (None if is_good else Reason.BAD_LAYER_KEPT),
    )


def _unread(page: Page, reason: Reason) -> Page:
    """A page that could not be read: what text it has stays. Where nobody has tried, it still wants to be read."""
    if page.verdict is Verdict.NONE:
        verdict = Verdict.NONE if reason in (Reason.NO_ENGINE, Reason.SWITCHED_OFF) else Verdict.FAILED
        return replace(page, verdict=verdict, confidence=0.0, reason=reason)
    return replace(_kept(page, legibility(page.text)), reason=reason)
