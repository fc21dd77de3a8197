from index.training.pairs import Pair, likeness, read_pairs, write_pairs


def test_texts_that_differ_by_numbers_alone_share_their_guards():
    first, second = "Pasal 3\nAnak berhak atas nama.", "Pasal 27 (1) Anak berhak atas nama."
    assert likeness(first) == likeness(second)


def test_pairs_come_back_as_they_were_written(tmp_path):
    pairs = [Pair("siapa?", "Wali Kota – “WK”", "written", "uu", ("g", "h"), (0, 9)), Pair("a", "b", "judul", "pp", ())]
    assert write_pairs(tmp_path / "pairs.jsonl", pairs) == 2
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs
