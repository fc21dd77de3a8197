"""Passages by words that stand in them one after the other."""

import numpy as np

from api.library import Library


def test_texts_hold_the_words_in_their_order_whatever_their_capitals(shelf: Library) -> None:
    passages = shelf.store.passages
    ids = passages.ids()
    found = passages.texts(ids, ("GUGUS", "tugas", "dua"))
    assert list(found) == sorted(found)
    assert found
    assert all("gugus tugas" in text.lower() for text in found.values())
    assert passages.texts(ids, ("tugas", "%", "gugus%")) == passages.texts(ids, ("tugas", "_", "gugus_"))
    assert passages.texts(np.array([], np.int64), ("gugus",)) == {}
