"""The sanction on a Pasal stands in another one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.library import Library
from index.ranking import read_named
from index.sanctions import asks_sanction, lays_down_sanction, punishes
from kb.access import LOCAL_ADMIN
from kb.settings import Settings
from tests.shelf import PERDA_SEMARANG, asked

WITH_SANCTIONS = PERDA_SEMARANG.replace(
    "BAB III\nKETENTUAN PENUTUP\nPasal 4\n",
    """BAB III
SANKSI
Pasal 4
Kelurahan yang melanggar ketentuan sebagaimana dimaksud dalam Pasal 3 dikenai sanksi berupa teguran tertulis.
Pasal 5
Setiap orang dilarang merusak taman bermain, dan yang melanggarnya dipidana dengan denda Rp5.000.000.
Pasal 6
Pidana sebagaimana dimaksud dalam Pasal 5 adalah pelanggaran.
BAB IV
KETENTUAN PENUTUP
Pasal 7
""",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("sanctions")
    file = folder / "perda.txt"
    file.write_text(WITH_SANCTIONS, encoding="utf-8")
    with Library.open(Settings(home=folder / "kb", model="toy", threads=1)) as opened:
        opened.ingestion.ingest(file)
        yield opened


def labels(library: Library, question: str) -> list[str]:
    return [hit.label.removeprefix("Perda Kota Semarang 2/2021 ") for hit in library.search(asked(question))]


def test_who_asks_for_the_sanction_on_a_pasal_gets_the_one_that_lays_it_down(library: Library) -> None:
    assert labels(library, "apa sanksi melanggar pasal 3 perda 2/2021")[:2] == ["Pasal 4", "Pasal 3"]


def test_who_asks_for_the_pasal_alone_gets_that(library: Library) -> None:
    assert labels(library, "apa isi pasal 3 perda 2/2021")[0] == "Pasal 3"


def test_a_pasal_with_a_sanction_of_its_own_comes_first(library: Library) -> None:
    assert labels(library, "berapa denda pasal 5 perda 2/2021")[0] == "Pasal 5"


@pytest.mark.parametrize(
    "question", ["apa sanksinya", "dihukum berapa tahun", "ancaman pidana pasal 76D", "what penalty"]
)
def test_a_sanction_is_asked_for_in_many_words(question: str) -> None:
    assert asks_sanction(question)


def test_a_pasal_is_not_another_that_begins_like_it() -> None:
    text = "melanggar Pasal 76\nDA dipidana; melanggar Pasal 76D\ndipidana"
    assert punishes(text, "76D")
    assert not punishes("melanggar Pasal 76D dipidana", "76")


def test_a_passage_that_punishes_is_told_from_one_that_names_a_crime() -> None:
    assert lays_down_sanction("orang langgar pasal pidana penjara lama tahun")
    assert not lays_down_sanction("korban tindak pidana hak lindung lama")
    assert not punishes("Saksi tindak pidana sebagaimana dimaksud dalam Pasal 6 berhak atas perlindungan.", "6")


def test_where_a_sanction_is_asked_for_the_passage_that_lays_it_down_gains(library: Library) -> None:
    documents = library.documents(LOCAL_ADMIN)
    assert read_named("berapa denda merusak taman", documents, library.store).asks_sanction
    assert not read_named("siapa merawat taman", documents, library.store).asks_sanction
