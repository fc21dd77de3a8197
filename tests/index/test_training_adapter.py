import ast
import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.adapter import SHIPPED, low_rank, read_adapter, write_adapter
from index.bundled import BundledEmbedder
from index.embed import PLAIN_MODEL, load_embedder, short_hash
from index.sentence_transformer import SentenceTransformerEmbedder, export_sentence_transformer
from index.training.packing import added, deltas_of, merge, pack
from index.weights import find_weights
from kb.errors import ModelMissingError
from kb.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 8_000_000
TEXTS = [
    "Apa hak anak yang orang tuanya bercerai?",
    "ortu ga mampu, anaknya bisa dapat bansos ga",
    "Undang-Undang Nomor 35 Tahun 2014 tentang Perubahan\nPasal 9\n(1) Setiap Anak berhak memperoleh pendidikan.",
    "The minutes of the meeting. " * 20,
]


@pytest.fixture(scope="module")
def plain_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    export_sentence_transformer(folder)
    return folder


@pytest.fixture(scope="module")
def merged_folder(plain_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("merged")
    merge(plain_folder, read_adapter(SHIPPED, short_hash(find_weights())), folder)
    return folder


def test_the_nearest_matrix_of_its_own_rank_is_itself():
    matrix = np.outer([1, 2, 3], [4, 5, 6, 7]).astype(np.float32)
    left, right = low_rank(matrix, 1)
    assert left @ right == pytest.approx(matrix, abs=1e-4)


def test_an_adapter_comes_back_as_it_was_written(tmp_path):
    rng = np.random.default_rng(1)
    matrix = (rng.standard_normal((6, 2)) @ rng.standard_normal((2, 4)) / 100).astype(np.float32)
    bias = np.array([0.5, -0.25], dtype=np.float32)
    deltas = {"l0.q.w": matrix.reshape(-1), "l0.q.b": bias}
    write_adapter(tmp_path / "adapter.npz", "abc", deltas, {"l0.q.w": 4}, rank=2)
    found = read_adapter(tmp_path / "adapter.npz", "abc")
    assert sorted(found) == ["l0.q.b", "l0.q.w"]
    assert found["l0.q.w"] == pytest.approx(matrix.reshape(-1), abs=1e-4)
    assert found["l0.q.b"] == pytest.approx(bias)


def test_an_adapter_for_other_weights_is_refused(tmp_path):
    write_adapter(tmp_path / "adapter.npz", "abc", {"l0.q.b": np.zeros(2, dtype=np.float32)}, {}, rank=1)
    with pytest.raises(ModelMissingError, match="bundled-plain"):
        read_adapter(tmp_path / "adapter.npz", "def")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_a_broken_adapter_is_one_clear_error(tmp_path, content):
    (tmp_path / "adapter.npz").write_bytes(content)
    with pytest.raises(ModelMissingError):
        read_adapter(tmp_path / "adapter.npz", "abc")


def test_the_shipped_adapter_is_small_and_has_its_card():
    assert SHIPPED.stat().st_size <= MOST_BYTES
    card = SHIPPED.with_suffix(".md").read_text("utf-8")
    assert all(f"## {part}" in card for part in ("Data and licences", "Figures", "What it must not be used for"))


def test_the_adapted_graph_agrees_with_the_merged_sentence_transformers_folder(merged_folder):
    ours, theirs = BundledEmbedder(precision="f32", adapter=SHIPPED), SentenceTransformerEmbedder(str(merged_folder))
    cosines = (ours.embed_passages(TEXTS) * theirs.embed_passages(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.9998
    assert ours.embed_query(TEXTS[0]) @ theirs.embed_query(TEXTS[0]) >= 0.9998


def test_the_word_embeddings_stay_as_they_were(plain_folder, merged_folder):
    before, after = (load_file(folder / "model.safetensors") for folder in (plain_folder, merged_folder))
    changed = {name for name in before if not np.array_equal(before[name], after[name])}
    assert changed
    assert not {name for name in changed if name.startswith("embeddings.")}


def test_a_merged_folder_packs_into_the_adapter_it_was_made_of(plain_folder, merged_folder, tmp_path):
    pack([merged_folder], plain_folder, plain_folder, tmp_path / "again.npz", share=1.0, rank=88)
    base = short_hash(find_weights())
    first, again = read_adapter(SHIPPED, base), read_adapter(tmp_path / "again.npz", base)
    assert first.keys() == again.keys()
    assert max(float(np.abs(first[name] - again[name]).max()) for name in first) < 1e-4


def test_a_share_of_the_change_is_that_share(plain_folder, merged_folder):
    whole, half = (deltas_of([merged_folder], plain_folder, share) for share in (1.0, 0.5))
    assert all(np.allclose(half[name], whole[name] / 2) for name in whole)


def test_what_two_add_is_summed_where_both_add_to_a_tensor():
    first = {"l0.q.b": np.array([1, 2], np.float32), "l1.q.b": np.array([3], np.float32)}
    second = {"l1.q.b": np.array([0.5], np.float32), "l2.q.b": np.array([4], np.float32)}
    total = added(first, second)
    assert {name: total[name].tolist() for name in total} == {"l0.q.b": [1, 2], "l1.q.b": [3.5], "l2.q.b": [4]}


def folder_of(folder, bias, norm):
    """A folder with two small tensors, each of one number throughout."""
    names = {"encoder.layer.0.output.dense.bias": bias, "encoder.layer.1.output.LayerNorm.weight": norm}
    folder.mkdir()
    save_file({name: np.full(2, value, np.float32) for name, value in names.items()}, folder / "model.safetensors")
    return folder


@pytest.mark.parametrize(
    ("start", "packed"),
    [
        ("plain", {"l0.fo.b": [1.5, 1.5], "l1.oln.w": [0.25, 0.25]}),
        ("start", {"l0.fo.b": [2.0, 2.0], "l1.oln.w": [0.5, 0.5]}),
    ],
)
def test_what_training_began_with_is_packed_whole_and_what_it_changed_by_its_share(tmp_path, start, packed):
    plain, trained = folder_of(tmp_path / "plain", 0.0, 1.0), folder_of(tmp_path / "trained", 3.0, 1.5)
    folder_of(tmp_path / "start", 1.0, 1.5)
    file = tmp_path / "adapter.npz"
    pack([trained], plain, tmp_path / start, file, share=0.5, rank=1)
    found = read_adapter(file, short_hash(find_weights()))
    assert {name: found[name].tolist() for name in found} == packed


def test_a_delta_of_no_tensor_is_refused(plain_folder, tmp_path):
    with pytest.raises(ValueError, match="l99"):
        merge(plain_folder, {"l99.q.w": np.zeros(1, dtype=np.float32)}, tmp_path)


def test_the_stamp_tells_adapted_from_plain(tmp_path):
    adapted = load_embedder(Settings(home=tmp_path, threads=1)).stamp
    plain = load_embedder(Settings(home=tmp_path, model=PLAIN_MODEL, threads=1)).stamp
    assert adapted.weights == f"{plain.weights}+{short_hash(SHIPPED)}"
    assert str(adapted) != str(plain)


def test_nothing_on_the_way_imports_training():
    files = [file for room in ("kb", "ingest", "index", "api") for file in (ROOT / room).rglob("*.py")]
    importing = {
        str(file.relative_to(ROOT))
        for file in files
        if "training" not in file.parts and file.name != "tuning.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and re.search(r"\btraining\b", ast.unparse(node))
    }
    assert importing == set()
