"""A scanner's layer that does not run from the head of the page to its foot."""

from pathlib import Path

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import pdf
from ingest.limits import Limits
from ingest.reading_order import climbed
from ingest.rectangle import Rectangle
from ingest.scans import _wants_reading, judge
from kb.pages import Page, Verdict
from kb.scans import Reason
from tests.ingest.test_scans import SENTENCE, came

HEIGHT = 800.0


def line(top: float, left: float = 50.0) -> Rectangle:
    return Rectangle(left, top - 10, left + 200, top)


def test_lines_from_head_to_foot_climb_nothing() -> None:
    assert climbed([line(top) for top in (700, 680, 660)], HEIGHT) == 0.0


def test_a_block_above_that_comes_later_is_climbed_to() -> None:
    assert climbed([line(300), line(280), line(700), line(680)], HEIGHT) == pytest.approx((690 - 280) / HEIGHT)


def test_a_second_column_begins_beside_the_first() -> None:
    assert climbed([line(700), line(100), line(700, 300), line(100, 300)], HEIGHT) == 0.0


def test_words_of_one_line_may_stand_unevenly() -> None:
    words = [Rectangle(50, 690, 90, 700), Rectangle(95, 692, 130, 703), Rectangle(135, 688, 170, 699)]
    assert climbed([*words, line(680)], HEIGHT) == 0.0


@given(st.lists(st.floats(0, HEIGHT), min_size=2))
def test_the_same_lines_sorted_never_climb(tops: list[float]) -> None:
    assert climbed([line(top) for top in sorted(tops, reverse=True)], HEIGHT) == 0.0


@pytest.mark.parametrize(("ys", "reason"), [((80, 60, 40, 20), None), ((40, 20, 80, 60), Reason.DISORDERED_LAYER)])
def test_a_layer_out_of_order_is_found(tmp_path: Path, ys: tuple[int, ...], reason: Reason | None) -> None:
    text = b"".join(b"1 0 0 1 20 %d Tm (Pasal %d) Tj " % (y, y) for y in ys)
    file = tmp_path / "a.pdf"
    file.write_bytes(hostile.drawn_pdf(b"3 Tr BT /F 10 Tf " + text + b"ET"))
    [page] = pdf.read(file, Limits()).pages
    assert (page.verdict, page.reason) == (Verdict.OCR, reason)
    assert _wants_reading(page) is (reason is not None)


LAYER = Page(1, SENTENCE, Verdict.OCR, 595.0, 842.0, reason=Reason.DISORDERED_LAYER)


def test_what_stands_in_order_is_taken_though_some_letters_are_wrong() -> None:
    read = SENTENCE.replace("bermain", "bcrmaln")
    assert judge(LAYER, came(read)).page.text == read


def test_a_layer_out_of_order_that_is_all_there_is_is_doubtful() -> None:
    page = judge(LAYER, came("x x x " * 20)).page
    assert (page.text, page.verdict, page.reason) == (SENTENCE, Verdict.DOUBTFUL, Reason.DISORDERED_LAYER)


def test_order_is_worth_no_lost_paragraph() -> None:
    assert judge(LAYER, came(SENTENCE[: len(SENTENCE) // 3])).page.text == SENTENCE


def test_a_turned_page_is_in_order(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    text = b"".join(b"0 1 -1 0 %d 20 Tm (Pasal %d) Tj " % (x, x) for x in (20, 60, 100, 140))
    file.write_bytes(
        hostile.drawn_pdf(b"3 Tr BT /F 10 Tf " + text + b"ET").replace(b"/Type/Page/", b"/Type/Page/Rotate 90/")
    )
    [page] = pdf.read(file, Limits()).pages
    assert (page.verdict, page.reason) == (Verdict.OCR, None)
