"""A full disk and one that may not be written: one clear sentence, and what was in stays in."""

import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.errors import StoreFullError, StoreReadOnlyError
from kb.intake import Outcome
from kb.questions import Query
from kb.settings import Settings

MIB = 2**20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MiB; the test is skipped where mounting is not permitted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)):
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


def mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def settings(disk: Path) -> Settings:
    return Settings(home=disk / "kb", model="toy", threads=1)


def regulation(file: Path, n_pasal: int, seed: int = 1) -> Path:
    """A file of `n_pasal` short Pasal, no two alike, the first about a Posyandu."""
    chance = random.Random(seed)
    words = ["anak", "desa", "forum", "gugus", "hak", "kader", "layak", "peran", "tugas", "wilayah"]
    lines = [f"Pasal {n}\n{' '.join(chance.choices(words, k=40))} {chance.random()}.\n" for n in range(2, n_pasal + 2)]
    file.write_text("Pasal 1\nPosyandu remaja dibuka setiap Jumat.\n" + "".join(lines), "utf-8")
    return file


def fill(disk: Path, left: int = 0) -> Path:
    """Write a file that leaves `left` bytes free."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            pass
    with ballast.open("rb+") as stream:
        stream.truncate(max(0, ballast.stat().st_size - left))
    return ballast


def found(library: Library) -> list[str]:
    return [hit.document.name for hit in library.search(Query("posyandu remaja", LOCAL_ADMIN))][:1]


@pytest.mark.parametrize("left", [0, 64 * 1024, 512 * 1024])
def test_a_full_disk_costs_one_sentence_and_nothing_that_was_in(disk: Path, tmp_path: Path, left: int) -> None:
    with Library.open(settings(disk)) as library:
        library.ingestion.ingest(regulation(tmp_path / "kecil.txt", 3))
        ballast = fill(disk, left)
        large = regulation(tmp_path / "besar.txt", 700, seed=2)
        with pytest.raises(StoreFullError) as told:
            library.ingestion.ingest(large)
        assert "disk penuh" in told.value.say("id")
        assert "the disk is full" in told.value.say("en")
        assert found(library) == ["kecil.txt"]
        assert library.verify() == ()
        assert len(list(library.originals)) == 1
        ballast.unlink()
        small = regulation(tmp_path / "sedang.txt", 60, seed=3)
        assert library.ingestion.ingest(small).outcome is Outcome.NEW
        assert library.verify() == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda library, document: library.reindex(lambda n_done, n_all: None),
        lambda library, document: library.revisions.correct(
            LOCAL_ADMIN, document.id, document.metadata, frozenset({"title"})
        ),
        lambda library, document: library.erase(document.id),
    ],
    ids=["reindex", "correct", "remove"],
)
def test_on_a_full_disk_every_change_is_whole_or_told(
    disk: Path, tmp_path: Path, change: Callable[[Library, object], object]
) -> None:
    with Library.open(settings(disk)) as library:
        document = library.ingestion.ingest(regulation(tmp_path / "kecil.txt", 40)).document
        ballast = fill(disk)
        before = library.documents(LOCAL_ADMIN)
        try:
            change(library, document)
        except StoreFullError:
            assert library.documents(LOCAL_ADMIN) == before
            assert found(library) == ["kecil.txt"]
        assert library.verify() == ()
        ballast.unlink()
        change(library, document) if library.documents(LOCAL_ADMIN) else None
        assert library.verify() == ()


def test_a_store_on_a_full_disk_says_why_it_cannot_be_opened(disk: Path, tmp_path: Path) -> None:
    with Library.open(settings(disk)) as library:
        library.ingestion.ingest(regulation(tmp_path / "kecil.txt", 3))
    ballast = fill(disk)
    with pytest.raises(StoreFullError):
        Library.open(settings(disk))
    ballast.unlink()
    with Library.open(settings(disk)) as library:
        assert found(library) == ["kecil.txt"]
        assert library.verify() == ()


def test_a_store_that_may_not_be_written_answers_and_says_so(disk: Path, tmp_path: Path) -> None:
    with Library.open(settings(disk)) as library:
        library.ingestion.ingest(regulation(tmp_path / "kecil.txt", 3))
    assert mount("-o", "remount,ro", str(disk))
    with Library.open(settings(disk)) as library:
        assert found(library) == ["kecil.txt"]
        with pytest.raises(StoreReadOnlyError) as told:
            library.ingestion.ingest(regulation(tmp_path / "lain.txt", 3, seed=2))
        assert "KB_HOME" in told.value.say()
        [document] = library.documents(LOCAL_ADMIN)
        with pytest.raises(StoreReadOnlyError):
            library.erase(document.id)
        assert found(library) == ["kecil.txt"]
    assert mount("-o", "remount,rw", str(disk))
    with Library.open(settings(disk)) as library:
        library.ingestion.ingest(regulation(tmp_path / "lain.txt", 3, seed=2))
        assert library.status().n_documents == 2


def test_a_new_store_that_may_not_be_made_says_so(disk: Path) -> None:
    assert mount("-o", "remount,ro", str(disk))
    with pytest.raises(StoreReadOnlyError, match="KB_HOME"):
        Library.open(settings(disk))
