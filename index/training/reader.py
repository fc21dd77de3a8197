"""Training of the reader of pairs: a cross-encoder on the first layers of the bundled model, resumable."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from datasets import Dataset
from sentence_transformers.cross_encoder import (
    CrossEncoder,
    CrossEncoderTrainer,
    CrossEncoderTrainingArguments,
)
from sentence_transformers.util import batch_to_device
from torch import Tensor, nn

from index.training.groups import Group
from index.training.trainer import Clock, last_checkpoint


@dataclass(frozen=True, slots=True)
class ReaderRecipe:
    """How a reader is trained. batch_size: in groups. max_tokens: of a question and a text together.

    frozen_layers: counted from the embeddings, which never change. minutes: after which training stops and keeps what
    it has; None for no limit.
    """

    steps: int = 950
    layers: int = 6
    frozen_layers: int = 2
    batch_size: int = 16
    learning_rate: float = 7e-5
    warmup_steps: int = 60
    max_tokens: int = 160
    seed: int = 8
    threads: int = 2
    bf16: bool = True
    save_steps: int = 100
    minutes: float | None = None


class AnswersLoss(nn.Module):
    """Which text of a group answers (cross-entropy over the group), and whether each does (binary cross-entropy).

    The first orders passages, the second makes the score a probability; a group without an answer has only the second.
    """

    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        inputs: tuple[list[str], list[list[str]]],
        labels: list[Tensor],
        prompt: str | None = None,
        task: str | None = None,
    ) -> Tensor:
        """The mean over the batch's groups and texts."""
        questions, texts = inputs
        pairs = [(question, text) for question, group in zip(questions, texts, strict=True) for text in group]
        features = batch_to_device(self.model.preprocess(pairs, prompt=prompt, task=task), self.model.device)
        scores = self.model(features)["scores"].view(-1).float()
        right = torch.cat(list(labels)).float()
        loss = nn.functional.binary_cross_entropy_with_logits(scores, right)
        of_groups = torch.stack(
            [
                -nn.functional.log_softmax(of_group, 0)[answers > 0].mean() if bool((answers > 0).any()) else loss * 0
                for of_group, answers in zip(scores.split([len(group) for group in texts]), labels, strict=True)
            ]
        )
        return loss + of_groups.mean()

    def get_config_dict(self) -> dict[str, str]:
        """What the trainer writes into a model card."""
        return {}


def train_reader(plain: Path, groups: Sequence[Group], out: Path, recipe: ReaderRecipe) -> Path:
    """The folder of the trained reader, a sentence-transformers CrossEncoder; `out` keeps the checkpoints.

    plain: the bundled model as a sentence-transformers folder. Called again with the same `out` it goes on from the
    last checkpoint.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    model = CrossEncoder(
        str(plain),
        num_labels=1,
        max_length=recipe.max_tokens,
        local_files_only=True,
        config_kwargs={"num_hidden_layers": recipe.layers},
    )
    for name, parameter in model.named_parameters():
        frozen = any(f".layer.{i}." in name for i in range(recipe.frozen_layers))
        parameter.requires_grad_(not frozen and ".embeddings." not in name)
    order = list(groups)
    random.Random(recipe.seed).shuffle(order)
    rows = Dataset.from_dict(
        {
            "question": [group.question for group in order],
            "texts": [list(group.texts) for group in order],
            "labels": [[float(answer) for answer in group.answers] for group in order],
        }
    )
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(out),
        max_steps=recipe.steps,
        per_device_train_batch_size=recipe.batch_size,
        learning_rate=recipe.learning_rate,
        warmup_steps=recipe.warmup_steps,
        lr_scheduler_type="linear",
        weight_decay=0.01,
        bf16=recipe.bf16,
        use_cpu=not torch.cuda.is_available(),
        seed=recipe.seed,
        logging_steps=20,
        save_steps=recipe.save_steps,
        save_total_limit=3,
        report_to=[],
        dataloader_drop_last=True,
    )
    trainer = CrossEncoderTrainer(
        model=model,
        args=arguments,
        train_dataset=rows,
        loss=AnswersLoss(model),
        callbacks=[Clock(recipe.minutes)] if recipe.minutes is not None else None,
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(out))
    model.save_pretrained(str(out / "final"))
    return out / "final"
