"""What is inside a file goes in beside it: every member a document of its own, or a refusal of its own."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from bench import samples
from kb.access import LOCAL_ADMIN
from kb.errors import EmptyFileError
from kb.intake import Outcome
from kb.questions import Query


def sources(library: Library, folder: Path) -> set[str]:
    return {document.source.removeprefix(f"{folder}/") for document in library.documents(LOCAL_ADMIN)}


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_every_member_is_a_document_with_its_own_source(library: Library, tmp_path: Path) -> None:
    library.ingestion.ingest(put(tmp_path, "arsip.zip", samples.archive()))
    assert sources(library, tmp_path) == {
        "arsip.zip",
        "arsip.zip!surat/undangan.eml",
        "arsip.zip!surat/undangan.eml!anggaran.csv",
        "arsip.zip!surat/undangan.eml!lampiran.pdf",
        "arsip.zip!laporan.docx",
        "arsip.zip!lagi.zip",
    }
    assert library.verify() == ()


def test_what_is_inside_is_found_and_cited(library: Library, tmp_path: Path) -> None:
    library.ingestion.ingest(put(tmp_path, "arsip.zip", samples.archive()))
    hits = library.search(Query("pendampingan korban", LOCAL_ADMIN))
    assert "arsip.zip/laporan.docx" in {hit.document.name for hit in hits}


def test_the_page_of_an_archive_leads_to_what_is_inside(library: Library, tmp_path: Path) -> None:
    container = library.ingestion.ingest(put(tmp_path, "arsip.zip", samples.archive())).document
    shown = TestClient(create_app(library), base_url="http://127.0.0.1").get(f"/dokumen/{container.id}").text
    assert "Berkas ini hanya wadah" in shown
    [inside] = [one for one in library.documents(LOCAL_ADMIN) if one.name == "arsip.zip/laporan.docx"]
    assert f'<a href="/dokumen/{inside.id}">arsip.zip/laporan.docx</a>' in shown


def test_a_member_that_is_refused_costs_no_other(library: Library, tmp_path: Path) -> None:
    content = samples.zipped({"kosong.txt": b"", "acak.bin": bytes(300), "baik.txt": samples.text()})
    assert library.ingestion.ingest(put(tmp_path, "campur.zip", content)).outcome is Outcome.NEW
    assert sources(library, tmp_path) == {"campur.zip", "campur.zip!baik.txt"}
    assert {Path(refusal.source).name: refusal.code for refusal in library.refusals()} == {
        "campur.zip!kosong.txt": "berkas-kosong",
        "campur.zip!acak.bin": "format-tidak-dikenal",
    }


def test_names_that_lead_out_of_the_archive_lead_nowhere(library: Library, tmp_path: Path) -> None:
    content = samples.zipped({"../../etc/crontab": samples.text(), "/mutlak.txt": samples.text() + b"lain"})
    library.ingestion.ingest(put(tmp_path, "jahat.zip", content))
    assert sources(library, tmp_path) == {"jahat.zip", "jahat.zip!etc/crontab", "jahat.zip!mutlak.txt"}
    assert not list(tmp_path.parent.glob("etc/crontab"))


def test_archives_in_archives_end_somewhere(library: Library, tmp_path: Path) -> None:
    content = samples.zipped({"dasar.txt": samples.text()})
    for depth in range(5):
        content = samples.zipped({f"lapis-{depth}.zip": content})
    library.ingestion.ingest(put(tmp_path, "dalam.zip", content))
    [refusal] = library.refusals()
    assert refusal.code == "berkas-terlalu-besar"
    assert refusal.source.count("!") == 4


def test_the_same_archive_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path, "arsip.zip", samples.archive())
    library.ingestion.ingest(file)
    change = library.status().change
    assert library.ingestion.ingest(file).outcome is Outcome.UNCHANGED
    assert library.status().change == change


def test_two_members_of_one_name_are_two_documents(library: Library, tmp_path: Path) -> None:
    import io
    import warnings
    import zipfile

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", "Forum anak bersidang.")
        archive.writestr("a.txt", "Dinas mencatat pengaduan.")
    library.ingestion.ingest(put(tmp_path, "kembar.zip", written.getvalue()))
    assert sources(library, tmp_path) == {"kembar.zip", "kembar.zip!a.txt", "kembar.zip!a.txt (2)"}


def test_an_empty_file_is_still_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        library.ingestion.ingest(put(tmp_path, "kosong.zip", b""))
