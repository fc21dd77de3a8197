"""What documents give differently."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.comparing import differences, quantities
from kb.answers import Citation, Difference, Statement
from kb.documents import DocumentId, VersionId
from kb.pages import Span
from kb.passages import PassageId


def statement(document: int, text: str) -> Statement:
    citation = Citation(
        DocumentId(document), VersionId(document), "Perda", "Pasal 1", "pasal-1", Span(1, 0, len(text)), text, "1", True
    )
    return Statement(text, (citation,), PassageId(document), 1.0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paling lama 14 (empat belas) hari kerja sejak diterima", (("hari kerja", "14"),)),
        ("denda paling banyak Rp50.000.000,00 (lima puluh juta rupiah)", (("Rp", "50.000.000"),)),
        ("bunga sebesar 2% (dua persen) per bulan", (("persen", "2"),)),
        ("paling sedikit 15 (lima belas) anak dan 3 orang", (("anak", "15"), ("orang", "3"))),
        ("Pasal 14 ayat (2) Undang-Undang Nomor 35 Tahun 2014", ()),
        ("1x24 jam", ()),
        (
            "bunga 0,5 persen dan 0,25%, denda 05 hari, 00 hari",
            (("persen", "0,5"), ("persen", "0,25"), ("hari", "5"), ("hari", "0")),
        ),
        ("Rp2 miliar, Rp2 juta, Rp 1,50\nTriliun", (("Rp", "2 miliar"), ("Rp", "2 juta"), ("Rp", "1,50 Triliun"))),
        ("Rp1.500.00. untuk", (("Rp", "1.500.00"),)),
        ("Rp5..000, Rp1..500.000", (("Rp", "5..000"), ("Rp", "1..500.000"))),
        ("Rp500.000 (untuk 3 hari)", (("Rp", "500.000"), ("hari", "3"))),
        ("paling banyak Rp2,00 (dua) juta", (("Rp", "2 juta"),)),
        ("sebanyak 3 (tiga) ribu orang dan 2 juta anak", (("orang", "3 ribu"), ("anak", "2 juta"))),
    ],
)
def test_quantities_are_numbers_with_their_unit(text, found):
    assert tuple((unit, value) for unit, value, _ in quantities(text)) == found


def test_documents_that_give_different_values_differ():
    statements = (statement(1, "paling lama 14 hari"), statement(2, "paling lama 30 (tiga puluh) hari"))
    assert differences(statements) == (Difference("hari", ((DocumentId(1), ("14",)), (DocumentId(2), ("30",)))),)


def test_documents_that_share_a_value_do_not_differ():
    assert differences((statement(1, "14 hari"), statement(2, "7 hari, paling lama 14 hari"))) == ()


def test_a_document_does_not_differ_from_itself():
    assert differences((statement(1, "14 hari"), statement(1, "30 hari"))) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rp1,5 miliar", "Rp1.500.000.000,00 (satu miliar lima ratus juta rupiah)"),
        ("Rp500 ribu", "Rp500.000"),
        ("Rp2 milyar", "Rp2.000 juta"),
        ("0,5%", "0,50 (nol koma lima) persen"),
        ("0.5%", "0,5%"),
        ("5 ribu orang", "5.000 orang"),
        ("0.025%", "0,025%"),
    ],
)
def test_one_amount_written_in_two_ways_does_not_differ(one: str, other: str):
    assert differences((statement(1, one), statement(2, other))) == ()


def test_amounts_of_other_scales_differ_and_are_shown_as_written():
    statements = (statement(1, "Rp2 miliar, yaitu Rp2.000.000.000"), statement(2, "Rp2 juta"))
    assert differences(statements) == (
        Difference("Rp", ((DocumentId(1), ("2 miliar",)), (DocumentId(2), ("2 juta",)))),
    )


@given(st.text("0159.,", min_size=1, max_size=9).map("Rp{} juta, ".format))
@example("Rp5..,00 juta")
def test_whatever_figures_a_page_has_they_come_to_some_amount(text: str) -> None:
    assert all(amount >= 0 for _, _, amount in quantities(text))
