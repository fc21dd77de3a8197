"""Findings, meetings and follow-ups at the doors: lists, limits, corrections in the page, and the command line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.library import Library
from kb.settings import Settings
from tests.api.conftest import EXAMPLES

FILES = (
    "laporan-studi-tiru-kota-semarang-desember-2024.pdf",
    "laporan-kunjungan-kerja-surakarta-2022.md",
    "notulen-rapat-gugus-tugas-kla-januari-2025.docx",
)
TASK = "menunjuk-petugas-data-kla"


@pytest.fixture
def doors(library: Library) -> Iterator[TestClient]:
    for name in FILES:
        library.ingestion.ingest(EXAMPLES / name)
    with TestClient(create_app(library)) as client:
        yield client


def documents(doors: TestClient) -> dict[str, int]:
    return {document["name"]: document["id"] for document in doors.get("/api/v1/documents").json()["documents"]}


def test_findings_are_limited_by_theme_region_and_year(doors: TestClient):
    def practices(**limits: str) -> list[str]:
        found = doors.get("/api/v1/findings", params=limits).json()["findings"]
        return [" ".join(each["record"]["fields"]["practice"]["text"].split()) for each in found]

    assert len(practices()) == 17
    assert practices(region="Kota Surakarta", theme="klaster-4") == [
        "Tata tertib disusun siswa",
        "Kotak curhat digital",
        "Taman cerdas",
        "Taman cerdas dikelola warga",
    ]
    assert practices(year="2022") == practices(region="Kota Surakarta")
    assert practices(theme="drppa") == []


def test_every_link_of_a_finding_opens_its_page_marked(doors: TestClient):
    [first, *_] = doors.get("/api/v1/findings").json()["findings"]
    links = [first["record"]["link"], *(one["link"] for one in first["record"]["fields"].values() if one)]
    assert {doors.get(link.partition("#")[0]).status_code for link in links} == {200}


def test_follow_ups_come_by_their_day_and_are_limited(doors: TestClient):
    found = doors.get("/api/v1/follow-ups").json()["follow_ups"]
    assert [each["due"] for each in found] == sorted(each["due"] for each in found)
    mine = doors.get("/api/v1/follow-ups", params={"person": "uptd ppa", "overdue": True}).json()["follow_ups"]
    assert [each["record"]["fields"]["person"]["text"] for each in mine] == ["Kepala UPTD PPA"]
    assert doors.get("/api/v1/follow-ups", params={"state": "selesai"}).json() == {"follow_ups": []}


def test_meetings_come_with_decisions_and_follow_ups(doors: TestClient):
    [meeting] = doors.get("/api/v1/meetings").json()["meetings"]
    assert (len(meeting["decisions"]), len(meeting["follow_ups"])) == (5, 6)
    assert meeting["record"]["fields"]["date"]["value"] == "2025-01-16"


def test_a_fact_is_corrected_by_programs(doors: TestClient):
    document = documents(doors)[FILES[2]]
    path = f"/api/v1/documents/{document}/records/tindak-lanjut/{TASK}"
    changed = doors.patch(path, json={"fields": {"due": "1 Maret 2025", "state": "berjalan"}}).json()["fields"]
    assert (changed["due"]["value"], changed["due"]["read"], changed["state"]["value"]) == (
        "2025-03-01",
        "31 Januari 2025",
        "berjalan",
    )
    assert doors.patch(path, json={"fields": {"due": None, "state": None}}).json()["fields"]["state"] is None
    assert doors.patch(path, json={"fields": {"entah": "x"}}).status_code == 422
    assert doors.patch(path, json={"fields": {"state": "entah"}}).status_code == 422
    assert doors.patch(path.replace(TASK, "tidak-ada"), json={}).status_code == 404


def test_a_fact_is_corrected_in_the_page_without_a_script(doors: TestClient):
    document = documents(doors)[FILES[2]]
    path = f"/dokumen/{document}/catatan/tindak-lanjut/{TASK}"
    html = doors.get(path).text
    filled = dict(re.findall(r'<input id="isian-(\w+)" name="\w+" value="([^"]*)"', html))
    answer = doors.post(path, data={**filled, "person": "Bappeda", "state": "selesai"})
    assert "Perbaikan disimpan." in answer.text
    records = doors.get(f"/api/v1/documents/{document}/records").json()["records"]
    [task] = [record for record in records if record["key"] == TASK]
    assert {name for name, one in task["fields"].items() if one and one["is_corrected"]} == {"person", "state"}
    assert "Bappeda" in doors.get("/rapat", params={"keadaan": "selesai"}).text
    assert "Menunjuk petugas data KLA</a>\n" not in doors.get("/rapat").text.partition("semua-rapat")[0]


def test_the_state_is_changed_from_the_list(doors: TestClient):
    document = documents(doors)[FILES[2]]
    answer = doors.post(
        f"/dokumen/{document}/catatan/tindak-lanjut/{TASK}",
        data={"state": "selesai", "kembali": "rapat"},
        follow_redirects=False,
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/rapat?kabar=record_saved")


def test_a_record_is_set_aside_and_brought_back_in_the_page(doors: TestClient):
    document = documents(doors)[FILES[2]]
    path = f"/dokumen/{document}/catatan/tindak-lanjut/{TASK}/singkirkan"
    assert "Disingkirkan" in doors.post(path).text
    assert "Disingkirkan" not in doors.post(path, data={"kembalikan": "ya"}).text


@pytest.mark.parametrize(
    "path",
    ["/temuan", "/temuan?tema=klaster-4&tahun=2024", "/temuan?tema=entah&tahun=%C2%B2", "/rapat", "/rapat?urut=orang"],
)
def test_a_list_is_shown_in_both_languages(doors: TestClient, path: str):
    for language in ("id", "en"):
        assert doors.get(path, headers={"Accept-Language": language}).status_code == 200


def test_a_search_limited_to_findings_shows_what_its_hits_are(doors: TestClient):
    html = doors.get("/", params={"q": "taman cerdas", "isi": "temuan"}).text
    assert '<span class="badge">Temuan</span>' in html
    assert doors.get("/", params={"q": "taman", "isi": "entah"}).status_code == 422


def test_the_command_line_lists_and_corrects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_HOME", str(tmp_path / "kb"))
    monkeypatch.setenv("KB_MODEL", "toy")
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        for name in FILES:
            library.ingestion.ingest(EXAMPLES / name)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, list(arguments))
        assert result.exit_code == 0, result.output
        return result.output

    assert run("findings", "--region", "Kota Semarang").splitlines()[-1] == "11 temuan"
    assert run("meetings").splitlines()[-1] == "1 rapat"
    found = json.loads(run("follow-ups", "--person", "Bagian Hukum", "--json"))["follow_ups"]
    record = found[0]["record"]
    run("correct-record", str(record["document_id"]), record["kind"], record["key"], "--set", "state=selesai")
    assert run("follow-ups", "--state", "selesai").splitlines()[-1] == "1 tindak lanjut"
