"""Passages by words that stand in them one after the other, and what is known of each."""

from pathlib import Path

import numpy as np

from api.library import Library
from kb.documents import Kind
from kb.passages import Content, PassageId
from kb.settings import Settings
from tests.shelf import named

MINUTES = """\
NOTULEN RAPAT
GUGUS TUGAS KABUPATEN LAYAK ANAK
Hari, tanggal: Kamis, 5 Desember 2024

# Pembukaan

Rapat dibuka oleh kepala dinas yang menyambut forum anak dari sebelas kecamatan.

# Pasal 5

Peserta meminta agar batas usia anak pada rancangan itu ditulis dengan jelas.
"""


def test_texts_hold_the_words_in_their_order_whatever_their_capitals(shelf: Library) -> None:
    passages = shelf.store.passages
    ids = passages.ids()
    found = passages.texts(ids, ("GUGUS", "tugas", "dua"))
    assert list(found) == sorted(found)
    assert found
    assert all("gugus tugas" in text.lower() for text in found.values())
    assert passages.texts(ids, ("tugas", "%", "gugus%")) == passages.texts(ids, ("tugas", "_", "gugus_"))
    assert passages.texts(np.array([], np.int64), ("gugus",)) == {}


def test_the_opening_of_a_regulation_is_in_a_provision_and_that_of_minutes_is_not(
    tmp_path: Path, shelf: Library
) -> None:
    file = tmp_path / "rapat.md"
    file.write_text(MINUTES, "utf-8")
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        passages = library.store.passages
        ids = passages.ids()
        said = {traits.address: (traits.kind, traits.in_provision) for traits in passages.traits(ids).values()}
        assert passages.contents([PassageId(i) for i in ids.tolist()]) == {}
    assert said["pembukaan"] == said["pasal-5"] == (Kind.NOTULEN, False)
    every = shelf.store.passages.traits(shelf.store.passages.ids()).values()
    of_uu = {traits.address: traits.in_provision for traits in every if traits.document_id == named(shelf, "uu.txt").id}
    assert of_uu == dict.fromkeys(of_uu, True)


def test_a_passage_holds_a_provision_where_it_stands_in_a_pasal_and_not_before_the_first(shelf: Library) -> None:
    passages = shelf.store.passages
    traits = passages.traits(passages.ids())
    contents = passages.contents([PassageId(i) for i in traits])
    holding = {i for i, held in contents.items() if Content.PROVISIONS in held}
    assert holding == {i for i, each in traits.items() if "pasal-" in each.address and "demi" not in each.address}
    assert {each.address for i, each in traits.items() if each.in_provision and i not in holding} <= {
        "pembukaan",
        "menimbang",
        "mengingat",
        "menetapkan",
    }
