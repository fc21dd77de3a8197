import json
import runpy

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from api import guard
from api.app import create_app
from api.guard import SECURITY_HEADERS, host_name, same_origin
from api.library import Library


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_the_machines_own_names_are_answered(filled: TestClient, host: str):
    assert filled.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "acuan.kantor.lan"])
def test_another_host_is_refused_because_of_dns_rebinding(filled: TestClient, host: str):
    answer = filled.get("/health", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "nama-host-ditolak")


def test_a_configured_name_is_answered(filled_library: Library):
    client = TestClient(create_app(filled_library, ["Acuan.kantor.lan"]))
    assert client.get("/health", headers={"Host": "acuan.kantor.lan:8000"}).status_code == 200


def test_a_server_goes_by_no_name_of_the_tests():
    assert runpy.run_path(guard.__file__)["LOCAL_NAMES"] == {"localhost", "127.0.0.1", "[::1]"}


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another port": {"Sec-Fetch-Site": "same-site"},
    "an old browser": {"Origin": "https://evil.example"},
    "a sandboxed frame": {"Origin": "null"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/dokumen"),
        ("POST", "/dokumen/1/hapus"),
        ("DELETE", "/api/v1/documents/1"),
        ("POST", "/api/v1/documents"),
    ],
)
def test_a_change_from_another_site_is_refused(client: TestClient, method: str, path: str, headers: dict[str, str]):
    answer = client.request(method, path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "asal-ditolak")


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://localhost:8000"}],
)
def test_our_own_page_and_programs_may_change_things(headers: dict[str, str]):
    assert same_origin(Headers({"host": "localhost:8000", **headers}))


@pytest.mark.parametrize("path", ["/", "/dokumen", "/health", "/api/v1/documents", "/static/acuan.css", "/tidak-ada"])
def test_every_response_carries_the_security_headers(filled: TestClient, path: str):
    headers = filled.get(path).headers
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_scripts_run_only_from_files_of_ours():
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize(
    ("host", "name"), [("A.b:80", "a.b"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("", ""), ("[::1", "")]
)
def test_a_host_is_its_name_without_the_port(host: str, name: str):
    assert host_name(host) == name


TOO_MUCH = [
    ("json", "1 MB", {"content": b"1" * (2**20 + 1), "headers": {"Content-Type": "application/json"}}),
    ("a form", "1 MB", {"data": {"clause": "a" * 2**20}}),
    ("a file", "2 MB", {"files": {"file": ("rapat.txt", b"a" * 2**21)}}),
]


@pytest.mark.parametrize(("limit", "sent"), [case[1:] for case in TOO_MUCH], ids=[case[0] for case in TOO_MUCH])
def test_what_is_too_large_is_told_the_limit_that_it_met(client: TestClient, limit: str, sent: dict[str, object]):
    path = "/api/v1/documents" if "files" in sent else "/api/v1/search"
    answer = client.post(path, **sent)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (413, "kiriman-terlalu-besar")
    assert f"lebih dari {limit};" in answer.json()["detail"]
    assert ("KB_MAX_MIB" in answer.json()["detail"]) == ("files" in sent)


def test_a_page_is_told_of_too_large_files_by_a_page(client: TestClient):
    answer = client.post("/dokumen", files={"berkas": ("rapat.txt", b"a" * (22 * 2**20))})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "lebih dari 21 MB" in answer.text


def test_as_many_records_of_the_documentation_network_fit_as_are_taken_at_once(client: TestClient):
    records = [{"idData": str(number), "abstrak": "a" * 1_000} for number in range(1_200)]
    assert len(json.dumps(records)) > 2**20
    assert client.post("/api/v1/jdihn", json=records).status_code == 200
