"""A document's address is made of what it is, and says the same wherever it is held."""

import pytest

from kb.addresses import (
    document_slug,
    explains,
    is_in_pasal,
    is_in_provision,
    is_recital,
    own_id,
    split_address,
    stable_address,
)
from kb.documents import DocumentId, Kind, Metadata

PERDA = Metadata(Kind.PERDA, number="5", year=2023, region="Kota Semarang", issuer="Pemerintah Kota Semarang")


@pytest.mark.parametrize(
    ("metadata", "slug"),
    [
        (PERDA, "perda-kota-semarang-2023-5"),
        (Metadata(Kind.UU, number="35", year=2014, issuer="Presiden Republik Indonesia"), "uu-2014-35"),
        (Metadata(Kind.PERMEN, number="2", year=2014, issuer="Menteri Dalam Negeri"), "permen-dalam-negeri-2014-2"),
        (Metadata(Kind.PERBUP, number="23", year=2017, region="Kabupaten Dairi"), "perbup-kabupaten-dairi-2017-23"),
        (Metadata(Kind.SK, number="463/12/DP3A", year=2024, issuer="Bupati Siak"), "sk-bupati-siak-2024-463-12-dp3a"),
        (Metadata(Kind.PERDA, number="5", region="Kota Semarang"), "dokumen-7"),
        (Metadata(Kind.NOTULEN, title="Rapat Gugus Tugas", year=2024), "dokumen-7"),
    ],
)
def test_a_slug_names_the_kind_the_maker_the_year_and_the_number(metadata: Metadata, slug: str):
    assert document_slug(metadata, DocumentId(7)) == slug


def test_an_address_goes_from_the_document_to_the_letter():
    address = stable_address(PERDA, DocumentId(7), "pasal-12/ayat-2/huruf-b")
    assert address == "perda-kota-semarang-2023-5/pasal-12/ayat-2/huruf-b"
    assert split_address(address) == ("perda-kota-semarang-2023-5", "pasal-12/ayat-2/huruf-b")


def test_only_a_slug_of_its_own_number_names_a_document_by_it():
    assert (own_id("dokumen-7"), own_id("perda-kota-semarang-2023-5"), own_id("dokumen-7x")) == (7, None, None)


@pytest.mark.parametrize(
    ("address", "is_in"),
    [
        ("pasal-5/ayat-1", True),
        ("pasal-12a", True),
        ("pasal-5~2/ayat-1", True),
        ("pasal-ii", True),
        ("penjelasan/pasal-i/angka-3", True),
        ("penjelasan/pasal-5", True),
        ("uu-1992-25#pasal-65", True),
        ("menimbang", True),
        ("menimbang/huruf-b", True),
        ("pembukaan", True),
        ("pembukaan-rapat", False),
        ("menimbang-usulan", False),
        ("pasal-5-dibahas", False),
        ("penjelasan/umum", False),
        ("penjelasan/pasal-demi-pasal", False),
        ("bab-i-pendahuluan/1-4-susunan-organisasi", False),
        ("layanan-pasal-demi-pasal", False),
    ],
)
def test_a_section_is_in_a_provision_where_its_address_says_so(address: str, is_in: bool) -> None:
    assert is_in_provision(Kind.PERDA, address) is is_in


@pytest.mark.parametrize("kind", [Kind.NOTULEN, Kind.STUDI_TIRU, Kind.SOP])
@pytest.mark.parametrize("address", ["pembukaan", "menimbang", "pasal-5"])
def test_a_heading_of_minutes_or_a_report_is_no_provision(kind: Kind, address: str) -> None:
    assert not is_in_provision(kind, address)


def test_a_pasal_of_a_text_of_unknown_kind_is_a_provision_and_its_opening_is_none() -> None:
    assert is_in_provision(Kind.LAINNYA, "pasal-3/ayat-1")
    assert not is_in_provision(Kind.LAINNYA, "pembukaan")


def test_what_stands_before_the_first_pasal_is_in_a_provision_and_in_no_pasal() -> None:
    assert is_in_provision(Kind.UU, "mengingat/angka-1")
    assert not is_in_pasal(Kind.UU, "mengingat/angka-1")
    assert is_in_pasal(Kind.UU, "pasal-1")


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("penjelasan", True),
        ("penjelasan/umum", True),
        ("lampiran/penjelasan/pasal-2", True),
        ("lampiran/penjelasan~2", True),
        ("penjelasan-kepala-dinas", False),
        ("rapat-penjelasan/usul", False),
        ("pasal-2", False),
    ],
)
def test_a_section_explains_where_it_stands_in_a_penjelasan(address: str, is_so: bool) -> None:
    assert explains(address) is is_so


@pytest.mark.parametrize(
    "address",
    ["pembukaan", "menimbang", "menimbang/huruf-b", "mengingat/angka-1", "lampiran-1/menimbang", "memutuskan"],
)
def test_what_a_regulation_begins_with_is_a_recital(address: str):
    assert is_recital(Kind.PERDA, address)
    assert is_recital(Kind.SK, address)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (Kind.PERDA, "pasal-1"),
        (Kind.PERDA, "lampiran-1/pembukaan"),
        (Kind.SE, "mengingat-pentingnya-data"),
        (Kind.SK, "memutuskan/diktum-kesatu"),
        (Kind.NOTULEN, "pembukaan"),
        (Kind.NOTULEN, "mengingat"),
    ],
)
def test_provisions_and_minutes_are_no_recitals(kind: Kind, address: str):
    assert not is_recital(kind, address)
