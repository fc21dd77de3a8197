"""Originals: kept by SHA-256, whole or not at all."""

from pathlib import Path

import pytest

from kb.errors import NotFoundError, StoreReadOnlyError
from kb.originals import Originals, sha256_of


def test_an_original_comes_back_byte_by_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7 \x00\xff")
    originals = Originals(tmp_path / "originals")
    sha256 = originals.keep(file)
    assert originals.open_path(sha256).read_bytes() == file.read_bytes()
    assert sha256_of(file) == sha256
    assert [path.name for path in originals] == [sha256]


def test_keeping_the_same_bytes_twice_keeps_them_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"same")
        originals.keep(tmp_path / name)
    assert len(list(originals)) == 1


def test_a_missing_original_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="kb verify"):
        Originals(tmp_path).open_path("ab" * 32)


def test_a_folder_that_cannot_be_made_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(StoreReadOnlyError):
        Originals(tmp_path / "file").keep(tmp_path / "a")
