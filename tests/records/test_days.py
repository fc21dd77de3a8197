"""Days as Indonesian reports write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records.days import days_value, due_value, find_days


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Selasa, 12 Maret 2024", "2024-03-12"),
        ("12/03/2024", "2024-03-12"),
        ("31-12-2024", "2024-12-31"),
        ("Senin s.d. Rabu, 6 s.d. 8 Mei 2024", "2024-05-06/2024-05-08"),
        ("Kamis dan Jumat, 29 dan 30 September 2022", "2022-09-29/2022-09-30"),
        ("14 SAMPAI DENGAN 16 AGUSTUS 2023", "2023-08-14/2023-08-16"),
        ("28 Februari s.d. 2 Maret 2024", "2024-02-28/2024-03-02"),
        ("10, 11, dan 12 Juni 2024", "2024-06-10/2024-06-12"),
        ("Agustus 2023", "2023-08-01/2023-08-31"),
        ("Triwulan IV 2024", "2024-10-01/2024-12-31"),
        ("28/10/2024 s.d. 30/10/2024", "2024-10-28/2024-10-30"),
        ("31 Februari 2024", ""),
        ("paling lama 3 hari kerja", ""),
        ("tahun 2024", ""),
    ],
)
def test_days_are_understood(text: str, value: str):
    assert days_value(text) == value


def test_a_deadline_of_two_days_apart_is_not_guessed():
    assert due_value("3 Mei 2024 dan 9 Juni 2024 dan segera") == ""


@given(st.text(alphabet="0123456789 /.-sdampiJuniMei,2024", max_size=60))
def test_every_stretch_of_days_is_in_its_text_and_in_order(text: str):
    for days in find_days(text):
        assert 0 <= days.start < days.end <= len(text)
        assert days.first <= days.last
