"""How a way of searching is driven from outside: lines of JSON in, lines of JSON out; the standard library alone.

A way is a class with `index(ids, texts)` and `search(text, k) -> ids`. It runs in an environment of its own, which has
its libraries and not ours: `python by_NAME.py MODEL_FOLDER WORK_FOLDER`.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

THREADS = 2


class Way(Protocol):
    """A way of searching."""

    def index(self, ids: list[str], texts: list[str]) -> None:
        """Take in the passages."""
        ...

    def search(self, text: str, k: int) -> list[str]:
        """The ids of the `k` best passages, best first; fewer where fewer are found."""
        ...


def drive(make: Callable[[str, str], Way]) -> None:
    """Make the way, then do what the lines ask until they end."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # A library that prints must not speak in the middle of a reply.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    start = time.perf_counter()
    way = make(*sys.argv[1:3])
    print(json.dumps(time.perf_counter() - start), file=replies, flush=True)
    for line in sys.stdin:
        print(json.dumps(_do(way, json.loads(line))), file=replies, flush=True)


def _do(way: Way, asked: dict) -> object:
    match asked["do"]:
        case "index":
            passages = json.loads(Path(asked["passages"]).read_text("utf-8"))
            start = time.perf_counter()
            way.index(list(passages), list(passages.values()))
            return time.perf_counter() - start
        case "search":
            return {key: way.search(text, asked["k"]) for key, text in asked["queries"].items()}
        case "time":
            return [_timed(way, text, asked["k"]) for text in asked["queries"]]
        case "memory":
            return _peak()
    raise ValueError(f"expected index, search, time or memory, got {asked['do']!r}")


def _timed(way: Way, text: str, k: int) -> float:
    start = time.perf_counter()
    way.search(text, k)
    return time.perf_counter() - start


def _peak() -> float:
    """The most MiB that the process held at once, as Linux counts it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    [kibibytes] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(kibibytes) / 1024
