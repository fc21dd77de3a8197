"""Files inside files: what an archive, a mailbox or a mail holds goes in as documents of their own."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.veil import mask_line
from ingest.sandbox import Sandbox
from kb.documents import Document
from kb.errors import FileRefusedError, FileTooLargeError, Text
from kb.intake import Ingested

MAX_DEPTH = 3
"""Files in files in files: a mail with an archive in an archive goes in, one level more is refused."""

MAX_FILES = 2_000
"""Of one file with all that is inside it, however deep."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(slots=True)
class Nest:
    """How deep inside a file we are, and how many files it may still hold."""

    depth: int = 0
    n_left: int = MAX_FILES

    def inner(self) -> "Nest":
        """The nest of the files inside the next file; it counts on its own depth and on the same number."""
        return Nest(self.depth + 1, self.n_left)


INSIDE = "!"
"""Between the source of a file and the name of one inside it."""

TakeIn = Callable[[Path, str, str, Nest], Ingested]
"""Takes in a file under a source and a name. Raises FileRefusedError, which is also remembered, and StoreError."""

Remember = Callable[[str, FileRefusedError], None]


def take_in_members(
    file: Path,
    members: tuple[str, ...],
    *,
    source: str,
    name: str,
    nest: Nest,
    reader: Sandbox,
    take_in: TakeIn,
    remember: Remember,
) -> dict[str, Document]:
    """Take in the files inside `file`, each with the source `source!member`; one that is refused stops no other.

    Returns what came in, by the names as `named` gives them. Members lie on the disk under numbers, never under names
    that a stranger chose. Raises StoreError.
    """
    came: dict[str, Document] = {}
    inner = nest.inner()
    for index, member in enumerate(named(members)):
        inside_source, inside_name = f"{source}{INSIDE}{member}", f"{name}/{member}"
        try:
            _check(inside_name, inner)
            inner.n_left -= 1
            content = reader.unpack(file, index)
        except FileRefusedError as error:
            error.where = mask_line(inside_name)
            remember(inside_source, error)
            continue
        with tempfile.TemporaryDirectory(prefix="acuan-") as folder:
            kept = Path(folder, f"{index}{_ending(member)}")
            kept.write_bytes(content)
            del content
            # It is remembered where it is refused.
            with suppress(FileRefusedError):
                came[member] = take_in(kept, inside_source, inside_name, inner).document
    nest.n_left = inner.n_left
    return came


def named(members: tuple[str, ...]) -> Iterator[str]:
    """The names as they are shown: no way up, no control characters, none twice."""
    taken: set[str] = set()
    for number, member in enumerate(members, 1):
        parts = [_CONTROL.sub("", part).strip() for part in member.replace("\\", "/").split("/")]
        plain = "/".join(part for part in parts if part not in ("", ".", "..")) or f"berkas-{number}"
        name, n = plain, 1
        while name in taken:
            n += 1
            name = f"{plain} ({n})"
        taken.add(name)
        yield name


def _ending(member: str) -> str:
    """The ending of a name, which decides between Markdown, CSV and text."""
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", member)
    return found.group() if found else ""


def _check(where: str, nest: Nest) -> None:
    if nest.depth > MAX_DEPTH:
        raise FileTooLargeError(
            where,
            Text(
                f"berkas ini lebih dari {MAX_DEPTH} lapis di dalam arsip",
                f"this file is more than {MAX_DEPTH} layers deep in an archive",
            ),
            Text("buka arsipnya, lalu masukkan isinya", "unpack the archive and add its content"),
        )
    if nest.n_left <= 0:
        raise FileTooLargeError(
            where,
            Text(f"arsip ini memuat lebih dari {MAX_FILES} berkas", f"this archive holds more than {MAX_FILES} files"),
            Text("bagi menjadi beberapa arsip", "split it into several archives"),
        )
