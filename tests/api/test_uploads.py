import io
import threading
from contextlib import suppress

import pytest
from fastapi import UploadFile

from api.intake import Intake
from api.library import Library
from api.uploads import take_in
from kb.access import LOCAL_ADMIN
from kb.errors import EmptyFileError
from kb.intake import Ingested, Outcome
from tests.api.test_jobs import work

FIRST, SECOND = b"Rapat pertama membahas rumah aman.", b"Rapat kedua membahas forum anak."


def sent(content: bytes) -> UploadFile:
    return UploadFile(io.BytesIO(content), filename="notulen.md")


def listed(library: Library) -> set[tuple[str, str, int]]:
    return {(one.source, one.name, one.n_versions) for one in library.documents(LOCAL_ADMIN)}


BOTH = {("notulen.md", "notulen.md", 1), ("notulen (2).md", "notulen.md", 1)}


def test_two_uploads_of_one_name_at_the_same_time_are_two_documents(library: Library, monkeypatch: pytest.MonkeyPatch):
    ingest, both_are_here = library.ingestion.ingest, threading.Barrier(2, timeout=30)

    def wait_for_the_other(*where: object, **how: object) -> Ingested:
        both_are_here.wait()
        return ingest(*where, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(library.ingestion, "ingest", wait_for_the_other)
    came: list[Outcome] = []
    threads = [
        threading.Thread(target=lambda one=one: came.append(take_in(library, LOCAL_ADMIN, sent(one)).outcome))
        for one in (FIRST, SECOND)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == [Outcome.NEW, Outcome.NEW]
    assert listed(library) == BOTH


def test_an_upload_queued_while_another_of_its_name_is_read_is_a_document_of_its_own(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    ingest = library.ingestion.ingest

    def queue_the_other(*where: object, **how: object) -> Ingested:
        Intake(library).receive(LOCAL_ADMIN, "notulen.md", io.BytesIO(SECOND))
        return ingest(*where, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(library.ingestion, "ingest", queue_the_other)
    take_in(library, LOCAL_ADMIN, sent(FIRST))
    monkeypatch.undo()
    work(library)
    assert listed(library) == BOTH


def test_two_uploads_of_one_name_queued_at_the_same_time_are_two_documents(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    add, both_are_here = library.store.jobs.add, threading.Barrier(2, timeout=1)

    def wait_for_the_other(orders):  # type: ignore[no-untyped-def]
        with suppress(threading.BrokenBarrierError):
            both_are_here.wait()
        return add(orders)

    monkeypatch.setattr(library.store.jobs, "add", wait_for_the_other)
    threads = [
        threading.Thread(target=Intake(library).receive, args=(LOCAL_ADMIN, "notulen.md", io.BytesIO(one)))
        for one in (FIRST, SECOND)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work(library)
    assert listed(library) == BOTH


def test_an_upload_tried_again_does_not_replace_the_one_that_got_its_name(library: Library):
    intake = Intake(library)
    job = intake.cancel(LOCAL_ADMIN, intake.receive(LOCAL_ADMIN, "notulen.md", io.BytesIO(FIRST)).id)
    take_in(library, LOCAL_ADMIN, sent(SECOND))
    intake.retry(LOCAL_ADMIN, job.id)
    work(library)
    assert listed(library) == BOTH


def test_a_name_is_free_again_after_a_refused_upload(library: Library):
    with pytest.raises(EmptyFileError, match=r"notulen\.md"):
        take_in(library, LOCAL_ADMIN, sent(b""))
    assert take_in(library, LOCAL_ADMIN, sent(FIRST)).document.source == "notulen.md"
