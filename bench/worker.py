"""A way of doing the work in a process of its own, told what to do and timed where it is done.

Started by `Worker` as `python -m bench.worker MODULE CLASS ARGUMENT...`: it makes the object, then calls the methods
that it is asked for, one at a time. So two ways stand ready side by side and are measured in turns.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.machine import peak, resident

ROOT = Path(__file__).resolve().parents[1]
THREADS = 2
LAST_WORDS = 4_000

Argument = str | int | Sequence[str]


class Worker:
    """One way of doing the work, in its own process."""

    def __init__(self, module: str, name: str, *arguments: str) -> None:
        """Start it and wait until it is loaded. Raises RuntimeError where it does not get that far."""
        threads = str(THREADS)
        environment = os.environ | {
            "OMP_NUM_THREADS": threads,
            "KB_THREADS": threads,
            "HF_HUB_OFFLINE": "1",
            "TOKENIZERS_PARALLELISM": "false",
        }
        start = time.perf_counter()
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker", module, name, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
        )
        self._receive()
        self.load_seconds = time.perf_counter() - start

    def call(self, method: str, *arguments: Argument) -> tuple[float, float]:
        """Call a method that returns a number: the seconds it took there, and the number."""
        assert self._process.stdin is not None
        print(json.dumps([method, *arguments]), file=self._process.stdin, flush=True)
        seconds, number = self._receive()
        return seconds, number

    @property
    def resident(self) -> float:
        """The MiB that it holds now, without its children."""
        return resident(self._process.pid)

    @property
    def peak(self) -> float:
        """The most MiB that it and its children held."""
        return peak(self._process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
        self._complaints.close()

    def _receive(self) -> list[float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._complaints.seek(0)
            raise RuntimeError(f"{self._process.args!r} ended; it said:\n{self._complaints.read()[-LAST_WORDS:]}")
        received: list[float] = json.loads(line)
        return received


def main() -> None:
    """Make the object that the arguments name, and call its methods until the pipe ends."""
    replies = sys.stdout
    # A library that prints must not speak in the middle of a reply.
    sys.stdout = sys.stderr
    module, name, *arguments = sys.argv[1:]
    way = getattr(importlib.import_module(module), name)(*arguments)
    print("[]", file=replies, flush=True)
    for line in sys.stdin:
        method, *given = json.loads(line)
        start = time.perf_counter()
        number = getattr(way, method)(*given)
        print(json.dumps([time.perf_counter() - start, number]), file=replies, flush=True)


if __name__ == "__main__":
    main()
