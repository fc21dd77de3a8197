"""The passages that ours cut, as the others are given them."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from kb.access import LOCAL_ADMIN
from kb.naming import embedded_text, official_name
from kb.passages import PassageId, StoredPassage
from kb.settings import Settings
from kb.store import Store

DIM = 384


def read_passages(home: Path) -> dict[str, StoredPassage]:
    """Every passage of a knowledge base by its id."""
    store = Store(Settings(home=home).store_file)
    try:
        ids = [PassageId(i) for i in store.passages.ids().tolist()]
        return {str(key): passage for key, passage in store.passages.read(ids).items()}
    finally:
        store.close()


def texts_of(home: Path, passages: Mapping[str, StoredPassage], is_titled: bool) -> dict[str, str]:
    """Each passage as ours embeds it: under the name of its document, where ours does, and its headings."""
    store = Store(Settings(home=home).store_file)
    try:
        visible = store.documents.visible(LOCAL_ADMIN)
    finally:
        store.close()
    names = {key: official_name(document.metadata) if is_titled else "" for key, document in visible.items()}
    return {key: embedded_text(names[passage.document_id], passage) for key, passage in passages.items()}


def lend(folder: Path, home: Path, texts: Mapping[str, str], dim: int = DIM) -> Path:
    """The folder with the vectors that ours made of the texts, for the others."""
    store = Store(Settings(home=home).store_file)
    try:
        ids, vectors = store.passages.vectors(store.passages.ids(), dim)
    finally:
        store.close()
    folder.mkdir(parents=True, exist_ok=True)
    # As `shared.lend` reads it, which lives in an environment without ours.
    plain = (" ".join(texts[str(passage_id)].split()) for passage_id in ids.tolist())
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in plain]
    (folder / "texts.json").write_text(json.dumps(keys), "utf-8")
    np.save(folder / "vectors.npy", vectors)
    return folder
