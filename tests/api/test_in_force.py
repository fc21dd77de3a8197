"""What is out of force on a day leaves no trace in what is asked of that day: one Perda, and the one that amends it."""

import datetime
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from index.comparing import differences
from kb.access import LOCAL_ADMIN
from kb.answers import Answer, Citation, Difference, Statement
from kb.documents import Document
from kb.pages import Span
from kb.passages import PassageId
from kb.settings import Settings
from tests.api.conftest import EXAMPLES
from tests.shelf import asked, named

OLD = "perda-kota-balikpapan-91-2020-pengarusutamaan-gender.pdf"
NEW = "perda-kota-balikpapan-93-2024-perubahan-pengarusutamaan-gender.pdf"
DELETED = "pasal-9"
"""Of the old one, by the new one."""
REPEAL = {
    "kind": "mencabut",
    "target": {"form": "perda", "number": "5", "year": 2025, "region": "Kota Balikpapan"},
    "is_passive": True,
}
BEFORE, AFTER = datetime.date(2023, 1, 1), datetime.date(2026, 1, 1)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path_factory.mktemp("both") / "kb", model="toy")) as library:
        for name in (OLD, NEW):
            library.ingestion.ingest(EXAMPLES / name)
        yield library


def statement(document: Document, address: str, text: str) -> Statement:
    span = Span(1, 0, len(text))
    citation = Citation(document.id, document.version_id, document.name, "", address, span, text, "1", True)
    return Statement(text, (citation,), PassageId(document.id), 1.0)


def test_differences_are_those_of_the_statements_that_are_left(both: Library) -> None:
    old, new = named(both, OLD), named(both, NEW)
    statements = (statement(old, DELETED, "paling lama 14 hari"), statement(new, "", "paling lama 30 hari"))
    answer = Answer("berapa hari", statements, 1.0, (), "", differences(statements))
    found = [
        both.standings.ask(asked("berapa hari", in_force_on=day), lambda _: answer) for day in (None, BEFORE, AFTER)
    ]
    assert [each.differences for each in found] == [answer.differences, answer.differences, ()]
    assert answer.differences
    assert [each.text for each in found[-1].statements] == ["paling lama 30 hari"]


def test_differences_between_what_is_in_force_stay(both: Library) -> None:
    old, new = named(both, OLD), named(both, NEW)
    kept = (statement(old, "pasal-1", "paling lama 14 hari"), statement(new, "", "paling lama 30 hari"))
    statements = (statement(old, DELETED, "paling lama 7 hari"), *kept)
    answer = Answer("berapa hari", statements, 1.0, (), "", differences(statements))
    found = both.standings.ask(asked("berapa hari", in_force_on=AFTER), lambda _: answer)
    assert found.differences == (Difference("hari", ((old.id, ("14",)), (new.id, ("30",)))),)


@pytest.fixture
def doors(both: Library) -> TestClient:
    return TestClient(create_app(both))


def precedents(both: Library, doors: TestClient, **filters: object) -> set[str]:
    """The addresses of the old Perda that are precedents of its own deleted Pasal."""
    clause = both.precedents.provision(LOCAL_ADMIN, named(both, OLD).id, DELETED).text
    sent = {"clause": clause, "filters": filters, "n_documents": 50, "n_each": 20}
    groups = doors.post("/api/v1/precedents", json=sent).json()["groups"]
    return {
        each["pasal_address"] for group in groups if group["document"]["name"] == OLD for each in group["precedents"]
    }


def test_a_provision_out_of_force_is_no_precedent_on_that_day(both: Library, doors: TestClient) -> None:
    everything = precedents(both, doors)
    assert DELETED in everything
    assert DELETED in precedents(both, doors, in_force_on=str(BEFORE))
    left = precedents(both, doors, in_force_on=str(AFTER))
    assert left
    assert DELETED not in left


def test_a_regulation_out_of_force_is_in_no_matrix_of_that_day(both: Library, doors: TestClient) -> None:
    old = named(both, OLD)
    edit = doors.post(f"/api/v1/documents/{old.id}/relations", json=REPEAL).json()
    sent = {"topics": ["pengarusutamaan gender"], "filters": {"kinds": ["perda"], "documents": [old.id]}}
    for day, found in ((BEFORE, True), (AFTER, False)):
        sent["filters"]["in_force_on"] = str(day)
        [[cell]] = doors.post("/api/v1/precedents/matrix", json=sent).json()["cells"]
        assert (cell is not None) is found
    doors.delete(f"/api/v1/documents/{old.id}/relations/{edit['id']}")


def test_precedents_hold_what_is_asked_of_them(both: Library, doors: TestClient) -> None:
    assert precedents(both, doors, contents=["ketentuan"])
    assert precedents(both, doors, contents=["temuan"]) == set()
