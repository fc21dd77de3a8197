"""What is inside a file goes in beside it: every member a document of its own, or a refusal of its own."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.copies import Copies
from api.folders import Folders
from api.intake import Intake
from api.library import Library
from api.trash import Trash
from api.worker import Worker
from bench import samples
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document
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


ONE, TWO = b"Rapat satu membahas rumah aman.", b"Rapat dua membahas forum anak."
THREE = b"Rapat tiga membahas puspaga."


def removed(library: Library, folder: Path) -> set[str]:
    return {one.document.source.removeprefix(f"{folder}/") for one in Trash(library).removed(LOCAL_ADMIN)}


def test_what_the_next_version_of_an_archive_lacks_is_removed(library: Library, tmp_path: Path) -> None:
    inner = samples.zipped({"tiga.md": b"Rapat tiga membahas puspaga."})
    library.ingestion.ingest(
        put(tmp_path, "paket.zip", samples.zipped({"satu.md": ONE, "dua.md": TWO, "a.zip": inner}))
    )
    library.ingestion.ingest(put(tmp_path, "paket.zip", samples.zipped({"satu.md": ONE, "a.zip": inner})))
    assert sources(library, tmp_path) == {
        "paket.zip",
        "paket.zip!satu.md",
        "paket.zip!a.zip",
        "paket.zip!a.zip!tiga.md",
    }
    assert removed(library, tmp_path) == {"paket.zip!dua.md"}
    document = next(one for one in library.documents(LOCAL_ADMIN) if one.name == "paket.zip")
    library.ingestion.replace(LOCAL_ADMIN, document.id, put(tmp_path, "surat.txt", b"Tanpa lampiran."), "surat.txt")
    assert sources(library, tmp_path) == {"paket.zip"}
    assert library.verify() == ()


def test_a_member_under_a_new_name_in_the_next_version_of_its_archive_stays(library: Library, tmp_path: Path) -> None:
    library.ingestion.ingest(put(tmp_path, "paket.zip", samples.zipped({"satu.md": ONE, "dua.md": TWO})))
    library.ingestion.ingest(put(tmp_path, "paket.zip", samples.zipped({"notulen.md": ONE})))
    assert sources(library, tmp_path) == {"paket.zip", "paket.zip!satu.md"}


def test_a_refused_member_leaves_its_earlier_version(library: Library, tmp_path: Path) -> None:
    library.ingestion.ingest(put(tmp_path, "paket.zip", samples.zipped({"satu.md": ONE, "dua.md": TWO})))
    library.ingestion.ingest(put(tmp_path, "paket.zip", samples.zipped({"satu.md": ONE, "dua.md": b""})))
    assert sources(library, tmp_path) == {"paket.zip", "paket.zip!satu.md", "paket.zip!dua.md"}


def test_a_removed_archive_takes_what_is_inside_along_and_brings_it_back(library: Library, tmp_path: Path) -> None:
    trash = Trash(library)
    archive = library.ingestion.ingest(put(tmp_path, "p.zip", samples.zipped({"isi.md": ONE, "lama.md": TWO}))).document
    by_name = {one.name: one for one in library.documents(LOCAL_ADMIN)}
    trash.withdraw(LOCAL_ADMIN, by_name["p.zip/lama.md"].id)
    trash.withdraw(LOCAL_ADMIN, archive.id)
    assert library.documents(LOCAL_ADMIN) == ()
    assert trash.bring_back(LOCAL_ADMIN, archive.id) == archive
    # What was removed by itself before stays removed.
    assert sources(library, tmp_path) == {"p.zip", "p.zip!isi.md"}
    assert library.search(Query("rumah aman", LOCAL_ADMIN))[0].document == by_name["p.zip/isi.md"]
    assert library.verify() == ()


def test_an_archive_that_is_deleted_for_good_leaves_nothing_of_what_was_inside(
    library: Library, tmp_path: Path
) -> None:
    trash = Trash(library)
    of_two = samples.zipped({"isi.md": ONE, "lama.md": TWO})
    trash.remove(LOCAL_ADMIN, library.ingestion.ingest(put(tmp_path, "p.zip", of_two)).document.id)
    assert library.documents(LOCAL_ADMIN) == () == trash.removed(LOCAL_ADMIN)
    removed = library.ingestion.ingest(put(tmp_path, "q.zip", of_two)).document.id
    trash.withdraw(LOCAL_ADMIN, removed)
    trash.erase(LOCAL_ADMIN, removed)
    assert library.documents(LOCAL_ADMIN) == () == trash.removed(LOCAL_ADMIN)


def test_what_is_inside_an_archive_stays_where_another_document_adopts_it(library: Library, tmp_path: Path) -> None:
    old = library.ingestion.ingest(put(tmp_path, "lama.zip", samples.zipped({"dua.md": TWO}))).document
    new = library.ingestion.ingest(put(tmp_path, "baru.zip", samples.zipped({"satu.md": ONE}))).document
    Copies(library).adopt(LOCAL_ADMIN, old.id, new.id)
    assert sources(library, tmp_path) == {"lama.zip", "lama.zip!satu.md"}
    assert removed(library, tmp_path) == {"baru.zip", "lama.zip!dua.md"}


def test_who_removes_an_archive_leaves_what_is_inside_and_not_theirs_to_see(library: Library, tmp_path: Path) -> None:
    archive = library.ingestion.ingest(put(tmp_path, "p.zip", samples.zipped({"isi.md": ONE, "dua.md": TWO}))).document
    hidden = next(one for one in library.documents(LOCAL_ADMIN) if one.name == "p.zip/isi.md")
    library.store.documents.set_audience(hidden.id, "pimpinan")
    Trash(library).withdraw(Viewer("staf"), archive.id)
    assert sources(library, tmp_path) == {"p.zip!isi.md"}


def test_an_archive_that_comes_back_to_its_folder_under_a_new_name_brings_what_is_inside(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "bagian"
    folder.mkdir()
    put(folder, "surat.txt", TWO)
    archive = put(folder, "p.zip", samples.zipped({"isi.md": ONE, "dalam.zip": samples.zipped({"tiga.md": THREE})}))
    intake = Intake(library)
    source = Folders(intake).add(LOCAL_ADMIN, folder)
    for moved_to in (folder / "p.zip", tmp_path / "p.zip", folder / "q.zip"):
        archive = archive.rename(moved_to)
        Folders(intake).sync(source)
        Worker(intake).run(until_empty=True)
    inside = {"q.zip", "q.zip!isi.md", "q.zip!dalam.zip", "q.zip!dalam.zip!tiga.md"}
    assert sources(library, folder) == {"surat.txt", *inside}
    assert {one.name for one in library.documents(LOCAL_ADMIN)} == {"surat.txt", *(s.replace("!", "/") for s in inside)}
    assert library.search(Query("rumah aman", LOCAL_ADMIN))[0].document.source == f"{folder}/q.zip!isi.md"
    assert library.verify() == ()


def two_archives(library: Library, folder: Path) -> tuple[Document, Document]:
    """Two archives that hold one file both, and one each of their own."""
    first = put(folder, "a.zip", samples.zipped({"satu.md": ONE, "dua.md": TWO}))
    second = put(folder, "b.zip", samples.zipped({"map/satu.md": ONE, "tiga.md": THREE}))
    return library.ingestion.ingest(first).document, library.ingestion.ingest(second).document


def test_an_archive_shows_what_is_inside_another_too(library: Library, tmp_path: Path) -> None:
    _, second = two_archives(library, tmp_path)
    shared = next(one for one in library.documents(LOCAL_ADMIN) if one.name == "a.zip/satu.md")
    assert {one.name for one in library.members.of(LOCAL_ADMIN, second)} == {"a.zip/satu.md", "b.zip/tiga.md"}
    shown = TestClient(create_app(library), base_url="http://127.0.0.1").get(f"/dokumen/{second.id}").text
    assert f'<a href="/dokumen/{shared.id}">a.zip/satu.md</a>' in shown


def test_what_two_archives_hold_stays_when_one_of_them_is_removed(library: Library, tmp_path: Path) -> None:
    first, second = two_archives(library, tmp_path)
    [before] = library.search(Query("rumah aman", LOCAL_ADMIN))[:1]
    Trash(library).withdraw(LOCAL_ADMIN, first.id)
    assert sources(library, tmp_path) == {"b.zip", "b.zip!map/satu.md", "b.zip!tiga.md"}
    [hit] = library.search(Query("rumah aman", LOCAL_ADMIN))[:1]
    assert (hit.document.id, hit.document.name) == (before.document.id, "b.zip/map/satu.md")
    Trash(library).bring_back(LOCAL_ADMIN, first.id)
    assert {one.name for one in library.members.of(LOCAL_ADMIN, first)} == {"a.zip/dua.md", "b.zip/map/satu.md"}
    assert {one.name for one in library.members.of(LOCAL_ADMIN, second)} == {"b.zip/map/satu.md", "b.zip/tiga.md"}
    assert library.verify() == ()


def test_what_two_archives_hold_goes_with_the_last_and_comes_back_with_either(library: Library, tmp_path: Path) -> None:
    first, second = two_archives(library, tmp_path)
    trash = Trash(library)
    trash.withdraw(LOCAL_ADMIN, first.id)
    trash.withdraw(LOCAL_ADMIN, second.id)
    assert library.documents(LOCAL_ADMIN) == ()
    trash.bring_back(LOCAL_ADMIN, first.id)
    assert {one.name for one in library.members.of(LOCAL_ADMIN, first)} == {"a.zip/dua.md", "b.zip/map/satu.md"}


def test_what_the_next_version_of_an_archive_lacks_stays_where_another_holds_it(
    library: Library, tmp_path: Path
) -> None:
    two_archives(library, tmp_path)
    library.ingestion.ingest(put(tmp_path, "a.zip", samples.zipped({"dua.md": TWO})))
    assert sources(library, tmp_path) == {"a.zip", "a.zip!dua.md", "b.zip", "b.zip!map/satu.md", "b.zip!tiga.md"}
    assert removed(library, tmp_path) == set()


def test_an_archive_in_two_archives_moves_with_what_is_inside_it(library: Library, tmp_path: Path) -> None:
    inner = samples.zipped({"satu.md": ONE, "lagi.zip": samples.zipped({"tiga.md": THREE})})
    first = library.ingestion.ingest(put(tmp_path, "a.zip", samples.zipped({"dalam.zip": inner, "dua.md": TWO})))
    library.ingestion.ingest(put(tmp_path, "b.zip", samples.zipped({"lain.zip": inner})))
    Trash(library).withdraw(LOCAL_ADMIN, first.document.id)
    stays = {"satu.md", "lagi.zip", "lagi.zip!tiga.md"}
    assert sources(library, tmp_path) == {"b.zip", "b.zip!lain.zip", *(f"b.zip!lain.zip!{name}" for name in stays)}
    assert {one.name for one in library.documents(LOCAL_ADMIN)} == {
        source.replace("!", "/") for source in sources(library, tmp_path)
    }


def test_an_archive_that_is_gone_from_its_folder_leaves_what_another_holds(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "bagian"
    folder.mkdir()
    intake = Intake(library)
    source = Folders(intake).add(LOCAL_ADMIN, folder)
    put(folder, "a.zip", samples.zipped({"satu.md": ONE, "dua.md": TWO}))
    put(folder, "b.zip", samples.zipped({"satu.md": ONE}))
    for gone in ((), ("a.zip",), ()):
        for name in gone:
            (folder / name).unlink()
        Folders(intake).sync(source)
        Worker(intake).run(until_empty=True)
    assert sources(library, folder) == {"b.zip", "b.zip!satu.md"}
    assert removed(library, folder) == {"a.zip", "a.zip!dua.md"}


def test_what_others_see_is_not_moved_into_an_archive_that_they_do_not(library: Library, tmp_path: Path) -> None:
    first, second = two_archives(library, tmp_path)
    library.store.documents.set_audience(second.id, "pimpinan")
    Trash(library).withdraw(LOCAL_ADMIN, first.id)
    assert sources(library, tmp_path) == {"b.zip", "b.zip!tiga.md"}


def test_the_name_of_an_archive_that_others_do_not_see_is_told_by_nothing_deep_inside_it(
    library: Library, tmp_path: Path
) -> None:
    inner = samples.zipped({"satu.md": ONE})
    first = library.ingestion.ingest(put(tmp_path, "a.zip", samples.zipped({"dalam.zip": inner}))).document
    second = library.ingestion.ingest(put(tmp_path, "rahasia.zip", samples.zipped({"lain.zip": inner}))).document
    within = next(one for one in library.documents(LOCAL_ADMIN) if one.name == "a.zip/dalam.zip")
    for kept in (first, second, within):
        library.store.documents.set_audience(kept.id, "pimpinan")
    Trash(library).withdraw(LOCAL_ADMIN, first.id)
    assert {one.name for one in library.documents(LOCAL_ADMIN)} == {"rahasia.zip", "rahasia.zip/lain.zip"}
    assert removed(library, tmp_path) == {"a.zip", "a.zip!dalam.zip!satu.md"}


def test_a_file_that_was_removed_by_hand_is_not_kept_by_another_archive(library: Library, tmp_path: Path) -> None:
    two_archives(library, tmp_path)
    shared = next(one for one in library.documents(LOCAL_ADMIN) if one.name == "a.zip/satu.md")
    Trash(library).withdraw(LOCAL_ADMIN, shared.id)
    assert removed(library, tmp_path) == {"a.zip!satu.md"}
