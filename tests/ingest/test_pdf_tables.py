"""Rows of ruled tables on a PDF page are stretches of its text, and its header leads the passages of its rows."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from bench import samples
from ingest import pdf
from ingest.headers import with_headers
from ingest.limits import Limits
from kb.pages import Page, Reading, Span, Verdict
from kb.passages import Passage
from kb.tables import Table
from tests.ingest.papers import count_words


def read(folder: Path, content: bytes) -> Reading:
    file = folder / "tabel.pdf"
    file.write_bytes(content)
    return pdf.read(file, Limits())


def words(reading: Reading, table: Table) -> list[list[str]]:
    texts = {page.number: page.text for page in reading.pages}
    rows = [table.header, *table.rows] if table.header else list(table.rows)
    return [[texts[row.page][cell.start : cell.end] for cell in row.cells] for row in rows]


def ruled(*pages: list[tuple[str, ...]]) -> bytes:
    """A PDF with a table a page."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842), invariant=1)
    for rows in pages:
        samples.ruled(canvas, [60 + 150 * i for i in range(len(rows[0]) + 1)], rows)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_the_cells_of_a_ruled_table_are_found_in_the_text(tmp_path: Path) -> None:
    reading = read(tmp_path, samples.pdf())
    [table] = reading.tables
    assert words(reading, table) == [list(row) for row in samples.ROWS]
    assert (table.name, [row.number for row in table.rows]) == ("Tabel 1", [1, 2, 3])


def test_the_text_of_a_page_is_the_same_with_its_table_found(tmp_path: Path) -> None:
    [page] = read(tmp_path, samples.pdf()).pages
    assert page.text.splitlines()[2].strip() == " ".join(samples.ROWS[0])


def test_a_table_without_names_has_no_header(tmp_path: Path) -> None:
    [table] = read(tmp_path, ruled([("Juli", "12"), ("Agustus", "9")])).tables
    assert (table.header, len(table.rows)) == (None, 2)


def test_a_table_that_goes_on_has_the_header_of_the_page_before(tmp_path: Path) -> None:
    reading = read(tmp_path, ruled([("Bulan", "Kasus"), ("Juli", "12")], [("Agustus", "9"), ("Mei", "4")]))
    [table] = reading.tables
    assert [(row.page, row.number) for row in table.rows] == [(1, 1), (2, 2), (2, 3)]


def test_lines_that_are_no_table_make_none(tmp_path: Path) -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842), invariant=1)
    canvas.drawString(72, 770, "Laporan dengan garis bawah")
    canvas.line(72, 760, 300, 760)
    canvas.rect(60, 60, 400, 400)
    canvas.save()
    assert read(tmp_path, written.getvalue()).tables == ()


HEADER = "Kegiatan | Target"
ROWS = tuple(f"Kegiatan ke-{i} | {i} orang" for i in range(1, 30))
TEXT = "\n".join((HEADER, *ROWS))


def reading_of_rows() -> Reading:
    from kb.tables import Row

    rows = []
    position = len(HEADER) + 1
    for number, line in enumerate(ROWS, 1):
        rows.append(Row(1, position, position + len(line), number))
        position += len(line) + 1
    table = Table("Tabel 1", Row(1, 0, len(HEADER), 0), tuple(rows))
    return Reading("text/csv", (Page(1, TEXT, Verdict.TEXT),), has_pages=False, tables=(table,))


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 200), st.integers(5, 400))
def test_a_header_never_makes_a_passage_too_long_and_never_changes_its_text(start: int, n: int, budget: int) -> None:
    end = min(start + n, len(TEXT))
    passage = Passage(0, TEXT[start:end], ("Jadwal",), (Span(1, start, end),))
    [led] = with_headers([passage], reading_of_rows(), count_words, budget)
    assert (led.text, led.spans, led.section) == (passage.text, passage.spans, passage.section)
    assert led.heading_path in (("Jadwal",), ("Jadwal", HEADER))
    if led != passage:
        assert count_words(["\n".join((*led.heading_path, led.text))])[0] <= budget


@pytest.mark.parametrize(("start", "led"), [(0, False), (TEXT.index("Kegiatan ke-9"), True)])
def test_only_rows_without_their_header_are_led_by_it(start: int, led: bool) -> None:
    passage = Passage(0, TEXT[start : start + 60], (), (Span(1, start, start + 60),))
    [came] = with_headers([passage], reading_of_rows(), count_words, 500)
    assert came.heading_path == ((HEADER,) if led else ())
