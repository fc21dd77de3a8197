import os

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings

from api.problems import MEDIA_TYPE
from kb.types import Document
from tests.api.conftest import PERDA

EXAMPLES = 500 if os.environ.get("KB_SLOW") else 12
METHODS = ("get", "post", "put", "patch", "delete")

schema = schemathesis.pytest.from_fixture("open_api")


def operations(filled: TestClient) -> list[tuple[str, dict]]:
    paths = filled.get("/api/v1/openapi.json").json()["paths"]
    return [(f"{method} {path}", paths[path][method]) for path in paths for method in METHODS if method in paths[path]]


def test_every_operation_says_what_it_does(filled: TestClient):
    assert [name for name, op in operations(filled) if not (op.get("summary") and op["description"] and op["tags"])] == []


def test_every_error_is_documented_as_a_problem(filled: TestClient):
    wrong = [
        (name, status)
        for name, op in operations(filled)
        for status, response in op["responses"].items()
        if status >= "400" and list(response["content"]) != [MEDIA_TYPE]
    ]
    assert wrong == []


def test_every_named_schema_is_there(filled: TestClient):
    text = filled.get("/api/v1/openapi.json").text
    schemas = filled.get("/api/v1/openapi.json").json()["components"]["schemas"]
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named == named & set(schemas)


def test_the_example_addresses_exist(filled: TestClient, perda: Document):
    assert PERDA.name == perda.name
