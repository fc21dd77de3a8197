"""What is mined from texts that name each other, and what stays when a kind is left out."""

import json
import lzma
import sys
from collections import Counter

import pytest

from bench import mine_pairs
from index.training.pairs import read_pairs
from tests.index.amended_law import FIRST, GARDENS, SECOND, SEEDS

TEXTS = {
    "pp-2031-7": ("pp", "PUPUK KANDANG DAN BENIH UNGGUL", SEEDS),
    "uu-2030-9": ("uu", "KEBUN WARGA", GARDENS),
    "uu-2033-4": ("uu", "PERUBAHAN ATAS UNDANG-UNDANG NOMOR 9 TAHUN 2030 TENTANG KEBUN WARGA", FIRST),
    "uu-2036-2": ("uu", "PERUBAHAN KEDUA ATAS UNDANG-UNDANG NOMOR 9 TAHUN 2030 TENTANG KEBUN WARGA", SECOND),
}


@pytest.fixture
def mined(tmp_path, monkeypatch):
    """Mines the invented texts, with what the command is told to leave out."""
    rows = []
    for name, (kind, title, text) in TEXTS.items():
        _, year, number = name.split("-")
        rows.append({"id": name, "jenis": kind, "tahun": year, "nomor": number, "title": title, "text": text})
    folder = tmp_path / "peraturan-texts"
    folder.mkdir()
    with lzma.open(folder / "docs.jsonl.xz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    monkeypatch.setattr(mine_pairs, "question_pairs", lambda *given: ())
    monkeypatch.setattr(mine_pairs, "read_invented", lambda: ())

    def run(*without):
        file = tmp_path / "pairs.jsonl"
        options = ["--without", *without] if without else []
        monkeypatch.setattr(sys, "argv", ["mine_pairs", str(file), "--data", str(tmp_path), *options])
        mine_pairs.main()
        return read_pairs(file)

    return run


def test_texts_teach_what_they_say_of_each_other(mined):
    counts = Counter(pair.source for pair in mined())
    assert (counts["perubahan"], counts["menimbang"], counts["pelaksanaan"]) == (3, 1, 1)


def test_what_remains_is_the_same_where_kinds_are_left_out(mined):
    left_out = ("perubahan", "kalimat")
    assert mined(*left_out) == [pair for pair in mined() if pair.source not in left_out]
