"""Rounds of kill -9 on the server and its worker, with a full disk and a read-only one mixed in.

`python -m tests.journeys.crash_rounds ROUNDS SEED` prints a line a round; the tests run few of them. What was answered
with 202 is in at the end, each file once; what stands in the watched folder is what is found; no job is stuck.
"""

import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

import psutil

from api.folders import Folders
from api.intake import Intake
from api.library import Library
from api.worker import Worker
from index.embed import Embedder, load_embedder
from kb.access import LOCAL_ADMIN
from kb.errors import KbError, StoreError
from kb.jobs import JobState
from kb.questions import Query
from kb.settings import Settings
from kb.store import Store
from tests.conftest import ROOT

DISK_MIB = 512
N_FILES = 8
KILLED = ("worker", "worker", "server", "server", "both", "nobody")
DISKS = ("whole", "whole", "whole", "full", "read-only")
DRAIN_EVERY = 5
LATEST, LATEST_AFTER_START = 1.5, 6.0
"""Seconds after the first upload within which the kill comes; a worker takes two to start."""

MOST_UPLOADS = 12


@dataclass
class Crashes:
    """A data folder on a disk of its own, a watched folder beside it, and what the server promised.

    accepted: the SHA-256 of every upload that was answered with 202.
    """

    disk: Path
    watched: Path
    settings: Settings
    model: Embedder
    chance: random.Random
    can_mount: bool
    accepted: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    server: "subprocess.Popen[str] | None" = None
    address: str = ""

    def run(self, number: int) -> str:
        """One round. Returns what happened, in words. Raises AssertionError where something was lost."""
        disk = self.chance.choice(DISKS if self.can_mount else ("whole",))
        told = self.read_only() if disk == "read-only" else self.crash(disk)
        self.look()
        if number % DRAIN_EVERY == 0:
            self.drain()
            told += f"; drained, {len(self.accepted)} accepted are in"
        return told

    def crash(self, disk: str) -> str:
        """Upload and change files, and kill in the middle."""
        latest = LATEST_AFTER_START if self.start() else LATEST
        ballast = self.fill() if disk == "full" else None
        killed = self.chance.choice(KILLED)
        until = time.monotonic() + self.chance.random() * latest
        self.change_folder()
        answers: Counter[str] = Counter()
        while True:
            if answers.total() < MOST_UPLOADS:
                answers[self.upload()] += 1
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        self.kill(killed)
        if killed in ("worker", "both") and ballast is None:
            store = Store(self.settings.store_file)
            self.seen["killed at work"] += store.jobs.counts().running > 0
            store.close()
        if ballast is not None:
            ballast.unlink()
        self.seen[f"{disk} disk, {killed} killed"] += 1
        return f"{disk} disk, {killed} killed, answers {dict(answers)}"

    def read_only(self) -> str:
        """Start on a disk that may not be written: refused with a sentence, or served without taking in."""
        self.kill("both")
        mount("-o", "remount,ro", str(self.disk))
        try:
            try:
                self.start()
            except RuntimeError as refused:
                answer = str(refused)
            else:
                answer = self.upload()
                assert answer in ("503", "507"), answer
            self.kill("both")
        finally:
            mount("-o", "remount,rw", str(self.disk))
        self.seen["read-only disk"] += 1
        return f"read-only disk: {answer}"

    def start(self) -> bool:
        """A server that answers; whether it is a new one. Raises RuntimeError where it ends instead."""
        if self.server is not None and self.server.poll() is None:
            return False
        self.bury()
        complaints = self.disk.with_name("keluhan")
        with complaints.open("w", encoding="utf-8") as stderr:
            self.server = self.spawn(stderr)
        assert self.server.stdout is not None
        said = "".join(iter(self.server.stdout.readline, "}\n"))
        if self.server.poll() is not None or not said:
            self.server.wait(20)
            raise RuntimeError(f"exit {self.server.returncode}: {complaints.read_text('utf-8').strip()[-200:]}")
        self.address = json.loads(said + "}")["address"]
        return True

    def bury(self) -> None:
        """Close what a server that ended has left open."""
        if self.server is not None and self.server.stdout is not None:
            self.server.stdout.close()
            self.server.wait()

    def spawn(self, stderr: TextIO) -> "subprocess.Popen[str]":
        """A new server."""
        return subprocess.Popen(
            [sys.executable, "-m", "api", "serve", "--port", "0", "--json"],
            cwd=ROOT,
            env={
                **os.environ,
                "KB_HOME": str(self.settings.home),
                "KB_MODEL": "toy",
                "KB_THREADS": "1",
                "KB_SYNC_MINUTES": "1",
            },
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )

    def upload(self) -> str:
        """Send one file without waiting; returns the status, or the name of the error."""
        content = self.text()
        try:
            status = post(self.address, content)
        except (OSError, http.client.HTTPException) as error:
            # Killed in the middle of the answer: it may be in or not, and both are right.
            return type(error).__name__
        if status == 202:
            self.accepted.add(hashlib.sha256(content).hexdigest())
        return str(status)

    def text(self) -> bytes:
        """A document no other is like."""
        n_pasal = self.chance.randrange(1, 40)
        body = "".join(f"Pasal {n}\nAnak ke-{self.chance.random()} berhak bermain.\n" for n in range(1, n_pasal))
        return f"PERATURAN DESA {self.chance.random()}\n{body}".encode()

    def change_folder(self) -> None:
        """Write, rename and delete files of the watched folder."""
        for _ in range(self.chance.randrange(4)):
            file = self.watched / f"{self.chance.randrange(N_FILES)}.txt"
            match self.chance.choice(("write", "write", "rename", "delete")):
                case "write":
                    file.write_bytes(self.text())
                case "rename" if file.exists():
                    file.rename(self.watched / f"{self.chance.randrange(N_FILES)} lain.txt")
                case _:
                    file.unlink(missing_ok=True)

    def kill(self, who: str) -> None:
        """Kill -9."""
        if self.server is None or self.server.poll() is not None:
            return
        # A process that ended meanwhile is as dead as one that was killed.
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            below = psutil.Process(self.server.pid).children(recursive=True)
            if who in ("worker", "both"):
                for process in below:
                    with suppress(psutil.NoSuchProcess):
                        if "worker" in process.cmdline():
                            os.kill(process.pid, signal.SIGKILL)
            if who in ("server", "both"):
                self.server.kill()
                self.server.wait()
                _, alive = psutil.wait_procs(below, timeout=30)
                assert alive == [], "a worker or reader outlives the server"

    def fill(self) -> Path:
        """Leave little or nothing of the disk."""
        ballast = self.disk / "ballast"
        left = self.chance.choice((0, 16, 256)) * 1024
        free = shutil.disk_usage(self.disk).free
        # Also closing writes, and the worker may have taken the room meanwhile.
        with suppress(OSError), ballast.open("wb") as stream:
            stream.write(bytes(max(0, free - left)))
        return ballast

    def look(self) -> None:
        """Hold what is there against the laws of the store. Raises AssertionError."""
        for _ in range(50):
            try:
                with Library(self.settings, self.model) as library:
                    defects = library.verify()
                    if library.documents(LOCAL_ADMIN):
                        assert library.search(Query("anak berhak bermain", LOCAL_ADMIN))
            except StoreError:
                # The disk was full a moment ago, or the worker writes a lot at once.
                time.sleep(0.2)
                continue
            # The worker may be between an original and its version: only what lasts is a defect.
            if not defects:
                return
            time.sleep(0.2)
        raise AssertionError(f"verify: {defects}")

    def drain(self) -> None:
        """Work off everything, and hold it against what was promised. Raises AssertionError."""
        self.kill("both")
        with Library(self.settings, self.model) as library:
            intake = Intake(library)
            folders = Folders(intake)
            for _ in range(3):
                for source in folders.all(LOCAL_ADMIN):
                    with suppress(KbError):
                        folders.sync(source, may_be_empty=True)
                self.drain_queue(intake)
            assert library.verify() == ()
            assert self.accepted <= library.store.documents.hashes(), "an accepted upload is lost"
            there = Counter(document.sha256 for document in library.documents(LOCAL_ADMIN))
            assert set(there.values()) <= {1}, "a file is in twice"
            below = {document.source for document in library.documents(LOCAL_ADMIN) if document.source.startswith("/")}
            # Of files with the same bytes one is the document.
            on_disk = {hashlib.sha256(file.read_bytes()).hexdigest(): file for file in self.watched.iterdir()}
            assert {Path(source) for source in below} <= set(self.watched.iterdir())
            for sha256, file in on_disk.items():
                assert sha256 in there, self.history(intake, file)
            assert list(library.settings.tray_folder.glob("*")) == [] or self.orphans_only(intake)
            assert {path.name for path in library.originals} == library.store.documents.hashes()

    def history(self, intake: Intake, file: Path) -> str:
        """What is known of a file that is not in, for whoever reads the failure."""
        jobs = [job for job in intake.jobs(LOCAL_ADMIN, limit=10_000) if job.order.source == str(file)]
        store = intake.library.store
        seen = [store.sources.files(source.id).get(file.name) for source in store.sources.all()]
        document = store.documents.by_source(str(file))
        return f"{file.name} is not in: seen {seen}, document {document}, jobs {jobs[:5]}"

    def drain_queue(self, intake: Intake) -> None:
        """Work until nothing waits, what five workers died over is tried again. Raises AssertionError."""
        for job in intake.jobs(LOCAL_ADMIN, (JobState.FAILED,), limit=10_000):
            if job.code == "pekerja-berhenti":
                intake.retry(LOCAL_ADMIN, job.id)
        until = time.monotonic() + 120
        while intake.counts().n_open:
            Worker(intake).run(until_empty=True)
            assert time.monotonic() < until, f"stuck: {intake.jobs(LOCAL_ADMIN, (JobState.WAITING, JobState.RUNNING))}"
            time.sleep(0.2)

    def orphans_only(self, intake: Intake) -> bool:
        """Whether what is left in the tray belongs to no job: uploads that broke off before they were promised."""
        kept = {str(file) for file in intake.tray.folder.glob("*")}
        return kept & intake.library.store.jobs.files() == set()


