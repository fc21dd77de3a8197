import random

import pytest

from index.training.pairs import Regulation, likeness, mine, question_pairs, read_pairs, write_pairs
from ingest.passages import split
from ingest.structure import outline
from kb.documents import Kind
from kb.pages import Page, Reading, Verdict

LAW = """UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 99 TAHUN 2030
TENTANG
PERMAINAN ANAK
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
Menimbang:
a. bahwa anak memerlukan waktu untuk bermain;
MEMUTUSKAN:
Menetapkan: UNDANG-UNDANG TENTANG PERMAINAN ANAK.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Undang-Undang ini yang dimaksud dengan:
1. Taman Bermain adalah ruang terbuka yang disediakan bagi anak untuk bermain dengan aman tanpa bayaran.
2. Pengelola adalah orang yang merawat ruang terbuka itu setiap hari.
BAB II
PEMELIHARAAN RUANG BERMAIN
Pasal 2
(1) Pengelola wajib memeriksa alat permainan sekurang-kurangnya satu kali dalam satu bulan.
(2) Alat permainan yang rusak ditutup bagi anak sampai diperbaiki oleh petugas yang ditunjuk bupati.
Pasal 3
Setiap orang yang dengan sengaja merusak alat permainan di Taman Bermain, dipidana dengan pidana kurungan.
PENJELASAN
I. UMUM
Anak bermain di mana-mana.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Ayat (1)
Pemeriksaan berkala mencegah kecelakaan yang menimpa balita saat memanjat perosotan.
Ayat (2)
Cukup jelas.
Pasal 3
Cukup jelas.
"""


def few_tokens(texts):
    return [len(text) // 3 for text in texts]


@pytest.fixture(scope="module")
def pairs():
    page = Page(1, LAW, Verdict.TEXT)
    sections = outline(Reading("text/plain", (page,), has_pages=False), Kind.UU)
    passages = split(sections, (page,), few_tokens, 512)
    regulation = Regulation("uu-2030-99", "Undang-Undang tentang Permainan Anak", (page,), sections, passages)
    return [pair for seed in range(20) for pair in mine(regulation, random.Random(seed))]


def test_an_explanation_is_paired_with_the_provision_it_explains(pairs):
    explained = {(pair.guards[0], "perosotan" in pair.query) for pair in pairs if pair.source == "penjelasan"}
    assert explained == {("uu-2030-99/pasal-2", True)} or explained == {
        ("uu-2030-99/pasal-2", True),
        ("uu-2030-99/pasal-2", False),
    }


def test_cukup_jelas_explains_nothing(pairs):
    assert not [pair for pair in pairs if "cukup jelas" in pair.query.lower()]


def test_a_heading_that_is_asked_for_is_mostly_left_out_of_the_path(pairs):
    titled = [pair for pair in pairs if pair.source == "judul"]
    assert {pair.query.lower() for pair in titled} >= {"pemeliharaan ruang bermain"}
    without = [pair for pair in titled if not pair.passage.splitlines()[1].startswith("BAB II")]
    assert len(without) > len(titled) / 2


def test_a_definition_is_asked_by_its_term_and_by_its_meaning(pairs):
    terms = {pair.query for pair in pairs if pair.source == "definisi"}
    meanings = {pair.query for pair in pairs if pair.source == "makna"}
    assert any("Taman Bermain" in query for query in terms)
    assert any("ruang terbuka yang disediakan" in query for query in meanings)
    assert not any("Taman Bermain" in query for query in meanings)


def test_a_crime_is_asked_by_the_deed(pairs):
    assert {pair.guards[0] for pair in pairs if pair.source == "pidana"} == {"uu-2030-99/pasal-3"}
    assert all("merusak alat permainan" in pair.query for pair in pairs if pair.source == "pidana")


def test_a_passage_is_written_as_it_is_embedded(pairs):
    duty = next(pair for pair in pairs if pair.source == "peran")
    assert duty.passage.startswith("Undang-Undang tentang Permainan Anak\nBAB II PEMELIHARAAN RUANG BERMAIN\n")


def test_pairs_of_one_pasal_share_a_guard(pairs):
    assert {pair.guards[0] for pair in pairs} == {f"uu-2030-99/pasal-{n}" for n in (1, 2, 3)}


def test_texts_that_differ_by_numbers_alone_share_their_guards():
    first, second = "Pasal 3\nAnak berhak atas nama.", "Pasal 27 (1) Anak berhak atas nama."
    assert likeness(first) == likeness(second)


def test_pairs_come_back_as_they_were_written(pairs, tmp_path):
    file = tmp_path / "pairs.jsonl"
    assert write_pairs(file, pairs) == len(pairs)
    assert read_pairs(file) == pairs


def test_a_question_gets_the_words_around_its_answer(tmp_path):
    (tmp_path / "qrels").mkdir()
    text = " ".join(f"kata{n}" for n in range(400))
    (tmp_path / "corpus.jsonl").write_text(f'{{"id": "a", "title": "", "text": "{text}"}}\n')
    (tmp_path / "queries_train.jsonl").write_text('{"id": "q", "text": "yang ke-300?", "answers": ["kata300"]}\n')
    (tmp_path / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    [pair] = question_pairs(tmp_path, "train", random.Random(1))
    assert (pair.query, len(pair.passage.split()), "kata300" in pair.passage) == ("yang ke-300?", 120, True)
