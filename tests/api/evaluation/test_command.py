"""`kb eval` as its user calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from tests.shelf import FILES

SHEET = """\
pertanyaan;dokumen;pasal;kutipan
Berapa kali gugus tugas bersidang di Semarang?;semarang.txt;2;paling sedikit dua kali dalam setahun
Siapa memperbaiki pagar taman bermain?;notulen.txt;;diperbaiki oleh Dinas Pertamanan
Siapa menanam mangrove?;hilang.pdf;;
Berapa harga kopi?;;;
"""


def kb(home: Path, *args: str) -> Result:
    return CliRunner().invoke(main, args, env={"KB_HOME": str(home), "KB_MODEL": "toy", "KB_LANGUAGE": None})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of the shelf's documents, with a question file beside it."""
    folder = tmp_path_factory.mktemp("eval")
    (folder / "masuk").mkdir()
    for name, text in FILES.items():
        (folder / "masuk" / name).write_text(text, "utf-8")
    (folder / "soal.csv").write_text(SHEET, "utf-8")
    assert kb(folder / "kb", "ingest", str(folder / "masuk")).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def beir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in the BEIR layout."""
    folder = tmp_path_factory.mktemp("beir")
    (folder / "qrels").mkdir()
    corpus = {"d1": "Rumah aman dibangun di Sangatta.", "d2": "Puspaga melayani konseling.", "d3": "Kucing tidur."}
    questions = {"q1": ("di mana rumah aman dibangun", ["Sangatta"]), "q2": ("siapa melayani konseling", ["Puspaga"])}
    lines = [json.dumps({"id": key, "title": "", "text": text}) for key, text in corpus.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    lines = [json.dumps({"id": key, "text": text, "answers": a}) for key, (text, a) in questions.items()]
    (folder / "queries_valid.jsonl").write_text("\n".join(lines))
    (folder / "unanswerable_valid.jsonl").write_text(json.dumps({"id": "u1", "text": "berapa harga kopi"}))
    (folder / "qrels" / "valid.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n")
    return folder


def test_an_offices_own_questions_are_measured(home: Path) -> None:
    came = kb(home / "kb", "eval", str(home / "soal.csv"), "--json")
    assert came.exit_code == 0
    out = json.loads(came.stdout)
    assert set(out) == {"format", "figures", "report"}
    assert (out["format"], out["report"]["n_left_out"]) == ("acuan-eval/1", 1)
    assert (out["figures"]["answers"]["n_with"], out["figures"]["answers"]["n_without"]) == (2, 1)
    assert set(out["figures"]["channels"]) == {"words", "dense", "rrf", "fused"}
    assert out["figures"]["channels"]["fused"]["Success@5"]["value"] == 1.0
    assert out["figures"]["quotes_compared"] == out["figures"]["quotes_equal"] > 0


def test_what_is_not_in_is_told_on_stderr(home: Path) -> None:
    came = kb(home / "kb", "eval", str(home / "soal.csv"))
    assert came.stderr.endswith(": dokumen 'hilang.pdf': tidak ada di gudang\n")
    assert "1 pertanyaan dilewati" in came.stdout


def test_a_beir_folder_is_measured_with_its_answers(home: Path, beir: Path) -> None:
    figures = json.loads(kb(home / "kb", "eval", str(beir), "--json").stdout)["figures"]
    assert figures["channels"]["fused"]["nDCG@10"]["value"] == 1.0
    assert (figures["answers"]["n_with"], figures["answers"]["n_without"]) == (2, 1)


def test_a_sample_is_of_both_kinds(home: Path, beir: Path) -> None:
    answers = json.loads(kb(home / "kb", "eval", str(beir), "--sample", "1", "--json").stdout)["figures"]["answers"]
    assert (answers["n_with"], answers["n_without"]) == (1, 1)


def test_two_reports_are_compared(home: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for file in files:
        assert kb(home / "kb", "eval", str(home / "soal.csv"), "--report", str(file)).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    came = kb(home / "kb", "eval", "--compare", *map(str, files))
    assert (came.exit_code, came.stdout.splitlines()[0]) == (
        0,
        "2 pertanyaan yang sama; hanya di yang pertama 0, hanya di yang kedua 0",
    )
    assert "+0.000 [+0.000, +0.000]" in came.stdout
    as_json = json.loads(kb(home / "kb", "eval", "--compare", *map(str, files), "--json").stdout)
    assert as_json["measures"]["nDCG@10"]["p"] == 1.0


def test_reports_of_other_questions_are_not_compared(home: Path, beir: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    kb(home / "kb", "eval", str(home / "soal.csv"), "--report", str(files[0]))
    kb(home / "kb", "eval", str(beir), "--report", str(files[1]))
    came = kb(home / "kb", "eval", "--compare", *map(str, files))
    assert (came.exit_code, came.stdout) == (3, "")


def test_quotes_alone_are_counted(home: Path) -> None:
    out = json.loads(kb(home / "kb", "eval", str(home / "soal.csv"), "--quotes", "--json").stdout)
    assert out["quotes_compared"] == out["quotes_equal"] > 0


def test_a_set_must_be_named(home: Path) -> None:
    came = kb(home / "kb", "eval")
    assert (came.exit_code, came.stderr) == (2, "SOAL belum ditulis; lihat `main eval --help`\n")


def test_a_folder_for_the_report_must_be_there_before_anything_is_asked(home: Path) -> None:
    came = kb(home / "kb", "eval", str(home / "soal.csv"), "--report", str(home / "tidak" / "a.json"))
    assert (came.exit_code, came.stdout) == (4, "")


def test_a_folder_that_is_no_set_is_told(home: Path) -> None:
    assert kb(home / "kb", "eval", str(home / "masuk")).exit_code == 4
