"""Question files as an office writes them."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evaluation.questions import Gold, Question, read_questions
from kb.errors import FileRefusedError, NotFoundError
from tests.conftest import ROOT

SHEET = """\
Pertanyaan;Dokumen;Pasal;Ayat;Halaman;Kutipan;Jenis;Catatan
Siapa ketua gugus tugas?;perda.pdf;10;2;6-7;diketuai oleh Sekretaris Daerah;perda;sering ditanya
Siapa ketua gugus tugas?;laporan.docx;;;;;;
Berapa denda merokok di kantor?;;;;;;tak-terjawab;
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_sheet_of_an_indonesian_excel_is_read(tmp_path: Path) -> None:
    first, second = read_questions(written(tmp_path, "soal.csv", "\ufeff" + SHEET.replace("\n", "\r\n")))
    assert (first.text, first.kind, first.golds) == (
        "Siapa ketua gugus tugas?",
        "perda",
        (Gold("perda.pdf", "10", "2", (6, 7), "diketuai oleh Sekretaris Daerah"), Gold("laporan.docx")),
    )
    assert (second.text, second.golds) == ("Berapa denda merokok di kantor?", ())


@pytest.mark.parametrize("divider", [",", "\t"])
def test_other_dividers_are_read_the_same(tmp_path: Path, divider: str) -> None:
    semicolons = read_questions(written(tmp_path, "a.csv", SHEET))
    assert read_questions(written(tmp_path, "b.csv", SHEET.replace(";", divider))) == semicolons


def test_a_sheet_in_the_old_windows_letters_is_read(tmp_path: Path) -> None:
    [question] = read_questions(written(tmp_path, "a.csv", "pertanyaan\nApa itu “ramah anak”?\n".encode("cp1252")))
    assert question.text == "Apa itu “ramah anak”?"


def test_the_layout_of_the_examples_is_read() -> None:
    questions = read_questions(ROOT / "tests" / "documents" / "questions.jsonl")
    assert (len(questions), sum(not question.golds for question in questions)) == (36, 6)
    assert questions[0].golds[0] == Gold(
        "perda-kota-semarang-97-2023-kota-layak-anak.pdf",
        "34",
        "3",
        (12,),
        "Perangkat daerah wajib memberikan tanggapan tertulis atas setiap usulan dalam Suara Anak paling lama 30 (tiga"
        " puluh) hari setelah Musrenbang kota",
    )


def test_a_flat_line_of_json_is_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "a1", "text": "apa?", "document": "UU 35/2014", "pasal": "Pasal 76C ayat (1)", "page": 3})
    assert read_questions(written(tmp_path, "a.jsonl", line)) == (
        Question("a1", "apa?", golds=(Gold("UU 35/2014", "76C", "1", (3,)),)),
    )


def test_the_name_of_a_question_does_not_depend_on_its_row(tmp_path: Path) -> None:
    one = read_questions(written(tmp_path, "a.csv", "pertanyaan\napa?\nsiapa?\n"))
    other = read_questions(written(tmp_path, "b.csv", "pertanyaan\nsiapa?\napa?\n"))
    assert one == other[::-1]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", "nama\nx\n", 1),
        ("a.csv", "pertanyaan,dokumen\napa?,a.pdf\n,a.pdf\n", 3),
        ("a.csv", "pertanyaan,dokumen,halaman\napa?,a.pdf,tiga\n", 2),
        ("a.csv", "pertanyaan,dokumen,halaman\napa?,a.pdf,7-3\n", 2),
        ("a.csv", "pertanyaan,dokumen,pasal\napa?,a.pdf,tujuh\n", 2),
        ("a.csv", "pertanyaan,dokumen,nilai\napa?,a.pdf,3\n", 2),
        ("a.jsonl", '{"text": "apa?"}\n[1]\n', 2),
        ("a.jsonl", '{"text": "apa?"}\n{"text"\n', 2),
        ("a.jsonl", '{"text": "apa?", "gold": "a.pdf"}\n', 1),
        ("a.jsonl", '{"text": "apa \\ud800?"}\n', 1),
        ("a.jsonl", "[" * 100_000, 1),
        ("a.csv", "pertanyaan\n" + "a" * 4_001, 2),
        ("a.csv", 'pertanyaan\n"' + "a" * 200_000, 2),
        ("a.jsonl", '{"id": "1", "text": "apa?"}\n{"id": "1", "text": "siapa?"}\n', 2),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, name: str, text: str, line: int) -> None:
    file = written(tmp_path, name, text)
    with pytest.raises(FileRefusedError) as error:
        read_questions(file)
    assert error.value.where == f"{file}:{line}"


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError):
        read_questions(written(tmp_path, "a.jsonl", "\n"))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_questions(tmp_path / "tidak.csv")


ANYTHING = st.binary(max_size=200) | st.text('pertanyaan;,dokumen\n\r\t"{}[]:0123\x00 \ufeff', max_size=80).map(
    lambda text: ("pertanyaan;dokumen;halaman;pasal\n" + text).encode()
)


@given(ANYTHING, st.sampled_from(["a.csv", "a.jsonl"]))
def test_no_bytes_break_the_reading(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    file = written(tmp_path_factory.getbasetemp(), name, content)
    with suppress(FileRefusedError):
        assert read_questions(file)
