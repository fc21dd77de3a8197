"""The settings, read once from the environment where the program starts."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import SettingError, Text

DEFAULT_MODEL = "bundled"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much of the machine may be used.

    home: the data folder (`KB_HOME`), with the store and the originals.
    model: "bundled", or a sentence-transformers name or folder (`KB_MODEL`).
    precision: "auto" (bf16 where the CPU has it), "f32" or "bf16" (`KB_PRECISION`).
    threads: for the embedder (`KB_THREADS`).
    reading_seconds, reading_mib: limits of the child process that reads one file.
    max_mib, max_pages: the largest file taken in.
    language: of the page and the command line, "id" or "en" (`KB_LANGUAGE`).
    """

    home: Path
    model: str = DEFAULT_MODEL
    precision: str = "auto"
    threads: int = 2
    reading_seconds: int = 120
    reading_mib: int = 2048
    max_mib: int = 100
    max_pages: int = 5_000
    language: str = "id"

    @property
    def store_file(self) -> Path:
        """The one SQLite file."""
        return self.home / "acuan.sqlite3"

    @property
    def originals_folder(self) -> Path:
        """The files as they came, by SHA-256."""
        return self.home / "originals"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings from the `KB_…` variables; `KB_HOME` defaults to `.kb` in the current folder.

        Raises SettingError for a value that cannot be used.
        """
        defaults = cls(home=Path(environment.get("KB_HOME", ".kb")).expanduser().absolute())
        return cls(
            home=defaults.home,
            model=environment.get("KB_MODEL", defaults.model),
            precision=_choice(environment, "KB_PRECISION", defaults.precision, ("auto", "f32", "bf16")),
            threads=_number(environment, "KB_THREADS", defaults.threads),
            reading_seconds=_number(environment, "KB_READING_SECONDS", defaults.reading_seconds),
            reading_mib=_number(environment, "KB_READING_MIB", defaults.reading_mib),
            max_mib=_number(environment, "KB_MAX_MIB", defaults.max_mib),
            max_pages=_number(environment, "KB_MAX_PAGES", defaults.max_pages),
            language=_choice(environment, "KB_LANGUAGE", defaults.language, ("id", "en")),
        )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise SettingError(
            name,
            Text(f"harus bilangan bulat positif, bukan {value!r}", f"must be a positive whole number, not {value!r}"),
            Text(f"perbaiki atau kosongkan {name}", f"correct or unset {name}"),
        )
    return int(value)


def _choice(environment: Mapping[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    value = environment.get(name, default)
    if value not in choices:
        listed = ", ".join(choices)
        raise SettingError(
            name,
            Text(f"harus salah satu dari {listed}, bukan {value!r}", f"must be one of {listed}, not {value!r}"),
            Text(f"perbaiki atau kosongkan {name}", f"correct or unset {name}"),
        )
    return value
