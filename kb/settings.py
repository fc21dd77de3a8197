"""The settings, read once from the environment where the program starts."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import SettingError, Text

DEFAULT_MODEL = "bundled"

THOROUGH, FAST = "teliti", "cepat"
"""The values of `Settings.reranker` with the bundled reader of pairs, and with none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much of the machine may be used.

    home: the data folder (`KB_HOME`), with the store and the originals.
    model: "bundled", or a sentence-transformers name or folder (`KB_MODEL`).
    precision: "auto" (bf16 where the CPU has it), "f32" or "bf16" (`KB_PRECISION`).
    threads: for the embedder (`KB_THREADS`).
    reading_seconds, reading_mib: limits of the child process that reads one file.
    max_mib, max_pages: the largest file taken in.
    workers: processes that `kb serve` starts to take in what is queued; 0 leaves that to `kb worker` (`KB_WORKERS`).
    sync_minutes: how often they look into the watched folders (`KB_SYNC_MINUTES`).
    grace_days: how long what was removed can be brought back, and ended jobs stay listed (`KB_GRACE_DAYS`).
    language: of the page and the command line, "id" or "en" (`KB_LANGUAGE`).
    reranker: "teliti" reads the best passages together with the question, "cepat" does not, all else is a
    sentence-transformers CrossEncoder that does, by name or folder (`KB_RERANKER`).
    rewriter_url, rewriter_model, rewriter_key: a chat endpoint that tells answers again, off unless the address is
    given (`KB_REWRITER_URL`, `KB_REWRITER_MODEL`, `KB_REWRITER_KEY`).
    ocr: "auto" reads pages without text with Tesseract where it is installed; "off" leaves them (`KB_OCR`).
    """

    home: Path
    model: str = DEFAULT_MODEL
    precision: str = "auto"
    threads: int = 2
    reading_seconds: int = 120
    reading_mib: int = 2048
    max_mib: int = 100
    max_pages: int = 5_000
    workers: int = 1
    sync_minutes: int = 5
    grace_days: int = 30
    language: str = "id"
    reranker: str = THOROUGH
    rewriter_url: str = ""
    rewriter_model: str = ""
    rewriter_key: str = field(default="", repr=False)
    ocr: str = "auto"

    @property
    def store_file(self) -> Path:
        """The one SQLite file."""
        return self.home / "acuan.sqlite3"

    @property
    def adapter_file(self) -> Path:
        """The office's own adapter of the bundled model, where `kb tune` made one."""
        return self.home / "adapter.npz"

    @property
    def originals_folder(self) -> Path:
        """The files as they came, by SHA-256."""
        return self.home / "originals"

    @property
    def tray_folder(self) -> Path:
        """Uploads that wait to be taken in."""
        return self.home / "masuk"

    @property
    def workers_folder(self) -> Path:
        """A lock for every worker that lives."""
        return self.home / "pekerja"

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
            workers=_number(environment, "KB_WORKERS", defaults.workers, least=0),
            sync_minutes=_number(environment, "KB_SYNC_MINUTES", defaults.sync_minutes),
            grace_days=_number(environment, "KB_GRACE_DAYS", defaults.grace_days),
            language=_choice(environment, "KB_LANGUAGE", defaults.language, ("id", "en")),
            reranker=environment.get("KB_RERANKER") or defaults.reranker,
            rewriter_url=_address(environment, "KB_REWRITER_URL"),
            rewriter_model=environment.get("KB_REWRITER_MODEL", ""),
            rewriter_key=environment.get("KB_REWRITER_KEY", ""),
            ocr=_choice(environment, "KB_OCR", defaults.ocr, ("auto", "off")),
        )


def _number(environment: Mapping[str, str], name: str, default: int, least: int = 1) -> int:
    value = environment.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        wanted = Text("harus bilangan bulat positif", "must be a positive whole number")
        if least == 0:
            wanted = Text("harus bilangan bulat, paling kecil 0", "must be a whole number, at least 0")
        raise SettingError(
            name,
            Text(f"{wanted.id}, bukan {value!r}", f"{wanted.en}, not {value!r}"),
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


def _address(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").rstrip("/")
    if value and not value.startswith(("http://", "https://")):
        raise SettingError(
            name,
            Text(f"harus alamat http:// atau https://, bukan {value!r}", f"must be an address, not {value!r}"),
            Text(f"perbaiki atau kosongkan {name}", f"correct or unset {name}"),
        )
    return value
