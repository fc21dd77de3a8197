"""Rounds of kill -9 at random moments: what a process had said to be in is in, whole, and the next one goes on.

`python -m tests.journeys.kill_rounds ROUNDS SEED [MODEL]` prints a line a round; the tests run few of them.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from api.library import Library
from index.embed import Embedder, load_embedder
from kb.access import LOCAL_ADMIN
from kb.errors import EmptyFileError, KbError
from kb.intake import Ingested
from kb.questions import Query
from kb.settings import Settings
from tests.conftest import EXAMPLES, ROOT

WORKS = ("ingest", "ingest", "reindex", "remove")
"""What the process that is killed does: mostly it takes in."""

SECONDS = {"ingest": 1.5, "reindex": 0.25, "remove": 0.3}
"""How late the kill may come: about when the work is done, on two cores with the toy."""

N_FILES = 30


@dataclass
class Rounds:
    """A data folder over many rounds, and what processes said that it holds.

    held: the text of every file that was said to be in, by name. gone: names that were said to be out.
    """

    folder: Path
    model: Embedder
    settings: Settings
    random: random.Random
    held: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    n_killed: int = 0

    def run(self) -> str:
        """One round: a process works, is killed, and what it left is looked at. Returns what happened, in words."""
        work = self.random.choice(WORKS if self.held else ("ingest",))
        if work == "ingest":
            self.write_files()
            # Their files are still in the folder, so they may come back before the word gets out.
            self.gone.clear()
        started = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.kill_rounds", work, *self.arguments()],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        with started as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "siap\n"
            readers = psutil.Process(process.pid).children()
            # From the first moment to a little after everything is done, in this machine's own time.
            time.sleep(self.random.random() * SECONDS[work])
            process.kill()
            lines = process.stdout.read().splitlines()
        self.n_killed += process.returncode == -9
        self.believe(lines)
        self.look()
        _, alive = psutil.wait_procs(readers, timeout=20)
        assert alive == [], "the reading process outlives its parent"
        return f"{work}: {len(lines)} said, {len(self.held)} in, {'killed' if process.returncode else 'done'}"

    def arguments(self) -> tuple[str, ...]:
        """What the process is given beside its work."""
        return str(self.settings.home), self.settings.model, str(self.folder), str(self.random.random())

    def write_files(self) -> None:
        """New files and new contents of old ones."""
        self.folder.mkdir(exist_ok=True)
        for i in self.random.sample(range(N_FILES), 12):
            n_pasal = self.random.randrange(1, 30)
            body = "".join(f"Pasal {n}\nAnak ke-{self.random.random()} berhak bermain.\n" for n in range(1, n_pasal))
            (self.folder / f"{i}.txt").write_text(f"PERATURAN DESA {i}\n{body}", "utf-8")
        for file in self.random.sample(sorted(EXAMPLES.glob("*.docx")), 2):
            shutil.copy(file, self.folder)

    def believe(self, lines: list[str]) -> None:
        """Take the process at its word; of a line that it was killed in only the whole ones before count."""
        for line in lines:
            said, _, name = line.partition(" ")
            if said == "masuk" and (self.folder / name).exists():
                self.held[name] = (self.folder / name).read_bytes()
                self.gone.discard(name)
            elif said == "keluar":
                self.gone.add(name)
            elif said == "mulai":
                # Killed from here on, it is out or still in, and both are right.
                del self.held[name]

    def look(self) -> None:
        """Hold what is there against what was said. Raises AssertionError."""
        with Library(self.settings, self.model) as library:
            assert library.verify() == ()
            there = {document.name: document for document in library.documents(LOCAL_ADMIN)}
            for name in sorted(self.held.keys() - there.keys()):
                raise AssertionError(f"{name} was said to be in, and is lost")
            assert self.gone & there.keys() == set()
            for name, content in self.held.items():
                versions = library.originals.open_path(there[name].sha256).read_bytes()
                # A later content may have come in without the word getting out.
                assert versions in (content, (self.folder / name).read_bytes())
                self.held[name] = versions
            for name in there.keys() - self.held.keys():
                self.held[name] = library.originals.open_path(there[name].sha256).read_bytes()
            assert {path.name for path in library.originals} == library.store.documents.hashes()
            if self.held:
                assert library.search(Query("anak berhak bermain", LOCAL_ADMIN))


def rounds(n: int, seed: int, model: str = "toy") -> Iterator[str]:
    """Run `n` rounds and tell of each. Raises AssertionError at the first that left something wrong."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "kb", model=model, threads=1)
        going = Rounds(Path(folder) / "masuk", load_embedder(settings), settings, chance)
        for _ in range(n):
            yield going.run()
        yield f"killed in the middle: {going.n_killed} of {n}"


def work(what: str, home: Path, model: str, folder: Path, chance: float) -> None:
    """What the process that is to be killed does, saying each thing once it is done."""
    with Library.open(replace(Settings(home=home, threads=1), model=model)) as library:
        # The reader starts with the first file; started before, the moments of the kill fall into the work.
        empty = folder.with_name("kosong.txt")
        empty.touch()
        with suppress(EmptyFileError):
            library.ingestion.ingest(empty)
        say("siap")
        if what == "ingest":
            library.ingestion.ingest_folder(folder, tell)
        elif what == "reindex":
            library.reindex(lambda n_done, n_all: None)
            say("selesai")
        else:
            documents = library.documents(LOCAL_ADMIN)
            for document in random.Random(chance).sample(documents, min(8, len(documents) - 1)):
                say(f"mulai {document.name}")
                library.erase(document.id)
                say(f"keluar {document.name}")


def tell(file: Path, came: Ingested | KbError, n_done: int, n_all: int) -> None:
    """Say that a file is in."""
    if not isinstance(came, KbError):
        say(f"masuk {file.name}")


def say(line: str) -> None:
    """One line, out of the process before the next thing is done."""
    print(line, flush=True)


if __name__ == "__main__":
    first, *others = sys.argv[1:]
    if first.isdigit():
        for told in rounds(int(first), *map(int, others[:1] or ["1"]), *others[1:]):
            print(told)
    else:
        work(first, Path(others[0]), others[1], Path(others[2]), float(others[3]))
