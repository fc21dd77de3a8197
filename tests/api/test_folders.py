import os
import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.folders import Folders
from api.intake import Intake
from api.library import Library
from api.trash import Trash
from api.upkeep import Upkeep
from api.worker import Worker
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer
from kb.documents import Document
from kb.errors import NotFoundError, SourceError
from kb.jobs import JobCounts
from kb.questions import Query
from kb.sources import Source, Synced

TEXTS = {
    "perda/sleman.txt": "Pasal 1\nSetiap kapanewon membentuk forum anak.",
    "perda/siak.txt": "Pasal 1\nGugus tugas dibentuk dengan keputusan bupati.",
    "notulen.txt": "Keputusan rapat: rumah aman dibangun di Sangatta.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "dokumen"
    for name, text in TEXTS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


class Watch:
    """A watched folder, and what a look and the workers make of it."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library, self.intake = library, Intake(library)
        self.folders = Folders(self.intake)
        self.source: Source = self.folders.add(LOCAL_ADMIN, folder)

    def look(self, is_thorough: bool = False, may_be_empty: bool = False) -> Synced:
        synced = self.folders.sync(self.source, is_thorough, may_be_empty)
        Worker(self.intake).run(until_empty=True)
        assert self.library.verify() == ()
        return synced

    def there(self) -> dict[str, Document]:
        return {document.name: document for document in self.library.documents(LOCAL_ADMIN)}


@pytest.fixture
def watch(library: Library, folder: Path) -> Watch:
    watched = Watch(library, folder)
    assert watched.look() == Synced(n_new=3)
    return watched


def test_every_file_of_a_watched_folder_comes_in_under_its_path(watch: Watch, folder: Path):
    assert {name: document.source for name, document in watch.there().items()} == {
        name: str(folder / name) for name in TEXTS
    }
    assert watch.look() == Synced(n_unchanged=3)


def test_a_changed_file_becomes_the_next_version(watch: Watch, folder: Path):
    before = watch.there()["notulen.txt"]
    (folder / "notulen.txt").write_text("Keputusan rapat: rumah aman dibangun di Bengalon.")
    assert watch.look() == Synced(n_changed=1, n_unchanged=2)
    after = watch.there()["notulen.txt"]
    assert (after.id, after.n_versions) == (before.id, 2)
    assert "Sangatta" in watch.library.pages.read(LOCAL_ADMIN, before.id, 1, before.version_id).text


def test_a_renamed_file_keeps_its_document(watch: Watch, folder: Path):
    before = watch.there()["notulen.txt"]
    (folder / "rapat").mkdir()
    (folder / "notulen.txt").rename(folder / "rapat" / "notulen maret.txt")
    assert watch.look() == Synced(n_moved=1, n_unchanged=2)
    after = watch.there()["rapat/notulen maret.txt"]
    assert after == replace(before, name="rapat/notulen maret.txt", source=str(folder / "rapat/notulen maret.txt"))
    assert watch.look() == Synced(n_unchanged=3)


def test_a_file_that_is_gone_leaves_the_search_and_can_be_brought_back(watch: Watch, folder: Path):
    document = watch.there()["notulen.txt"]
    (folder / "notulen.txt").unlink()
    assert watch.look() == Synced(n_removed=1, n_unchanged=2)
    assert "notulen.txt" not in watch.there()
    question = Query("rumah aman Sangatta", LOCAL_ADMIN)
    assert all(hit.document.id != document.id for hit in watch.library.search(question))
    with pytest.raises(NotFoundError):
        watch.library.pages.read(LOCAL_ADMIN, document.id, 1)
    back = Trash(watch.library).bring_back(LOCAL_ADMIN, document.id)
    assert back == replace(document, source=back.source)
    assert watch.library.search(question)[0].document == back
    assert watch.library.verify() == ()


def test_a_removal_that_was_undone_stays_undone(watch: Watch, folder: Path):
    document = watch.there()["notulen.txt"]
    text = (folder / "notulen.txt").read_bytes()
    (folder / "notulen.txt").unlink()
    watch.look()
    Trash(watch.library).bring_back(LOCAL_ADMIN, document.id)
    assert watch.look() == Synced(n_unchanged=2)
    assert watch.there()["notulen.txt"].id == document.id
    # Of the folder it is no more: the same bytes are it, others are a document of their own.
    (folder / "notulen.txt").write_bytes(text)
    watch.look()
    assert len(watch.there()) == 3
    (folder / "notulen.txt").write_text("Keputusan rapat: rumah aman dibangun di Bengalon.")
    watch.look()
    assert len(watch.library.documents(LOCAL_ADMIN)) == 4
    assert watch.library.document(LOCAL_ADMIN, document.id).n_versions == 1


def test_what_was_inside_a_removed_archive_can_be_brought_back_by_itself(watch: Watch, folder: Path):
    with zipfile.ZipFile(folder / "kiriman.zip", "w") as packed:
        packed.writestr("surat.txt", "Undangan rapat rumah aman di Bengalon.")
    watch.look()
    inside = watch.there()["kiriman.zip/surat.txt"]
    (folder / "kiriman.zip").unlink()
    watch.look()
    assert "kiriman.zip/surat.txt" not in watch.there()
    Trash(watch.library).bring_back(LOCAL_ADMIN, inside.id)
    watch.look()
    assert watch.there()["kiriman.zip/surat.txt"].id == inside.id


def test_a_renamed_folder_takes_its_documents_along(watch: Watch, folder: Path):
    before = {name: document.id for name, document in watch.there().items()}
    (folder / "perda").rename(folder / "peraturan daerah")
    assert watch.look() == Synced(n_moved=2, n_unchanged=1)
    assert {name: document.id for name, document in watch.there().items()} == {
        name.replace("perda/", "peraturan daerah/"): number for name, number in before.items()
    }


def test_a_file_renamed_and_changed_at_once_is_another_document(watch: Watch, folder: Path):
    before = watch.there()["notulen.txt"]
    (folder / "notulen.txt").unlink()
    (folder / "notulen akhir.txt").write_text("Keputusan rapat: rumah aman dibangun di Bengalon.")
    assert watch.look() == Synced(n_new=1, n_removed=1, n_unchanged=2)
    assert watch.there()["notulen akhir.txt"].id != before.id
    assert [one.document.id for one in Trash(watch.library).removed(LOCAL_ADMIN)] == [before.id]


def test_a_share_that_breaks_off_in_the_middle_of_a_look_removes_nothing(
    watch: Watch, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = Path.stat

    def gone(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(folder) and path.suffix == ".txt":
            raise OSError(5, "Input/output error")
        return whole(path, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "stat", gone)
        with pytest.raises(SourceError, match="tidak ada yang dihapus"):
            watch.folders.sync(watch.source)
    assert watch.look() == Synced(n_unchanged=3)


def test_a_file_that_comes_back_is_the_same_document(watch: Watch, folder: Path, tmp_path: Path):
    document = watch.there()["notulen.txt"]
    shutil.move(folder / "notulen.txt", tmp_path / "sementara.txt")
    watch.look()
    shutil.move(tmp_path / "sementara.txt", folder / "notulen.txt")
    assert watch.look() == Synced(n_new=1, n_unchanged=2)
    assert watch.there()["notulen.txt"] == document


def test_a_file_that_comes_back_elsewhere_is_the_same_document(watch: Watch, folder: Path, tmp_path: Path):
    document = watch.there()["notulen.txt"]
    shutil.move(folder / "notulen.txt", tmp_path / "sementara.txt")
    watch.look()
    shutil.move(tmp_path / "sementara.txt", folder / "perda" / "lain.txt")
    assert watch.look() == Synced(n_moved=1, n_unchanged=2)
    assert watch.there()["perda/lain.txt"].id == document.id


def test_a_document_moves_to_its_copy_when_the_first_goes(watch: Watch, folder: Path):
    document = watch.there()["notulen.txt"]
    shutil.copy(folder / "notulen.txt", folder / "salinan.txt")
    watch.look()
    assert len(watch.there()) == 3
    (folder / "notulen.txt").unlink()
    assert watch.look() == Synced(n_moved=1, n_unchanged=3)
    assert watch.there()["salinan.txt"].id == document.id


def test_a_renamed_file_stays_in_where_another_is_written_in_its_place(watch: Watch, folder: Path):
    before = watch.there()["notulen.txt"]
    # Its new name comes first in the queue, and finds the document of the old one still with its bytes.
    (folder / "notulen.txt").rename(folder / "notulen lain.txt")
    (folder / "notulen.txt").write_text("Keputusan rapat: rumah aman dibangun di Bengalon.")
    assert watch.look() == Synced(n_new=1, n_changed=1, n_unchanged=2)
    assert watch.look() == Synced(n_new=1, n_unchanged=3)
    assert watch.there()["notulen lain.txt"].sha256 == before.sha256
    assert watch.there()["notulen.txt"].id == before.id
    assert watch.look() == Synced(n_unchanged=4)


def test_a_file_comes_in_when_the_upload_that_had_its_bytes_gets_a_new_version(watch: Watch, folder: Path):
    text = b"Keputusan rapat: rumah aman dibangun di Bengalon."
    upload = watch.intake.receive(LOCAL_ADMIN, "unggahan.txt", BytesIO(text), EVERYONE)
    Worker(watch.intake).run(until_empty=True)
    (folder / "salinan.txt").write_bytes(text)
    watch.look()
    assert "salinan.txt" not in watch.there()
    held = watch.intake.job(LOCAL_ADMIN, upload.id).document_id
    assert held is not None
    watch.intake.receive_version(LOCAL_ADMIN, held, "unggahan.txt", BytesIO(b"Keputusan rapat: ditunda."))
    Worker(watch.intake).run(until_empty=True)
    assert watch.look() == Synced(n_new=1, n_unchanged=3)
    assert "salinan.txt" in watch.there()


def test_a_file_comes_in_when_the_one_of_the_same_bytes_leaves_another_folder(
    watch: Watch, folder: Path, tmp_path: Path
):
    other = tmp_path / "arsip"
    other.mkdir()
    shutil.copy(folder / "notulen.txt", other / "notulen 2024.txt")
    shutil.copy(folder / "perda/siak.txt", other / "siak.txt")
    source = watch.folders.add(LOCAL_ADMIN, other)
    assert watch.folders.sync(source) == Synced(n_new=2)
    Worker(watch.intake).run(until_empty=True)
    assert len(watch.there()) == 3
    (folder / "notulen.txt").unlink()
    assert watch.look() == Synced(n_removed=1, n_unchanged=2)
    assert watch.folders.sync(source) == Synced(n_new=1, n_unchanged=1)
    Worker(watch.intake).run(until_empty=True)
    assert watch.there()["notulen 2024.txt"].source == str(other / "notulen 2024.txt")
    assert watch.library.verify() == ()


def test_a_share_that_is_not_connected_removes_nothing(watch: Watch, folder: Path, tmp_path: Path):
    folder.rename(tmp_path / "terputus")
    with pytest.raises(SourceError, match="tidak dapat dibuka"):
        watch.look()
    folder.mkdir()
    with pytest.raises(SourceError, match="tidak ada yang dihapus"):
        watch.look()
    assert len(watch.there()) == 3
    [source] = watch.folders.all(LOCAL_ADMIN)
    assert source.code == "sumber-gagal"
    assert watch.look(may_be_empty=True) == Synced(n_removed=3)


def test_a_subfolder_that_cannot_be_read_removes_nothing(watch: Watch, folder: Path, monkeypatch: pytest.MonkeyPatch):
    scandir = os.scandir

    def refuse(path: str):  # type: ignore[no-untyped-def]
        if str(path).endswith("perda"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert watch.look() == Synced(n_unchanged=1)
    assert len(watch.there()) == 3
    [source] = watch.folders.all(LOCAL_ADMIN)
    assert "perda" in source.message
    monkeypatch.undo()
    watch.look()
    assert watch.folders.all(LOCAL_ADMIN)[0].code == ""


def test_what_is_still_being_written_is_left_alone(watch: Watch, folder: Path):
    for name in ("~$notulen.docx", "unduhan.pdf.part", "Thumbs.db", ".rahasia.txt", "a.TMP"):
        (folder / name).write_text("belum selesai")
    assert watch.look() == Synced(n_unchanged=3)


def test_a_change_that_keeps_size_and_time_is_found_by_a_thorough_look(watch: Watch, folder: Path):
    file = folder / "notulen.txt"
    stat = file.stat()
    file.write_text(TEXTS["notulen.txt"].replace("Sangatta", "Bontang!"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert watch.look() == Synced(n_unchanged=3)
    assert watch.look(is_thorough=True) == Synced(n_changed=1, n_unchanged=2)


def test_a_refused_file_is_told_once_and_forgotten_with_the_file(watch: Watch, folder: Path):
    (folder / "kosong.pdf").write_bytes(b"")
    watch.look()
    assert [refusal.code for refusal in watch.library.refusals()] == ["berkas-kosong"]
    assert watch.look() == Synced(n_unchanged=4)
    assert watch.intake.counts() == JobCounts(done=3, failed=1)
    (folder / "kosong.pdf").unlink()
    watch.look()
    assert watch.library.refusals() == ()
    assert watch.intake.counts() == JobCounts(done=3)


def test_what_a_person_removed_stays_out_while_its_file_stays(watch: Watch):
    Trash(watch.library).withdraw(LOCAL_ADMIN, watch.there()["notulen.txt"].id)
    assert watch.look() == Synced(n_unchanged=3)
    assert "notulen.txt" not in watch.there()


def test_documents_of_a_folder_are_for_its_audience(library: Library, folder: Path):
    watched = Watch(library, folder)
    watched.folders.add(LOCAL_ADMIN, folder, audience="bidang-pha")
    watched.source = watched.folders.all(LOCAL_ADMIN)[0]
    watched.look()
    assert library.documents(Viewer("tamu")) == ()
    assert len(library.documents(Viewer("staf", audiences=frozenset({"bidang-pha"})))) == 3
    watched.folders.add(LOCAL_ADMIN, folder)
    assert len(library.documents(Viewer("tamu"))) == 3


def test_folders_that_overlap_are_refused(library: Library, folder: Path):
    folders = Folders(Intake(library))
    folders.add(LOCAL_ADMIN, folder)
    for other in (folder / "perda", folder.parent, library.settings.home, folder / "tidak-ada"):
        with pytest.raises(SourceError):
            folders.add(LOCAL_ADMIN, other)


def test_only_an_administrator_watches_folders(library: Library, folder: Path):
    folders = Folders(Intake(library))
    with pytest.raises(NotFoundError):
        folders.add(Viewer("staf"), folder)
    folders.add(LOCAL_ADMIN, folder)
    assert folders.all(Viewer("staf")) == ()


def test_workers_look_into_folders_when_their_time_has_come(library: Library, folder: Path):
    intake = Intake(library)
    Folders(intake).add(LOCAL_ADMIN, folder)
    Worker(intake, chores=Upkeep(intake).now_and_then).run(until_empty=True)
    assert len(library.documents(LOCAL_ADMIN)) == 3
    (folder / "notulen.txt").unlink()
    Worker(intake, chores=Upkeep(intake).now_and_then).run(until_empty=True)
    assert len(library.documents(LOCAL_ADMIN)) == 3


def test_documents_of_a_folder_that_is_watched_no_longer_stay(watch: Watch, folder: Path):
    watch.folders.remove(LOCAL_ADMIN, watch.source.id)
    assert len(watch.there()) == 3
    watch.source = watch.folders.add(LOCAL_ADMIN, folder)
    (folder / "notulen.txt").unlink()
    assert watch.look().n_removed == 1


def test_folders_are_kept_over_http(client: TestClient, library: Library, folder: Path):
    added = client.post("/api/v1/sources", json={"folder": str(folder)})
    assert (added.status_code, added.json()["folder"]) == (201, str(folder))
    number = added.json()["id"]
    assert client.post(f"/api/v1/sources/{number}/sync").json()["n_new"] == 3
    assert client.get("/api/v1/sources").json()["sources"][0]["n_files"] == 3
    assert client.delete(f"/api/v1/sources/{number}").status_code == 204
    assert client.post(f"/api/v1/sources/{number}/sync").status_code == 404
    wrong = client.post("/api/v1/sources", json={"folder": "/tidak/ada"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "sumber-gagal")


def test_folders_are_kept_on_the_page(client: TestClient, library: Library, folder: Path):
    assert "mulai diikuti" in client.post("/sumber", data={"folder": f" {folder} "}).text
    assert "0 baru" in client.post("/sumber/1/lihat").text
    assert "tidak ada folder dengan" in client.post("/sumber", data={"folder": "/tidak/ada"}).text
    assert "Belum ada folder" in client.post("/sumber/1/hapus").text


@pytest.mark.parametrize("named", ["dokumen", "~tamu/dokumen", "/" + "a" * 5_000, "/etc/hostname"])
def test_what_is_no_folder_is_refused_with_a_sentence(library: Library, named: str):
    with pytest.raises(SourceError, match="tulis jalur lengkapnya"):
        Folders(Intake(library)).add(LOCAL_ADMIN, Path(named))


def test_what_is_inside_an_archive_follows_it(watch: Watch, folder: Path):
    with zipfile.ZipFile(folder / "arsip.zip", "w") as archive:
        archive.writestr("lampiran.txt", "Pasal 1\nLampiran tentang puspaga di tiap kecamatan.")
    watch.look()
    inside = watch.there()["arsip.zip/lampiran.txt"]
    n_documents = len(watch.there())
    assert watch.look() == Synced(n_unchanged=4)
    assert len(watch.there()) == n_documents
    (folder / "arsip.zip").rename(folder / "arsip lama.zip")
    watch.look()
    moved = {document.id: document.source for document in watch.there().values()}
    assert moved[inside.id] == f"{folder}/arsip lama.zip!lampiran.txt"
    assert len(moved) == n_documents
    (folder / "arsip lama.zip").unlink()
    watch.look()
    assert set(watch.there()) == set(TEXTS)
