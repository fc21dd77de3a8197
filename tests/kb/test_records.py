"""A fact in the pieces that people read."""

from kb.pages import Span
from kb.records import ABSENT, Field

SPANS = (Span(1, 0, 13), Span(2, 5, 14))
READ = "Dinas\nSosial;\nUPTD  PPA"


def test_a_fact_as_read_has_a_piece_a_span_each_on_one_line() -> None:
    assert Field(READ, SPANS, read=READ).pieces == ("Dinas Sosial;", "UPTD PPA")


def test_a_fact_set_by_hand_has_a_piece_a_line_typed() -> None:
    typed = Field("Dinas Sosial\n\n UPTD PPA", SPANS, read=READ, is_corrected=True)
    assert typed.pieces == ("Dinas Sosial", "UPTD PPA")


def test_a_fact_that_nobody_told_has_no_piece() -> None:
    assert ABSENT.pieces == ()
