"""The peers, what each needs, and the process that drives one in its own virtual environment."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.peers.wire import THREADS
from bench.worker import LAST_WORDS, ROOT

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Peer:
    """A way of searching. script: beside this file, "" for ours. needs: for pip. python: the oldest that runs it."""

    name: str
    script: str
    needs: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 11)


OURS = Peer("Acuan", "")
PEERS = (
    Peer("bm25s", "by_bm25s.py", ("bm25s==0.3.16", "PyStemmer")),
    Peer(
        "sentence-transformers + FAISS (LangChain)",
        "by_faiss.py",
        (
            "torch==2.13.0",
            "sentence-transformers",
            "faiss-cpu",
            "langchain-community==0.4.2",
            "langchain-huggingface==1.2.3",
        ),
    ),
    Peer("txtai hybrid", "by_txtai.py", ("torch==2.13.0", "sentence-transformers", "txtai==9.14.0")),
    Peer(
        "haiku.rag (LanceDB + RRF)",
        "by_haiku.py",
        ("torch==2.13.0", "sentence-transformers", "haiku.rag-slim==0.101.1"),
        (3, 12),
    ),
)


def environment_of(peer: Peer, folder: Path) -> Path:
    """The Python of the peer's own environment below `folder`, made where it is not there yet.

    Raises RuntimeError with what pip said, or where no Python is new enough.
    """
    place = folder / Path(peer.script).stem
    python, done = place / "bin" / "python", place / ".installed"
    if done.exists() and done.read_text("utf-8") == "\n".join(peer.needs):
        return python
    shutil.rmtree(place, ignore_errors=True)
    _run([_python(peer.python), "-m", "venv", str(place)])
    _run([str(python), "-m", "pip", "install", "--quiet", *peer.needs])
    done.write_text("\n".join(peer.needs), "utf-8")
    return python


class Driven:
    """A way in its own process, told what to do and timed where it is done."""

    def __init__(self, peer: Peer, python: Path, model: str, work: Path, vectors: Path | None = None) -> None:
        """Start it and wait until its model is loaded. Raises RuntimeError where it does not get that far.

        vectors: the folder of those that it need not make itself, None for none.
        """
        work.mkdir(parents=True, exist_ok=True)
        # The environment is not resolved: its Python is a link, and the link says which packages are seen.
        command = [str(HERE / peer.script)] if peer.script else ["-m", "bench.peers.by_acuan"]
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            [str(python), *command, model, str(work)],
            cwd=ROOT,
            env=os.environ
            | {
                "OMP_NUM_THREADS": str(THREADS),
                "HF_HUB_OFFLINE": "1",
                "TOKENIZERS_PARALLELISM": "false",
                "PEER_VECTORS": "" if vectors is None else str(vectors),
                "HAIKU_RAG_CONFIG_PATH": str(work / "none.yaml"),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
        )
        try:
            self.load_seconds = float(self._receive())
        except RuntimeError:
            self._complaints.close()
            raise

    def index(self, passages: Path) -> float:
        """Take in the passages of a JSON file, id to text; the seconds it took."""
        return float(self._ask(do="index", passages=str(passages)))

    def search(self, queries: Mapping[str, str], k: int) -> dict[str, list[str]]:
        """The ids found for each question, best first."""
        found: dict[str, list[str]] = self._ask(do="search", queries=queries, k=k)
        return found

    def time(self, queries: Sequence[str], k: int) -> list[float]:
        """The seconds of each question."""
        seconds: list[float] = self._ask(do="time", queries=queries, k=k)
        return seconds

    def memory(self) -> float:
        """The most MiB that it held."""
        return float(self._ask(do="memory"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()
        self._complaints.close()

    def _ask(self, **asked: object):
        assert self._process.stdin is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return self._receive()

    def _receive(self):
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.communicate()
            self._complaints.seek(0)
            raise RuntimeError(f"{self._process.args!r} ended; it said:\n{self._complaints.read()[-LAST_WORDS:]}")
        return json.loads(line)


def _python(oldest: tuple[int, int]) -> str:
    """A Python that is new enough: this one, or one on the path or of pyenv."""
    if sys.version_info >= oldest:
        return sys.executable
    names = [f"python3.{minor}" for minor in range(oldest[1], oldest[1] + 3)]
    pyenv = Path.home() / ".pyenv" / "versions"
    found = [*(which for name in names if (which := shutil.which(name))), *map(str, pyenv.glob("3.*/bin/python3"))]
    for python in found:
        said = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True
        )
        if said.returncode == 0 and tuple(map(int, said.stdout.split())) >= oldest:
            return python
    raise RuntimeError(f"no Python {oldest[0]}.{oldest[1]} or newer was found")


def _run(command: Sequence[str]) -> None:
    came = subprocess.run(command, capture_output=True, text=True)
    if came.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}:\n{came.stderr[-LAST_WORDS:]}")
