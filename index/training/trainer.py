"""Training by the sentence-transformers trainer: InfoNCE over batches of pairs, word embeddings frozen, resumable."""

import hashlib
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import numpy as np
import openvino
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from torch import nn
from torch.utils.data import BatchSampler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from index.embed import Embedder
from index.encoder import knows_bf16
from index.training.batches import batched, mixed
from index.training.negatives import hard_negatives
from index.training.noise import Noise, asked
from index.training.pairs import Pair
from kb.vectors import Vectors

_QUERY_WORDS = 22
"""The longest query of a batch sets the cost of all."""

_LETTERS = 450
"""So much of a passage is looked at for hard negatives: about what is trained on."""

_PROMPTS = {"anchor": "query: ", "positive": "passage: ", "negative": "passage: "}

_LAYER = re.compile(r"\blayer\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained. The seed decides pairs, noise and batches.

    scale: 1 / temperature. max_tokens: of a passage while training. frozen_layers: counted from the embeddings.
    bf16: whether bfloat16 is computed in, where that is faster. noise: the kinds that are made on the queries.
    minutes: after which training stops and keeps what it has; None for no limit.
    """

    steps: int = 150
    batch_size: int = 40
    learning_rate: float = 4e-5
    warmup_steps: int = 15
    scale: float = 50.0
    max_tokens: int = 96
    frozen_layers: int = 6
    seed: int = 8
    threads: int = 2
    bf16: bool = True
    save_steps: int = 20
    minutes: float | None = None
    noise: tuple[Noise, ...] = tuple(Noise)


def train(plain: Path, pairs: Sequence[Pair], out: Path, recipe: Recipe, embedder: Embedder | None = None) -> Path:
    """The folder of the trained model, a sentence-transformers model like `plain`; `out` keeps the checkpoints.

    embedder: finds each pair's hard negative; None for none. Called again with the same `out` it goes on from the last
    checkpoint. Raises ValueError where that run had other pairs and hard negatives.
    """
    torch.set_num_threads(recipe.threads)
    model = SentenceTransformer(str(plain), local_files_only=True)
    whole = model.max_seq_length
    model.max_seq_length = recipe.max_tokens
    freeze(model, recipe.frozen_layers)
    rng = random.Random(recipe.seed)
    chosen = mixed(pairs, recipe.steps * recipe.batch_size * 5 // 4, rng)
    # By its own words: a pair is asked the same whichever others are learned from.
    queries = [asked(pair, random.Random(f"{recipe.seed} {pair.query}"), _QUERY_WORDS, recipe.noise) for pair in chosen]
    columns = {"anchor": queries, "positive": [pair.passage for pair in chosen]}
    negatives = None
    if embedder is not None:
        negatives = _negatives(out / "negatives.json", embedder, chosen, queries, rng)
        columns["negative"] = [chosen[i].passage for i in negatives]
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(out),
        max_steps=recipe.steps,
        per_device_train_batch_size=recipe.batch_size,
        learning_rate=recipe.learning_rate,
        warmup_steps=recipe.warmup_steps,
        lr_scheduler_type="linear",
        weight_decay=0.01,
        bf16=recipe.bf16 and computes_in_bf16(),
        use_cpu=not torch.cuda.is_available(),
        seed=recipe.seed,
        prompts={name: _PROMPTS[name] for name in columns},
        logging_steps=5,
        save_steps=recipe.save_steps,
        save_total_limit=4,
        report_to=[],
        dataloader_drop_last=True,
    )
    trainer = _Trainer(
        model=model,
        args=arguments,
        train_dataset=Dataset.from_dict(columns),
        loss=MultipleNegativesRankingLoss(model, scale=recipe.scale),
        callbacks=[Clock(recipe.minutes)] if recipe.minutes is not None else None,
    )
    trainer.batches = list(batched(chosen, recipe.batch_size, random.Random(recipe.seed), negatives))
    trainer.train(resume_from_checkpoint=last_checkpoint(out))
    model.max_seq_length = whole
    model.save(str(out / "final"), create_model_card=False)
    return out / "final"


class _Kept(TypedDict):
    """What `negatives.json` holds. digest: of the queries and the passages that the places were found for."""

    n_pairs: int
    digest: str
    places: list[int]


def _negatives(
    file: Path, embedder: Embedder, pairs: Sequence[Pair], queries: Sequence[str], rng: random.Random
) -> list[int]:
    """The places of the pairs' negatives, found once for a run: another processor or adapter would find others.

    Raises ValueError where `file` holds those of other pairs.
    """
    passages = [pair.passage for pair in pairs]
    digest = hashlib.sha256(json.dumps([queries, passages]).encode()).hexdigest()
    if not file.exists():
        query_vectors = np.stack([embedder.embed_query(query) for query in queries])
        places = hard_negatives(pairs, query_vectors, _passage_vectors(embedder, passages), rng)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(_Kept(n_pairs=len(pairs), digest=digest, places=places)), "utf-8")
        return places
    kept: _Kept | list[int] = json.loads(file.read_text("utf-8"))
    if isinstance(kept, list) or (kept["n_pairs"], kept["digest"]) != (len(pairs), digest):
        n_kept = len(kept) if isinstance(kept, list) else kept["n_pairs"]
        raise ValueError(
            f"{file}: expected the negatives of these {len(pairs)} pairs, found those of {n_kept} that are not known "
            "to be the same; train into another folder, or delete this one to begin anew"
        )
    return kept["places"]


def _passage_vectors(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """The unit vectors of passages, (n, d), of their first `_LETTERS`; each text goes through the model once."""
    distinct = list(dict.fromkeys(text[:_LETTERS] for text in texts))
    vectors = embedder.embed_passages(distinct)
    place = {text: i for i, text in enumerate(distinct)}
    rows: Vectors = vectors[[place[text[:_LETTERS]] for text in texts]]
    return rows


def computes_in_bf16() -> bool:
    """Whether what is trained on computes in bf16: the GPU where there is one, or else this processor.

    torch takes bf16 anywhere, on a processor without it at a fraction of the speed of f32.
    """
    return (
        torch.cuda.is_bf16_supported(including_emulation=False)
        if torch.cuda.is_available()
        else knows_bf16(openvino.Core())
    )


def freeze(model: nn.Module, n_layers: int) -> None:
    """Keep all embeddings and the first `n_layers` layers of the model as they are."""
    for name, parameter in model.named_parameters():
        layer = _LAYER.search(name)
        parameter.requires_grad_(layer is not None and int(layer[1]) >= n_layers)


def last_checkpoint(out: Path) -> str | None:
    """The newest whole checkpoint below `out`; None before the first."""
    # The state is written last: a folder without it was cut off.
    complete = [file.parent for file in out.glob("checkpoint-*/trainer_state.json")]
    newest = max(complete, key=lambda folder: int(folder.name.rpartition("-")[2]), default=None)
    return None if newest is None else str(newest)


class _Trainer(SentenceTransformerTrainer):
    """The trainer with batches made beforehand."""

    batches: list[list[int]]

    def get_batch_sampler(
        self,
        dataset: Dataset,
        batch_size: int,
        drop_last: bool,
        valid_label_columns: list[str] | None = None,
        generator: torch.Generator | None = None,
        seed: int = 0,
    ) -> BatchSampler:
        """The batches in their order, which is that of every epoch."""
        return _Given(self.batches, batch_size)


class _Given(BatchSampler):
    """Batches as they were given."""

    def __init__(self, batches: Sequence[list[int]], batch_size: int) -> None:
        super().__init__(range(0), batch_size, drop_last=True)
        self._batches = batches

    def __iter__(self) -> Iterator[list[int]]:
        return iter(self._batches)

    def __len__(self) -> int:
        return len(self._batches)


class Clock(TrainerCallback):
    """Stops training, and saves, when its time is over."""

    def __init__(self, minutes: float) -> None:
        self._until = time.monotonic() + 60 * minutes

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: object) -> None:
        """Ask the trainer to stop once the time is over."""
        if time.monotonic() >= self._until:
            control.should_save = control.should_training_stop = True
