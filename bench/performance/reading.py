"""Reading every real PDF."""

import time
from collections import Counter

from bench.figures import Table, at_least, at_most, shown
from bench.performance.plan import DATA, Plan
from bench.progress import progress
from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError, ReaderCrashedError
from kb.pages import Verdict
from kb.settings import Settings


def reading(plan: Plan) -> Table:
    """Read every real PDF in the limited child process."""
    verdicts: Counter[Verdict] = Counter()
    n_refused = n_crashed = 0
    seconds = 0.0
    with Sandbox(Settings(home=plan.work)) as sandbox:
        files = sorted((DATA / "pdf").rglob("*.pdf"))
        sandbox.read(files[0])
        for n_done, file in enumerate(files):
            progress("reading", n_done, len(files))
            start = time.perf_counter()
            try:
                verdicts += Counter(page.verdict for page in sandbox.read(file).pages)
            except ReaderCrashedError:
                n_crashed += 1
            except FileRefusedError:
                n_refused += 1
            seconds += time.perf_counter() - start
    n_text = verdicts[Verdict.TEXT] + verdicts[Verdict.OCR]
    return Table(
        "Reading",
        f"All {len(files)} PDFs of `../shared/data/pdf` ({verdicts.total()} pages) once, in the child process.",
        (
            at_least("pages with text a second", n_text / seconds, 100, "pages/s"),
            shown("all pages a second", verdicts.total() / seconds, "pages/s"),
            shown("pages without text, marked as needing OCR", verdicts[Verdict.NONE], "pages"),
            shown("files refused with a reason", n_refused, "files"),
            at_most("readers that crashed", n_crashed, 0, "readers"),
        ),
    )
