"""The bundled model's layers as an OpenVINO graph, and the one way texts go through it."""

import logging
import queue
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import openvino
from openvino import opset13 as opset

from index.weights import Weights
from kb.errors import ModelError, SettingError, Text
from kb.memory import give_back_mapped
from kb.vectors import Vectors

MODEL = "multilingual-e5-small-q4"

_BATCH_TOKENS = 512

log = logging.getLogger("acuan.model")

Head = Callable[[openvino.Node, openvino.Node], openvino.Node]
"""From the last layer (b, t, d) and the mask (b, t) to what a text comes to, (b, n)."""


def padded_length(length: int) -> int:
    """The length a text is padded to: one of 32, above 64 tokens at most an eighth more than its own.

    OpenVINO keeps 2 to 4 MB for every length it has seen, so steps of 8 throughout would cost 200 MB.
    """
    step = 8 if length <= 128 else 16 if length <= 256 else 32
    return -(-length // step) * step


class Encoder:
    """The first layers of the bundled model with a head, compiled for this machine.

    with_tokens: whether the last layer's tokens are given out as well, for `run_with_tokens`.
    padded: the length that a text of so many tokens is padded to; each length costs memory.
    precision: "f32", "bf16", or "auto" for bf16 where the CPU names it among its capabilities.
    threads: at most so many cores for one call. Safe to use from several threads.
    Raises SettingError for a bf16 the CPU has not, ModelError where OpenVINO refuses the graph.
    """

    def __init__(
        self,
        weights: Weights,
        n_layers: int,
        head: Head,
        *,
        precision: str,
        threads: int,
        with_tokens: bool = False,
        padded: Callable[[int], int] = padded_length,
    ) -> None:
        self._words, self._pad, self._padded = weights.word_rows(), weights.pad, padded
        hidden = weights.shape.hidden
        self._positions = weights.matrix("emb.pos", hidden) + weights.tensor("emb.type")[:hidden]
        core = openvino.Core()
        self.precision = _precision(precision, has_bf16=knows_bf16(core))
        self._requests: queue.SimpleQueue[openvino.InferRequest] = queue.SimpleQueue()
        graph, file = _halved(core, _graph(weights, n_layers, head, with_tokens))
        self._compiled = _compile(core, graph, self.precision, threads)
        # With its first text OpenVINO packs the weights for this processor: those of the files are not needed again.
        for _ in self._infer([[self._pad]]):
            pass
        if file is not None:
            give_back_mapped(file)
        weights.give_back()

    def run(self, ids: Sequence[Sequence[int]], n_out: int) -> Vectors:
        """What each text comes to, (len(ids), n_out) float32. ids: within the model's length."""
        rows_out = np.empty((len(ids), n_out), dtype=np.float32)
        for rows, request in self._infer(ids):
            rows_out[rows] = request.get_output_tensor(0).data
        return rows_out

    def run_with_tokens(self, ids: Sequence[Sequence[int]], n_out: int) -> tuple[Vectors, list[Vectors]]:
        """As `run`, and the last layer of each text's tokens, (len(ids[i]), hidden)."""
        rows_out = np.empty((len(ids), n_out), dtype=np.float32)
        tokens: list[Vectors] = [np.empty((0, 0), np.float32)] * len(ids)
        for rows, request in self._infer(ids):
            rows_out[rows] = request.get_output_tensor(0).data
            last = request.get_output_tensor(1).data
            for i, row in enumerate(rows):
                tokens[row] = last[i, : len(ids[row])].copy()
        return rows_out, tokens

    def _infer(self, ids: Sequence[Sequence[int]]) -> Iterator[tuple[list[int], openvino.InferRequest]]:
        """Batch by batch the places of its texts, and the request that holds what they come to."""
        with self._request() as request:
            for rows, length in batches([len(row) for row in ids], self._padded):
                padded = np.full((len(rows), length), self._pad, dtype=np.int64)
                mask = np.zeros((len(rows), length), dtype=np.float32)
                for i, row in enumerate(rows):
                    padded[i, : len(ids[row])] = ids[row]
                    mask[i, : len(ids[row])] = 1.0
                embedded = self._words.of(padded)
                embedded += self._positions[:length]
                request.infer([embedded, mask], share_inputs=True)
                yield rows, request

    @contextmanager
    def _request(self) -> Iterator[openvino.InferRequest]:
        # An InferRequest serves one thread at a time; idle ones wait in the queue for the next caller.
        try:
            request = self._requests.get_nowait()
        except queue.Empty:
            request = self._compiled.create_infer_request()
        try:
            yield request
        finally:
            self._requests.put(request)


def batches(lengths: Sequence[int], padded_to: Callable[[int], int] = padded_length) -> Iterator[tuple[list[int], int]]:
    """The places of texts that go through the model together, with their padded length, short ones first.

    A text is padded by its own length only, so that its vector never depends on who shares the batch.
    """
    padded = [padded_to(length) for length in lengths]
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: padded[i]):
        if batch and (padded[i] != padded[batch[0]] or (len(batch) + 1) * padded[i] > _BATCH_TOKENS):
            yield batch, padded[batch[0]]
            batch = []
        batch.append(i)
    if batch:
        yield batch, padded[batch[0]]


