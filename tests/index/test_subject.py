"""Names that say whose documents are meant are no part of what is asked."""

import dataclasses

import pytest

from api.library import Library
from index.subject import subject
from index.thesaurus import Thesaurus
from kb.access import LOCAL_ADMIN
from kb.documents import Document

REPORT = "Laporan Kinerja Dinas Pemberdayaan Perempuan dan Perlindungan Anak"
THESAURUS = Thesaurus()


@pytest.fixture
def report(shelf: Library) -> Document:
    document = shelf.documents(LOCAL_ADMIN)[0]
    metadata = dataclasses.replace(document.metadata, title=REPORT, region="Kota Semarang", year=2020, number="")
    return dataclasses.replace(document, metadata=metadata)


def asked(question: str, *documents: Document) -> str:
    plain = THESAURUS.rewrite(question)
    return subject(plain, THESAURUS.expand(plain), documents)


def test_the_office_and_the_region_of_a_document_are_left_out(report: Document) -> None:
    assert (
        asked("berapa biaya musrenbang di dp3a semarang tahun 2020", report) == "berapa biaya musrenbang di tahun 2020"
    )


def test_an_office_that_is_written_out_is_left_out_too(report: Document) -> None:
    office = "Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kota Semarang"
    assert asked(f"apa program unggulan {office}?", report) == "apa program unggulan ?"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        (
            "program anak yang dikerjakan Dinas Pemberdayaan Perempuan dan Perlindungan Anak tahun 2020 untuk ibu",
            "tahun 2020 untuk ibu",
        ),
        ("kegiatan dp3a yang serapannya rendah", "kegiatan yang serapannya rendah"),
        (
            "dinas pemberdayaan perempuan dinas pemberdayaan perempuan kepada siapa laporan anak",
            "kepada siapa laporan anak",
        ),
    ],
)
def test_only_the_name_of_the_office_is_left_out(question: str, left: str, report: Document) -> None:
    assert asked(question, report).endswith(left)
    assert "(" not in asked(question, report)


def test_a_word_of_the_title_that_does_not_follow_in_the_name_stays(report: Document) -> None:
    question = "dinas pemberdayaan perempuan anak 2020 lapor ke siapa"
    assert asked(question, report) == "anak 2020 lapor ke siapa"


def test_an_office_that_no_document_is_of_is_what_is_asked_about(report: Document) -> None:
    assert "dinkes" in asked("apa tugas dinkes dalam penanganan stunting", report)
    assert asked("apa tugas dinas kesehatan dalam stunting", report) == "apa tugas dinas kesehatan dalam stunting"
    assert "dp3a" in asked("apa tugas dp3a dalam penanganan kekerasan")


def test_the_head_of_a_city_stays_without_its_name(report: Document) -> None:
    assert asked("siapa wali kota semarang yang menandatangani", report) == "siapa wali kota yang menandatangani"


def test_a_region_without_documents_stays(report: Document) -> None:
    assert asked("jumlah forum anak di kota kendari", report) == "jumlah forum anak di kota kendari"


@pytest.mark.parametrize("question", ["kepala dp3a semarang", "dp3a kota semarang", "semarang"])
def test_a_question_of_hardly_more_than_names_is_asked_as_it_stands(question: str, report: Document) -> None:
    assert asked(question, report) == THESAURUS.rewrite(question)
