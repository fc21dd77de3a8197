"""Latency, throughput and memory of the bundled embedder beside sentence-transformers on torch, same weights, one run.

Run `python -m bench.embedder [ROUNDS]` with the extra `[models]`. Each engine has a process of its own in each round;
printed are medians over the rounds, and ratios to torch in f32, which hold where the machine is busy or another one.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import openvino
import psutil

from bench.reading import machine
from index.embed import load_embedder
from kb.settings import Settings

THREADS = 2
PASSAGE_TOKENS = 122
N_PASSAGES = 128
N_QUERIES = 100
ENGINES = ("openvino f32", "openvino bf16", "torch f32", "torch bf16")

WORDS = (
    "anak",
    "hak",
    "daerah",
    "pemerintah",
    "perlindungan",
    "kekerasan",
    "perempuan",
    "layanan",
    "korban",
    "keluarga",
    "desa",
    "kegiatan",
    "program",
    "anggaran",
    "peraturan",
    "kabupaten",
    "kota",
    "pendidikan",
    "kesehatan",
    "forum",
    "tugas",
    "pelaksanaan",
    "evaluasi",
    "rencana",
    "aksi",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one engine did. Seconds, but milliseconds for queries; tokens a second; MB of resident memory."""

    load: float
    query_p50: float
    query_p95: float
    tokens: float
    rss: float


def measure(engine: str, folder: str) -> Figures:
    """The figures of `engine`, loaded into this process; torch reads the exported model in `folder`."""
    started = time.perf_counter()
    embed_passages, embed_query = _load(engine, folder)
    embed_query("anak")
    load = time.perf_counter() - started
    questions = [_words(i, 8) + "?" for i in range(N_QUERIES)]
    for question in questions[:10]:
        embed_query(question)
    taken = sorted(_seconds(lambda question=question: embed_query(question)) for question in questions)
    passages = [_passage(i) for i in range(N_PASSAGES)]
    embed_passages(passages[:32])
    seconds = _seconds(lambda: embed_passages(passages))
    return Figures(
        load=load,
        query_p50=1e3 * taken[N_QUERIES // 2],
        query_p95=1e3 * taken[N_QUERIES * 95 // 100],
        tokens=PASSAGE_TOKENS * N_PASSAGES / seconds,
        rss=psutil.Process().memory_info().rss / 1e6,
    )


def _load(engine: str, folder: str) -> tuple[Callable[[Sequence[str]], object], Callable[[str], object]]:
    library, precision = engine.split()
    if library == "openvino":
        embedder = load_embedder(Settings(home=Path(folder), precision=precision, threads=THREADS))
        return embedder.embed_passages, embedder.embed_query
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(THREADS)
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    model = SentenceTransformer(folder, device="cpu", local_files_only=True, model_kwargs={"dtype": dtype})

    def encode(texts: Sequence[str], prompt: str) -> object:
        return model.encode(texts, prompt=prompt, normalize_embeddings=True, show_progress_bar=False)

    return lambda texts: encode(texts, "passage: "), lambda text: encode([text], "query: ")


def _words(seed: int, n: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=n))


def _passage(seed: int) -> str:
    """A passage of exactly `PASSAGE_TOKENS` tokens: each of `WORDS` is one, and prefix and special tokens are four."""
    return _words(1_000 + seed, PASSAGE_TOKENS - 4)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def main(n_rounds: int) -> None:
    """Measure every engine `n_rounds` times in turn and print the medians."""
    core = openvino.Core()
    capabilities = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    print(f"{machine()}; {', '.join(capabilities)}; OpenVINO {openvino.__version__.split('-')[0]}")
    print(f"{THREADS} threads, {n_rounds} rounds, load average {os.getloadavg()[0]:.1f} at the start")
    engines = [engine for engine in ENGINES if engine != "openvino bf16" or "BF16" in capabilities]
    runs: dict[str, list[Figures]] = {engine: [] for engine in engines}
    with tempfile.TemporaryDirectory() as folder:
        _in_a_child("export", folder)
        for _ in range(n_rounds):
            for engine in engines:
                runs[engine].append(Figures(**json.loads(_in_a_child(engine, folder))))
    medians = {
        engine: Figures(*(statistics.median(column) for column in zip(*map(_values, rounds), strict=True)))
        for engine, rounds in runs.items()
    }
    print("engine          load s   query p50 / p95 ms   tokens/s   RSS MB   tokens/s and p50 against torch f32")
    base = medians["torch f32"]
    for engine, figures in medians.items():
        print(
            f"{engine:14} {figures.load:7.2f} {figures.query_p50:12.1f} / {figures.query_p95:4.1f} "
            f"{figures.tokens:12,.0f} {figures.rss:8.0f} {figures.tokens / base.tokens:10.2f} x "
            f"{base.query_p50 / figures.query_p50:10.2f} x"
        )


def _values(figures: Figures) -> tuple[float, ...]:
    return tuple(asdict(figures).values())


def _in_a_child(task: str, folder: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.embedder", "--child", task, folder],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        if sys.argv[2] == "export":
            from index.sentence_transformer import export_sentence_transformer

            export_sentence_transformer(Path(sys.argv[3]))
        else:
            print(json.dumps(asdict(measure(sys.argv[2], sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 3)
