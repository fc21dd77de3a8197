"""What is chosen of the hits to answer with."""

from pathlib import Path

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.answers import Answer
from kb.questions import Query
from kb.settings import Settings

FORUM = """PERATURAN DAERAH KOTA CONTOH
NOMOR 91 TAHUN 2020
TENTANG
FORUM ANAK

Pasal 1
(1) Forum Anak dibentuk di setiap kelurahan dan kecamatan oleh lurah bersama camat setempat.
(2) Forum Anak beranggotakan paling sedikit 15 (lima belas) anak yang dipilih dari kelompok anak.

Pasal 2
Taman bermain dipelihara oleh dinas yang membidangi pekerjaan umum setiap tahun anggaran berjalan.
"""


def ask(tmp_path: Path, question: str) -> Answer:
    file = tmp_path / "perda.txt"
    file.write_text(FORUM)
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        return library.ask(Query(question, LOCAL_ADMIN))


def test_each_provision_of_a_statement_has_its_own_citation(tmp_path: Path) -> None:
    [first, *_] = ask(tmp_path, "berapa anggota forum anak di kelurahan dan kecamatan").statements
    assert [citation.label for citation in first.citations] == ["Pasal 1 ayat (1)", "Pasal 1 ayat (2)"]


def test_a_statement_is_its_quotes(tmp_path: Path) -> None:
    for statement in ask(tmp_path, "siapa membentuk forum anak").statements:
        assert statement.text == "\n".join(citation.quote for citation in statement.citations)


def test_a_statement_far_behind_the_best_is_left_out(tmp_path: Path) -> None:
    answer = ask(tmp_path, "berapa anggota forum anak di kelurahan dan kecamatan")
    assert not any("Taman bermain" in statement.text for statement in answer.statements)
