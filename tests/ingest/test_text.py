"""Text comes out as it was written, whatever wrote it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import text
from ingest.limits import Limits
from kb.errors import FileTooLargeError
from kb.pages import Page, Reading, Verdict

WRITABLE = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r\ufeff"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_common_encoding_is_read(encoding: str) -> None:
    assert text.decoded("“Café” – 5 °C".encode(encoding)) == "“Café” – 5 °C"


@given(WRITABLE)
def test_utf_8_comes_back_as_it_was(written: str) -> None:
    assert text.decoded(written.encode()) == written


@given(WRITABLE)
def test_marked_utf_16_comes_back_as_it_was(written: str) -> None:
    assert text.decoded(written.encode("utf-16")) == written


@given(st.binary())
def test_any_bytes_become_text_that_can_be_stored(content: bytes) -> None:
    read = text.decoded(content)
    assert read.encode("utf-8").decode("utf-8") == read
    assert "\0" not in read


def test_a_wrong_byte_among_right_letters_stays_one_wrong_letter() -> None:
    assert text.decoded("é è ü".encode() + b" \xff") == "é è ü \ufffd"


def test_line_ends_are_made_one() -> None:
    assert text.decoded(b"a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_a_text_file_is_one_page(tmp_path: Path) -> None:
    file = tmp_path / "notulen.txt"
    file.write_bytes(b"Rapat dibuka.\r\nSelesai.\r\n")
    assert text.read(file, Limits()) == Reading(
        media_type="text/plain",
        pages=(Page(number=1, text="Rapat dibuka.\nSelesai.\n", verdict=Verdict.TEXT),),
        has_pages=False,
    )


def test_a_text_without_a_letter_has_no_verdict_of_text(tmp_path: Path) -> None:
    file = tmp_path / "garis.txt"
    file.write_bytes(b"-----\n")
    assert [page.verdict for page in text.read(file, Limits()).pages] == [Verdict.BLANK]


def test_too_long_a_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "panjang.txt"
    file.write_bytes(b"abcdef")
    with pytest.raises(FileTooLargeError):
        text.read(file, Limits(max_characters=5))