def knows_bf16(core: openvino.Core) -> bool:
    """Whether OpenVINO names bf16 among what this processor does: it computes in it, or has the registers to act as if.

    One that has neither takes many times as long for bf16 as for f32.
    """
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _precision(wanted: str, *, has_bf16: bool) -> str:
    """The precision to run in: "bf16" or "f32"."""
    if wanted not in ("auto", "f32", "bf16"):
        raise ValueError(f"expected precision auto, f32 or bf16, not {wanted!r}")
    if wanted == "bf16" and not has_bf16:
        raise SettingError(
            "KB_PRECISION",
            Text("prosesor ini tidak mengenal bf16", "this processor does not know bf16"),
            Text("kosongkan KB_PRECISION", "unset KB_PRECISION"),
        )
    if wanted == "auto":
        return "bf16" if has_bf16 else "f32"
    return wanted


def _compile(core: openvino.Core, graph: openvino.Model, precision: str, threads: int) -> openvino.CompiledModel:
    # One stream of all threads answers a lone query soonest, and serves callers in the order they came.
    # Pinned threads would wait for their core while another process has it.
    options = {
        "PERFORMANCE_HINT": "LATENCY",
        "NUM_STREAMS": 1,
        "INFERENCE_PRECISION_HINT": precision,
        "INFERENCE_NUM_THREADS": threads,
        "ENABLE_CPU_PINNING": False,
    }
    try:
        return core.compile_model(graph, "CPU", options)
    except RuntimeError as cause:
        raise ModelError(
            MODEL,
            Text("OpenVINO tidak dapat menyiapkan model bawaan", "OpenVINO cannot prepare the bundled model"),
            Text("jalankan `pip install --force-reinstall openvino`", "run `pip install --force-reinstall openvino`"),
        ) from cause


def _halved(core: openvino.Core, graph: openvino.Model) -> tuple[openvino.Model, Path | None]:
    """The graph with weights of 16 bits, and the file, deleted at once, that they are mapped from.

    Itself and None where no file can be written. Weights of 32 bits would stay in memory beside the packed ones that
    are computed with: 75 MiB more for two models.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.xml"
            openvino.save_model(graph, file, compress_to_fp16=True)
            return core.read_model(file), file.with_suffix(".bin")
    except (OSError, RuntimeError) as cause:
        log.warning("no temporary file for the weights, the model takes more memory: %s", cause)
        return graph, None


def _graph(weights: Weights, n_layers: int, head: Head, with_tokens: bool) -> openvino.Model:
    """The model as a graph from embeddings (b, t, d) and their mask (b, t) to what the head makes of the last layer."""
    shape = weights.shape
    per_head = shape.hidden // shape.n_heads
    embedded = opset.parameter([-1, -1, shape.hidden], np.float32, name="embedded")
    mask = opset.parameter([-1, -1], np.float32, name="mask")
    mask_by_key = opset.unsqueeze(mask, opset.constant(np.array([1, 2])))
    bias = opset.multiply(opset.subtract(mask_by_key, np.float32(1)), np.float32(3e4))

    def normed(x: openvino.Node, name: str) -> openvino.Node:
        axis = opset.constant(np.array([-1]))
        x = opset.mvn(x, axis, True, shape.epsilon, "inside_sqrt")
        return opset.add(opset.multiply(x, weights.tensor(name + ".w")), weights.tensor(name + ".b"))

    def linear(x: openvino.Node, name: str, n_in: int) -> openvino.Node:
        product = opset.matmul(x, opset.constant(weights.matrix(name + ".w", n_in)), False, True)
        return opset.add(product, weights.tensor(name + ".b"))

    def heads(x: openvino.Node) -> openvino.Node:
        x = opset.reshape(x, opset.constant(np.array([0, 0, shape.n_heads, per_head])), True)
        return opset.transpose(x, opset.constant(np.array([0, 2, 1, 3])))

    x = normed(embedded, "emb.ln")
    for layer in (f"l{i}" for i in range(n_layers)):
        query, key, value = (heads(linear(x, f"{layer}.{part}", shape.hidden)) for part in "qkv")
        mixed = opset.scaled_dot_product_attention(query, key, value, bias)
        mixed = opset.transpose(mixed, opset.constant(np.array([0, 2, 1, 3])))
        mixed = opset.reshape(mixed, opset.constant(np.array([0, 0, shape.hidden])), True)
        x = normed(opset.add(x, linear(mixed, f"{layer}.ao", shape.hidden)), f"{layer}.aln")
        inner = opset.gelu(linear(x, f"{layer}.fi", shape.hidden), "erf")
        x = normed(opset.add(x, linear(inner, f"{layer}.fo", shape.feed_forward)), f"{layer}.oln")
    outputs = [head(x, mask), x] if with_tokens else [head(x, mask)]
    return openvino.Model(outputs, [embedded, mask], "multilingual-e5-small")
