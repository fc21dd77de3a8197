"""The probability that an answer answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.confidence
from api.library import Library
from index.anchoring import anchored
from index.confidence import IN_PROVISION, OF_READER, OF_TOKENS, SIGNALS, confidence, signals
from index.dense import EMPTY
from kb.settings import Settings
from tests.shelf import asked

WEIGHTS = json.loads((Path(index.confidence.__file__).parent / "confidence.json").read_text())
READERS = sorted({name.partition(", ")[2] for kinds in WEIGHTS.values() for name in kinds})
MODELS = [(embedder, reader) for embedder in (*WEIGHTS, "a model of the office") for reader in (*READERS, "another")]

shares = st.floats(0.0, 1.0)
found_signals = st.fixed_dictionaries(dict.fromkeys(SIGNALS, shares) | {IN_PROVISION: st.sampled_from((0.0, 1.0))})


@given(found=found_signals, model=st.sampled_from(MODELS))
def test_confidence_is_a_probability(found: dict[str, float], model: tuple[str, str]) -> None:
    assert 0.0 <= confidence(found, *model) <= 1.0


@given(found=found_signals, more=shares, name=st.sampled_from(SIGNALS), model=st.sampled_from(MODELS))
def test_confidence_never_falls_when_a_signal_rises(
    found: dict[str, float], more: float, name: str, model: tuple[str, str]
) -> None:
    risen = {**found, name: max(found[name], more)}
    assert confidence(risen, *model) >= confidence(found, *model)


@pytest.mark.parametrize("in_provision", [0.0, 1.0])
@pytest.mark.parametrize("model", MODELS)
def test_a_question_whose_signals_all_speak_for_an_answer_is_answered_and_one_without_any_is_not(
    model: tuple[str, str], in_provision: float
) -> None:
    nothing, everything = (dict.fromkeys(SIGNALS, value) | {IN_PROVISION: in_provision} for value in (0.0, 1.0))
    assert confidence(nothing, *model) < 0.1
    assert confidence(everything, *model) > 0.9


@given(found=found_signals, met=shares)
def test_how_an_unknown_model_meets_tokens_says_nothing(found: dict[str, float], met: float) -> None:
    other = {**found, "least_met": met}
    assert confidence(other, "a model of the office") == confidence(found, "a model of the office")


def test_every_signal_of_a_question_is_a_share(shelf: Library) -> None:
    found = shelf.signals(asked("berapa kali gugus tugas bersidang"))
    assert found is not None
    assert set(found) == set(SIGNALS) - OF_READER - OF_TOKENS | {IN_PROVISION}
    assert all(0.0 <= value <= 1.0 + 1e-6 for value in found.values())


def test_a_question_without_candidates_has_no_signals(shelf: Library) -> None:
    candidates = shelf.retriever.candidates("anak", documents=())
    assert np.array_equal(candidates.ids, EMPTY.ids)
    with pytest.raises(ValueError, match="at least one candidate"):
        signals(candidates, EMPTY, {}, {}, shelf.search(asked("anak"))[0], "", ())
    assert shelf.signals(asked("anak", regions=frozenset({"Kota Entah"}))) is None


@given(found=found_signals, read=shares)
def test_the_odds_of_an_unknown_reader_say_nothing(found: dict[str, float], read: float) -> None:
    other = {**found, "read": read, "read_first": read}
    assert confidence(other, MODELS[0][0], "another") == confidence(found, MODELS[0][0], "another")


def test_what_was_read_counts_in_prose_and_nothing_is_read_of_provisions() -> None:
    embedder, reader = MODELS[0][0], READERS[-1]
    for in_provision, counts in ((0.0, True), (1.0, False)):
        same = dict.fromkeys(SIGNALS, 0.5) | {IN_PROVISION: in_provision}
        low, high = (confidence({**same, "read": odds, "read_first": odds}, embedder, reader) for odds in (0.0, 1.0))
        assert (low < high) is counts


LETTER = (
    "Forum anak bersidang dua kali setahun di balai desa. Dinas menyediakan pendampingan bagi korban kekerasan. "
    "Laporan disampaikan kepada bupati setiap bulan Desember."
)
PERDA = "PERATURAN DAERAH KABUPATEN KUTAI TIMUR\nNOMOR 3 TAHUN 2021\nTENTANG FORUM ANAK\n\n" + "\n\n".join(
    f"Pasal {n}\n{sentence}." for n, sentence in enumerate(LETTER.rstrip(".").split(". "), 1)
)


@pytest.mark.parametrize("text", [LETTER, PERDA], ids=["letter", "regulation"])
def test_the_only_document_of_a_store_answers_what_it_says_and_nothing_else(tmp_path: Path, text: str) -> None:
    file = tmp_path / "naskah.txt"
    file.write_text(text, "utf-8")
    with Library.open(Settings(home=tmp_path / "kb")) as library:
        library.ingestion.ingest(file)
        assert not library.ask(asked("kapan laporan disampaikan kepada bupati")).abstained
        assert library.ask(asked("resep rendang untuk lebaran")).abstained


TABLE = "LAPORAN KINERJA\n\nRealisasi tahun 2018 dan 2020\n\n" + "\n\n".join(
    f"Kegiatan {name} menghabiskan Rp{n}00.000. " + "Kegiatan dilaksanakan oleh seksi yang membidangi. " * 9
    for n, name in enumerate(("pelatihan kader", "rapat koordinasi", "sosialisasi sekolah", "lomba posyandu"), 2)
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A report of Semarang whose file alone tells the region, and whose year stands above its table alone."""
    file = tmp_path_factory.mktemp("laporan") / "semarang_laporan.txt"
    file.write_text(TABLE, "utf-8")
    with Library.open(Settings(home=file.parent / "kb")) as library:
        library.ingestion.ingest(file)
        yield library


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("biaya lomba posyandu", 1.0),
        ("biaya lomba posyandu Semarang", 1.0),
        ("biaya lomba posyandu Surabaya", 0.0),
        ("biaya lomba posyandu 2018", 1.0),
        ("biaya lomba posyandu 2019", 0.0),
        ("biaya lomba posyandu tahun 2010-an", 1.0),
        ("mas, biaya lomba posyandu di tengah hari raya", 1.0),
        ("biaya lomba posyandu Jawa Tengah", 0.0),
        ("biaya lomba lempar batu di medan yang sulit", 1.0),
        ("biaya lomba posyandu Medan", 0.0),
        ("biaya lomba posyandu di kota batu", 0.0),
    ],
)
def test_a_passage_is_anchored_by_its_file_and_dated_by_its_document(
    report: Library, question: str, share: float
) -> None:
    hits = report.search(asked("lomba posyandu"))
    of_fair = next(hit for hit in hits if "lomba posyandu" in hit.text)
    assert "2018" not in of_fair.text
    assert anchored(question, of_fair, hits) == share
