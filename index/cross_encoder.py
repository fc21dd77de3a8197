"""Any sentence-transformers CrossEncoder as the reader of pairs; needs `[models]`."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.reading import NOWHERE, Read
from index.sentence_transformer import LOADING_ERRORS
from kb.errors import ModelMissingError, Text

try:
    import torch
    from sentence_transformers.cross_encoder import CrossEncoder
except ImportError as cause:
    raise ModelMissingError(
        "sentence-transformers",
        Text("pustaka ini belum terpasang", "this library is not installed"),
        Text("jalankan `pip install 'acuan[models]'`", "run `pip install 'acuan[models]'`"),
    ) from cause


class CrossEncoderReader:
    """A CrossEncoder with one output, from a folder or by its hub name; its output is taken as log odds.

    Raises ModelMissingError where it cannot be loaded or has several outputs.
    """

    def __init__(self, name_or_folder: str, *, threads: int = 2) -> None:
        torch.set_num_threads(threads)
        is_folder = Path(name_or_folder).expanduser().is_dir()
        name = str(Path(name_or_folder).expanduser()) if is_folder else name_or_folder
        try:
            self._model = CrossEncoder(name, device="cpu", local_files_only=is_folder)
        except LOADING_ERRORS as cause:
            raise _unusable(
                name_or_folder, "tidak ada atau tidak dapat dimuat", "is absent or cannot be loaded"
            ) from cause
        if self._model.num_labels != 1:
            raise _unusable(name_or_folder, "punya beberapa keluaran", "has several outputs")
        self._lock = threading.Lock()
        self.stamp = f"reader {Path(name).name}"

    def load(self) -> None:
        """Nothing: it is loaded when it is made."""

    def read(self, question: str, texts: Sequence[str]) -> list[Read]:
        """The log odds of each, and no places; see `PairReader`."""
        if not texts:
            return []
        with self._lock:
            odds = self._model.predict(
                [(question, text) for text in texts], activation_fn=torch.nn.Identity(), show_progress_bar=False
            )
        return [Read(float(each), NOWHERE, np.empty(0)) for each in odds]


def _unusable(name: str, what: str, what_en: str) -> ModelMissingError:
    return ModelMissingError(
        "KB_RERANKER",
        Text(f"model {name} {what}", f"the model {name} {what_en}"),
        Text(
            "isi dengan folder CrossEncoder yang utuh berkeluaran satu, atau kosongkan",
            "set it to the folder of a complete CrossEncoder with one output, or unset it",
        ),
    )