def post(address: str, content: bytes) -> int:
    """The status of an upload that does not wait."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="surat.txt"\r\n\r\n' + content + b"\r\n--x--\r\n"
    )
    there = urlsplit(address)
    connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=60)
    try:
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        connection.request("POST", "/api/v1/documents?wait=false", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def mount(*arguments: str) -> bool:
    """Whether mounting went well."""
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def rounds(n: int, seed: int) -> Iterator[str]:
    """Run `n` rounds and tell of each. Raises AssertionError at the first that left something wrong."""
    with tempfile.TemporaryDirectory() as folder:
        disk, watched = Path(folder) / "disk", Path(folder) / "diikuti"
        disk.mkdir()
        watched.mkdir()
        can_mount = mount("-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(disk))
        settings = Settings(home=disk / "kb", model="toy", threads=1)
        going = Crashes(disk, watched, settings, load_embedder(settings), random.Random(seed), can_mount)
        try:
            with Library(settings, going.model) as library:
                Folders(Intake(library)).add(LOCAL_ADMIN, watched)
            for number in range(1, n + 1):
                yield going.run(number)
            going.drain()
            yield f"{n} rounds, {len(going.accepted)} uploads accepted, none lost: {dict(going.seen)}"
        finally:
            going.kill("both")
            going.bury()
            if can_mount:
                subprocess.run(["umount", "-l", str(disk)], check=False, capture_output=True)


if __name__ == "__main__":
    for told in rounds(int(sys.argv[1]), *map(int, sys.argv[2:3] or ["1"])):
        print(told, flush=True)
