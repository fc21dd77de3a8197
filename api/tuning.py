"""`kb tune`: the model adapted to the office's own documents, kept only where it finds no worse."""

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from api.library import Library
from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.training.regulation import Regulation
from index.training.tuning import measure, mine_documents, train_adapter
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.errors import SettingError, Text
from kb.naming import embedded_text, official_name
from kb.passages import Passage, PassageId
from kb.settings import DEFAULT_MODEL, Settings

FEWEST_PAIRS = 200
MOST_LOST = 0.005
"""What the adapted model may lose of nDCG@10 on the bundled sample, where 36 questions are."""

_MOST_PASSAGES = 3_000
_SEED = 8
_SAMPLE = Path(__file__).parent / "tuning_sample.jsonl"

Told = Callable[[str], None]
"""Told which step has begun, by the key of its sentence."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What adapting came to: nDCG@10 of the vectors before and after, on held-back questions and on the sample."""

    n_pairs: int
    n_questions: int
    own_before: float
    own_after: float
    sample_before: float
    sample_after: float

    @property
    def is_better(self) -> bool:
        """Whether the adapted model is worth keeping: better on the office's documents, not worse elsewhere."""
        return self.own_after > self.own_before and self.sample_after >= self.sample_before - MOST_LOST


def tune(settings: Settings, minutes: float, told: Told, progress: Callable[[int, int], None]) -> Tuning:
    """Adapt the bundled model to the store of `settings`; where that is better, install it and embed all anew.

    Raises SettingError where the store is not embedded by the bundled model or holds too little to learn from.
    """
    if settings.model != DEFAULT_MODEL:
        raise SettingError(
            "KB_MODEL",
            Text("hanya model bawaan yang dapat disesuaikan", "only the bundled model can be adapted"),
            Text("kosongkan KB_MODEL", "unset KB_MODEL"),
        )
    told("tune_mining")
    with Library.open(settings) as library:
        mined = mine_documents(_regulations(library), _SEED)
        passages = _texts(library)
    if len(mined.pairs) < FEWEST_PAIRS:
        raise SettingError(
            str(settings.home),
            Text(
                f"hanya {len(mined.pairs)} pasangan yang dapat dipelajari, perlu {FEWEST_PAIRS}",
                f"only {len(mined.pairs)} pairs to learn from, {FEWEST_PAIRS} are needed",
            ),
            Text("masukkan lebih banyak peraturan", "take in more regulations"),
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.home, prefix="tune-") as work:
        made = Path(work) / "adapter.npz"
        told("tune_training")
        train_adapter(mined.pairs, Path(work), made, minutes, settings.threads)
        told("tune_measuring")
        questions, pool = _sample()
        before, after = _embedder(settings, _current(settings)), _embedder(settings, made)
        tuning = Tuning(
            n_pairs=len(mined.pairs),
            n_questions=len(mined.questions),
            own_before=measure(before, mined.questions, passages),
            own_after=measure(after, mined.questions, passages),
            sample_before=measure(before, questions, pool),
            sample_after=measure(after, questions, pool),
        )
        if tuning.is_better:
            told("tune_installing")
            made.replace(settings.adapter_file)
    if tuning.is_better:
        _embed_anew(settings, progress)
    return tuning


def untune(settings: Settings, progress: Callable[[int, int], None]) -> bool:
    """Go back to the shipped model and embed all anew; False where the office has no adapter of its own."""
    if not settings.adapter_file.exists():
        return False
    settings.adapter_file.unlink()
    _embed_anew(settings, progress)
    return True


def _embed_anew(settings: Settings, progress: Callable[[int, int], None]) -> None:
    with Library.open(settings) as library:
        library.reindex(progress)


def _current(settings: Settings) -> Path:
    return settings.adapter_file if settings.adapter_file.exists() else SHIPPED


def _embedder(settings: Settings, adapter: Path) -> BundledEmbedder:
    return BundledEmbedder(precision=settings.precision, threads=settings.threads, adapter=adapter)


def _regulations(library: Library) -> Iterator[Regulation]:
    """Every document with the sections and passages that the store holds."""
    store = library.store
    for document in library.documents(LOCAL_ADMIN):
        sections = store.versions.sections(document.version_id)
        places = {section.address: place for place, section in enumerate(sections)}
        stored = store.passages.read(_ids(library, document))
        passages = tuple(
            Passage(places[passage.section.address], passage.text, passage.heading_path, passage.spans)
            for _, passage in sorted(stored.items())
        )
        pages = store.versions.pages(document.version_id)
        yield Regulation(str(document.id), official_name(document.metadata), pages, sections, passages)


def _texts(library: Library) -> tuple[str, ...]:
    """Passages as they are embedded, all or an even draw of `_MOST_PASSAGES`."""
    titles = {d.id: official_name(d.metadata) for d in library.documents(LOCAL_ADMIN)}
    ids = [i for d in library.documents(LOCAL_ADMIN) for i in _ids(library, d)]
    chosen = random.Random(_SEED).sample(ids, min(_MOST_PASSAGES, len(ids)))
    found = library.store.passages.read(chosen)
    return tuple(embedded_text(titles[p.document_id], p) for p in found.values())


def _ids(library: Library, document: Document) -> list[PassageId]:
    return [PassageId(i) for i in library.store.passages.of_documents([document.id]).tolist()]


def _sample() -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The bundled questions with their passages, and other passages of the example documents."""
    rows = [json.loads(line) for line in _SAMPLE.read_text("utf-8").splitlines()]
    questions = tuple((row["question"], row["passage"]) for row in rows if "question" in row)
    return questions, tuple(row["passage"] for row in rows)
