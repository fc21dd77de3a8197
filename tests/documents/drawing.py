"""Draws a source text in a format of choice, for tests that need the same words as PDF and as DOCX."""

import datetime
import os
import sys
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent))

from build_examples import SHEETS
from naskah import read_naskah


def draw(source: Path, kind: str, folder: Path) -> Path:
    """The source as a file of `kind` ("pdf", "docx") in `folder`, under its own name."""
    naskah = read_naskah(source)
    day = datetime.datetime.fromisoformat(f"{naskah.facts['date']}T05:00+00:00")
    suffix, sheet = SHEETS[kind]
    file = folder / f"{source.stem}{suffix}"
    # Only meanwhile: the other tests' PDFs would be of that day too.
    with patch.dict(os.environ, SOURCE_DATE_EPOCH=f"{day.timestamp():.0f}"):
        file.write_bytes(sheet(naskah))
    return file
