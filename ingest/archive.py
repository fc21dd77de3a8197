"""From a ZIP archive to the names and bytes of the files inside; nothing is ever written under a name it states."""

import zipfile
import zlib
from pathlib import Path

from ingest.limits import Limits
from kb.errors import DamagedFileError, EncryptedFileError, FileTooLargeError, Text
from kb.pages import Page, Reading, Verdict

MEDIA_TYPE = "application/zip"

MAX_MEMBERS = 1_000

_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")
_ENCRYPTED = 0x1


def read(file: Path, limits: Limits) -> Reading:
    """Return an archive as a page without text; its files are members.

    Raises FileTooLargeError, before anything is unpacked, or DamagedFileError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = _members(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError) as cause:
        raise _damaged(file.name) from cause
    if len(members) > MAX_MEMBERS:
        raise FileTooLargeError(
            file.name,
            Text(
                f"arsip ini memuat {len(members)} berkas, batasnya {MAX_MEMBERS}",
                f"this archive holds {len(members)} files, the limit is {MAX_MEMBERS}",
            ),
            Text("bagi menjadi beberapa arsip", "split it into several archives"),
        )
    limits.check_unpacked(file.name, sum(member.file_size for member in members))
    names = tuple(member.filename for member in members)
    return Reading(media_type=MEDIA_TYPE, pages=(Page(1, "", Verdict.BLANK),), has_pages=False, members=names)


def unpack(file: Path, index: int, limits: Limits) -> bytes:
    """Return the bytes of file `index` of an archive, from 0.

    Raises IndexError, FileTooLargeError, EncryptedFileError or DamagedFileError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            member = _members(archive)[index]
            limits.check_bytes(member.filename, member.file_size)
            if member.flag_bits & _ENCRYPTED:
                raise EncryptedFileError(
                    member.filename,
                    Text("berkas di dalam arsip ini dikunci kata sandi", "this file inside asks for a password"),
                    Text("buat arsip tanpa kata sandi", "make an archive without a password"),
                )
            with archive.open(member) as stream:
                # What a member states of its size is believed only as a limit.
                return stream.read(member.file_size)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError) as cause:
        raise _damaged(file.name) from cause


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files inside, folders and what operating systems leave behind left out."""
    return [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and not member.filename.startswith(_LITTER[0])
        and not member.filename.rsplit("/", 1)[-1].startswith(_LITTER[1:])
    ]


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("berkas DOCX atau ZIP ini terpotong atau rusak", "this DOCX or ZIP file is cut off or broken"),
        Text("ambil lagi berkas aslinya", "get the original file again"),
    )
