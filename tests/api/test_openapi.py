import os
from http import HTTPStatus
from pathlib import Path

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.app import create_app
from api.library import Library
from api.problems import MEDIA_TYPE

EXAMPLES = 100 if os.environ.get("KB_SLOW") else 12
METHODS = ("get", "post", "put", "patch", "delete")


def operations(filled: TestClient) -> list[tuple[str, dict]]:
    paths = filled.get("/api/v1/openapi.json").json()["paths"]
    return [(f"{method} {path}", paths[path][method]) for path in paths for method in METHODS if method in paths[path]]


def test_every_operation_says_what_it_does(filled: TestClient):
    assert [
        name for name, op in operations(filled) if not (op.get("summary") and op["description"] and op["tags"])
    ] == []


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


def check(operation: APIOperation, mode: GenerationMode, library: Library, file: Path) -> None:
    # A schema cannot say which bytes are a document: those are refused, and are no defect
    carries_file = "multipart/form-data" in operation.get_request_payload_content_types()
    excluded = [positive_data_acceptance] if carries_file else []
    # In an address every value is text: the number 3 cannot be told from the list ["3"], and null is left out; in a
    # form the number 3 is a file that says so
    excluded += [negative_data_rejection] if operation.method == "get" or carries_file else []

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), is_there=st.booleans())
    def send(case: schemathesis.Case, is_there: bool) -> None:
        kept = library.ingestion.ingest(file).document
        # Chance never names a document that is there, so that only its 404 would be tested
        if is_there and mode is GenerationMode.POSITIVE and "document_id" in case.path_parameters:
            case.path_parameters["document_id"] = kept.id
        response = case.call()
        # A body of nonsense may be larger than a file may be: that is refused before it is looked into
        too_large = [negative_data_rejection] if response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else []
        case.validate_response(response, excluded_checks=[*excluded, *too_large])

    send()


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_breaks_the_api(library: Library, tmp_path: Path, mode: GenerationMode):
    file = tmp_path / "notulen.txt"
    file.write_text("Keputusan: rumah aman dibangun di Sangatta.")
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(library))
    for found in schema.get_all_operations():
        check(found.ok(), mode, library, file)
