"""From a file's content to the reader of its format: the one table of what is read."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from ingest import docx, html, markdown, pdf, text
from ingest.limits import Limits
from kb.errors import DamagedFileError, EmptyFileError, FileRefusedError, NotFoundError, Text, UnknownFormatError
from kb.types import Reading

Reader = Callable[[Path, Limits], Reading]
"""From a file of its format to its reading. Raises FileRefusedError."""

READERS: dict[str, Reader] = {
    pdf.MEDIA_TYPE: pdf.read,
    docx.MEDIA_TYPE: docx.read,
    html.MEDIA_TYPE: html.read,
    markdown.MEDIA_TYPE: markdown.read,
    text.MEDIA_TYPE: text.read,
}
"""Media type to reader."""

_HEAD_BYTES = 65_536
_PDF_HEADER_BYTES = 1024
_MAX_CONTROL_SHARE = 0.05
"""Of control characters in text. Compressed or random bytes hold one in ten."""

_OFFICE_2003 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?><!--.*?-->\s*)*+<(!doctype\s+html|html|head|body|meta|title|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(r"\s*<(h[1-6]|p|div|table|section|article|main|ul|ol|center|font)\b.*</\1\s*>", re.I | re.S)

_MARKDOWN_SIGNS = (
    re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE),
    re.compile(r"^\S.*\n {0,3}(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
    re.compile(r"^ {0,3}[-*+] \S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE),
    re.compile(r"^ {0,3}> \S", re.MULTILINE),
    re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\([^)\n]{1,200}\)"),
    re.compile(r"\*\*[^*\n]{1,200}\*\*"),
)
_N_SURE_SIGNS = 2


def read(file: Path, limits: Limits) -> Reading:
    """Return what the reader of its format makes of `file`.

    Raises FileRefusedError, or NotFoundError where there is no such file.
    """
    try:
        limits.check_bytes(file.name, file.stat().st_size)
        return READERS[media_type(file)](file, limits)
    except FileNotFoundError as cause:
        raise NotFoundError(
            file.name,
            Text("tidak ada berkas di sana", "there is no such file"),
            Text("periksa nama dan foldernya", "check its name and folder"),
        ) from cause
    except OSError as cause:
        raise FileRefusedError(
            file.name,
            Text("berkas ini tidak dapat dibuka", "the file cannot be opened"),
            Text("periksa izin bacanya", "check that it may be read"),
        ) from cause


def media_type(file: Path) -> str:
    """Return the media type of a file by its content, one of `READERS`.

    Its name only decides between Markdown and plain text, and only where the content does not.

    Raises EmptyFileError, UnknownFormatError or DamagedFileError.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        raise EmptyFileError(
            file.name,
            Text("berkas ini kosong", "the file is empty"),
            Text("ambil lagi berkas aslinya", "get the original file again"),
        )
    if b"%PDF-" in head[:_PDF_HEADER_BYTES]:
        return pdf.MEDIA_TYPE
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(file)
    if head.startswith(_OFFICE_2003) or head.startswith(b"{\\rtf"):
        raise _unknown(file.name, "dokumen Office lama (DOC, XLS, RTF)", "an old Office document (DOC, XLS, RTF)")
    return _of_text(file, head)


def _of_archive(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            if "word/document.xml" in archive.namelist():
                return docx.MEDIA_TYPE
    except (zipfile.BadZipFile, NotImplementedError) as cause:
        raise DamagedFileError(
            file.name,
            Text("berkas DOCX atau ZIP ini terpotong atau rusak", "this DOCX or ZIP file is cut off or broken"),
            Text("ambil lagi berkas aslinya", "get the original file again"),
        ) from cause
    raise _unknown(file.name, "arsip ZIP atau dokumen selain Word", "a ZIP archive or a document other than Word's")


def _of_text(file: Path, head: bytes) -> str:
    content = text.decoded(head)
    n_controls = sum(character < " " and character not in "\t\n\f\v\x1b" for character in content)
    n_controls += head.count(0) if not text.is_utf16(head) else 0
    if n_controls > _MAX_CONTROL_SHARE * len(content):
        raise _unknown(file.name, "berkas biner yang tidak dikenal", "an unknown binary file")
    is_named_markdown = file.suffix.lower() in {".md", ".markdown"}
    n_signs = sum(bool(sign.search(content)) for sign in _MARKDOWN_SIGNS)
    if _MARKUP.match(content):
        return html.MEDIA_TYPE
    if content.lstrip().startswith("<?xml"):
        raise _unknown(file.name, "berkas XML", "an XML file")
    if n_signs >= _N_SURE_SIGNS or (n_signs and is_named_markdown):
        return markdown.MEDIA_TYPE
    if _FRAGMENT.match(content):
        return html.MEDIA_TYPE
    return markdown.MEDIA_TYPE if is_named_markdown else text.MEDIA_TYPE


def _unknown(where: str, what_id: str, what_en: str) -> UnknownFormatError:
    return UnknownFormatError(
        where,
        Text(f"isinya {what_id}, yang tidak dapat dibaca", f"its content is {what_en}, which cannot be read"),
        Text("simpan sebagai PDF atau DOCX", "save it as PDF or DOCX"),
    )
