"""What taking in does to a machine: documents a minute, search meanwhile, and memory from the first to the last.

`python -m bench.ingestion [N] [--pages P]` makes N born-digital PDFs of ten pages each from real texts, uploads them to
`kb serve` with one worker, and asks questions before and meanwhile. With `--scans N` the pages of N/8 scans are read
instead, with nothing beside. It prints; nothing is written.
"""

import argparse
import http.client
import itertools
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from textwrap import wrap
from urllib.parse import urlencode, urlsplit

import numpy as np
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench import machine
from bench.load import texts
from bench.ocr import dirtied, drawn, sheets
from bench.serving import Server

N_PAGES = 10
LINES, COLUMNS = 36, 88
"""Of a page: about 400 words, as a Perda has them."""

N_IDLE = 150
PAUSE = 0.1
"""Seconds between two questions of one person who never stops asking."""

QUESTIONS = (
    "Siapa yang membentuk gugus tugas?",
    "Berapa lama perangkat daerah menjawab usulan?",
    "sanksi administratif bagi penyelenggara",
    "Apa yang dimaksud dengan anak?",
    "kewajiban pemerintah daerah menyediakan layanan",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How long answers took, in milliseconds."""

    p50: float
    p95: float
    n: int

    @classmethod
    def of(cls, seconds: list[float]) -> "Asked":
        """The summary of these times."""
        return cls(float(np.percentile(seconds, 50)) * 1_000, float(np.percentile(seconds, 95)) * 1_000, len(seconds))


N_OF_SCAN = 8
"""Pages of one scan: as many as are read at a time take turns within it."""

SCAN_DPI = 200


def scans(n_pages: int) -> None:
    """Measure how fast scanned pages go in and print."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        found = sheets(n_pages)
        for at in range(0, len(found), N_OF_SCAN):
            first, *others = (dirtied(drawn(sheet, SCAN_DPI), sheet.number) for sheet in found[at : at + N_OF_SCAN])
            files.append(Path(folder) / f"{at}.pdf")
            first.save(files[-1], "PDF", resolution=SCAN_DPI, quality=45, save_all=True, append_images=others)
        with Server(Path(folder) / "kb") as server:
            print(f"load average before: {machine.load_average():.1f} on this machine")
            start = time.perf_counter()
            upload(server.address, files)
            wait(server.address, len(files))
            seconds = time.perf_counter() - start
            status = json.loads(request(server.address, "GET", "/api/v1/status")[1])
    print(
        f"{len(found)} pages at {SCAN_DPI} dpi in {len(files)} scans, {status['n_pages_unread']} of them unread, "
        f"in {seconds:.1f} s: {60 * len(found) / seconds:.0f} pages/min"
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What taking in `n` documents of `n_pages` pages came to, and the questions asked before and meanwhile.

    seconds: until all were in. serving, working: the processor seconds that the server alone used in them, and its
    workers with all that they started. uploads: the seconds until each was answered.
    """

    n: int
    n_pages: int
    seconds: float
    serving: float
    working: float
    uploads: list[float]
    idle: Asked
    meanwhile: Asked

    @property
    def per_minute(self) -> float:
        """Documents a minute."""
        return 60 * self.n / self.seconds

    @property
    def slowdown(self) -> float:
        """How many times the p95 of a search was what it is idle."""
        return self.meanwhile.p95 / self.idle.p95


def taken_in(n: int, n_pages: int, pause: float, told: Callable[[str], None]) -> Measured:
    """Take in `n` documents while questions are asked, `pause` seconds between two. told: of memory on the way."""
    with tempfile.TemporaryDirectory() as folder:
        files = list(itertools.islice(papers(Path(folder), n_pages), n + 5))
        with Server(Path(folder) / "kb") as server:
            first, rest = files[:5], files[5:]
            upload(server.address, first)
            wait(server.address, len(first))
            n_idle = min(N_IDLE, int(N_IDLE * PAUSE / pause))
            idle = Asked.of([asked(server.address, question, pause) for question in questions(n_idle)])
            told(f"load average before: {machine.load_average():.1f} on this machine; trust the ratios above 2")
            during, over = [], threading.Event()
            asking = threading.Thread(target=ask_until, args=(server.address, over, during, pause))
            asking.start()
            start = time.perf_counter()
            before = used_by(server.pid)
            uploads = upload(server.address, rest)
            for share in (0.1, 0.25, 0.5, 0.75, 1.0):
                wait(server.address, len(first) + int(share * n))
                held = ", ".join(f"{machine.resident(one):.0f}" for one in workers(server.pid))
                told(f"memory after {int(share * n)}: server {machine.resident(server.pid):.0f} MiB, worker {held} MiB")
            seconds = time.perf_counter() - start
            serving, working = (now - then for now, then in zip(used_by(server.pid), before, strict=True))
            over.set()
            asking.join()
            return Measured(n, n_pages, seconds, serving, working, uploads, idle, Asked.of(during))


def show(found: Measured) -> None:
    """Print what was measured."""
    print(
        f"{found.n} documents of {found.n_pages} pages in {found.seconds:.1f} s while questions are asked: "
        f"{found.per_minute:.0f} documents/min"
    )
    print(
        f"processor time of the worker and its reader: {found.working / found.n:.2f} s a document, "
        f"{found.working / found.seconds:.2f} cores"
    )
    print(
        f"processor time of the server: {found.serving / found.meanwhile.n:.3f} s a question, "
        f"{found.serving / found.seconds:.2f} cores"
    )
    uploads = found.uploads
    print(f"an upload is answered in p50 {np.median(uploads) * 1e3:.0f} ms, at most {max(uploads) * 1e3:.0f} ms")
    for when, asked_then in (("idle", found.idle), ("meanwhile", found.meanwhile)):
        print(f"search {when}: p50 {asked_then.p50:.1f} ms, p95 {asked_then.p95:.1f} ms of {asked_then.n}")
    print(f"p95 meanwhile over idle: {found.slowdown:.2f}")


def papers(folder: Path, n_pages: int) -> Iterator[Path]:
    """PDFs of so many pages of real regulations, no two alike."""
    lines: list[str] = []
    number = 0
    for _, text in texts():
        lines += [line for paragraph in text.splitlines() for line in wrap(paragraph, COLUMNS)]
        while len(lines) >= n_pages * LINES:
            number += 1
            file = folder / f"{number}.pdf"
            write(file, lines[: n_pages * LINES])
            lines = lines[n_pages * LINES :]
            yield file


def write(file: Path, lines: list[str]) -> None:
    """The lines as a PDF, `LINES` on a page."""
    canvas = Canvas(str(file), pagesize=A4)
    for at in range(0, len(lines), LINES):
        words = canvas.beginText(56, 780)
        words.setFont("Helvetica", 10)
        words.setLeading(19)
        for line in lines[at : at + LINES]:
            words.textLine(line.encode("latin-1", "replace").decode("latin-1"))
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()


def upload(address: str, files: list[Path]) -> list[float]:
    """Send files without waiting for them to be in; returns the seconds until each was answered."""
    taken = []
    for file in files:
        body = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
            + file.name.encode()
            + b'"\r\n\r\n'
            + file.read_bytes()
            + b"\r\n--x--\r\n"
        )
        start = time.perf_counter()
        status, _ = request(address, "POST", "/api/v1/documents?wait=false", body)
        taken.append(time.perf_counter() - start)
        assert status == 202, status
    return taken


def wait(address: str, n_done: int) -> None:
    """Return when so many documents are in."""
    while json.loads(request(address, "GET", "/api/v1/status")[1])["n_documents"] < n_done:
        time.sleep(0.2)


def questions(n: int) -> Iterator[str]:
    """So many questions, in turns."""
    return itertools.islice(itertools.cycle(QUESTIONS), n)


def asked(address: str, question: str, pause: float) -> float:
    """The seconds until a search was answered, and then a pause."""
    start = time.perf_counter()
    status, _ = request(address, "GET", "/api/v1/search?" + urlencode({"q": question}))
    taken = time.perf_counter() - start
    assert status == 200, status
    time.sleep(pause)
    return taken


def ask_until(address: str, over: threading.Event, seconds: list[float], pause: float) -> None:
    """Ask until told to stop."""
    for question in itertools.cycle(QUESTIONS):
        if over.is_set():
            return
        seconds.append(asked(address, question, pause))


def request(address: str, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    """The status and the body of one answer."""
    there = urlsplit(address)
    connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=120)
    headers = {"Content-Type": "multipart/form-data; boundary=x"} if body is not None else {}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def workers(pid: int) -> list[int]:
    """The worker processes of a server."""
    started = machine.children(pid)
    return [child for child in started if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")]


def used_by(pid: int) -> tuple[float, float]:
    """The processor time of a server alone, and of its workers with all that they started."""
    working = sum(map(processor_seconds, workers(pid)))
    return processor_seconds(pid) - working, working


def processor_seconds(pid: int) -> float:
    """What a process and the children it still has used of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(processor_seconds, machine.children(pid)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=300)
    parser.add_argument("--pages", type=int, default=N_PAGES)
    parser.add_argument("--scans", type=int, default=0)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two questions")
    given = parser.parse_args()
    if given.scans:
        scans(given.scans)
    else:
        show(taken_in(given.n, given.pages, given.pause, partial(print, flush=True)))
