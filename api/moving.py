"""What backups and exports have in common: what was carried, and how it gets into the place of `KB_HOME`."""

import datetime
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kb.archive import Contents
from kb.disk import sync_folder
from kb.errors import NotFoundError, Text
from kb.homes import check_free, take_place
from kb.settings import Settings
from kb.store import Store
from kb.store.copying import Facts, held_alone

STORE_NAME = "acuan.sqlite3"
ORIGINALS = "originals"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried. aside: where a folder that was in the way stands now."""

    n_documents: int
    n_pages: int
    n_passages: int
    n_originals: int
    n_bytes: int
    aside: Path | None = None


def check_there(settings: Settings) -> None:
    """Nothing, where there is a store to carry. Raises NotFoundError."""
    # Opening would make an empty one, and an empty backup is worse than none.
    if not settings.store_file.exists():
        raise NotFoundError(
            str(settings.home),
            Text("tidak ada gudang Acuan di folder ini", "there is no Acuan store in this folder"),
            Text("periksa KB_HOME", "check KB_HOME"),
        )


def statement_of(facts: Facts) -> dict[str, str | int]:
    """What a backup or export says of itself."""
    return {
        "program": version("acuan"),
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "store_version": facts.version,
        "n_documents": facts.n_documents,
        "n_pages": facts.n_pages,
        "n_passages": facts.n_passages,
    }


def moved_of(facts: Facts, n_bytes: int, contents: Contents | None, aside: Path | None = None) -> Moved:
    """What was carried, with the originals that an archive holds, or else those that the store needs."""
    n_originals = len(facts.hashes)
    if contents is not None:
        n_originals = sum(name.startswith(f"{ORIGINALS}/") for name in contents.files)
    return Moved(facts.n_documents, facts.n_pages, facts.n_passages, n_originals, n_bytes, aside)


def put_in_place(settings: Settings, made: Path, facts: Facts, contents: Contents | None, *, force: bool) -> Moved:
    """Put the whole folder `made` in the place of `KB_HOME`, in one step.

    Raises HomeOccupiedError, StoreTooNewError, StoreBusyError and other kinds of StoreError.
    """
    # Brought up to date here: what cannot be leaves the old folder in its place.
    Store(made / STORE_NAME).close()
    with held_alone(made / STORE_NAME):
        pass
    sync_tree(made)
    check_free(settings.home, force=force)
    with held_alone(settings.store_file):
        aside = take_place(made, settings.home)
    n_bytes = sum(file.stat().st_size for file in settings.home.rglob("*") if file.is_file())
    return moved_of(facts, n_bytes, contents, aside)


def sync_tree(folder: Path) -> None:
    """Bring a folder with all that is in it onto the disk."""
    for path in sorted(folder.rglob("*")):
        sync_folder(path)
    sync_folder(folder)
