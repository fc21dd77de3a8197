import re
from pathlib import Path

from fastapi.testclient import TestClient

from api.problems import KINDS

API = (Path(__file__).resolve().parents[2] / "docs" / "API.md").read_text(encoding="utf-8")


def test_the_docs_name_every_route_and_no_other(filled: TestClient):
    paths = filled.get("/api/v1/openapi.json").json()["paths"]
    routes = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    rows = re.findall(r"^\| ((?:`[A-Z]+` )+)`(/\S+)` \|", API, re.MULTILINE)
    assert {(method, path) for methods, path in rows for method in re.findall("[A-Z]+", methods)} == routes


def test_the_docs_give_every_error_its_status():
    told = {
        code: int(status)
        for codes, status in re.findall(r"^\| (`.+`) \| (\d{3}) \|$", API, re.MULTILINE)
        for code in re.findall("`([a-z-]+)`", codes)
    }
    assert {error.code: int(kind.status) for error, kind in KINDS.items()}.items() <= told.items()
