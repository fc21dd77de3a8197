"""What the tray holds is whole."""

import io
from pathlib import Path

import pytest

from kb.tray import Tray


class CutOff(io.BytesIO):
    """A stream that is interrupted behind its first bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        """The first bytes, then Ctrl-C."""
        if self.tell():
            raise KeyboardInterrupt
        return super().read(3)


def test_an_interrupted_upload_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Tray(tmp_path / "baki").keep(CutOff(b"Isi biasa"))
    assert list((tmp_path / "baki").iterdir()) == []


def test_an_upload_is_kept_as_it_came(tmp_path: Path) -> None:
    assert Tray(tmp_path / "baki").keep(io.BytesIO(b"Isi biasa")).read_bytes() == b"Isi biasa"
