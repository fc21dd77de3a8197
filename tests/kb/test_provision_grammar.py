import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.provision_grammar import provisions, spelled_out


def addresses(text: str, pasal: str = "", ayat: str = "") -> list[str]:
    return [part.address(pasal, ayat) for run in provisions(text) for part in run.parts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pasal 5 ayat (1), Pasal 20, dan Pasal 21", ["pasal-5/ayat-1", "pasal-20", "pasal-21"]),
        ("ayat (1) huruf c dan ayat (5) Pasal 8", ["pasal-8/ayat-1/huruf-c", "pasal-8/ayat-5"]),
        ("Pasal 200 sampai dengan Pasal 202", ["pasal-200", "pasal-201", "pasal-202"]),
        ("Pasal 4 ayat (1), (2), dan (3)", ["pasal-4/ayat-1", "pasal-4/ayat-2", "pasal-4/ayat-3"]),
        ("Pasal 31 dan 34", ["pasal-31", "pasal-34"]),
        ("Pasal 28 B ayat (1)", ["pasal-28b/ayat-1"]),
        ("Pasal 28B ayat (21, Pasal 29", ["pasal-28b/ayat-2", "pasal-29"]),
        ("Pasal 9 huruf a sampai dengan huruf c", ["pasal-9/huruf-a", "pasal-9/huruf-b", "pasal-9/huruf-c"]),
        ("Pasal 76C dalam 3 (tiga) hari", ["pasal-76c"]),
        ("Pasal 7 di atas dan Pasal 8 UU 23 Tahun 2002", ["pasal-7", "pasal-8"]),
        ("Pasal 5 dan 7 UU 23 Tahun 2002", ["pasal-5", "pasal-7"]),
        ("Pasal 107 a, Pasal 107 b", ["pasal-107a", "pasal-107b"]),
        ("Pasal 16 a. pola kredit", ["pasal-16"]),
        ("Pasal 5 s/d Pasal 7", ["pasal-5", "pasal-6", "pasal-7"]),
    ],
)
def test_a_list_of_provisions_is_read_to_its_end(text: str, found: list[str]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ps 7 ay 2 hrf b", ["pasal-7/ayat-2/huruf-b"]),
        ("ps7 ay.(2)", ["pasal-7/ayat-2"]),
        ("psl. 76 c uu", ["pasal-76c"]),
        ("pasal 7 a/b", ["pasal-7"]),
        ("Pasal 5 ayat (1)", ["pasal-5/ayat-1"]),
    ],
)
def test_what_people_type_is_read_as_what_texts_write(typed: str, found: list[str]) -> None:
    assert addresses(spelled_out(typed)) == found


def test_an_ayat_without_a_pasal_is_of_the_pasal_it_stands_in() -> None:
    assert addresses("sebagaimana dimaksud pada ayat (2) huruf b", "7") == ["pasal-7/ayat-2/huruf-b"]


def test_a_huruf_alone_is_of_the_ayat_it_stands_in() -> None:
    assert addresses("sebagaimana dimaksud dalam huruf a", "7", "2") == ["pasal-7/ayat-2/huruf-a"]


@given(st.text(max_size=120))
def test_every_part_lies_in_its_run_and_the_runs_in_order(text: str) -> None:
    end = 0
    for run in provisions(text):
        assert end <= run.start < run.end <= len(text)
        assert all(run.start <= part.start < part.end <= run.end for part in run.parts)
        end = run.end
