"""What goes through the pipe comes out the same, and what is no message is not believed."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import wire
from ingest.boxes import Box
from ingest.recognition import Recognised
from ingest.wire_values import GarbledMessageError
from kb import errors
from kb.errors import FileRefusedError, KbError, Text
from kb.pages import Heading, Page, Reading, Span, Verdict
from kb.scans import Reason, WordBox
from kb.tables import Cell, Row, Table

COUNT = st.integers(0, 10_000)
SIZE = st.floats(0, 10_000)
SPANS = st.builds(Span, COUNT, COUNT, COUNT)
ROWS = st.builds(Row, COUNT, COUNT, COUNT, COUNT, st.lists(st.builds(Cell, COUNT, COUNT, st.text())).map(tuple))
READINGS = st.builds(
    Reading,
    media_type=st.text(),
    pages=st.lists(st.builds(Page, COUNT, st.text(), st.sampled_from(Verdict), SIZE, SIZE, st.text())).map(tuple),
    has_pages=st.booleans(),
    headings=st.lists(st.builds(Heading, COUNT, st.text(), SPANS)).map(tuple),
    title=st.text(),
    created=st.none() | st.dates(),
    tables=st.lists(st.builds(Table, st.text(), st.none() | ROWS, st.lists(ROWS).map(tuple), st.booleans())).map(tuple),
    members=st.lists(st.text()).map(tuple),
)
WORDS = st.builds(WordBox, COUNT, COUNT, COUNT, SIZE, SIZE, SIZE, SIZE)
RECOGNISED = st.builds(Recognised, st.text(), st.lists(WORDS).map(tuple), st.floats(0, 1), st.booleans())
BOXES = st.lists(st.lists(st.builds(Box, COUNT, SIZE, SIZE, SIZE, SIZE)).map(tuple)).map(tuple)
PATHS = st.text(st.characters(blacklist_characters="\0"), min_size=1).map(Path)
REQUESTS = (
    st.builds(wire.Read, PATHS)
    | st.builds(wire.Render, PATHS, COUNT, COUNT)
    | st.builds(wire.Rectangles, PATHS, st.lists(SPANS).map(tuple))
    | st.builds(wire.Recognise, PATHS, COUNT, COUNT)
    | st.builds(wire.Unpack, PATHS, COUNT)
)
REFUSALS = [FileRefusedError, *FileRefusedError.__subclasses__(), errors.NotFoundError]


def through_the_pipe(message: object) -> object:
    pipe = io.BytesIO()
    wire.send(pipe, message)
    pipe.seek(0)
    return wire.receive(pipe)


@given(REQUESTS)
def test_a_request_comes_out_the_same(request: wire.Request) -> None:
    assert wire.to_request(through_the_pipe(wire.from_request(request))) == request


@given(READINGS | BOXES | RECOGNISED | st.sampled_from(Reason) | st.binary())
def test_a_reply_comes_out_the_same(reply: wire.Reply) -> None:
    assert wire.to_reply(through_the_pipe(wire.from_reply(reply))) == reply


@pytest.mark.parametrize("kind", REFUSALS)
def test_an_error_comes_out_the_same(kind: type[KbError]) -> None:
    sent = kind("berkas.pdf", Text("apa", "what"), Text("perbaiki", "mend"))
    received = wire.to_reply(through_the_pipe(wire.from_reply(sent)))
    assert (type(received), received.args) == (kind, sent.args)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["reading", "boxes", "error"]),
    st.lists,
)


@given(JSON | st.tuples(st.sampled_from(["reading", "boxes", "error", "picture"]), JSON, JSON).map(list))
def test_any_other_message_is_refused_as_garbled(message: object) -> None:
    try:
        reply = wire.to_reply(message)
    except GarbledMessageError:
        return
    assert isinstance(reply, Reading | Recognised | Reason | bytes | tuple | KbError)


@pytest.mark.parametrize("content", [b"", b"\0" * 4, struct.pack(">Q", 9) + b"[]"])
def test_a_pipe_that_ends_is_told(content: bytes) -> None:
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO(content))


@pytest.mark.parametrize(
    "content", [struct.pack(">Q", 2**60), struct.pack(">Q", 3) + b"[1,", struct.pack(">Q", 100_000) + b"[" * 100_000]
)
def test_bytes_that_are_no_message_are_refused(content: bytes) -> None:
    with pytest.raises(GarbledMessageError):
        wire.receive(io.BytesIO(content))


def test_a_message_of_another_error_is_refused() -> None:
    with pytest.raises(GarbledMessageError):
        wire.to_reply(["error", "gudang-rusak", "a", "b", "c", "d", "e"])
