"""What documents give differently."""

import pytest

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
    ],
)
def test_quantities_are_numbers_with_their_unit(text, found):
    assert quantities(text) == found


def test_documents_that_give_different_values_differ():
    statements = (statement(1, "paling lama 14 hari"), statement(2, "paling lama 30 (tiga puluh) hari"))
    assert differences(statements) == (Difference("hari", ((DocumentId(1), ("14",)), (DocumentId(2), ("30",)))),)


def test_documents_that_share_a_value_do_not_differ():
    assert differences((statement(1, "14 hari"), statement(2, "7 hari, paling lama 14 hari"))) == ()


def test_a_document_does_not_differ_from_itself():
    assert differences((statement(1, "14 hari"), statement(1, "30 hari"))) == ()
