import io
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.intake import Intake
from api.library import Library
from api.worker import Worker
from kb.access import LOCAL_ADMIN, Viewer
from kb.errors import NotFoundError, StoreFullError, Text
from kb.intake import Outcome
from kb.jobs import JobCounts, JobId, JobState
from tests.api.conftest import PERDA
from tests.api.test_documents import TEXT

STAFF = Viewer("staf")


def work(library: Library) -> int:
    """A worker until nothing is left."""
    return Worker(Intake(library)).run(until_empty=True)


def received(library: Library, name: str = "rapat.txt", content: bytes = TEXT, audience: str = "semua") -> JobId:
    return Intake(library).receive(LOCAL_ADMIN, name, io.BytesIO(content), audience).id


def test_an_upload_that_does_not_wait_is_a_job_until_a_worker_takes_it_in(client: TestClient, library: Library):
    answer = client.post("/api/v1/documents", params={"wait": "false"}, files={"file": ("rapat.txt", TEXT)})
    assert (answer.status_code, answer.json()["state"]) == (202, "antre")
    assert library.documents(LOCAL_ADMIN) == ()
    assert work(library) == 1
    done = client.get(answer.headers["location"]).json()
    [document] = library.documents(LOCAL_ADMIN)
    assert (done["state"], done["document_id"], done["outcome"]) == ("selesai", document.id, "baru")
    assert (document.name, document.source) == ("rapat.txt", "rapat.txt")


def test_a_replacement_that_does_not_wait_becomes_the_new_version(client: TestClient, library: Library):
    document = client.post("/api/v1/documents", files={"file": ("rapat.txt", TEXT)}).json()["document"]
    new = {"file": ("rapat2.txt", b"Keputusan: ditunda sampai April.")}
    answer = client.put(f"/api/v1/documents/{document['id']}/file", params={"wait": "false"}, files=new)
    assert answer.status_code == 202
    work(library)
    [after] = library.documents(LOCAL_ADMIN)
    assert (after.id, after.n_versions, after.name) == (document["id"], 2, "rapat2.txt")


def test_an_upload_is_gone_from_the_tray_once_it_is_in(library: Library):
    received(library)
    tray = library.settings.tray_folder
    assert [file.read_bytes() for file in tray.iterdir()] == [TEXT]
    work(library)
    assert list(tray.iterdir()) == []


def test_a_file_that_is_refused_fails_with_the_reason_and_can_be_tried_again(client: TestClient, library: Library):
    job = received(library, "kosong.pdf", b"")
    work(library)
    failed = client.get(f"/api/v1/jobs/{job}").json()
    assert (failed["state"], failed["code"]) == ("gagal", "berkas-kosong")
    assert "kosong.pdf" in failed["message"]
    assert client.post(f"/api/v1/jobs/{job}/retry").json()["state"] == "antre"
    work(library)
    assert client.get(f"/api/v1/jobs/{job}").json()["attempts"] == 1


def test_a_forgotten_job_takes_its_upload_and_its_refusal_along(client: TestClient, library: Library):
    job = received(library, "kosong.pdf", b"")
    work(library)
    assert client.get("/api/v1/refusals").json()["refusals"] != []
    assert client.delete(f"/api/v1/jobs/{job}").status_code == 204
    assert client.get(f"/api/v1/jobs/{job}").status_code == 404
    assert client.get("/api/v1/refusals").json()["refusals"] == []
    assert list(library.settings.tray_folder.iterdir()) == []


def test_a_cancelled_job_puts_nothing_in(library: Library, monkeypatch: pytest.MonkeyPatch):
    job = received(library, PERDA.name, PERDA.read_bytes())
    intake, advance = Intake(library), library.store.leases.advance

    def cancel_first(*where: object) -> None:
        intake.cancel(LOCAL_ADMIN, job)
        advance(*where)  # type: ignore[arg-type]

    monkeypatch.setattr(library.store.leases, "advance", cancel_first)
    Worker(intake).run(until_empty=True)
    assert intake.job(LOCAL_ADMIN, job).state is JobState.CANCELLED
    assert library.documents(LOCAL_ADMIN) == ()
    assert library.verify() == ()


def test_a_job_that_lost_its_lease_takes_its_document_back(library: Library, monkeypatch: pytest.MonkeyPatch):
    received(library)
    put = library.store.documents.put

    def put_late(made, audience):  # type: ignore[no-untyped-def]
        came = put(made, audience)
        library.store.leases.reclaim(library.store.leases.workers())  # type: ignore[arg-type]
        return came

    monkeypatch.setattr(library.store.documents, "put", put_late)
    intake = Intake(library)
    claimed = library.store.leases.claim("satu", 60)
    assert claimed is not None
    intake.work(claimed, "satu")
    assert library.documents(LOCAL_ADMIN) == ()
    assert library.verify() == ()
    monkeypatch.undo()
    work(library)
    assert len(library.documents(LOCAL_ADMIN)) == 1


