"""An office's JDIH export goes in, and comes out as it was."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.jdihn import Jdihn, metadata_of, read_file
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Kind
from kb.errors import DamagedFileError
from kb.jdihn import FIELDS, Json, Record
from tests.shelf import PERDA_SEMARANG, fill, named

GIVEN: dict[str, Json] = {
    "idData": 812,
    "tahun_pengundangan": "2021",
    "tanggal_pengundangan": "2021-05-07",
    "jenis": "Peraturan Daerah Kabupaten/Kota",
    "noPeraturan": "2",
    "judul": "Peraturan Daerah Kota Semarang Nomor 2 Tahun 2021 tentang Kota Layak Anak",
    "status": "Tidak Berlaku",
    "teuBadan": "Indonesia. Kota Semarang",
    "fileDownload": "perda-2-2021.txt",
    "tautan": {"abstrak": ["satu", None, 2.5], "ada": True},
}
UNKNOWN: dict[str, Json] = {"judul": "Peraturan Daerah Kota Tegal Nomor 9 Tahun 1999 tentang Pasar"}


def exported(library: Library) -> list[dict[str, Json]]:
    return [dict(record.fields) for record in Jdihn(library).records(LOCAL_ADMIN)]


def test_what_was_imported_comes_back_field_for_field(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path)
    file = tmp_path / "jdih.json"
    file.write_text(json.dumps({"data": [GIVEN, UNKNOWN]}), "utf-8")
    came = Jdihn(library).import_from(LOCAL_ADMIN, file)
    assert (came.n_matched, came.n_ingested, came.left) == (1, 0, (UNKNOWN["judul"],))
    [back] = [one for one in exported(library) if one["idData"] == 812]
    assert {name: back[name] for name in GIVEN} == GIVEN
    assert set(FIELDS) <= set(back)


def test_an_export_imported_again_exports_the_same(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path)
    once = exported(library)
    Jdihn(library).take(LOCAL_ADMIN, [Record(tuple(one.items())) for one in once])
    assert exported(library) == once


def test_a_file_beside_the_json_goes_in_with_its_record(library: Library, tmp_path: Path) -> None:
    (tmp_path / "berkas").mkdir()
    (tmp_path / "berkas" / "perda-2-2021.txt").write_text(PERDA_SEMARANG, "utf-8")
    (tmp_path / "jdih.json").write_text(json.dumps([GIVEN]), "utf-8")
    came = Jdihn(library).import_from(LOCAL_ADMIN, tmp_path)
    assert (came.n_matched, came.n_ingested, came.left) == (1, 1, ())
    assert [document.name for document in library.documents(LOCAL_ADMIN)] == ["perda-2-2021.txt"]


def test_the_record_says_that_a_regulation_is_out_of_force(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path)
    Jdihn(library).take(LOCAL_ADMIN, [Record(tuple(GIVEN.items()))])
    standing = library.standings.of(LOCAL_ADMIN, named(library, "semarang.txt").id)
    assert standing is not None
    assert (standing.in_force.value, standing.stated) == ("dicabut", "JDIHN")


def test_relations_go_out_with_the_record(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path)
    [perda] = [one for one in exported(library) if one["noPeraturan"] == "2"]
    assert perda["relasi"] == [
        {"hubungan": "Dasar hukum", "peraturan": "Undang-Undang Nomor 35 Tahun 2014", "bagian": ""}
    ]


def test_a_title_that_is_only_a_subject_is_completed_from_the_other_fields() -> None:
    fields = {
        "judul": "Ketertiban Umum",
        "jenis": "PERATURAN DAERAH",
        "noPeraturan": "04",
        "tahun_pengundangan": "2019",
    }
    said = metadata_of(Record((*fields.items(), ("teuBadan", "Toba (Kabupaten)"))))
    assert (said.kind, said.number, said.year, said.region) == (Kind.PERDA, "4", 2019, "Kabupaten Toba")


def test_what_is_no_list_of_records_is_refused(tmp_path: Path) -> None:
    for text in ("bukan json", "3", '{"a": 1}', "[1, 2]"):
        file = tmp_path / "x.json"
        file.write_text(text, "utf-8")
        with pytest.raises(DamagedFileError):
            read_file(file)


def test_the_api_takes_and_gives_records(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path)
    doors = TestClient(create_app(library))
    assert doors.post("/api/v1/jdihn", json=[GIVEN, UNKNOWN]).json() == {
        "n_matched": 1,
        "n_ingested": 0,
        "left": [UNKNOWN["judul"]],
    }
    assert GIVEN["tautan"] in [one.get("tautan") for one in doors.get("/api/v1/jdihn").json()]


def test_half_a_character_does_not_break_the_export(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path)
    file = tmp_path / "rusak.json"
    file.write_text(json.dumps([{**GIVEN, "subjek": "\ud821"}]), "utf-8")
    Jdihn(library).import_from(LOCAL_ADMIN, file)
    Jdihn(library).export(LOCAL_ADMIN, tmp_path / "keluar.json")
    assert "?" in [one["subjek"] for one in json.loads((tmp_path / "keluar.json").read_text("utf-8"))]


def test_the_command_writes_a_file_that_it_reads(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library, tmp_path)
    library.close()
    monkeypatch.setenv("KB_HOME", str(library.settings.home))
    monkeypatch.setenv("KB_MODEL", "toy")
    file = tmp_path / "keluar.json"
    assert "3 peraturan ditulis" in CliRunner().invoke(main, ["jdihn", "export", str(file)]).output
    assert "3 rekaman dicocokkan" in CliRunner().invoke(main, ["jdihn", "import", str(file)]).output
