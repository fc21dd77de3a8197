"""What goes in: every real PDF and one file of each other format, as docs/FORMATS.md shows it.

Run `python -m bench.formats [--write] [FOLDER]`; without a folder the real PDFs beside the repository are taken in too;
with `--samples` only the samples are, and what came of the real files is kept as it was.
Scans are read by Tesseract, one page at a time: some ten minutes on one core.
"""

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.library import Library
from bench import samples
from bench.machine import describe, load_average
from bench.progress import progress
from ingest import archive, docx, html, mail, markdown, odt, old_office, pdf, rtf, sheets, slides, text
from kb.access import LOCAL_ADMIN
from kb.errors import KbError
from kb.intake import Ingested
from kb.pages import Verdict
from kb.settings import Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "FORMATS.md"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdf"


@dataclass(frozen=True, slots=True)
class Format:
    """A format as people know it. page: what counts as one. by: what reads it, with its licence."""

    name: str
    page: str
    keeps: str
    by: str


PICTURE = Format(
    "JPEG, PNG, TIFF", "a picture or frame", "text by OCR, the place of every word", "Pillow (MIT-CMU), Tesseract"
)
OFFICE = "LibreOffice (MPL-2.0), where installed; else refused with what to do"

FORMATS: dict[str, Format] = {
    pdf.MEDIA_TYPE: Format(
        "PDF",
        "a page",
        "characters as PDFium reads them; ruled tables; scans by OCR",
        "pypdfium2 (BSD-3, Apache-2.0), Tesseract",
    ),
    docx.MEDIA_TYPE: Format(
        "DOCX", "the whole file", "headings, numbering, tables, footnotes, headers and footers", "python-docx (MIT)"
    ),
    html.MEDIA_TYPE: Format("HTML", "the whole file", "headings, lists, tables", "lxml (BSD-3)"),
    markdown.MEDIA_TYPE: Format("Markdown", "the whole file", "its source, headings", "markdown-it-py (MIT)"),
    text.MEDIA_TYPE: Format("plain text", "the whole file", "its characters, whatever the encoding", "Python"),
    slides.MEDIA_TYPE: Format("PPTX", "a slide", "titles, text, tables, the speaker's notes", "python-pptx (MIT)"),
    sheets.XLSX: Format("XLSX", "a sheet", "rows, each cell citable (`sel B5`)", "openpyxl (MIT)"),
    sheets.CSV: Format("CSV", "the whole file", "rows, each cell citable", "Python"),
    odt.MEDIA_TYPE: Format("ODT", "the whole file", "headings, numbering, tables, footnotes", "lxml (BSD-3)"),
    rtf.MEDIA_TYPE: Format("RTF", "the whole file", "text", "striprtf (BSD-3)"),
    mail.EML: Format("EML", "the mail", "sender, receivers, day, subject, body; each attachment a document", "Python"),
    mail.MBOX: Format("MBOX", "none", "each mail a document", "Python"),
    archive.MEDIA_TYPE: Format("ZIP", "none", "each file inside a document (`arsip.zip!berkas`)", "Python"),
    "image/jpeg": PICTURE,
    "image/png": PICTURE,
    "image/tiff": PICTURE,
    old_office.DOC: Format("DOC", "as DOCX", "as DOCX", OFFICE),
    old_office.XLS: Format("XLS", "as XLSX", "as XLSX", OFFICE),
    old_office.PPT: Format("PPT", "as PPTX", "as PPTX", OFFICE),
    old_office.ODS: Format("ODS", "as XLSX", "as XLSX", OFFICE),
    old_office.ODP: Format("ODP", "as PPTX", "as PPTX", OFFICE),
}
"""What is read, by media type. A test fails where this and the readers differ."""

