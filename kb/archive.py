"""Files packed into one archive with a list of their hashes, written whole or not at all, unpacked only if right."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from kb.disk import disk_error, sync_folder
from kb.errors import ArchiveError, Text

LIST_NAME = "daftar.json"
FORMAT = "acuan-cadangan"
FORMAT_VERSION = 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """One file in an archive."""

    sha256: str
    n_bytes: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive says it holds. facts: about the whole, for people and for the restore."""

    facts: Mapping[str, str | int]
    files: Mapping[str, Packed]


def pack(archive: Path, files: Mapping[str, Path], facts: Mapping[str, str | int]) -> Contents:
    """Write `files` by their names in the archive, read all of it back, and only then give it its name.

    Raises ArchiveError, StoreFullError, StoreReadOnlyError; what stood there before is untouched then.
    """
    temporary = archive.with_name(f".{archive.name}.{os.getpid()}.tmp")
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        # Readable by its owner only: it holds the originals, and so everyone who is named in them.
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as stream:
            contents = _write(stream, files, facts)
            stream.flush()
            os.fsync(stream.fileno())
        if read_contents(temporary) != contents:
            raise _broken(archive, "daftarnya terbaca lain", "its list reads differently")
        check(temporary)
        temporary.replace(archive)
        sync_folder(archive.parent)
    except OSError as cause:
        raise disk_error(archive, cause) from cause
    finally:
        temporary.unlink(missing_ok=True)
    return contents


def _write(stream: IO[bytes], files: Mapping[str, Path], facts: Mapping[str, str | int]) -> Contents:
    packed: dict[str, Packed] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, file in sorted(files.items()):
            digest, n_bytes = hashlib.sha256(), 0
            with file.open("rb") as source, zipped.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    n_bytes += len(piece)
                    target.write(piece)
            packed[name] = Packed(digest.hexdigest(), n_bytes)
        contents = Contents(dict(facts), packed)
        zipped.writestr(LIST_NAME, _as_json(contents))
    return contents


def read_contents(archive: Path) -> Contents:
    """The list of an archive. Raises ArchiveError for what is none, or of a newer program."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            stated = json.loads(zipped.read(LIST_NAME))
        if stated["format"] != FORMAT:
            raise _broken(archive, "bukan cadangan Acuan", "it is no Acuan backup")
        if stated["format_version"] > FORMAT_VERSION:
            raise ArchiveError(
                str(archive),
                Text("dibuat oleh program yang lebih baru", "a newer program made it"),
                Text("perbarui program, lalu ulangi", "update the program, then try again"),
            )
        files = {str(name): Packed(str(sha256), int(n)) for name, (sha256, n) in stated["files"].items()}
        return Contents(dict(stated["facts"]), files)
    except FileNotFoundError as cause:
        raise ArchiveError(
            str(archive),
            Text("berkas cadangan itu tidak ada", "there is no such backup"),
            Text("periksa ejaannya", "check its spelling"),
        ) from cause
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as cause:
        raise _broken(archive, "tidak terbaca sebagai cadangan", "it cannot be read as a backup") from cause


def check(archive: Path) -> Contents:
    """The list of an archive each of whose files was read and has its hash. Raises ArchiveError."""
    return _unpack(archive, None)


def unpack(archive: Path, folder: Path) -> Contents:
    """Write the files of an archive below `folder`, on the disk when this returns; each is what the list says.

    Raises ArchiveError, StoreFullError, StoreReadOnlyError.
    """
    return _unpack(archive, folder)


def _unpack(archive: Path, folder: Path | None) -> Contents:
    contents = read_contents(archive)
    folders: set[Path] = set()
    try:
        with zipfile.ZipFile(archive) as zipped:
            if set(zipped.namelist()) != {*contents.files, LIST_NAME}:
                raise _broken(archive, "isinya bukan yang didaftar", "it holds something else than its list")
            for name, packed in contents.files.items():
                target = None if folder is None else folder / _safe(archive, name)
                with zipped.open(name) as source:
                    if _copy(source, target, packed.n_bytes) != packed.sha256:
                        raise _broken(archive, f"{name} rusak", f"{name} is damaged")
                if target is not None:
                    folders.add(target.parent)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as cause:
        raise _broken(archive, "terpotong atau rusak", "it is cut off or broken") from cause
    except OSError as cause:
        raise disk_error(archive if folder is None else folder, cause) from cause
    for one in folders:
        sync_folder(one)
    return contents


def _copy(source: IO[bytes], target: Path | None, n_bytes: int) -> str:
    """The SHA-256 of what was copied; nothing is read past the length that is listed."""
    digest, left = hashlib.sha256(), n_bytes + 1
    if target is None:
        while left and (piece := source.read(min(_PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        return digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as written:
        while left and (piece := source.read(min(_PIECE, left))):
            digest.update(piece)
            written.write(piece)
            left -= len(piece)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def _safe(archive: Path, name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or "\0" in name:
        raise _broken(archive, f"nama {name!r} tidak boleh ada di dalamnya", f"no name such as {name!r} may be in it")
    return path


def _as_json(contents: Contents) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "facts": dict(contents.facts),
            "files": {name: [one.sha256, one.n_bytes] for name, one in contents.files.items()},
        },
        ensure_ascii=False,
        indent=1,
    )


def _broken(archive: Path, what: str, what_en: str) -> ArchiveError:
    return ArchiveError(
        str(archive),
        Text(f"cadangan tidak dapat dipakai: {what}", f"the backup cannot be used: {what_en}"),
        Text("pakai cadangan lain", "use another backup"),
    )
