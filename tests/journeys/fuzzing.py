"""Mutated files of every format, read one after another: `make fuzz`, or `python -m tests.journeys.fuzzing --files N`.

Each is a good file spoiled in one of several ways; office files also inside their archive, where the parser is. Held
against each: it is read or refused by one sentence, within its time and memory; what was read keeps the laws of a
reading. Some go the whole way into a store, which must be sound at the end. The same seed spoils the same files.
"""

import argparse
import io
import os
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from api.library import Library
from bench import samples
from bench.machine import peak
from ingest import tesseract
from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError, NotFoundError, ReaderCrashedError, ReadingTimeoutError
from kb.pages import Reading
from kb.settings import Settings

SECONDS, MEBIBYTES = 20, 1024
GRACE_SECONDS = 5.0
"""Past its limit until a child is dead, on a machine with busy cores."""

N_STORED, N_RECOGNISED, N_CONVERTED = 25, 200, 1_000
"""One in so many goes into the store, is read by OCR where it is a picture, or is an old office file."""

ZIPPED = frozenset({"laporan.docx", "paparan.pptx", "anggaran.xlsx", "laporan.odt", "arsip.zip"})
Mutate = Callable[[bytes, Random], bytes]


@dataclass(slots=True)
class Tally:
    """What came of all files. broken: the laws that one broke, by file."""

    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slowest: float = 0.0
    most_mebibytes: float = 0.0


def flipped(content: bytes, chance: Random) -> bytes:
    """A few bits are others."""
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 4, 32))):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def overwritten(content: bytes, chance: Random) -> bytes:
    """A stretch is noise, nothing, or all ones."""
    start = chance.randrange(len(content))
    n_bytes = min(chance.choice((4, 64, 1024)), len(content) - start)
    filling = chance.choice((bytes(n_bytes), b"\xff" * n_bytes, chance.randbytes(n_bytes)))
    return content[:start] + filling + content[start + n_bytes :]


def cut_off(content: bytes, chance: Random) -> bytes:
    """The end is missing, or the beginning."""
    at = chance.randrange(len(content))
    return content[:at] if chance.random() < 0.8 else content[at:]


def repeated(content: bytes, chance: Random) -> bytes:
    """A stretch stands there many times."""
    start = chance.randrange(len(content))
    part = content[start : start + chance.choice((1, 16, 200))]
    return content[:start] + part * chance.choice((2, 50, 2000)) + content[start:]


def inflated(content: bytes, chance: Random) -> bytes:
    """Some numbers are huge, negative, or no numbers."""
    digits = [i for i, byte in enumerate(content) if 48 <= byte <= 57]
    for at in sorted(chance.sample(digits, min(len(digits), chance.choice((1, 3, 10)))), reverse=True):
        number = chance.choice((b"99999999999999999999", b"-1", b"2147483648", b"0", b"x", b"1e308"))
        content = content[:at] + number + content[at + 1 :]
    return content


def mixed(content: bytes, chance: Random) -> bytes:
    """The rest is of another format."""
    other = samples.SAMPLES[chance.choice(list(samples.SAMPLES))]()
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


PLAIN: tuple[Mutate, ...] = (flipped, overwritten, cut_off, repeated, inflated, mixed)


