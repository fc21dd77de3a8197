"""Law in force comes before what it replaced, unless the old text is asked for: a Perda, and one that amends it."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.library import Library
from index.in_force import OUT_OF_FORCE
from index.search import Searcher
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer
from kb.answers import Hit
from kb.questions import MAX_K, Filters, Query
from kb.settings import Settings
from tests.shelf import named

EXAMPLES = Path(__file__).parents[2] / "documents"
OLD = "perda-kota-balikpapan-91-2020-pengarusutamaan-gender.pdf"
NEW = "perda-kota-balikpapan-93-2024-perubahan-pengarusutamaan-gender.pdf"
QUESTION = "siapa ketua pokja PUG"
REPLACED, IN_ITS_PLACE = "Pasal 5", "Pasal I angka 2 Pasal 5"
LEADERS = "pimpinan"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path_factory.mktemp("both") / "kb", model="toy")) as library:
        for name in (OLD, NEW):
            library.ingestion.ingest(EXAMPLES / name)
        yield library


def scores(
    library: Library, text: str, filters: Filters | None = None, viewer: Viewer = LOCAL_ADMIN
) -> dict[str, float]:
    """The score of each hit by its place: "91/2020 Pasal 5"."""
    hits = library.search(Query(text, viewer, filters or Filters(), MAX_K))
    return {place(hit): hit.score for hit in hits}


def unmoved(library: Library, text: str, filters: Filters | None = None) -> dict[str, float]:
    """The same where nobody knows what is out of force."""
    hits = Searcher(library.store, library.retriever).search(Query(text, LOCAL_ADMIN, filters or Filters(), MAX_K))
    return {place(hit): hit.score for hit in hits}


def place(hit: Hit) -> str:
    return hit.label.removeprefix("Perda Kota Balikpapan ")


def test_a_provision_with_another_text_now_ranks_lower_and_the_new_text_does_not(both: Library) -> None:
    before, now = unmoved(both, QUESTION), scores(both, QUESTION)
    assert now[f"91/2020 {REPLACED}"] == pytest.approx(before[f"91/2020 {REPLACED}"] - OUT_OF_FORCE)
    assert now[f"93/2024 {IN_ITS_PLACE}"] == pytest.approx(before[f"93/2024 {IN_ITS_PLACE}"])


def test_a_deleted_provision_ranks_lower(both: Library) -> None:
    text = "mekanisme pengaduan di tempat kerja"
    assert scores(both, text)["91/2020 Pasal 9"] == pytest.approx(unmoved(both, text)["91/2020 Pasal 9"] - OUT_OF_FORCE)


def test_definitions_beside_one_that_was_changed_stay_where_they_are(both: Library) -> None:
    text = "arti pokja PUG dan focal point"
    assert scores(both, text)["91/2020 Pasal 1"] == pytest.approx(unmoved(both, text)["91/2020 Pasal 1"])


@pytest.mark.parametrize(
    "text",
    [
        "siapa ketua pokja PUG menurut perda 91 tahun 2020",
        "siapa ketua pokja PUG pada tahun 2020",
        "siapa ketua pokja PUG di perda yang lama",
        "siapa ketua pokja PUG sebelum diubah",
        "siapa ketua pokja PUG sebelum perubahan",
        "siapa ketua pokja PUG menurut perda terdahulu",
        "who headed the working group under the old regulation",
    ],
)
def test_the_old_text_stays_first_where_it_is_asked_for(both: Library, text: str) -> None:
    assert scores(both, text) == pytest.approx(unmoved(both, text))


@pytest.mark.parametrize(
    "text",
    [
        "paling lama berapa hari pengaduan ditangani",
        "berapa lama masa kerja pokja PUG",
        "siapa ketua pokja PUG, apakah dipilih terlebih dahulu",
        "siapa ketua pokja PUG yang dulu sekretaris tahun sebelumnya",
    ],
)
def test_what_was_long_or_earlier_otherwise_asks_for_no_old_text(both: Library, text: str) -> None:
    assert scores(both, text)["91/2020 Pasal 9"] < unmoved(both, text)["91/2020 Pasal 9"]


def test_within_a_document_that_the_asker_chose_nothing_moves(both: Library) -> None:
    chosen = Filters(documents=frozenset({named(both, OLD).id}))
    assert scores(both, QUESTION, chosen) == pytest.approx(unmoved(both, QUESTION, chosen))


def test_who_may_not_see_the_amendment_learns_nothing_of_it_from_the_order(tmp_path: Path) -> None:
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        for name, audience in ((OLD, EVERYONE), (NEW, LEADERS)):
            library.ingestion.ingest(EXAMPLES / name, audience=audience)
        staff = Viewer("staf")
        hits = Searcher(library.store, library.retriever).search(Query(QUESTION, staff, k=MAX_K))
        assert scores(library, QUESTION, viewer=staff) == pytest.approx({place(hit): hit.score for hit in hits})
        leader = dataclasses.replace(staff, audiences=frozenset({LEADERS}))
        lower = scores(library, QUESTION, viewer=leader)[f"91/2020 {REPLACED}"]
        assert lower < scores(library, QUESTION, viewer=staff)[f"91/2020 {REPLACED}"]
