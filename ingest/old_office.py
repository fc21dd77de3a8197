"""From old and other office formats (DOC, XLS, PPT, ODS, ODP) to the new ones, by LibreOffice where it is installed."""

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ingest.limits import Limits
from kb.errors import DamagedFileError, Text, UnknownFormatError
from kb.pages import Reading

DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"

NEW = {DOC: "docx", XLS: "xlsx", PPT: "pptx", ODS: "xlsx", ODP: "pptx"}
"""What each is made into."""

_PARTS = {
    DOC: ("libswlo.so", "Writer"),
    XLS: ("libsclo.so", "Calc"),
    PPT: ("libsdlo.so", "Impress"),
    ODS: ("libsclo.so", "Calc"),
    ODP: ("libsdlo.so", "Impress"),
}
"""The part of LibreOffice that opens each, by its library and its name: Debian installs them apart."""

_CORE = "soffice.bin"
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 100
_Read = Callable[[Path, Limits], Reading]


def reader(media_type: str, readers: Mapping[str, _Read]) -> _Read:
    """Return the reader of a format, which hands what LibreOffice makes of a file to that one of `readers`."""
    ending = NEW[media_type]

    def read(file: Path, limits: Limits) -> Reading:
        with tempfile.TemporaryDirectory(prefix="acuan-") as folder:
            made = _converted(file, media_type, Path(folder))
            limits.check_unpacked(file.name, made.stat().st_size)
            return replace(readers[ending](made, limits), media_type=media_type)

    return read


def can_open(media_type: str) -> bool:
    """Whether LibreOffice and its part for a format are here."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        return False
    installed = Path(program).resolve().parent
    # Elsewhere, as in a snap, nothing is known of its parts.
    return not (installed / _CORE).exists() or (installed / _PARTS[media_type][0]).exists()


def _converted(file: Path, media_type: str, folder: Path) -> Path:
    ending = NEW[media_type]
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None or not can_open(media_type):
        part = f"LibreOffice {_PARTS[media_type][1]}"
        raise UnknownFormatError(
            file.name,
            Text(
                f"format Office lama ini hanya dapat dibaca bila {part} terpasang",
                f"this old Office format can only be read where {part} is installed",
            ),
            Text(
                f"simpan sebagai {ending.upper()} atau PDF, atau minta pengelola memasang {part}",
                f"save it as {ending.upper()} or PDF, or ask the operator to install {part}",
            ),
        )
    source = folder / "asal"
    source.symlink_to(file.absolute())
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        ending,
        "--outdir",
        str(folder / "hasil"),
        str(source),
    ]
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
            cwd=folder,
            preexec_fn=_may_write,
        )
    except (OSError, subprocess.SubprocessError) as cause:
        raise _damaged(file.name) from cause
    made = folder / "hasil" / f"asal.{ending}"
    if not made.exists():
        raise _damaged(file.name)
    return made


def _may_write() -> None:
    """Let the program that is about to start write files as large as the process ever may."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("LibreOffice tidak dapat membuka berkas ini", "LibreOffice cannot open this file"),
        Text("simpan ulang sebagai DOCX, XLSX, PPTX, atau PDF", "save it again as DOCX, XLSX, PPTX or PDF"),
    )
