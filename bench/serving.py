"""The program as people start it: `kb serve` from its start to an answer, and `kb search` from a cold shell."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlencode, urlsplit

from bench.machine import resident
from bench.worker import ROOT, THREADS

KB = Path(sys.executable).with_name("kb")


class Server:
    """A running `kb serve` over the data folder `home`."""

    def __init__(self, home: Path) -> None:
        """Start it and wait until it is ready."""
        start = time.perf_counter()
        self._process = subprocess.Popen(
            [KB, "serve", "--port", "0", "--json"],
            cwd=ROOT,
            env=_environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        address = urlsplit(_first_object(self._process.stdout)["address"])
        self._host, self._port = str(address.hostname), int(address.port or 80)
        self._connection = http.client.HTTPConnection(self._host, self._port)
        self._get("/ready")
        self.ready_seconds = time.perf_counter() - start

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{self._host}:{self._port}"

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def ask(self, text: str) -> float:
        """Ask over HTTP on one connection; return the seconds until the whole answer was here."""
        start = time.perf_counter()
        self._get("/api/v1/ask?" + urlencode({"q": text}))
        return time.perf_counter() - start

    @property
    def resident(self) -> float:
        """The MiB that the process holds now."""
        return resident(self._process.pid)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._process.send_signal(signal.SIGINT)
        self._process.communicate()

    def _get(self, path: str) -> None:
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {body.decode()}")


def cold_search(home: Path, text: str) -> float:
    """The seconds that `kb search` takes from its start to its end."""
    start = time.perf_counter()
    subprocess.run([KB, "search", text], cwd=ROOT, env=_environment(home), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _first_object(stream: IO[str]) -> dict[str, str]:
    """The JSON object that a process prints first, over several lines. Raises RuntimeError where it prints none."""
    lines: list[str] = []
    for line in stream:
        lines.append(line)
        if line.rstrip() == "}":
            said: dict[str, str] = json.loads("".join(lines))
            return said
    raise RuntimeError(f"the server ended; it said {lines}")


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"KB_HOME": str(home), "KB_THREADS": str(THREADS)}
