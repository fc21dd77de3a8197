import asyncio
import io
import json
import tempfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from api.library import Library
from api.names import clean_name, free_source
from kb.access import LOCAL_ADMIN
from kb.documents import Document, Metadata
from kb.intake import Outcome
from tests.api.conftest import HTML, NOTULEN, PERDA

TEXT = b"Rapat dibuka oleh Kepala Dinas.\n\nKeputusan: rumah aman dibangun di Sangatta.\n"


def upload(client: TestClient, name: str = "rapat.txt", content: bytes = TEXT):
    return client.post("/api/v1/documents", files={"file": (name, content)})


def test_a_new_file_is_created(client: TestClient):
    answer = upload(client)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "baru")
    assert client.get("/api/v1/documents").json() == {"documents": [answer.json()["document"]]}


def test_the_same_bytes_are_not_stored_twice(client: TestClient):
    first = upload(client)
    again = upload(client, "nama lain.txt")
    assert (again.status_code, again.json()) == (200, {"outcome": "sama", "document": first.json()["document"]})


def test_another_file_of_the_same_name_does_not_push_the_first_out(client: TestClient):
    upload(client)
    other = upload(client, content=b"Laporan lain sama sekali tentang puspaga.")
    assert other.status_code == 201
    assert len(client.get("/api/v1/documents").json()["documents"]) == 2


def test_an_uploaded_file_is_found_at_once(client: TestClient):
    upload(client)
    [hit] = client.get("/api/v1/search", params={"q": "rumah aman Sangatta"}).json()["hits"][:1]
    assert "rumah aman" in hit["text"]


def test_a_removed_document_is_found_no_more(client: TestClient):
    number = upload(client).json()["document"]["id"]
    assert client.delete(f"/api/v1/documents/{number}").status_code == 204
    assert client.get("/api/v1/search", params={"q": "rumah aman"}).json()["hits"] == []
    assert client.get(f"/api/v1/documents/{number}").status_code == 404


def test_a_replaced_file_takes_effect_and_the_old_version_stays_readable(client: TestClient):
    before = upload(client).json()["document"]
    new = {"file": ("rapat2.txt", b"Keputusan: rumah aman dibangun di Bengalon.")}
    after = client.put(f"/api/v1/documents/{before['id']}/file", files=new).json()
    assert (after["outcome"], after["document"]["id"], after["document"]["n_versions"]) == ("diganti", before["id"], 2)
    assert client.get("/api/v1/search", params={"q": "Bengalon"}).json()["hits"]
    page = f"/api/v1/documents/{before['id']}/pages/1"
    assert "Sangatta" in client.get(page, params={"version": before["version_id"]}).json()["text"]
    assert "Bengalon" in client.get(page).json()["text"]


def test_a_correction_sets_only_the_fields_that_are_sent(client: TestClient):
    before = upload(client).json()["document"]
    sent = {"kind": "notulen", "region": "Kabupaten Kutai Timur"}
    after = client.patch(f"/api/v1/documents/{before['id']}", json=sent).json()
    assert after["metadata"] == {**before["metadata"], **sent}
    assert after["corrected"] == ["kind", "region"]


def test_a_refused_file_says_why_and_is_listed(client: TestClient):
    answer = upload(client, "kosong.pdf", b"")
    assert (answer.status_code, answer.json()["code"]) == (422, "berkas-kosong")
    assert "kosong.pdf" in answer.json()["detail"]
    [refused] = client.get("/api/v1/refusals").json()["refusals"]
    assert (refused["source"], refused["code"]) == ("kosong.pdf", "berkas-kosong")


def test_a_file_of_no_known_kind_is_refused(client: TestClient):
    answer = upload(client, "gambar.pdf", b"GIF89a" + bytes(range(256)) * 8)
    assert (answer.status_code, answer.json()["code"]) == (415, "format-tidak-dikenal")


def test_a_file_over_the_limit_is_refused(client: TestClient):
    answer = upload(client, content=b"a " * (3 * 2**18))
    assert (answer.status_code, answer.json()["code"]) == (413, "berkas-terlalu-besar")


