"""How well scans are read: pages of born-digital laws are drawn, dirtied, read again and compared with themselves.

Run `python -m bench.ocr [--pages N] [--dpi 100,150,200,300]`. The dirt of a page is always the same: up to 1.5 degrees
of skew, paler ink, grain, specks, and JPEG at quality 45. Wrong characters are counted over the lines of the body, as
passages are made of them, running heads and page numbers left out. Retrieval asks the questions of the office
(`domain-qa`) over these pages alone, each page a document: once as born-digital PDFs, once as scans at 200 dpi.
"""

import argparse
import io
import json
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from rapidfuzz.distance import Levenshtein

from api.library import Library
from bench.machine import describe, load_average
from bench.progress import end_progress, progress
from index.measures import per_question
from ingest.cleaning import body_lines
from ingest.pdf_text import page_text
from ingest.recognition import recognise_picture
from ingest.scans import LEAST_GOOD, judge
from kb.access import LOCAL_ADMIN
from kb.pages import Page, Verdict
from kb.questions import Query
from kb.settings import Settings

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LAWS = DATA / "pdf" / "undang-undang"
SCANNED_LAW = "uu4-2024.pdf"
SEED = 20_261_123
LEAST_CHARACTERS = 800
SECONDS = 60
RETRIEVAL_DPI = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a law. text: as PDFium reads it."""

    file: str
    number: int
    text: str

    @property
    def name(self) -> str:
        """What its one-page file is called."""
        return f"{self.file.removesuffix('.pdf')}-{self.number:03}.pdf"


@dataclass(frozen=True, slots=True)
class Score:
    """What reading a dirtied page came to. wrong: the share of its body's characters. seconds: of one core."""

    wrong: float
    confidence: float
    verdict: Verdict
    seconds: float


