"""Rounds of kill -9 during backup and restore: the folder is the old or the new one, a backup is whole or absent.

`python -m tests.journeys.move_rounds ROUNDS SEED` prints a line a round.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from api.backups import backup, restore
from api.library import Library
from kb import archive as archives
from kb.access import LOCAL_ADMIN
from kb.settings import Settings
from tests.conftest import ROOT

SPARE = 1.3
"""The kill may come this much later than the work takes undisturbed, on this machine and now."""


def rounds(n: int, seed: int, folder: Path) -> Iterator[str]:
    """Run `n` rounds and tell of each. Raises AssertionError at the first that left something wrong."""
    chance = random.Random(seed)
    home = Settings(home=folder / "kb", model="toy", threads=1)
    for name, n_files in (("lama", 3), ("baru", 12)):
        made = Settings(home=folder / name, model="toy", threads=1)
        fill(made, folder / f"{name}-masuk", n_files)
        backup(made, folder / f"{name}.zip")
    restore(home, folder / "lama.zip", force=False)
    states = {"lama": 3, "baru": 12}
    now, n_killed = "lama", 0
    seconds = {"backup": _timed("backup", home, folder / "cadangan.zip")}
    seconds["restore"] = _timed("restore", home, folder / "baru.zip")
    restore(home, folder / "lama.zip", force=True)
    for _ in range(n):
        work = chance.choice(("backup", "restore"))
        other = "baru" if now == "lama" else "lama"
        archive = folder / ("cadangan.zip" if work == "backup" else f"{other}.zip")
        with _started(work, home, archive) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "siap\n"
            time.sleep(chance.random() * SPARE * seconds[work])
            process.kill()
            said = process.stdout.read()
        n_killed += "selesai" not in said
        with Library.open(home) as library:
            assert library.verify() == ()
            held = len(library.documents(LOCAL_ADMIN))
        expected = {states[now]} if work == "backup" else {states[now], states[other]}
        assert held in expected, f"{work}: {held} documents, expected {expected}"
        if "selesai" in said and work == "restore":
            assert held == states[other]
        now = next(name for name, count in states.items() if count == held)
        if (folder / "cadangan.zip").exists():
            assert archives.check(folder / "cadangan.zip").facts["n_documents"] in states.values()
        yield f"{work}: {'done' if 'selesai' in said else 'killed'}, {now}"
    restore(home, folder / "lama.zip", force=True)
    left = [path.name for path in folder.iterdir() if ".sementara-" in path.name]
    assert left == [], left
    yield f"killed in the middle: {n_killed} of {n}"


def _started(work: str, home: Settings, archive: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.journeys.move_rounds", work, str(home.home), str(archive)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _timed(work: str, home: Settings, archive: Path) -> float:
    """The seconds that the work takes undisturbed."""
    with _started(work, home, archive) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "siap\n"
        begun = time.perf_counter()
        assert process.stdout.read() == "selesai\n"
        return time.perf_counter() - begun


def fill(settings: Settings, folder: Path, n_files: int) -> None:
    """A library of `n_files` small files."""
    folder.mkdir()
    with Library.open(settings) as library:
        for n in range(n_files):
            file = folder / f"{n}.txt"
            file.write_text(f"PERATURAN DESA {n}\nPasal 1\nAnak ke-{n} berhak bermain.\n" * 200, "utf-8")
            library.ingestion.ingest(file)


def work(what: str, home: Path, archive: Path) -> None:
    """What the process that is to be killed does."""
    settings = Settings(home=home, model="toy", threads=1)
    print("siap", flush=True)
    if what == "backup":
        backup(settings, archive)
    else:
        restore(settings, archive, force=True)
    print("selesai", flush=True)


if __name__ == "__main__":
    first, *others = sys.argv[1:]
    if first.isdigit():
        with tempfile.TemporaryDirectory() as folder:
            for told in rounds(int(first), int(others[0]), Path(folder)):
                print(told)
    else:
        work(first, Path(others[0]), Path(others[1]))
