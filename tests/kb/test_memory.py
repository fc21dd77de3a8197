"""Giving memory back."""

import ctypes

import pytest

from kb.memory import give_back


def test_a_c_library_without_the_call_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    give_back()