def sheets(n_pages: int) -> list[Sheet]:
    """`n_pages` pages of born-digital laws: those that answer questions of domain-qa first, then others by chance."""
    wanted = {
        (gold["file"].split("/")[-1], page) for _, golds in questions() for gold in golds for page in gold["pages"]
    }
    chance = Random(SEED)
    first: list[Sheet] = []
    others: list[Sheet] = []
    for file in sorted(LAWS.glob("*.pdf")):
        if file.name == SCANNED_LAW:
            continue
        document = pdfium.PdfDocument(file)
        for number, page in enumerate(document, 1):
            text = page_text(page, page.get_textpage())
            if len(text) >= LEAST_CHARACTERS:
                (first if (file.name, number) in wanted else others).append(Sheet(file.name, number, text))
    chance.shuffle(first)
    chance.shuffle(others)
    n_first = min(len(first), n_pages * 2 // 3)
    return [*first[:n_first], *others[: n_pages - n_first]]


def questions() -> list[tuple[dict[str, str], list[dict[str, object]]]]:
    """The dev questions of domain-qa whose answers stand in laws, with these answers."""
    lines = (DATA / "domain-qa" / "questions.jsonl").read_text("utf-8").splitlines()
    found = []
    for question in map(json.loads, lines):
        golds = [gold for gold in question["gold"] if gold["file"].startswith("undang-undang/")]
        if golds and question["split"] == "dev":
            found.append((question, golds))
    return found


def drawn(sheet: Sheet, dpi: int) -> Image.Image:
    """The page as a printer would put it on paper."""
    page = pdfium.PdfDocument(LAWS / sheet.file)[sheet.number - 1]
    return page.render(scale=dpi / 72).to_pil().convert("L")


def dirtied(clean: Image.Image, seed: int) -> Image.Image:
    """The page as an office's scanner gives it."""
    chance = np.random.default_rng(seed)
    turned = clean.rotate(chance.uniform(-1.5, 1.5), resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned, dtype=np.float32) * 0.85 + 20 + chance.normal(0, 18, (clean.height, clean.width))
    specks = chance.random(grey.shape)
    grey[specks < 0.004] = 0
    grey[specks > 0.996] = 255
    written = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(written, "JPEG", quality=45)
    with Image.open(io.BytesIO(written.getvalue())) as scanned:
        return scanned.convert("L")


def read_again(sheet: Sheet, dpi: int) -> Score:
    """Draw, dirty and read a page, and compare."""
    picture = dirtied(drawn(sheet, dpi), SEED + sheet.number + dpi)
    before = _core_seconds()
    read = recognise_picture(picture, sheet.number, dpi, SECONDS)
    seconds = _core_seconds() - before
    true, said = body(sheet.text), body(read.text)
    page = judge(Page(sheet.number, "", Verdict.NONE), read).page
    return Score(Levenshtein.distance(true, said) / len(true), page.confidence or 0.0, page.verdict, seconds)


def body(text: str) -> str:
    """The lines of a page's body on one line."""
    lines = body_lines([Page(1, text, Verdict.TEXT)])
    return " ".join(" ".join(line.text.split()) for line in lines)


def retrieval(found: Sequence[Sheet]) -> tuple[float, float, int]:
    """The mean nDCG@10 over born-digital pages and over their scans, and how many questions were asked."""
    names = {(sheet.file, sheet.number): sheet.name for sheet in found}
    qrels = {}
    for question, golds in questions():
        grades = {
            names[key]: int(gold["grade"])
            for gold in golds
            for page in gold["pages"]
            if (key := (gold["file"].split("/")[-1], page)) in names
        }
        if grades:
            qrels[question["id"]] = grades
    texts = {question["id"]: question["text"] for question, _ in questions()}
    means = []
    with tempfile.TemporaryDirectory() as kept:
        for kind in ("cetak", "pindai"):
            folder = Path(kept, kind)
            folder.mkdir()
            for sheet in found:
                (folder / sheet.name).write_bytes(_one_page(sheet) if kind == "cetak" else _scan(sheet))
            with Library.open(Settings(home=Path(kept, f"kb-{kind}"), threads=1)) as library:
                for n_done, file in enumerate(sorted(folder.iterdir())):
                    progress(f"retrieval: {kind}", n_done, len(found))
                    library.ingestion.ingest(file)
                run = {key: _ranking(library, texts[key]) for key in qrels}
            scores = per_question(qrels, run)["nDCG@10"]
            means.append(statistics.mean(scores.values()) if scores else 0.0)
    return means[0], means[1], len(qrels)


def _ranking(library: Library, question: str) -> dict[str, float]:
    """The pages found, each by its best passage."""
    best: dict[str, float] = {}
    for hit in library.search(Query(question, LOCAL_ADMIN, k=50)):
        best[hit.document.name] = max(hit.score, best.get(hit.document.name, hit.score))
    return best


def _one_page(sheet: Sheet) -> bytes:
    document = pdfium.PdfDocument.new()
    document.import_pages(pdfium.PdfDocument(LAWS / sheet.file), [sheet.number - 1])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _scan(sheet: Sheet) -> bytes:
    written = io.BytesIO()
    picture = dirtied(drawn(sheet, RETRIEVAL_DPI), SEED + sheet.number + RETRIEVAL_DPI)
    picture.save(written, "PDF", resolution=RETRIEVAL_DPI, quality=45)
    return written.getvalue()


def _core_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def report(found: Sequence[Sheet], resolutions: Sequence[int]) -> Iterator[str]:
    """The lines of the table of wrong characters, as they are measured."""
    yield f"{len(found)} pages of {len({sheet.file for sheet in found})} laws; good from confidence {LEAST_GOOD}"
    yield "| dpi | wrong characters | median | worst | in good pages | doubtful | seconds of a core | pages/min |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for dpi in resolutions:
        scores = []
        for n_done, sheet in enumerate(found):
            progress(f"{dpi} dpi", n_done, len(found))
            scores.append(read_again(sheet, dpi))
        wrong = [score.wrong for score in scores]
        good = [score.wrong for score in scores if score.verdict is Verdict.OCR]
        verdicts = Counter(score.verdict for score in scores)
        seconds = statistics.mean(score.seconds for score in scores)
        yield (
            f"| {dpi} | {statistics.mean(wrong):.2%} | {statistics.median(wrong):.2%} | {max(wrong):.2%} | "
            f"{statistics.mean(good) if good else 0:.2%} | {len(scores) - verdicts[Verdict.OCR]} of {len(scores)} | "
            f"{seconds:.1f} | {2 * 60 / seconds:.0f} |"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--dpi", default="100,150,200,300")
    parser.add_argument("--no-retrieval", action="store_true")
    arguments = parser.parse_args()
    started = time.perf_counter()
    found = sheets(arguments.pages)
    for line in report(found, [int(dpi) for dpi in arguments.dpi.split(",") if dpi]):
        end_progress()
        print(line, flush=True)
    if not arguments.no_retrieval:
        born, scanned, n_questions = retrieval(found)
        end_progress()
        print(
            f"nDCG@10 of {n_questions} questions over {len(found)} pages: born-digital {born:.3f}, "
            f"scans at {RETRIEVAL_DPI} dpi {scanned:.3f}, lost {born - scanned:+.3f}"
        )
    machine = describe()
    print(f"{machine['Processor']}, load {load_average():.1f}, {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
