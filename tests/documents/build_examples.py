"""Makes the example documents of `documents/` from the texts in `sources/`, the same bytes every time.

Usage: python tests/documents/build_examples.py [FOLDER]

The Markdown examples are their own source: they are copied.
"""

import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path

from docx_sheet import docx_bytes
from html_sheet import html_bytes
from naskah import Naskah, read_naskah
from pdf_sheet import pdf_bytes, scanned_bytes

SOURCES = Path(__file__).parent / "sources"
DOCUMENTS = Path(__file__).parents[2] / "documents"
SHEETS: dict[str, tuple[str, Callable[[Naskah], bytes]]] = {
    "pdf": (".pdf", pdf_bytes),
    "pindaian": (".pdf", scanned_bytes),
    "docx": (".docx", docx_bytes),
    "html": (".html", html_bytes),
}


def build(folder: Path) -> list[Path]:
    """The example documents, written into `folder`, in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sorted(SOURCES.iterdir()):
        if source.suffix == ".md":
            target, data = folder / source.name, source.read_bytes()
        else:
            naskah = read_naskah(source)
            # The day that reportlab writes into a PDF as the day it was made.
            day = datetime.datetime.fromisoformat(f"{naskah.facts['date']}T05:00+00:00")
            os.environ["SOURCE_DATE_EPOCH"] = f"{day.timestamp():.0f}"
            suffix, sheet = SHEETS[naskah.facts["format"]]
            target, data = folder / f"{source.stem}{suffix}", sheet(naskah)
        target.write_bytes(data)
        written.append(target)
    return written


if __name__ == "__main__":
    for file in build(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS):
        print(f"{file.stat().st_size:>9,}  {file.name}")
