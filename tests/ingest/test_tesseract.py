"""Tesseract is given processor time, not time by the clock: a busy machine costs no page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from ingest import tesseract
from ingest.tesseract import OcrError, OcrTimeoutError

PAGE = Image.new("L", (40, 40), 255)
HEADER = "level page_num block_num par_num line_num word_num left top width height conf text"
ANSWER = f"{HEADER}\n5 1 1 1 1 1 10 10 20 10 96 Pasal\n".replace(" ", "\t")

Behave = Callable[[str], None]


@pytest.fixture
def behave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Behave:
    """Puts a program of these lines of shell in the place of Tesseract."""

    def put(lines: str) -> None:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\ncat > /dev/null\n{lines}\n", "utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(tesseract, "_PROGRAM", str(program))

    return put


def test_a_page_that_waited_for_the_processor_is_read(behave: Behave, tmp_path: Path) -> None:
    (tmp_path / "answer.tsv").write_text(ANSWER, "utf-8")
    # Longer by the clock than the processor time allowed, as on a machine that does other work.
    behave(f"sleep 1.5\ncat {tmp_path / 'answer.tsv'}")
    assert [word.text for word in tesseract.words(PAGE, 200, seconds=1)] == ["Pasal"]


def test_a_page_that_keeps_the_processor_is_given_up(behave: Behave) -> None:
    behave("while :; do :; done")
    with pytest.raises(OcrTimeoutError):
        tesseract.words(PAGE, 200, seconds=1)


def test_a_program_that_hangs_is_given_up_in_the_end(behave: Behave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "PATIENCE", 0.2)
    behave("exec sleep 60")
    with pytest.raises(OcrTimeoutError):
        tesseract.words(PAGE, 200, seconds=1)


def test_a_program_that_fails_is_no_matter_of_time(behave: Behave) -> None:
    behave("exit 1")
    with pytest.raises(OcrError) as refusal:
        tesseract.words(PAGE, 200, seconds=1)
    assert not isinstance(refusal.value, OcrTimeoutError)
