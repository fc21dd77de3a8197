import inspect
import re

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.problems import KINDS
from kb import errors
from kb.errors import KbError, StoreBusyError, Text


def test_every_error_has_a_status_and_a_title():
    tree = {c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, KbError)}
    assert set(KINDS) == tree


def test_a_missing_document_is_a_problem_document(filled: TestClient):
    answer = filled.get("/api/v1/documents/999")
    body = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert body == {
        "type": "urn:acuan:galat:tidak-ada",
        "title": "Tidak ada",
        "status": 404,
        "detail": body["detail"],
        "instance": "/api/v1/documents/999",
        "code": "tidak-ada",
    }
    assert "999" in body["detail"]


@pytest.mark.parametrize(
    ("query", "accept", "title"),
    [
        ("", "", "Tidak ada"),
        ("", "en-GB,en;q=0.9", "Not found"),
        ("", "id,en;q=0.9", "Tidak ada"),
        ("", "fr, en;q=0.1", "Not found"),
        ("", "???;q=x,,", "Tidak ada"),
        ("?lang=en", "id", "Not found"),
    ],
)
def test_a_problem_speaks_the_readers_language(filled: TestClient, query: str, accept: str, title: str):
    answer = filled.get(f"/api/v1/documents/999{query}", headers={"Accept-Language": accept})
    assert answer.json()["title"] == title


def test_an_unknown_address_is_a_problem_document(filled: TestClient):
    assert filled.get("/api/v1/tidak").json()["code"] == "alamat-tidak-ada"


def test_a_method_not_allowed_says_which_are(filled: TestClient):
    answer = filled.delete("/api/v1/search")
    assert (answer.status_code, answer.json()["code"]) == (405, "cara-tidak-ada")
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "/api/v1/tidak", b""), ("DELETE", "/api/v1/search", b""), ("POST", "/api/v1/documents", b"--x")],
)
def test_no_problem_is_told_in_the_frameworks_english(filled: TestClient, method: str, path: str, body: bytes):
    headers = {"Content-Type": "multipart/form-data; boundary=y"} if body else {}
    answer = filled.request(method, path, content=body, headers=headers)
    assert answer.json()["detail"] == answer.json()["detail"].lower() or "Allow" in answer.json()["detail"]
    assert not re.search(r"\b(the|not|there|was)\b", answer.json()["detail"], re.IGNORECASE)


def test_a_request_that_is_not_valid_says_where(filled: TestClient):
    body = filled.post("/api/v1/search", json={"query": "anak", "k": 0}).json()
    assert (body["code"], [part["where"] for part in body["errors"]]) == ("permintaan-tidak-sah", ["body/k"])


def test_an_unexpected_error_is_a_problem_without_its_insides(library: Library, monkeypatch: pytest.MonkeyPatch):
    def break_down(_self: Library) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr(Library, "ready", break_down)
    answer = TestClient(create_app(library), raise_server_exceptions=False).get("/ready")
    assert (answer.status_code, answer.json()["code"]) == (500, "galat-tak-terduga")
    assert "rahasia" not in answer.text


def test_a_busy_store_says_when_to_come_back(library: Library, monkeypatch: pytest.MonkeyPatch):
    def be_busy(_self: Library) -> None:
        raise StoreBusyError("gudang", Text("sibuk", "busy"), Text("tunggu", "wait"))

    monkeypatch.setattr(Library, "ready", be_busy)
    answer = TestClient(create_app(library)).get("/ready")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "gudang-sibuk", "5")


def test_the_page_tells_an_error_as_a_page(filled: TestClient):
    answer = filled.get("/dokumen/999")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/dokumen?mulai=abc", 422),
        ("GET", "/dokumen/1/perbaiki", 405),
        ("GET", "/berkas/simpan", 422),
        ("GET", "/tidak-ada", 404),
        ("POST", "/dokumen/1/hukum", 422),
    ],
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_who_reads_a_page_is_told_without_words_of_programs(
    filled: TestClient, method: str, path: str, status: int, lang: str
):
    answer = filled.request(method, path, params={**dict(httpx.URL(path).params), "lang": lang})
    main = answer.text.partition("<main")[2]
    assert answer.status_code == status
    assert [word for word in PROGRAM_WORDS if word in main] == []
    assert ("Kembali ke halaman tanya" in main) == (lang == "id")


PROGRAM_WORDS = ("integer", "Input should", "query/", "body/", "errors", "Method", "Field required", "request", "Allow")
