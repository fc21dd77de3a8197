"""An answer told again: only sentences that cite quotes that exist. The model is a server that speaks its protocol."""

import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.library import Library
from api.rewriting import Rewriter, Rewritten, cited
from kb.answers import Answer, Citation, Statement
from kb.documents import DocumentId, VersionId
from kb.errors import RewritingError
from kb.pages import Span
from kb.passages import PassageId
from kb.settings import Settings
from tests.api.conftest import PERDA


def statement(text: str, label: str = "Pasal 7") -> Statement:
    citation = Citation(
        DocumentId(1),
        VersionId(1),
        "Perda Kota Semarang Nomor 2 Tahun 2021",
        label,
        "pasal-7",
        Span(3, 0, 9),
        text,
        "3",
        True,
    )
    return Statement(text, (citation,), PassageId(1), 1.0)


STATEMENTS = (statement("Gugus tugas dibentuk oleh Wali Kota."), statement("Masa kerjanya 5 tahun.", "Pasal 8"))
ANSWER = Answer("Siapa membentuk gugus tugas?", STATEMENTS, 0.9, ())


def told(text: str) -> list[Rewritten]:
    return list(cited([text], STATEMENTS))


def test_a_sentence_that_cites_a_quote_is_kept_without_its_numbers():
    assert told("Wali Kota membentuknya [1]. Masanya 5 tahun [2].") == [
        Rewritten("Wali Kota membentuknya.", (1,)),
        Rewritten("Masanya 5 tahun.", (2,)),
    ]


def test_a_citation_after_the_full_stop_belongs_to_the_sentence_before():
    assert told("Wali Kota membentuknya. [1] Masanya 5 tahun. [2]") == [
        Rewritten("Wali Kota membentuknya.", (1,)),
        Rewritten("Masanya 5 tahun.", (2,)),
    ]


def test_a_sentence_may_cite_two_quotes():
    assert told("Wali Kota membentuknya untuk 5 tahun [1][2].") == [
        Rewritten("Wali Kota membentuknya untuk 5 tahun.", (1, 2))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Wali Kota membentuknya.",
        "Wali Kota membentuknya [3].",
        "Wali Kota membentuknya [0].",
        "Masanya 6 tahun [2].",
        "Masanya 5 tahun [1].",
        "[1]",
        "[1] Wali Kota membentuknya",
    ],
    ids=[
        "no citation",
        "no such quote",
        "from 1",
        "another number",
        "number of another quote",
        "nothing said",
        "unclear",
    ],
)
def test_a_sentence_is_dropped(text):
    assert told(text) == []


def test_the_number_of_a_cited_provision_may_be_said():
    assert told("Menurut Pasal 8 masanya 5 tahun [2].") == [Rewritten("Menurut Pasal 8 masanya 5 tahun.", (2,))]


TEXT = "Wali Kota membentuknya. [1] Masanya 5 tahun [2]. Ini karangan. Wali Kota untuk 5 tahun [1][2]! [1] Akhir."


@given(st.lists(st.integers(1, len(TEXT) - 1), max_size=30))
def test_the_size_of_the_pieces_changes_nothing(cuts):
    at = sorted({0, *cuts, len(TEXT)})
    pieces = [TEXT[start:end] for start, end in itertools.pairwise(at)]
    assert list(cited(pieces, STATEMENTS)) == told(TEXT)


