"""The example documents: what they are, that each says so, and that every gold quote stands where it should."""

import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.table import Table

HERE = Path(__file__).parent
DOCUMENTS = HERE.parents[1] / "documents"
FILES = sorted(DOCUMENTS.iterdir())
SCAN = "sk-bupati-siak-89-2023-gugus-tugas_pindaian.pdf"
LONG = "perda-kota-semarang-97-2023-kota-layak-anak.pdf"
TWO_COLUMNS = "buletin-praktik-baik-kla-edisi-3.pdf"
MARK = "CONTOH — dokumen fiktif untuk Acuan"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
GOLD = [(question["id"], gold) for question in QUESTIONS for gold in question["gold"]]


@cache
def pages(file: Path) -> tuple[str, ...]:
    """The text of each page; a format without pages has one."""
    if file.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(file)
        texts = tuple(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
        return texts
    if file.suffix == ".docx":
        pieces = []
        for piece in docx.Document(str(file)).iter_inner_content():
            cells = (
                [cell.text for row in piece.rows for cell in row.cells] if isinstance(piece, Table) else [piece.text]
            )
            pieces += cells
        return ("\n".join(pieces),)
    text = file.read_text(encoding="utf-8")
    return (re.sub(r"<[^>]+>", " ", text.replace("<br>", "\n")),)


def squash(text: str) -> str:
    """Letters and digits, as the definition of the measures compares them."""
    return re.sub(r"[^0-9a-z]+", "", text.lower())


def pasal(text: str, label: str) -> str:
    """What stands under the headings that read `label`."""
    parts = re.split(r"(?m)^[ \t]*(Pasal (?:\d+[A-Z]?|[IVX]+))[ \t]*$", text.replace("\r", ""))
    return " ".join(body for heading, body in zip(parts[1::2], parts[2::2], strict=True) if heading == label)


def test_there_are_at_least_fifteen() -> None:
    assert len(FILES) >= 15


def test_every_format_is_there() -> None:
    counts = Counter(file.suffix for file in FILES)
    assert {
        suffix: counts[suffix] >= least for suffix, least in ((".pdf", 6), (".docx", 4), (".md", 2), (".html", 2))
    } == {
        ".pdf": True,
        ".docx": True,
        ".md": True,
        ".html": True,
    }


@pytest.mark.parametrize(
    ("beginning", "least"),
    [
        ("perda-", 4),
        ("raperda-", 1),
        ("perbup-", 1),
        ("perwal-", 1),
        ("laporan-studi-", 2),
        ("laporan-kunjungan-kerja-", 1),
        ("notulen-", 2),
        ("resume-rapat-", 1),
        ("sop-", 1),
        ("laporan-kinerja-", 1),
        ("se-", 1),
        ("sk-", 1),
    ],
)
def test_every_kind_is_there(beginning: str, least: int) -> None:
    assert sum(file.name.startswith(beginning) for file in FILES) >= least


@pytest.mark.parametrize("file", [file for file in FILES if file.name != SCAN], ids=lambda file: file.name)
def test_every_page_says_that_it_is_an_example(file: Path) -> None:
    assert [number for number, text in enumerate(pages(file), 1) if MARK not in text] == []


def test_the_scan_says_in_its_information_that_it_is_an_example() -> None:
    with pypdfium2.PdfDocument(DOCUMENTS / SCAN) as pdf:
        assert pdf.get_metadata_value("Subject") == MARK


def test_the_scan_has_no_text() -> None:
    assert pages(DOCUMENTS / SCAN) == ("", "")


def test_the_long_one_has_twenty_five_pages() -> None:
    assert len(pages(DOCUMENTS / LONG)) >= 25


def test_the_bulletin_has_two_columns() -> None:
    with pypdfium2.PdfDocument(DOCUMENTS / TWO_COLUMNS) as pdf:
        page = pdf[1]
        text = page.get_textpage()
        middle = page.get_width() / 2 + 7
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
    body = [(left, right) for left, bottom, right, top in boxes if bottom > 60 and top < 780]
    right_column = [left for left, _ in body if left > middle]
    crossing = [box for box in body if box[0] < middle - 20 and box[1] > middle + 20]
    assert (len(right_column) > 20, crossing) == (True, [])


def test_a_reference_to_a_pasal_begins_a_line() -> None:
    lines = [line for file in FILES if file.suffix == ".pdf" for text in pages(file) for line in text.splitlines()]
    assert [line for line in lines if re.match(r"Pasal \d+ ayat \(\d+\)", line)]


def test_all_together_are_small() -> None:
    assert sum(file.stat().st_size for file in FILES) < 3_000_000


def test_no_example_holds_a_personal_number() -> None:
    numbers = re.compile(r"\b\d{16}\b|\b08\d{8,}\b|\b\d{18}\b|[\w.]+@[\w.]+")
    assert [(file.name, found) for file in FILES for text in pages(file) for found in numbers.findall(text)] == []


def build(folder: Path) -> None:
    subprocess.run([sys.executable, str(HERE / "build_examples.py"), str(folder)], check=True, capture_output=True)


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one")
    build(tmp_path / "two")
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_the_examples_are_what_their_sources_say(tmp_path: Path) -> None:
    build(tmp_path)
    assert {file.name: pages(file) for file in tmp_path.iterdir()} == {file.name: pages(file) for file in FILES}


@pytest.mark.parametrize(("question", "gold"), GOLD, ids=[f"{name}-{i}" for i, (name, _) in enumerate(GOLD)])
def test_a_gold_quote_stands_on_its_pages_and_no_other(question: str, gold: dict[str, Any]) -> None:
    found = [n for n, text in enumerate(pages(DOCUMENTS / gold["file"]), 1) if squash(gold["quote"]) in squash(text)]
    assert found == gold["pages"]


@pytest.mark.parametrize(
    "gold", [gold for _, gold in GOLD if gold["pasal"]], ids=lambda gold: f"{gold['file'][:20]} {gold['label']}"
)
def test_a_gold_quote_stands_under_its_pasal(gold: dict[str, Any]) -> None:
    whole = "\n".join(pages(DOCUMENTS / gold["file"]))
    assert squash(gold["quote"]) in squash(pasal(whole, f"Pasal {gold['pasal']}"))


def test_the_questions_have_the_fields_of_the_measures() -> None:
    fields = {"id", "text", "kind", "style", "gold", "note", "split"}
    assert [question["id"] for question in QUESTIONS if set(question) != fields] == []


def test_six_questions_have_no_answer() -> None:
    assert [question["kind"] for question in QUESTIONS if not question["gold"]] == ["tak-terjawab"] * 6


def test_the_questions_come_in_every_style() -> None:
    assert {question["style"] for question in QUESTIONS} == {"lengkap", "kata-kunci", "lisan", "salah-ketik"}


def test_every_answerable_question_has_an_answer_of_grade_two() -> None:
    answerable = [question for question in QUESTIONS if question["gold"]]
    assert [q["id"] for q in answerable if all(gold["grade"] != 2 for gold in q["gold"])] == []
