import json

import pytest
from fastapi.testclient import TestClient

from kb.documents import Document
from kb.questions import MAX_QUERY_CHARACTERS

QUESTION = "Siapa yang membentuk forum anak?"


def test_a_search_finds_the_passage_and_links_to_its_page(filled: TestClient, perda: Document):
    hit = filled.get("/api/v1/search", params={"q": "Pengurus Forum Anak dipilih", "kind": "perda"}).json()["hits"][0]
    assert hit["document"]["id"] == perda.id
    assert "Pengurus Forum Anak dipilih" in " ".join(hit["text"].split())
    assert filled.get(hit["link"]).status_code == 200


def test_the_link_and_the_program_get_the_same_hits(filled: TestClient):
    by_link = filled.get("/api/v1/search", params={"q": "forum anak", "k": 3, "kind": "perda"})
    by_program = filled.post("/api/v1/search", json={"query": "forum anak", "k": 3, "filters": {"kinds": ["perda"]}})
    assert by_link.json() == by_program.json()


def test_every_quote_equals_its_page(filled: TestClient):
    answer = filled.post("/api/v1/ask", json={"query": QUESTION}).json()
    quotes = [citation for statement in answer["statements"] for citation in statement["citations"]]
    assert quotes
    for cited in quotes:
        span = cited["span"]
        page = filled.get(
            f"/api/v1/documents/{cited['document_id']}/pages/{span['page']}", params={"version": cited["version_id"]}
        ).json()
        assert page["text"][span["start"] : span["end"]] == cited["quote"]


def test_an_answer_by_link_equals_the_one_by_program(filled: TestClient):
    by_program = filled.post("/api/v1/ask", json={"query": QUESTION}).json()
    assert filled.get("/api/v1/ask", params={"q": QUESTION}).json() == by_program


def test_a_filter_that_leaves_nothing_gives_no_hits(filled: TestClient):
    assert filled.get("/api/v1/search", params={"q": "anak", "region": "Kota Entah"}).json()["hits"] == []


def test_as_many_hits_come_as_were_asked_for(filled: TestClient):
    assert len(filled.get("/api/v1/search", params={"q": "anak", "k": 2}).json()["hits"]) == 2


BAD_QUERIES = {
    "empty": {"query": ""},
    "blank": {"query": " \n\t "},
    "k of 0": {"query": "anak", "k": 0},
    "k of 10^9": {"query": "anak", "k": 10**9},
    "k of a word": {"query": "anak", "k": "banyak"},
    "too long": {"query": "a" * (MAX_QUERY_CHARACTERS + 1)},
    "a NUL": {"query": "anak\0"},
    "a lone surrogate": {"query": "anak \ud800"},
    "a lone surrogate in a filter": {"query": "anak", "filters": {"regions": ["\udfff"]}},
    "an unknown kind": {"query": "anak", "filters": {"kinds": ["puisi"]}},
    "an unknown field": {"query": "anak", "filter": {}},
    "a document beyond SQLite": {"query": "anak", "filters": {"documents": [2**63]}},
    "no query": {},
}


@pytest.mark.parametrize("door", ["search", "ask"])
@pytest.mark.parametrize("body", BAD_QUERIES.values(), ids=BAD_QUERIES.keys())
def test_a_question_that_cannot_be_asked_is_refused(filled: TestClient, door: str, body: dict[str, object]):
    sent = json.dumps(body).encode()
    answer = filled.post(f"/api/v1/{door}", content=sent, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    "text", ["!!!", "\u202e\u200f", "😀😀", "ﷺ" * 300, "'; DROP TABLE documents; --", '"AND OR NOT*']
)
def test_nonsense_is_answered_not_an_error(filled: TestClient, text: str):
    assert filled.post("/api/v1/ask", json={"query": text}).status_code == 200


def test_a_body_that_is_not_json_is_refused(filled: TestClient):
    answer = filled.post("/api/v1/ask", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "permintaan-tidak-sah")


def test_a_huge_body_is_refused_before_it_is_read(filled: TestClient):
    answer = filled.post("/api/v1/ask", content=b" " * (2**20 + 1), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "kiriman-terlalu-besar")