@contextmanager
def chat(lines: list[str], status: int = 200) -> Iterator[tuple[str, list[dict]]]:
    """A server that answers every chat with `lines`, its address, and what it was asked."""
    asked: list[dict] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(
                {"path": self.path, "key": self.headers["Authorization"]}
                | json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            )
            self.send_response(status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for line in lines:
                self.wfile.write(f"{line}\n\n".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Chat)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chunk(text: str) -> str:
    return "data: " + json.dumps({"choices": [{"delta": {"content": text}}]})


def test_the_model_is_asked_with_the_question_and_the_quotes_alone():
    with chat([chunk("Wali Kota "), chunk("membentuknya [1]."), "data: [DONE]"]) as (url, asked):
        found = list(Rewriter(url, "qwen", "rahasia").rewrite(ANSWER))
    assert found == [Rewritten("Wali Kota membentuknya.", (1,))]
    [request] = asked
    assert (request["path"], request["model"], request["stream"], request["key"]) == (
        "/v1/chat/completions",
        "qwen",
        True,
        "Bearer rahasia",
    )
    assert request["messages"][1]["content"] == (
        "Pertanyaan: Siapa membentuk gugus tugas?\n\n"
        "[1] Perda Kota Semarang Nomor 2 Tahun 2021, Pasal 7:\nGugus tugas dibentuk oleh Wali Kota.\n\n"
        "[2] Perda Kota Semarang Nomor 2 Tahun 2021, Pasal 8:\nMasa kerjanya 5 tahun."
    )


def test_an_abstention_is_never_told_again():
    with chat([chunk("Karangan [1].")]) as (url, asked):
        assert list(Rewriter(url).rewrite(Answer("Apa?", (), 0.1, ()))) == []
    assert asked == []


@pytest.mark.parametrize(
    ("lines", "status"),
    [([], 500), (['data: {"error": {"message": "no such model"}}'], 200), (["data: {"], 200)],
    ids=["refused", "an error in the stream", "not the protocol"],
)
def test_a_model_that_fails_is_an_error_that_names_its_address(lines, status):
    with chat(lines, status) as (url, _), pytest.raises(RewritingError) as caught:
        list(Rewriter(url).rewrite(ANSWER))
    assert caught.value.where == url


def test_a_model_that_is_not_there_is_an_error():
    with pytest.raises(RewritingError):
        list(Rewriter("http://127.0.0.1:9/v1").rewrite(ANSWER))


@contextmanager
def office(tmp_path: Path, url: str) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path / "kb", model="toy", rewriter_url=url)
    with Library.open(settings) as library:
        library.ingestion.ingest(PERDA)
        yield TestClient(create_app(library))


QUESTION = "siapa membentuk gugus tugas kota layak anak"


@pytest.mark.usefixtures("always_answers")
def test_the_api_streams_the_answer_and_then_its_sentences(tmp_path):
    with (
        chat([chunk("Gugus tugas dibentuk wali kota [1]. Karangan."), "data: [DONE]"]) as (url, _),
        office(tmp_path, url) as client,
    ):
        answer = client.post("/api/v1/rewrite", json={"query": QUESTION})
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    events = [event.split("\n", 1) for event in answer.text.strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: answer", "event: sentence"]
    assert json.loads(events[1][1].removeprefix("data: ")) == {"text": "Gugus tugas dibentuk wali kota.", "cites": [1]}


@pytest.mark.usefixtures("always_answers")
def test_the_api_tells_in_the_stream_that_the_model_failed(tmp_path):
    with chat([], 500) as (url, _), office(tmp_path, url) as client:
        answer = client.post("/api/v1/rewrite", json={"query": QUESTION})
    assert 'event: problem\ndata: {"code": "model-bahasa-gagal"' in answer.text


def test_without_a_language_model_there_is_nothing_to_tell_again(tmp_path):
    with office(tmp_path, "") as client:
        answer = client.post("/api/v1/rewrite", json={"query": QUESTION})
        page = client.get("/", params={"q": QUESTION})
    assert (answer.status_code, answer.json()["code"]) == (404, "tidak-ada")
    assert "Rangkum" not in page.text


@pytest.mark.usefixtures("always_answers")
def test_the_page_offers_a_summary_and_shows_it_with_links_to_its_quotes(tmp_path):
    with (
        chat([chunk("Gugus tugas dibentuk wali kota [1]."), "data: [DONE]"]) as (url, _),
        office(tmp_path, url) as client,
    ):
        offered = client.get("/", params={"q": QUESTION}).text
        shown = client.get("/", params={"q": QUESTION, "ringkas": 1}).text
    assert "Rangkum dengan model bahasa" in offered
    assert 'Gugus tugas dibentuk wali kota. <a href="#kutipan-1">[1]</a>' in shown
    assert 'id="kutipan-1"' in shown
