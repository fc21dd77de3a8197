"""A name in a file's name is masked as soon as any version of the document says whose it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.library import Library
from api.trash import Trash
from kb.access import LOCAL_ADMIN
from kb.documents import Document, Metadata
from kb.identity import MASK, Action
from kb.settings import Settings

NAME = "Rukmini Pertiwi"
FILE = f"Laporan {NAME}.html"
MASKED = f"Laporan {MASK * 7} {MASK * 7}.html"
HARMLESS = "<p>Forum anak bersidang di balai desa.</p>"
TELLING = f"<p>Korban bernama {NAME}, anak berusia 9 tahun, dirujuk ke puskesmas.</p>"


@dataclass
class Desk:
    """A library, and one file that is taken in again and again."""

    library: Library
    file: Path

    def take_in(self, text: str) -> Document:
        """Take the file in with this text."""
        self.file.write_text(f"<html><body>{text}</body></html>", "utf-8")
        return self.library.ingestion.ingest(self.file).document

    def name(self) -> str:
        """What the only document is called now."""
        [document] = self.library.documents(LOCAL_ADMIN)
        return document.name

    def unmask(self, document: Document) -> None:
        """Call the document in the store as a program did that masked a name only when it first came in."""
        with closing(sqlite3.connect(self.library.settings.home / "acuan.sqlite3")) as connection:
            connection.execute("UPDATE documents SET name = ? WHERE id = ?", (FILE, document.id))
            connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")
            connection.commit()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.open(Settings(home=tmp_path / "kb", model="toy", threads=1)) as library:
        yield Desk(library, tmp_path / FILE)


def test_a_later_version_that_tells_whose_name_it_is_masks_it(desk: Desk) -> None:
    assert desk.take_in(HARMLESS).name == FILE
    assert desk.take_in(TELLING).name == MASKED


def test_a_later_version_that_tells_nothing_keeps_the_mask(desk: Desk) -> None:
    desk.take_in(TELLING)
    assert desk.take_in(HARMLESS).name == MASKED
    assert desk.library.identities.settle() == 0
    desk.library.reindex(lambda n_done, n_all: None)
    assert desk.name() == MASKED


def test_a_replacement_of_the_same_name_keeps_the_mask(desk: Desk) -> None:
    document = desk.take_in(TELLING)
    desk.file.write_text(HARMLESS, "utf-8")
    desk.library.ingestion.replace(LOCAL_ADMIN, document.id, desk.file, FILE)
    assert desk.name() == MASKED


def test_a_withdrawn_document_that_comes_back_with_other_bytes_is_masked(desk: Desk) -> None:
    Trash(desk.library).withdraw(LOCAL_ADMIN, desk.take_in(HARMLESS).id)
    assert desk.take_in(TELLING).name == MASKED


def test_a_withdrawn_document_that_comes_back_with_the_same_bytes_keeps_the_mask(desk: Desk) -> None:
    desk.take_in(TELLING)
    Trash(desk.library).withdraw(LOCAL_ADMIN, desk.take_in(HARMLESS).id)
    assert desk.take_in(HARMLESS).name == MASKED


def test_a_ruling_masks_a_name_that_an_older_program_left(desk: Desk) -> None:
    desk.unmask(desk.take_in(TELLING))
    assert desk.name() == FILE
    assert desk.library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, NAME) == 1
    assert desk.name() == MASKED


def test_a_ruling_masks_a_name_that_only_an_old_version_tells(desk: Desk) -> None:
    desk.take_in(TELLING)
    desk.unmask(desk.take_in(HARMLESS))
    desk.library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, "Bunda Wening")
    assert desk.name() == MASKED


def test_a_released_name_is_shown_again(desk: Desk) -> None:
    desk.take_in(HARMLESS)
    document = desk.take_in(TELLING)
    assert desk.library.identities.rule(LOCAL_ADMIN, document.id, Action.RELEASE, NAME) == 1
    assert desk.name() == FILE


def test_a_title_set_by_hand_is_masked_by_the_version_that_tells_whose_name_is_in_it(desk: Desk) -> None:
    document = desk.take_in(HARMLESS)
    by_hand = Metadata(kind=document.metadata.kind, title=f"Kunjungan {NAME}")
    desk.library.revisions.correct(LOCAL_ADMIN, document.id, by_hand, frozenset({"title"}))
    assert desk.take_in(TELLING).metadata.title == f"Kunjungan {MASK * 7} {MASK * 7}"