def test_an_upload_far_over_the_limit_is_refused_before_it_is_kept(client: TestClient):
    answer = upload(client, content=b"a " * 2**21)
    assert (answer.status_code, answer.json()["code"]) == (413, "kiriman-terlalu-besar")


def send(library: Library, messages: list[dict[str, object]], headers: list[tuple[bytes, bytes]]) -> list[dict]:
    """What the application sends for a request whose body arrives in these ASGI messages."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/api/v1/documents",
        "raw_path": b"/api/v1/documents",
        "root_path": "",
        "query_string": b"",
        "scheme": "http",
        "headers": [(b"host", b"testserver"), (b"content-type", b"multipart/form-data; boundary=x"), *headers],
    }
    sent: list[dict] = []
    arriving = iter(messages)

    async def receive() -> dict[str, object]:
        return next(arriving)

    async def keep(message: dict) -> None:
        sent.append(message)

    asyncio.run(create_app(library)(scope, receive, keep))
    return sent


PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'


def test_an_upload_that_breaks_off_leaves_nothing(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    temporary = tmp_path / "sementara"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    begun = {"type": "http.request", "body": PART + b"a" * 200_000, "more_body": True}
    sent = send(library, [begun, {"type": "http.disconnect"}], [])
    assert sent[0]["status"] == 400
    assert library.documents(LOCAL_ADMIN) == ()
    assert list(temporary.iterdir()) == []


def test_an_upload_that_does_not_say_its_size_is_stopped_at_the_limit(library: Library):
    piece = {"type": "http.request", "body": b"a" * 2**20, "more_body": True}
    sent = send(library, [{"type": "http.request", "body": PART, "more_body": True}, piece, piece, piece], [])
    assert (sent[0]["status"], json.loads(sent[1]["body"])["code"]) == (413, "kiriman-terlalu-besar")


def test_a_page_is_drawn_as_png(filled: TestClient, perda: Document):
    answer = filled.get(f"/api/v1/documents/{perda.id}/pages/1/image", params={"dpi": 72})
    image = Image.open(io.BytesIO(answer.content))
    page = filled.get(f"/api/v1/documents/{perda.id}/pages/1").json()
    assert image.format == "PNG"
    assert image.size == pytest.approx((page["width"], page["height"]), abs=1)


def test_a_format_without_pages_has_no_image(filled: TestClient, notulen: Document):
    assert filled.get(f"/api/v1/documents/{notulen.id}/pages/1/image").json()["code"] == "tidak-ada"


def test_highlight_boxes_lie_on_the_page(filled: TestClient, perda: Document):
    found = filled.get(f"/api/v1/documents/{perda.id}/pages/1/highlight", params={"spans": "0-40,60-90"}).json()[
        "boxes"
    ]
    assert len(found) >= 2
    for box in found:
        assert box["page"] == 1
        assert 0 <= box["left"] < box["left"] + box["width"] <= 100
        assert 0 <= box["top"] < box["top"] + box["height"] <= 100


@pytest.mark.parametrize(("spans", "status"), [("0-99999999", 404), ("5-1", 200), ("x", 422), ("1-2,", 422), ("", 422)])
def test_spans_that_are_not_on_the_page_are_refused(filled: TestClient, perda: Document, spans: str, status: int):
    answer = filled.get(f"/api/v1/documents/{perda.id}/pages/1/highlight", params={"spans": spans})
    assert answer.status_code == status


def test_the_outline_goes_down_to_the_pasal(filled: TestClient, perda: Document):
    labels = [s["label"] for s in filled.get(f"/api/v1/documents/{perda.id}/outline").json()["sections"]]
    assert "Pasal 31" in labels


def test_the_original_comes_back_byte_for_byte(filled: TestClient, perda: Document):
    answer = filled.get(f"/api/v1/documents/{perda.id}/file")
    assert answer.content == PERDA.read_bytes()
    assert answer.headers["content-disposition"].startswith("inline")


@pytest.mark.parametrize("file", [HTML, NOTULEN], ids=["html", "markdown"])
def test_only_a_pdf_opens_in_the_browser(filled: TestClient, filled_library: Library, file: Path):
    number = next(d.id for d in filled_library.documents(LOCAL_ADMIN) if d.name == file.name)
    answer = filled.get(f"/api/v1/documents/{number}/file")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Dokumen\\Perda.pdf", "Perda.pdf"),
        ("a\0b\nc\u202e.pdf", "abc.pdf"),
        ("x\ud800.pdf", "x.pdf"),
        ("..", "tanpa-nama"),
        (None, "tanpa-nama"),
        ("n" * 999 + ".docx", "n" * 195 + ".docx"),
    ],
)
def test_a_name_keeps_only_what_people_can_read(sent: str | None, kept: str):
    assert clean_name(sent) == kept


@pytest.mark.parametrize("sent", [{}, {"data": {"nama": "perda.pdf"}}, {"files": {"berkas": b"isi"}}])
def test_an_upload_without_its_file_is_refused(client: TestClient, sent: dict[str, object]):
    answer = client.post("/api/v1/documents", **sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "permintaan-tidak-sah")


def test_a_source_is_free_when_no_document_has_it():
    assert [free_source("a.pdf", taken) for taken in ((), ("a.pdf",), ("a.pdf", "a (2).pdf"))] == [
        "a.pdf",
        "a (2).pdf",
        "a (3).pdf",
    ]


def test_documents_are_listed_page_by_page(client: TestClient):
    numbers = [upload(client, f"{i}.txt", f"Rapat ke-{i}.".encode()).json()["document"]["id"] for i in range(5)]
    address, listed = "/api/v1/documents?limit=2&lang=id", []
    while address:
        answer = client.get(address)
        listed.append([document["id"] for document in answer.json()["documents"]])
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert listed == [numbers[:2:-1], numbers[2:0:-1], [numbers[0]]]
    assert client.get("/api/v1/documents", params={"limit": 5}).links == {}


def test_two_corrections_of_different_fields_at_once_both_stay(library: Library, tmp_path: Path, monkeypatch):
    file = tmp_path / "rapat.txt"
    file.write_bytes(TEXT)
    document = library.ingestion.ingest(file).document
    redraft, between = library.revisions.redraft, []

    def redraft_late(seen: Document):
        made = redraft(seen)
        if not between:
            between.append(True)
            library.revisions.correct(
                LOCAL_ADMIN, document.id, Metadata(region="Kabupaten Siak"), frozenset({"region"})
            )
        return made

    monkeypatch.setattr(library.revisions, "redraft", redraft_late)
    after = library.revisions.correct(
        LOCAL_ADMIN, document.id, Metadata(title="Rapat rumah aman"), frozenset({"title"})
    )
    assert (after.metadata.title, after.metadata.region) == ("Rapat rumah aman", "Kabupaten Siak")
    assert after.corrected == {"title", "region"}


def test_a_file_taken_in_again_for_another_audience_changes_it(library: Library, tmp_path: Path):
    file = tmp_path / "rapat.txt"
    file.write_bytes(TEXT)
    before = library.ingestion.ingest(file, audience="pimpinan").document
    assert library.ingestion.ingest(file).document.audience == "pimpinan"
    after = library.ingestion.ingest(file, audience="semua")
    assert (after.document.id, after.document.audience, after.outcome) == (before.id, "semua", Outcome.UNCHANGED)
    file.write_bytes(TEXT + b"Tambahan.")
    assert library.ingestion.ingest(file, audience="bidang-pha").document.audience == "bidang-pha"


def test_the_same_bytes_for_another_audience_are_a_document_of_their_own(library: Library, tmp_path: Path):
    for name, audience in (("a.txt", "pimpinan"), ("b.txt", "semua"), ("c.txt", "pimpinan"), ("d.txt", None)):
        (tmp_path / name).write_bytes(TEXT)
        library.ingestion.ingest(tmp_path / name, audience=audience)
    assert {(document.name, document.audience) for document in library.documents(LOCAL_ADMIN)} == {
        ("a.txt", "pimpinan"),
        ("b.txt", "semua"),
    }
