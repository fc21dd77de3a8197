"""Training of the reader of pairs: the bundled model reads a question and a text together, resumable.

Each token of the text may begin or end the answer, and so may the special token before the question, which stands for
"no answer here" (SQuAD 2.0, Rajpurkar et al. 2018). A pair whose answer is known only to be somewhere in the text is
learned from all of its tokens at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from datasets import Dataset
from torch import Tensor, nn
from transformers import BertModel, PreTrainedTokenizerFast, Trainer, TrainingArguments

from index.adapter import AdaptedWeights
from index.sentence_transformer import export_sentence_transformer
from index.training.readings import Reading
from index.training.trainer import Clock, computes_in_bf16, freeze, last_checkpoint
from index.weights import find_weights

HEAD = "head.pt"
_NEVER = -3e4


@dataclass(frozen=True, slots=True)
class ReaderRecipe:
    """How a reader is trained. frozen_layers: counted from the embeddings, which never change.

    max_tokens: of a question and a text together. bf16: whether bfloat16 is computed in, where that is faster.
    minutes: after which training stops and keeps what it has; None for no limit.
    """

    steps: int = 1_560
    frozen_layers: int = 3
    batch_size: int = 32
    learning_rate: float = 1e-4
    warmup_steps: int = 120
    max_tokens: int = 288
    seed: int = 8
    threads: int = 2
    bf16: bool = True
    save_steps: int = 100
    minutes: float | None = None


class Reader(nn.Module):
    """The model with a layer on top that scores each token as the first and as the last of an answer."""

    def __init__(self, folder: Path, frozen_layers: int) -> None:
        super().__init__()
        # Dropout doubles the time of a step on a CPU, and one pass over the readings leaves little to overfit.
        self.bert = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            local_files_only=True,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.head = nn.Linear(self.bert.config.hidden_size, 2)
        if (folder / HEAD).exists():
            self.head.load_state_dict(torch.load(folder / HEAD, weights_only=True))
        freeze(self.bert, frozen_layers)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, of_text: Tensor, first: Tensor, last: Tensor
    ) -> dict[str, Tensor]:
        """`loss`, and `logits` (b, t, 2). of_text: the text's tokens and the first. first, last: the right ones."""
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits = self.head(states).float().masked_fill(~of_text.bool().unsqueeze(2), _NEVER)
        odds = torch.log_softmax(logits, 1)
        # Of every place where the answer may begin, and of every one where it may end, whichever the model likes best.
        begins, ends = (
            torch.logsumexp(odds[:, :, i].masked_fill(~right.bool(), _NEVER), 1)
            for i, right in enumerate((first, last))
        )
        return {"loss": -(begins + ends).mean() / 2, "logits": logits}


class Collator:
    """Pairs as padded tensors."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast, max_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._max = max_tokens

    def __call__(self, rows: Sequence[Mapping[str, object]]) -> dict[str, Tensor]:
        """What `Reader.forward` takes."""
        batch = self._tokenizer(
            [str(row["question"]) for row in rows],
            [str(row["text"]) for row in rows],
            truncation="only_second",
            max_length=self._max,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = batch.pop("offset_mapping")
        shape = batch["input_ids"].shape
        of_text, first, last = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
        for i, row in enumerate(rows):
            part = torch.tensor([kind == 1 for kind in batch.sequence_ids(i)])
            of_text[i] = part
            spans = row["spans"]
            assert isinstance(spans, list)
            if not row["answers"]:
                first[i, 0] = last[i, 0] = True
            elif not spans:
                first[i] = last[i] = part
            for start, end in spans:
                first[i] |= part & (offsets[i, :, 0] <= start) & (offsets[i, :, 1] > start)
                last[i] |= part & (offsets[i, :, 0] < end) & (offsets[i, :, 1] >= end)
            if not first[i].any() or not last[i].any():
                first[i], last[i] = part, part
            of_text[i, 0] = True
        return {
            "input_ids": batch["input_ids"],
            "attention_mask": batch["attention_mask"],
            "of_text": of_text,
            "first": first,
            "last": last,
        }


def export_reader(folder: Path, reader: Path) -> Path:
    """A reader's small file merged into the bundled weights, as a folder to begin with; exported once."""
    if not (folder / HEAD).exists():
        export_sentence_transformer(folder, reader)
        weights = AdaptedWeights(find_weights(), reader)
        head = {"weight": weights.matrix("head.w", weights.shape.hidden), "bias": weights.tensor("head.b")}
        torch.save({name: torch.from_numpy(array) for name, array in head.items()}, folder / HEAD)
    return folder


def train_reader(base: Path, readings: Sequence[Reading], out: Path, recipe: ReaderRecipe) -> Path:
    """The folder of the trained reader; `out` keeps the checkpoints.

    base: the model to begin with as a sentence-transformers folder: an embedder, or a reader with its head. Called
    again with the same `out` it goes on from the last checkpoint.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    model = Reader(base, recipe.frozen_layers)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(base, local_files_only=True)
    rows = Dataset.from_dict(
        {
            "question": [reading.question for reading in readings],
            "text": [reading.text for reading in readings],
            "spans": [[list(span) for span in reading.spans] for reading in readings],
            "answers": [reading.answers for reading in readings],
            "length": [len(reading.question) + len(reading.text) for reading in readings],
        }
    )
    arguments = TrainingArguments(
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
        train_sampling_strategy="group_by_length",
        length_column_name="length",
        remove_unused_columns=False,
        logging_steps=20,
        save_steps=recipe.save_steps,
        save_total_limit=3,
        report_to=[],
        dataloader_drop_last=True,
    )
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=rows,
        data_collator=Collator(tokenizer, recipe.max_tokens),
        callbacks=[Clock(recipe.minutes)] if recipe.minutes is not None else None,
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(out))
    final = out / "final"
    model.bert.save_pretrained(final)
    torch.save(model.head.state_dict(), final / HEAD)
    return final
