"""Giving memory back."""

import ctypes
import mmap
from pathlib import Path

import pytest

from kb import memory
from kb.memory import give_back, give_back_mapped

N_BYTES = 4 << 20


def resident(file: Path) -> int:
    """How many KiB of the file this process holds in memory, by its mappings."""
    held, kept = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        first, *rest = line.split()
        if not first.endswith(":"):
            kept = str(file) in line
        elif first == "Rss:" and kept:
            held += int(rest[0])
    return held


def test_a_c_library_without_the_call_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    give_back()
    give_back_mapped(tmp_path)


def test_a_system_that_does_not_tell_what_is_mapped_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "_MAPS", tmp_path / "tidak-ada")
    give_back_mapped(tmp_path)


@pytest.mark.parametrize("name", ["bobot.bin", "bobot model.bin"])
@pytest.mark.parametrize("is_deleted", [False, True])
def test_what_is_mapped_goes_and_can_be_read_again(tmp_path: Path, name: str, is_deleted: bool) -> None:
    file, other = tmp_path / name, tmp_path / "lain.bin"
    for each in (file, other):
        each.write_bytes(b"a" * N_BYTES)
    with file.open("rb") as one, other.open("rb") as two:
        mapped, beside = (mmap.mmap(each.fileno(), 0, access=mmap.ACCESS_READ) for each in (one, two))
    if is_deleted:
        file.unlink()
    assert mapped.find(b"b") == beside.find(b"b") == -1
    assert resident(file) == resident(other) == N_BYTES // 1024
    give_back_mapped(file)
    assert (resident(file), resident(other)) == (0, N_BYTES // 1024)
    assert mapped[:] == b"a" * N_BYTES