def test_progress_is_told_by_page(library: Library, monkeypatch: pytest.MonkeyPatch):
    received(library, PERDA.name, PERDA.read_bytes())
    told: list[tuple[int, int]] = []
    advance = library.store.leases.advance

    def listen(job: JobId, worker: str, page: int, n_pages: int) -> None:
        told.append((page, n_pages))
        advance(job, worker, page, n_pages)

    monkeypatch.setattr(library.store.leases, "advance", listen)
    work(library)
    [document] = library.documents(LOCAL_ADMIN)
    assert told[0] == (0, document.n_pages)
    assert told[-1] == (document.n_pages, document.n_pages)
    assert told == sorted(told)


def test_what_passes_leaves_the_job_waiting_with_the_reason(library: Library, monkeypatch: pytest.MonkeyPatch):
    job = received(library)

    def full(made, audience):  # type: ignore[no-untyped-def]
        raise StoreFullError("gudang", Text("disk penuh", "the disk is full"), Text("kosongkan", "free some"))

    monkeypatch.setattr(library.store.documents, "put", full)
    work(library)
    waiting = Intake(library).job(LOCAL_ADMIN, job)
    assert (waiting.state, waiting.code, waiting.attempts) == (JobState.WAITING, "disk-penuh", 0)


def test_two_workers_share_the_queue_and_take_each_file_in_once(library: Library):
    for i in range(12):
        received(library, f"{i}.txt", f"Rapat ke-{i} memutuskan anggaran {i} juta.".encode())
    counted: list[int] = []
    threads = [threading.Thread(target=lambda: counted.append(work(library))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counted) == 12
    assert library.status().n_documents == 12
    assert Intake(library).counts() == JobCounts(done=12)
    assert library.verify() == ()


def test_the_same_bytes_queued_twice_are_one_document(library: Library):
    received(library)
    received(library)
    work(library)
    assert [job.outcome for job in Intake(library).jobs(LOCAL_ADMIN)] == [Outcome.UNCHANGED, Outcome.NEW]
    assert library.status().n_documents == 1


def test_a_job_of_a_document_one_may_not_see_is_not_there(library: Library):
    hidden = received(library, audience="pimpinan")
    shown = received(library, "umum.txt")
    intake = Intake(library)
    assert [job.id for job in intake.jobs(STAFF)] == [shown]
    for change in (intake.job, intake.cancel, intake.retry, intake.forget):
        with pytest.raises(NotFoundError, match="pekerjaan itu tidak ada"):
            change(STAFF, hidden)


def test_uploads_by_the_page_are_queued_where_workers_are(library: Library):
    client = TestClient(create_app(library, is_queueing=True))
    html = client.post("/dokumen", files={"berkas": ("rapat.txt", TEXT)}).text
    assert "rapat.txt: sudah diterima dan masuk antrean." in html
    assert 'data-open="1"' in html
    work(library)
    html = client.get("/dokumen").text
    assert 'data-open="0"' in html
    assert "rapat.txt" in html


def test_a_failed_job_has_its_buttons_on_the_page(library: Library):
    client = TestClient(create_app(library, is_queueing=True))
    job = received(library, "kosong.pdf", b"")
    work(library)
    html = client.get("/dokumen").text
    assert f'action="/pekerjaan/{job}/coba-lagi"' in html
    assert client.post(f"/pekerjaan/{job}/coba-lagi", data={"back": "/dokumen"}).url.path == "/dokumen"
    assert Intake(library).job(LOCAL_ADMIN, job).state is JobState.WAITING
    assert client.post(f"/pekerjaan/{job}/batal", data={"back": "//lain.example"}).url.path == "/pekerjaan"
    client.post(f"/pekerjaan/{job}/lupakan")
    assert "Belum ada pekerjaan." in client.get("/pekerjaan").text


def test_the_stream_tells_the_counts_until_the_server_ends(library: Library):
    received(library)
    asked: list[bool] = []

    def is_ending() -> bool:
        asked.append(True)
        return len(asked) > 1

    client = TestClient(create_app(library, is_ending=is_ending))
    answer = client.get("/pekerjaan/aliran")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith('data: {"counts":{"waiting":1,')
    assert answer.text.count("data:") == 1


def test_an_upload_nobody_needs_is_deleted_after_a_while(library: Library, monkeypatch: pytest.MonkeyPatch):
    received(library)
    orphan = library.settings.tray_folder / "yatim"
    orphan.write_bytes(b"sisa")
    Intake(library).tidy()
    assert orphan.exists()
    monkeypatch.setattr("kb.tray.ORPHAN_SECONDS", -1.0)
    Intake(library).tidy()
    assert not orphan.exists()
    assert len(list(library.settings.tray_folder.iterdir())) == 1


def test_files_are_queued_where_they_stand(library: Library, tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT)
    Intake(library).queue([(file, "bidang/a.txt")])
    work(library)
    [document] = library.documents(LOCAL_ADMIN)
    assert (document.source, document.name) == (str(file), "bidang/a.txt")
    assert file.exists()
