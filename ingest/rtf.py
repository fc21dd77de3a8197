"""From a rich text file (RTF) to one page with its text."""

from pathlib import Path

from striprtf.striprtf import rtf_to_text

from ingest.limits import Limits
from ingest.text import single_page, tidy
from kb.errors import DamagedFileError, Text
from kb.pages import Reading

MEDIA_TYPE = "application/rtf"


def read(file: Path, limits: Limits) -> Reading:
    """Return a rich text file as one page; cells of a row stand apart by "|".

    Raises FileTooLargeError or DamagedFileError.
    """
    # RTF is seven-bit text; what its authors left in another alphabet is in the code page that it names.
    source = file.read_bytes().decode("latin-1")
    try:
        text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError) as cause:
        raise DamagedFileError(
            file.name,
            Text("dokumen RTF ini terpotong atau rusak", "this RTF document is cut off or broken"),
            Text("buka dan simpan ulang sebagai DOCX", "open it and save it again as DOCX"),
        ) from cause
    # Halves of letters beyond the basic plane, which RTF counts apart.
    text = tidy(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    limits.check_characters(file.name, len(text))
    return Reading(media_type=MEDIA_TYPE, pages=(single_page(text.strip("\n")),), has_pages=False)
