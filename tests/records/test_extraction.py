"""The facts of made-up reports and minutes: whole, as golden files, and every one the text of its page."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.records import Tally, compare, read_file
from ingest.records import read_records
from ingest.structure import outline
from kb.documents import Kind, Metadata
from kb.pages import Page, Reading, Span, Verdict
from kb.records import Field, Finding, FollowUp, Record, RecordKind, Visit
from tests.conftest import EXAMPLES
from tests.documents.drawing import draw

FOLDER = Path(__file__).parent
SOURCES = sorted([*FOLDER.glob("sources/*.txt"), *FOLDER.glob("held_out/*.txt")])
REGENERATE = False
"""Set it to write the golden files anew, look at the difference, and set it back."""

REPORTS = sorted(
    file for file in EXAMPLES.iterdir() if re.match(r"laporan-(?:studi|kunjungan)|notulen|resume", file.name)
)
FLOOR = 0.97
"""Precision and recall below which the reading of the fixtures has got worse; `python -m bench.records` prints both."""


def page(text: str, number: int = 1) -> Page:
    return Page(number, text, Verdict.TEXT, 595.0, 842.0)


def records_of(kind: Kind, *texts: str) -> tuple[Record, ...]:
    pages = tuple(page(text, number) for number, text in enumerate(texts, 1))
    reading = Reading("text/plain", pages, has_pages=False)
    return read_records(reading, outline(reading, kind), Metadata(kind))


def told(records: tuple[Record, ...], kind: RecordKind) -> list[dict[str, str]]:
    return [
        {name: " ".join(one.text.split()) for name, one in record.fields().items() if one}
        for record in records
        if record.KIND is kind
    ]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_facts_of_the_fixtures_are_read(kind: str, tmp_path: Path):
    tally = Tally()
    for source in SOURCES:
        file = draw(source, kind, tmp_path)
        gold = json.loads(source.with_suffix(".json").read_text("utf-8"))
        compare(file.name, gold, *read_file(file), tally)
    right = tally.right.total()
    assert right / (right + tally.wrong.total()) >= FLOOR, tally.notes
    assert right / (right + tally.missed.total()) >= FLOOR, tally.notes
    assert tally.n_off_page == 0


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.name)
def test_an_example_holds_what_it_held(file: Path):
    _, found = read_file(file)
    made = [
        {
            "kind": record.KIND.value,
            "key": record.key,
            **{
                name: " ".join(one.text.split()) + (f" => {one.value}" if one.value else "")
                for name, one in record.fields().items()
                if one
            },
        }
        for record in found
    ]
    golden = FOLDER / "golden" / f"{file.stem}.json"
    if REGENERATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert made == json.loads(golden.read_text("utf-8"))


def test_the_golden_files_are_not_being_regenerated():
    assert REGENERATE is False


LINES = st.sampled_from(
    [
        "LAPORAN STUDI TIRU",
        "A. Hasil Kunjungan",
        "Hasil :",
        "Praktik : Kotak surat",
        "No. | Praktik | Biaya",
        "1 | Taman baca | Rp5.000.000,00",
        "1. Forum anak naik dari 3 menjadi 9.",
        "Tindak Lanjut",
        "Uraian | PIC | Tenggat",
        "Menyusun surat | | 3 Mei 2024",
        "- Dinas Sosial menyusun surat paling lambat 3 Mei 2024 (PIC: Bidang Anak)",
        "Tempat",
        "Peserta : DP3A",
        "|",
        "",
        ":",
        "Demikian laporan ini dibuat.",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=25), st.sampled_from([Kind.STUDI_TIRU, Kind.NOTULEN]))
def test_every_fact_is_the_text_of_its_page(lines: list[str], kind: Kind):
    text = "\n".join(lines)
    for record in records_of(kind, text):
        for one in filter(None, record.fields().values()):
            assert one.text == "\n".join(text[span.start : span.end] for span in one.spans)


def test_what_a_report_does_not_say_stays_absent():
    found = records_of(Kind.STUDI_TIRU, "LAPORAN STUDI TIRU\nHasil Kunjungan\nKotak surat anak\n")
    assert found[0] == Visit(
        "1", title=Field("LAPORAN STUDI TIRU", (Span(1, 0, 18),), "", "LAPORAN STUDI TIRU"), spans=(Span(1, 0, 18),)
    )


def test_documents_of_other_kinds_hold_no_records():
    assert records_of(Kind.PERDA, "LAPORAN STUDI TIRU\nTindak Lanjut\n1. Menyusun surat.\n") == ()


@pytest.mark.parametrize(
    ("sentence", "person", "due"),
    [
        ("Menyusun surat paling lambat 3 Mei 2024 (PIC: Bidang Anak)", "Bidang Anak", "2024-05-03"),
        ("Dinas Sosial menyusun surat sebelum 10/06/2024.", "Dinas Sosial", "2024-06-10"),
        ("Surat disusun oleh siapa pun.", "", ""),
        ("Membahas rapat 3 Mei 2024 dan rapat 4 Mei 2024.", "", ""),
        ("Rancangan surat, penanggung jawab: UPTD PPA, tenggat 5 Juli 2024", "UPTD PPA", "2024-07-05"),
    ],
)
def test_a_follow_up_told_in_a_sentence(sentence: str, person: str, due: str):
    [found] = [
        r for r in records_of(Kind.NOTULEN, f"NOTULEN RAPAT\nTindak Lanjut\n1. {sentence}\n") if isinstance(r, FollowUp)
    ]
    assert (found.person.text, found.due.value) == (person, due)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Belum selesai", "belum"),
        ("sudah selesai", "selesai"),
        ("dalam proses", "berjalan"),
        ("koordinasi dengan DPRD", ""),
    ],
)
def test_the_state_of_a_follow_up(said: str, value: str):
    text = f"NOTULEN RAPAT\nTindak Lanjut\nUraian | PIC | Status\nMenyusun surat | Bidang Anak | {said}\n"
    [found] = [record for record in records_of(Kind.NOTULEN, text) if isinstance(record, FollowUp)]
    assert (found.state.value, found.state.text) == (value, said if value else "")


def test_two_findings_of_one_name_have_two_keys():
    text = "LAPORAN STUDI TIRU\nTemuan\nPraktik : Kotak surat\nHasil : baik\nPraktik : Kotak surat\nHasil : buruk\n"
    assert [record.key for record in records_of(Kind.STUDI_TIRU, text) if isinstance(record, Finding)] == [
        "kotak-surat",
        "kotak-surat~2",
    ]


def test_a_dash_in_a_table_is_nothing():
    text = "LAPORAN STUDI TIRU\nTemuan\nPraktik | Biaya | Hasil\nKotak surat | - | –\n"
    assert told(records_of(Kind.STUDI_TIRU, text), RecordKind.FINDING) == [{"practice": "Kotak surat"}]
