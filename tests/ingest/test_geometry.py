"""A box lies where the words are drawn, however the page is turned and cropped."""

import io
from pathlib import Path

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest import geometry
from ingest.boxes import Box, merged_by_line
from kb.errors import NotFoundError
from kb.pages import Span

# A black block is drawn where the letters are, so that the picture itself tells where the box must be.
BLOCK = b"BT /F 20 Tf 60 30 Td (HHHH) Tj ET 60 30 57 14 re f"


def drawn(tmp_path: Path, page: bytes) -> Path:
    file = tmp_path / "berkas.pdf"
    file.write_bytes(hostile.drawn_pdf(BLOCK, page))
    return file


def inked(picture: Image.Image) -> tuple[float, float, float, float]:
    left, top, right, bottom = picture.convert("L").point(lambda grey: 255 * (grey < 128)).getbbox()
    return (
        100 * left / picture.width,
        100 * top / picture.height,
        100 * right / picture.width,
        100 * bottom / picture.height,
    )


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", ["", "/CropBox[20 10 180 70]", "/MediaBox[-50 -20 200 100]"])
def test_the_box_lies_on_the_words_of_the_picture(tmp_path: Path, rotation: int, crop: str) -> None:
    file = drawn(tmp_path, f"/Rotate {rotation}{crop}".encode())
    [[box]] = geometry.rectangles(file, [Span(1, 0, 4)])
    picture = Image.open(io.BytesIO(geometry.render(file, 1, 288)))
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(inked(picture), abs=2)


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_picture_has_the_displayed_size(tmp_path: Path, rotation: int) -> None:
    file = drawn(tmp_path, b"/Rotate %d" % rotation)
    picture = Image.open(io.BytesIO(geometry.render(file, 1, 144)))
    assert picture.size == ((400, 200) if rotation == 0 else (200, 400))


def test_a_huge_page_is_drawn_smaller(tmp_path: Path) -> None:
    file = drawn(tmp_path, b"/MediaBox[0 0 14400 14400]")
    picture = Image.open(io.BytesIO(geometry.render(file, 1, 400)))
    assert picture.width * picture.height <= geometry.MAX_PIXELS * 1.01


def test_a_quote_of_two_lines_has_two_boxes(tmp_path: Path) -> None:
    file = tmp_path / "berkas.pdf"
    file.write_bytes(hostile.printed_pdf([["Setiap Anak berhak", "untuk hidup"]]))
    [boxes] = geometry.rectangles(file, [Span(1, 0, 31)])
    assert [round(box.left) for box in boxes] == [12, 12]
    assert boxes[0].bottom <= boxes[1].top


def test_an_empty_span_has_no_box(tmp_path: Path) -> None:
    assert geometry.rectangles(drawn(tmp_path, b""), [Span(1, 2, 2)]) == ((),)


@pytest.mark.parametrize("span", [Span(1, 0, 5), Span(1, 4, 3), Span(0, 0, 1), Span(2, 0, 1), Span(1, -1, 2)])
def test_characters_that_are_not_there_are_not_found(tmp_path: Path, span: Span) -> None:
    with pytest.raises(NotFoundError):
        geometry.rectangles(drawn(tmp_path, b""), [span])


def test_boxes_of_two_columns_stay_apart() -> None:
    left, right = Box(1, 10, 20, 30, 2), Box(1, 60, 20, 30, 2)
    assert merged_by_line([left, right], aspect=0.7) == (left, right)


def test_boxes_of_one_line_become_one() -> None:
    assert merged_by_line([Box(1, 10, 20, 30, 2), Box(1, 41, 20.5, 20, 1)], aspect=0.7) == (Box(1, 10, 20, 51, 2),)


PERCENT = st.floats(0, 50)


@given(st.lists(st.builds(Box, st.just(1), PERCENT, PERCENT, PERCENT, PERCENT)))
def test_merged_boxes_cover_all_boxes(boxes: list[Box]) -> None:
    merged = merged_by_line(boxes, aspect=0.7)
    assert len(merged) <= len(boxes)
    assert all(
        any(
            one.left <= box.left
            and one.top <= box.top
            and one.right >= box.right - 1e-9
            and one.bottom >= box.bottom - 1e-9
            for one in merged
        )
        for box in boxes
    )
