"""Pages a second: reads every PDF of a folder in the sandbox and prints what came out, file by file.

Run `python -m bench.reading [FOLDER]`; without a folder the real PDFs beside the repository are read.
"""

import platform
import sys
import time
from collections import Counter
from pathlib import Path

from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError
from kb.pages import Verdict
from kb.settings import Settings

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdf"


def machine() -> str:
    """The processor, its number of cores, the system and Python's version, in one line."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = f"{len(names)} × {names[0]}" if names else platform.processor() or platform.machine()
    return f"{processor}, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def main(folder: Path) -> None:
    """Read all PDFs of `folder` and print pages, verdicts and pages a second."""
    print(machine())
    totals: Counter[Verdict] = Counter()
    n_refused = 0
    seconds = 0.0
    with Sandbox(Settings(home=folder)) as sandbox:
        for file in sorted(folder.rglob("*.pdf")):
            start = time.perf_counter()
            try:
                reading = sandbox.read(file)
            except FileRefusedError as refusal:
                n_refused += 1
                print(f"refused   {refusal.say('en')}")
                continue
            finally:
                seconds += time.perf_counter() - start
            verdicts = Counter(page.verdict for page in reading.pages)
            totals += verdicts
            shown = " ".join(f"{verdict.value} {count}" for verdict, count in verdicts.most_common())
            print(f"{len(reading.pages):5} pages  {len(reading.headings):3} headings  {file.name}: {shown}")
    n_pages = totals.total()
    shown = ", ".join(f"{verdict.value} {count}" for verdict, count in totals.most_common())
    print(f"{n_pages} pages in {seconds:.2f} s: {n_pages / seconds:.0f} pages/s; {n_refused} files refused; {shown}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL)