def inside(content: bytes, chance: Random) -> bytes:
    """One file inside the archive is spoiled, and the archive is whole."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        spoiled = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, chance.choice(PLAIN)(part, chance) if name == spoiled and part else part)
    return written.getvalue()


def spoil(name: str, content: bytes, chance: Random) -> bytes:
    """The file spoiled in one way, or in two."""
    ways = (inside, inside, *PLAIN) if name in ZIPPED else PLAIN
    spoiled = chance.choice(ways)(content, chance)
    return chance.choice(PLAIN)(spoiled, chance) if spoiled and chance.random() < 0.3 else spoiled


def run(n_files: int, seed: int, told: Callable[[int, Tally], None] = lambda n_done, tally: None) -> Tally:
    """Spoil and read `n_files` files."""
    chance = Random(seed)
    good = {name: build() for name, build in samples.SAMPLES.items()}
    old = {name: content for name in samples.OLD if n_files >= N_CONVERTED and (content := samples.converted(name))}
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="acuan-rusak-") as kept:
        folder = Path(kept)
        settings = Settings(
            home=folder / "kb", model="toy", threads=1, ocr="off", reading_seconds=SECONDS, reading_mib=MEBIBYTES
        )
        with Sandbox(settings) as sandbox, Library.open(settings) as library:
            for number in range(n_files):
                pool = old if old and number % N_CONVERTED == N_CONVERTED - 1 else good
                name = chance.choice(sorted(pool))
                file = folder / f"{number:06}-{name}"
                file.write_bytes(spoil(name, pool[name], chance))
                _read(sandbox, file, tally)
                if number % N_RECOGNISED == 0 and tesseract.languages():
                    _recognise(sandbox, file, tally)
                if number % N_STORED == 0:
                    _ingest(library, file, tally)
                file.unlink()
                told(number + 1, tally)
            tally.broken += [f"store: {defect.where}: {defect.message_en}" for defect in library.verify()]
    return tally


def _read(sandbox: Sandbox, file: Path, tally: Tally) -> None:
    kind = file.name.split("-", 1)[1]
    started = time.perf_counter()
    try:
        reading = sandbox.read(file)
    except FileRefusedError as refusal:
        tally.outcomes[f"{kind}: {refusal.code}"] += 1
        if "\n" in refusal.say() or not refusal.say():
            tally.broken.append(f"{file.name}: a refusal of several lines")
    else:
        tally.outcomes[f"{kind}: read"] += 1
        tally.broken += [f"{file.name}: {law}" for law in broken_laws(reading)]
    _measure(time.perf_counter() - started, file, tally)


def _recognise(sandbox: Sandbox, file: Path, tally: Tally) -> None:
    started = time.perf_counter()
    try:
        sandbox.recognise(file, 1)
    except (FileRefusedError, NotFoundError) as refusal:
        tally.outcomes[f"OCR: {refusal.code}"] += 1
    else:
        tally.outcomes["OCR: read"] += 1
    _measure(time.perf_counter() - started, file, tally)


def _ingest(library: Library, file: Path, tally: Tally) -> None:
    try:
        library.ingestion.ingest(file)
    except FileRefusedError:
        tally.outcomes["store: refused"] += 1
    else:
        tally.outcomes["store: in"] += 1


def _measure(seconds: float, file: Path, tally: Tally) -> None:
    tally.slowest = max(tally.slowest, seconds)
    if seconds > SECONDS + GRACE_SECONDS:
        tally.broken.append(f"{file.name}: {seconds:.1f} s")
    for child in psutil.Process().children(recursive=True):
        try:
            mebibytes = peak(child.pid)
        except (psutil.NoSuchProcess, OSError, ValueError):
            # It has ended meanwhile, within its limit: the system ends it beyond.
            continue
        tally.most_mebibytes = max(tally.most_mebibytes, mebibytes)
        if mebibytes > MEBIBYTES:
            tally.broken.append(f"{file.name}: {mebibytes:.0f} MiB")


def broken_laws(reading: Reading) -> Sequence[str]:
    """What a reading must be and is not."""
    texts = {page.number: page.text for page in reading.pages}
    found = []
    if list(texts) != list(range(1, len(reading.pages) + 1)):
        found.append("pages are not numbered from 1")
    spans = [(heading.span.page, heading.span.start, heading.span.end) for heading in reading.headings]
    for table in reading.tables:
        spans += [(row.page, row.start, row.end) for row in table.rows]
        spans += [(row.page, cell.start, cell.end) for row in table.rows for cell in row.cells]
    found += [f"no such place: {span}" for span in spans if not 0 <= span[1] <= span[2] <= len(texts.get(span[0], ""))]
    if any("\0" in text for text in texts.values()):
        found.append("NUL in a text")
    try:
        "".join(texts.values()).encode("utf-8")
    except UnicodeEncodeError:
        found.append("a lone surrogate in a text")
    return found


def main() -> None:
    """Spoil, read and print; exit with 1 where a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    started = time.perf_counter()

    def told(n_done: int, tally: Tally) -> None:
        if n_done % 500 == 0:
            print(f"{n_done} files, {time.perf_counter() - started:.0f} s, {len(tally.broken)} broken", flush=True)

    tally = run(arguments.files, arguments.seed, told)
    for outcome, n in sorted(tally.outcomes.items()):
        print(f"{n:6} {outcome}")
    crashed = sum(n for key, n in tally.outcomes.items() if key.endswith(ReaderCrashedError.code))
    slow = sum(n for key, n in tally.outcomes.items() if key.endswith(ReadingTimeoutError.code))
    print(
        f"{arguments.files} files in {time.perf_counter() - started:.0f} s; "
        f"slowest {tally.slowest:.1f} s of {SECONDS}; "
        f"most memory of a reader {tally.most_mebibytes:.0f} MiB of {MEBIBYTES}, "
        f"of this process {peak(os.getpid()):.0f} MiB; {crashed} readers died and were replaced, "
        f"{slow} were stopped; {len(tally.broken)} broken laws"
    )
    for law in tally.broken[:50]:
        print(f"BROKEN {law}")
    sys.exit(1 if tally.broken else 0)


if __name__ == "__main__":
    main()
