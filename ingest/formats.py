"""From a file's content to the reader of its format: the one table of what is read."""

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from ingest import archive as archives
from ingest import docx, html, mail, markdown, odt, old_office, pdf, pictures, rtf, sheets, slides, text
from ingest.limits import Limits
from kb.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    FileRefusedError,
    NotFoundError,
    Text,
    UnknownFormatError,
)
from kb.pages import Reading

Reader = Callable[[Path, Limits], Reading]
"""From a file of its format to its reading. Raises FileRefusedError."""

_BY_ENDING: dict[str, Reader] = {"docx": docx.read, "xlsx": sheets.read, "pptx": slides.read}

READERS: dict[str, Reader] = {
    pdf.MEDIA_TYPE: pdf.read,
    docx.MEDIA_TYPE: docx.read,
    html.MEDIA_TYPE: html.read,
    markdown.MEDIA_TYPE: markdown.read,
    text.MEDIA_TYPE: text.read,
    slides.MEDIA_TYPE: slides.read,
    sheets.XLSX: sheets.read,
    sheets.CSV: sheets.read_csv,
    odt.MEDIA_TYPE: odt.read,
    rtf.MEDIA_TYPE: rtf.read,
    mail.EML: mail.read,
    mail.MBOX: mail.read_mailbox,
    archives.MEDIA_TYPE: archives.read,
    **dict.fromkeys(pictures.MEDIA_TYPES.values(), pictures.read),
    **{media_type: old_office.reader(media_type, _BY_ENDING) for media_type in old_office.NEW},
}
"""Media type to reader."""

_OFFICE_PARTS = {
    "word/document.xml": docx.MEDIA_TYPE,
    "xl/workbook.xml": sheets.XLSX,
    "ppt/presentation.xml": slides.MEDIA_TYPE,
}
_OFFICE_STREAMS = {
    "WordDocument": old_office.DOC,
    "PowerPoint Document": old_office.PPT,
    "Workbook": old_office.XLS,
    "Book": old_office.XLS,
}
_SIGNS = {
    b"{\\rtf": rtf.MEDIA_TYPE,
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_MAX_STATED = 200
_FIELD = re.compile(rb"^([A-Za-z-]{2,40}):", re.MULTILINE)
_SENDING = frozenset({b"from", b"received", b"return-path", b"delivered-to"})
_MAIL_FIELDS = _SENDING | {b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"cc"}
_FEWEST_FIELDS = 3

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


def unpack(file: Path, index: int, limits: Limits) -> bytes:
    """Return the bytes of a file inside `file`, by its place in `Reading.members`, from 0.

    Raises FileRefusedError, or NotFoundError where there is none.
    """
    found = media_type(file)
    try:
        match found:
            case archives.MEDIA_TYPE:
                return archives.unpack(file, index, limits)
            case mail.MBOX:
                return mail.mail(file, index)
            case mail.EML:
                return mail.attachment(file, index, limits)
    except IndexError as cause:
        raise _no_member(file.name, index) from cause
    raise _no_member(file.name, index)


def _no_member(where: str, index: int) -> NotFoundError:
    return NotFoundError(
        where,
        Text(f"tidak ada berkas ke-{index + 1} di dalamnya", f"there is no file number {index + 1} inside"),
        Text("masukkan ulang berkasnya", "take the file in again"),
    )


def media_type(file: Path) -> str:
    """Return the media type of a file by its content, one of `READERS`.

    Its name only decides between Markdown, CSV and plain text, and only where the content does not.

    Raises EmptyFileError, UnknownFormatError, EncryptedFileError or DamagedFileError.
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
    for sign, found in _SIGNS.items():
        if head.startswith(sign):
            return found
    if head.startswith(_OFFICE_2003):
        return _of_compound(file)
    if mail_sign := _of_mail(head):
        return mail_sign
    return _of_text(file, head)


def _of_mail(head: bytes) -> str | None:
    """The media type of mail, by the fields that it begins with."""
    is_mailbox = head.startswith(b"From ")
    lines = head.split(b"\n", 1)[-1] if is_mailbox else head
    fields = {match[1].lower() for match in _FIELD.finditer(lines[: _end_of_fields(lines)])}
    if not fields & _SENDING or len(fields & _MAIL_FIELDS) < _FEWEST_FIELDS:
        return None
    return mail.MBOX if is_mailbox else mail.EML


def _end_of_fields(content: bytes) -> int:
    found = re.search(rb"\r?\n\r?\n", content)
    return found.start() if found else len(content)


def _of_archive(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = frozenset(archive.namelist())
            for part, found in _OFFICE_PARTS.items():
                if part in names:
                    return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= _MAX_STATED:
                stated = archive.read("mimetype").decode("ascii", "replace").strip().removesuffix("-template")
                if stated in READERS:
                    return stated
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError) as cause:
        raise DamagedFileError(
            file.name,
            Text("berkas DOCX atau ZIP ini terpotong atau rusak", "this DOCX or ZIP file is cut off or broken"),
            Text("ambil lagi berkas aslinya", "get the original file again"),
        ) from cause
    return archives.MEDIA_TYPE


def _of_compound(file: Path) -> str:
    """The kind of a file in Microsoft's compound format, by the names of the streams in it, which are UTF-16."""
    content = file.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedFileError(
            file.name,
            Text("dokumen Office ini meminta kata sandi", "this Office document asks for a password"),
            Text("simpan salinan tanpa kata sandi, lalu unggah lagi", "save a copy without a password and add that"),
        )
    for stream, found in _OFFICE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return found
    raise _unknown(file.name, "berkas Microsoft yang tidak dikenal", "an unknown file of Microsoft's")


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
    if _is_csv(content, file.suffix.lower() in {".csv", ".tsv"}):
        return sheets.CSV
    return markdown.MEDIA_TYPE if is_named_markdown else text.MEDIA_TYPE


def _is_csv(content: str, is_named: bool) -> bool:
    """Whether lines are rows of equally many fields; without the name three of three, for prose has commas too."""
    delimiter = sheets.delimiter_of(content, 2 if is_named else 3)
    return delimiter is not None and (is_named or content.partition("\n")[0].count(delimiter) > 1)


def _unknown(where: str, what_id: str, what_en: str) -> UnknownFormatError:
    return UnknownFormatError(
        where,
        Text(f"isinya {what_id}, yang tidak dapat dibaca", f"its content is {what_en}, which cannot be read"),
        Text("simpan sebagai PDF atau DOCX", "save it as PDF or DOCX"),
    )
