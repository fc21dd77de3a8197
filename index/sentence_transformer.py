"""Any sentence-transformers model as an embedder, and the bundled weights as such a model; needs `[models]`."""

import hashlib
import json
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.adapter import AdaptedWeights
from index.arrays import unit
from index.embed import Stamp, WithoutTokens, check_lengths, windows
from index.weights import Vocabulary, Weights, find_weights
from kb.errors import ModelError, ModelMissingError, Text
from kb.vectors import Vectors

try:
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram
    from transformers import BertConfig, BertModel, PreTrainedTokenizerBase
except ImportError as cause:
    raise ModelMissingError(
        "sentence-transformers",
        Text("pustaka ini belum terpasang", "this library is not installed"),
        Text("jalankan `pip install 'acuan[models]'`", "run `pip install 'acuan[models]'`"),
    ) from cause

_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])", re.IGNORECASE)
_HUB_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")
_SURROGATES = re.compile("[\ud800-\udfff]")

# The loaders raise what they meet: a broken JSON file is a ValueError, one of another shape a KeyError or TypeError.
LOADING_ERRORS = (
    AttributeError,
    ImportError,
    KeyError,
    OSError,
    RuntimeError,
    SafetensorError,
    TypeError,
    ValueError,
)


class SentenceTransformerEmbedder(WithoutTokens):
    """Any sentence-transformers model, from a folder or by its hub name.

    A hub is asked only for a name that is no folder here and could be one there ("owner/model" or "model").
    Prefixes are those the model declares (prompts "query", and "passage" or "document"); a model that declares
    none but is called E5 gets E5's, for without them it ranks badly and says nothing.
    Raises ModelMissingError where the model cannot be loaded.
    """

    def __init__(self, name_or_folder: str, *, threads: int = 2) -> None:
        torch.set_num_threads(threads)
        folder = Path(name_or_folder).expanduser()
        is_folder = name_or_folder != "" and folder.is_dir()
        if not is_folder and not _HUB_NAME.fullmatch(name_or_folder):
            raise _missing(name_or_folder)
        try:
            model = SentenceTransformer(
                str(folder) if is_folder else name_or_folder, device="cpu", local_files_only=is_folder
            )
        except LOADING_ERRORS as cause:
            raise _missing(name_or_folder) from cause
        tokenizer = getattr(model[0], "tokenizer", None)
        if not isinstance(tokenizer, PreTrainedTokenizerBase) or model.max_seq_length is None:
            raise ModelError(
                name_or_folder,
                Text("model ini tidak dapat menghitung token", "this model cannot count tokens"),
                Text("pilih model teks lain untuk KB_MODEL", "choose another text model for KB_MODEL"),
            )
        self._model, self._tokenizer = model, tokenizer
        # The tokenizer of the transformers library may not be shared: it keeps its padding in itself.
        self._lock = threading.Lock()
        name = folder.resolve().name if is_folder else name_or_folder
        query, passage = _prefixes(name, model.prompts)
        self.max_tokens = model.max_seq_length
        self.dim = self._embed(["dim"], "").shape[1]
        self.stamp = Stamp(name, _hash(model), self.dim, query, passage)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The passages' vectors; see `Embedder`."""
        check_lengths(self.count_tokens(texts), self.max_tokens)
        return self._embed(texts, self.stamp.passage_prefix)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The query's vector; see `Embedder`."""
        prefix = self.stamp.query_prefix
        pieces = windows(text, lambda piece: self._count([prefix + piece])[0] <= self.max_tokens)
        vectors = self._embed(pieces, prefix)
        return unit(np.array(self._count([prefix + piece for piece in pieces]), dtype=np.float32) @ vectors)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """What each text would cost as a passage, in tokens; see `Embedder`."""
        return self._count([self.stamp.passage_prefix + text for text in texts])

    def _count(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        with self._lock:
            ids = self._tokenizer([_readable(text) for text in texts], verbose=False)["input_ids"]
        return [len(row) for row in ids]

    def _embed(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                [_readable(text) for text in texts], prompt=prefix, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def export_sentence_transformer(folder: Path, adapter: Path | None = None) -> None:
    """The bundled weights in `folder` as an ordinary sentence-transformers model, with its prompts.

    adapter: merged into them, `index.adapter.SHIPPED` for the model as it is served; None for the plain weights.
    Raises ModelMissingError where the weights or the adapter are absent.
    """
    file = find_weights()
    weights = Weights(file) if adapter is None else AdaptedWeights(file, adapter)
    shape, vocabulary = weights.shape, weights.vocabulary()
    bert = BertModel(
        BertConfig(
            vocab_size=shape.n_words,
            hidden_size=shape.hidden,
            num_hidden_layers=shape.n_layers,
            num_attention_heads=shape.n_heads,
            intermediate_size=shape.feed_forward,
            max_position_embeddings=shape.n_positions,
            layer_norm_eps=shape.epsilon,
            pad_token_id=vocabulary.pad,
        )
    )
    # The pooler on top is BERT's own, which mean pooling leaves out; a file without it draws a warning at each load.
    bert.load_state_dict(
        {
            name: torch.zeros(tensor.shape)
            if name.startswith("pooler.")
            else torch.from_numpy(weights.tensor(stored_name(name))).reshape(tensor.shape)
            for name, tensor in bert.state_dict().items()
        }
    )
    folder.mkdir(parents=True, exist_ok=True)
    bert.save_pretrained(folder)
    _save_tokenizer(vocabulary, shape.n_positions, folder)
    model = SentenceTransformer(
        modules=[Transformer(str(folder)), Pooling(shape.hidden, "mean"), Normalize()],
        # Under both names: `encode_document` looks for "document" first, and would find none but an empty one.
        prompts={"query": "query: ", "passage": "passage: ", "document": "passage: "},
        device="cpu",
    )
    model.save(str(folder), create_model_card=False)


def _save_tokenizer(vocabulary: Vocabulary, max_tokens: int, folder: Path) -> None:
    """The tokenizer of `index.bundled` as the transformers library reads it, normalization included."""
    pieces = [piece.decode() for piece in vocabulary.pieces]
    tokenizer = Tokenizer(
        Unigram(list(zip(pieces, vocabulary.scores.tolist(), strict=True)), unk_id=vocabulary.unknown)
    )
    # What NFKC does not do already: control characters go, odd spaces become plain ones.
    gone, spaces = (
        "".join(chr(character) for character, becomes in vocabulary.normal.items() if becomes == kept)
        for kept in ("", " ")
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(f"[\\x00{re.escape(gone)}]"), ""),
            normalizers.Replace(Regex(f"[{re.escape(spaces)}]"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    bos, eos, pad, unknown = (pieces[i] for i in (vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unknown))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=[bos, "$A", eos],
        pair=[bos, "$A", eos, eos, "$B", eos],
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    tokens = {"bos": bos, "eos": eos, "cls": bos, "sep": eos, "pad": pad, "unk": unknown, "mask": pieces[-1]}
    config: dict[str, str | int] = {f"{name}_token": token for name, token in tokens.items()}
    config |= {"model_max_length": max_tokens, "tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2), "utf-8")


_STORED_NAMES = (
    ("embeddings.word_embeddings.weight", "emb.word"),
    ("embeddings.position_embeddings.weight", "emb.pos"),
    ("embeddings.token_type_embeddings.weight", "emb.type"),
    ("embeddings.LayerNorm", "emb.ln"),
    ("encoder.layer.", "l"),
    ("attention.self.query", "q"),
    ("attention.self.key", "k"),
    ("attention.self.value", "v"),
    ("attention.output.dense", "ao"),
    ("attention.output.LayerNorm", "aln"),
    ("intermediate.dense", "fi"),
    ("output.dense", "fo"),
    ("output.LayerNorm", "oln"),
    (".weight", ".w"),
    (".bias", ".b"),
)


def stored_name(bert_name: str) -> str:
    """What the weights file calls the tensor that BertModel calls `bert_name`."""
    for theirs, ours in _STORED_NAMES:
        bert_name = bert_name.replace(theirs, ours)
    return bert_name


def _missing(name: str) -> ModelMissingError:
    return ModelMissingError(
        name or "KB_MODEL",
        Text(
            "model sentence-transformers ini tidak ada atau tidak dapat dimuat",
            "there is no such sentence-transformers model, or it cannot be loaded",
        ),
        Text(
            "isi KB_MODEL dengan folder model yang utuh, atau kosongkan untuk model bawaan",
            "set KB_MODEL to the folder of a complete model, or unset it for the bundled one",
        ),
    )


def _prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """What the model wants before a query and before a passage."""
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if not query and not passage and _E5.search(name):
        return "query: ", "passage: "
    return query, passage


def _hash(model: SentenceTransformer) -> str:
    """The first 16 hex digits of the SHA-256 of its tensors, however they were stored.

    Without BERT's own pooler: no vector here passes it, and where the file lacks it, it is drawn anew at each load.
    """
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        if ".pooler." in name:
            continue
        digest.update(name.encode())
        digest.update(tensor.contiguous().reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()[:16]


def _readable(text: str) -> str:
    # Half a surrogate pair cannot be written in UTF-8, which is what the tokenizer reads.
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
