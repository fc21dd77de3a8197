"""Originals: kept by SHA-256, whole or not at all."""

import threading
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


def test_what_nothing_needs_is_cleared_away(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    (tmp_path / "a").write_bytes(b"needed")
    (tmp_path / "b").write_bytes(b"not needed")
    needed, left = originals.keep(tmp_path / "a"), originals.keep(tmp_path / "b")
    cut_off = originals.path(left).with_name(f"{left}.999999.tmp")
    cut_off.write_bytes(b"not nee")
    originals.clear(lambda: frozenset({needed}))
    assert [path.name for path in originals] == [needed]


def test_clearing_asks_again_once_nobody_else_is_at_work(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    (tmp_path / "a").write_bytes(b"being taken in")
    sha256 = originals.keep(tmp_path / "a")
    answers = iter([frozenset(), frozenset({sha256})])
    originals.clear(lambda: next(answers))
    assert [path.name for path in originals] == [sha256]


def test_an_original_is_kept_and_dropped_by_one_at_a_time(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    order: list[str] = []

    def drop() -> None:
        with originals.held():
            order.append("dropped")

    with originals.held():
        other = threading.Thread(target=drop)
        other.start()
        other.join(0.2)
        order.append("kept")
    other.join()
    assert order == ["kept", "dropped"]


def test_a_file_that_is_gone_is_not_taken_for_a_broken_store(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="hilang"):
        Originals(tmp_path / "originals").keep(tmp_path / "hilang.pdf")