VERDICTS = (Verdict.TEXT, Verdict.OCR, Verdict.DOUBTFUL, Verdict.NONE, Verdict.FAILED, Verdict.BLANK)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a file. refused: the reason, "" for one that is in."""

    name: str
    refused: str = ""
    pages: tuple[tuple[Verdict, int], ...] = ()
    doubtful: tuple[int, ...] = ()
    n_tables: int = 0
    n_passages: int = 0
    seconds: float = 0.0

    def row(self) -> str:
        """Its line of the table."""
        if self.refused:
            return f"| `{self.name}` | refused: {self.refused} | | | | |"
        counted = dict(self.pages)
        verdicts = ", ".join(f"{verdict.value} {counted[verdict]}" for verdict in VERDICTS if counted.get(verdict))
        doubtful = ", ".join(map(str, self.doubtful))
        return f"| `{self.name}` | in | {verdicts} | {doubtful} | {self.n_tables or ''} | {self.n_passages} |"


def listing() -> Iterator[str]:
    """The table of formats."""
    yield from ("| format | a page is | kept | read by |", "| --- | --- | --- | --- |")
    for one in dict.fromkeys(FORMATS.values()):
        yield f"| {one.name} | {one.page} | {one.keeps} | {one.by} |"


def taken_in(folder: Path | None) -> list[Came]:
    """What came of the samples, and of every file below `folder`."""
    came: list[Came] = []
    with (
        tempfile.TemporaryDirectory() as kept,
        Library.open(Settings(home=Path(kept, "kb"), model="toy", threads=1)) as library,
    ):
        made = Path(kept, "made")
        made.mkdir()
        for name, build in samples.SAMPLES.items():
            (made / name).write_bytes(build())
        for name in samples.OLD:
            content = samples.converted(name)
            if content is not None:
                (made / name).write_bytes(content)
        files = [(made, file) for file in sorted(made.iterdir())]
        if folder is not None:
            files += [(folder, file) for file in sorted(folder.rglob("*")) if file.is_file()]
        for n_done, (base, file) in enumerate(files):
            progress(file.name, n_done, len(files))
            name = str(file.relative_to(base))
            started = time.perf_counter()
            try:
                ingested = library.ingestion.ingest(file, name=name)
            except KbError as error:
                came.append(Came(name, error.say("en")))
                continue
            came.append(_came(library, ingested, name, time.perf_counter() - started))
    return came


def _came(library: Library, ingested: Ingested, name: str, seconds: float) -> Came:
    document = ingested.document
    pages = library.store.versions.pages(document.version_id)
    return Came(
        name,
        pages=tuple(Counter(page.verdict for page in pages).items()),
        doubtful=tuple(page.number for page in pages if page.verdict is Verdict.DOUBTFUL),
        n_tables=len(library.store.scans.tables(document.version_id)),
        n_passages=library.document(LOCAL_ADMIN, document.id).n_passages,
        seconds=seconds,
    )


def page(came: list[Came]) -> Iterator[str]:
    """The lines of docs/FORMATS.md."""
    yield from ("# Formats", "")
    yield "What a file is, is found by its content. Written by `python -m bench.formats --write`."
    yield from ("", "## What is read", "", *listing(), "")
    yield "A locked, damaged, empty or oversized file, or one of another kind, is refused with a reason and what to do."
    yield from ("", "## What went in", "")
    totals = Counter(dict.fromkeys(VERDICTS, 0))
    for one in came:
        totals.update(dict(one.pages))
    n_in = sum(not one.refused for one in came)
    n_tables = sum(one.n_tables for one in came)
    verdicts = ", ".join(f"{verdict.value} {n}" for verdict, n in totals.items() if n)
    seconds = sum(one.seconds for one in came)
    yield f"{n_in} of {len(came)} files in; pages: {verdicts}; {n_tables} tables; {seconds:.0f} s"
    yield f"with one worker, load {load_average():.1f}, {describe()['Processor']}. Doubtful pages are named by number."
    yield from ("", "| file | | pages | doubtful | tables | passages |", "| --- | --- | --- | --- | --- | --- |")
    yield from (one.row() for one in came)


def with_samples(written: str, came: list[Came]) -> str:
    """The page `written` before, with what came of the samples now in place of what came of them then."""
    lines = written.splitlines()
    # Real files lie in folders, samples do not.
    rows = [line for line in lines if re.match(r"\| `[^`]*/", line)]
    rows = [one.row() for one in came] + rows
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    pages: Counter[str] = Counter(dict.fromkeys((verdict.value for verdict in VERDICTS), 0))
    for row in cells:
        for verdict, n in re.findall(r"(\S+) (\d+)", row[3]):
            pages[verdict] += int(n)
    n_in = sum(row[2] == "in" for row in cells)
    n_tables = sum(int(row[5] or 0) for row in cells)
    verdicts = ", ".join(f"{verdict} {n}" for verdict, n in pages.items() if n)
    start = next(i for i, line in enumerate(lines) if line.startswith("| `"))
    [total] = [i for i, line in enumerate(lines[:start]) if " files in; pages: " in line]
    seconds = lines[total].rsplit("; ", 1)[1]
    lines[total] = f"{n_in} of {len(rows)} files in; pages: {verdicts}; {n_tables} tables; {seconds}"
    return "\n".join([*lines[:start], *rows]) + "\n"


def main() -> None:
    """Take all in, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", action="store_true", help="only the samples; the rows of real files stay")
    parser.add_argument("--write", action="store_true", help="write docs/FORMATS.md")
    parser.add_argument("folder", nargs="?", type=Path, default=REAL if REAL.is_dir() else None)
    arguments = parser.parse_args()
    if arguments.samples:
        written = with_samples(PAGE.read_text("utf-8"), taken_in(None))
    else:
        written = "\n".join(page(taken_in(arguments.folder))) + "\n"
    print(written)
    if arguments.write:
        PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
