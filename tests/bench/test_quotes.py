"""Questions made of a store, and what the count of quotes notices."""

import pytest

from api.library import Library
from bench.quotes import count, generated, is_same
from kb.access import LOCAL_ADMIN
from kb.answers import Citation
from kb.identity import MASK
from tests.kb.builders import draft
from tests.shelf import fill


@pytest.fixture
def filled(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    fill(library, tmp_path_factory.mktemp("files"))
    return library


def test_headings_and_definitions_become_questions(filled: Library) -> None:
    filled.store.documents.put(draft("a.pdf", "1. Gugus Tugas KLA adalah lembaga koordinatif."))
    made = generated(filled)
    assert {"Apa yang dimaksud dengan Gugus Tugas KLA?", "ketentuan gugus tugas"} <= set(made)
    assert made == generated(filled)


def test_quotes_are_compared_with_the_original(filled: Library) -> None:
    def page_text(citation: Citation) -> str:
        return filled.pages.read(LOCAL_ADMIN, citation.document_id, citation.span.page).text

    came = count("rak", filled, ["berapa kali gugus tugas bersidang"], page_text)
    assert (came.n_questions, came.n_answered) == (1, 1)
    assert came.n_quotes == came.n_equal > 0


def test_a_quote_that_differs_is_told(filled: Library, capsys: pytest.CaptureFixture[str]) -> None:
    came = count("rak", filled, ["berapa kali gugus tugas bersidang"], lambda citation: "lain " * 1_000)
    assert came.n_equal == 0 < came.n_quotes
    assert "is not" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("original", "quote", "is_equal"),
    [
        ("korban A. hadir", "korban A. hadir", True),
        ("korban A. hadir", f"korban {MASK}{MASK} hadir", True),
        ("korban A. hadir", f"korban {MASK} hadir", False),
        ("korban A. hadir", "korban B. hadir", False),
    ],
)
def test_a_masked_letter_stands_for_any(original: str, quote: str, is_equal: bool) -> None:
    assert is_same(original, quote) is is_equal
