"""The files of a thesaurus: what a line says, and how one is read."""

from dataclasses import dataclass
from pathlib import Path

from kb.errors import SettingError, Text

READ_AS, SAME, IMPLIES = "=", "<->", "->"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thesaurus file: a word or phrase, its sign, and what it stands for."""

    left: str
    sign: str
    rights: tuple[str, ...]


def read_entries(file: Path) -> list[Entry]:
    """The entries of a thesaurus file: three columns divided by tabs, `#` begins a comment line.

    Raises SettingError with the number of the line that cannot be understood.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise SettingError(
            str(file),
            Text("daftar padanan tidak dapat dibaca", "the thesaurus cannot be read"),
            Text("simpan sebagai teks UTF-8", "save it as UTF-8 text"),
        ) from cause
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        left, sign, rights = (*map(str.strip, line.split("\t")), "", "", "")[:3]
        ways = tuple(way for right in rights.split(";") if (way := right.strip()))
        if not left or not ways or sign not in (READ_AS, SAME, IMPLIES):
            raise SettingError(
                f"{file}:{number}",
                Text(f"baris tidak dipahami: {line!r}", f"the line cannot be understood: {line!r}"),
                Text(
                    "tulis: kata, tab, salah satu dari = <-> ->, tab, padanan; padanan",
                    "write: word, tab, one of = <-> ->, tab, synonym; synonym",
                ),
            )
        entries.append(Entry(left, sign, ways))
    return entries
