"""A page that is a picture is read, judged and marked; without an engine it says so."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bench import samples
from ingest import tesseract
from ingest.alignment import aligned
from ingest.layout import lines_of
from ingest.legibility import legibility
from ingest.recognition import Recognised, recognise, recognise_picture
from ingest.sandbox import Sandbox
from ingest.scans import Scans, judge
from ingest.skew import skew
from ingest.tesseract import Word
from kb.pages import Page, Reading, Verdict
from kb.scans import Reason, WordBox
from kb.settings import Settings
from kb.tables import Row, Table

SENTENCE = "Setiap anak berhak bermain dan belajar dengan aman di lingkungan keluarga dan masyarakat. " * 3
SCAN = Page(1, "", Verdict.NONE, 595.0, 842.0)
needs_tesseract = pytest.mark.skipif(not tesseract.languages(), reason="Tesseract with Indonesian is not installed")


def came(text: str, sureness: float = 0.95) -> Recognised:
    box = WordBox(1, 0, 6, 10.0, 10.0, 5.0, 1.0)
    return Recognised(text, (box,) if text else (), sureness, is_blank=False)


def test_language_is_told_from_rubbish() -> None:
    spaced, backwards = " ".join(SENTENCE), SENTENCE[::-1]
    assert legibility(SENTENCE).known > 0.95
    assert legibility(spaced).known < 0.05
    assert legibility(backwards).known < 0.3


def test_a_scan_read_well_is_good_and_one_read_badly_is_doubtful() -> None:
    good = judge(SCAN, came(SENTENCE)).page
    assert (good.verdict, good.text, good.confidence) == (Verdict.OCR, SENTENCE, 0.95)
    assert judge(SCAN, came(SENTENCE, 0.6)).page.verdict is Verdict.DOUBTFUL
    assert judge(SCAN, came("Setlap anok bcrhak bcrmoin " * 10)).page.verdict is Verdict.DOUBTFUL


def test_a_scan_without_words_has_failed_and_a_blank_one_has_not() -> None:
    failed = judge(SCAN, came("")).page
    assert (failed.verdict, failed.reason, failed.confidence) == (Verdict.FAILED, Reason.NO_WORDS, 0.0)
    assert judge(SCAN, replace(came(""), is_blank=True)).page.verdict is Verdict.BLANK


def test_a_bad_layer_is_replaced_by_what_reads_better_and_only_by_that() -> None:
    layer = replace(SCAN, text=" ".join(SENTENCE), verdict=Verdict.OCR)
    assert judge(layer, came("1.250.000 s/d 2.400.000\n" * 20, 0.9)).page.verdict is Verdict.OCR
    better = judge(layer, came(SENTENCE)).page
    assert (better.text, better.verdict, better.reason) == (SENTENCE, Verdict.OCR, Reason.BAD_LAYER_REPLACED)
    worse = judge(layer, came("x x x " * 20)).page
    assert (worse.text, worse.verdict, worse.reason) == (layer.text, Verdict.DOUBTFUL, Reason.BAD_LAYER_KEPT)


def test_a_page_that_could_not_be_read_says_why() -> None:
    assert judge(SCAN, Reason.TOO_SLOW).page.verdict is Verdict.FAILED
    assert judge(SCAN, Reason.NO_ENGINE).page.verdict is Verdict.NONE


def test_without_tesseract_a_scan_stays_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "languages", lambda: ())
    reading = Reading("application/pdf", (SCAN,), has_pages=True)
    with Scans(Settings(home=tmp_path, threads=1)) as scans:
        [page] = scans.complete(tmp_path / "tidak-dibuka.pdf", reading).pages
    assert (page.verdict, page.reason, page.confidence) == (Verdict.NONE, Reason.NO_ENGINE, 0.0)


def test_rows_of_a_page_whose_text_is_replaced_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "languages", lambda: ("ind",))
    monkeypatch.setattr(Sandbox, "recognise", lambda *_: came(SENTENCE))
    rubbish = Page(1, " ".join(SENTENCE), Verdict.TEXT, 595.0, 842.0)
    kept = Page(2, SENTENCE, Verdict.TEXT, 595.0, 842.0)
    table = Table("Tabel 1", Row(1, 0, 9, 0), (Row(1, 10, 20, 1), Row(2, 0, 6, 2)))
    reading = Reading("application/pdf", (rubbish, kept), has_pages=True, tables=(table,))
    with Scans(Settings(home=tmp_path, threads=1)) as scans:
        completed = scans.complete(tmp_path / "tidak-dibuka.pdf", reading)
    assert [page.text for page in completed.pages] == [SENTENCE, SENTENCE]
    assert completed.tables == (Table("Tabel 1", None, (Row(2, 0, 6, 2),)),)


def test_the_skew_of_a_page_is_found() -> None:
    page = samples.picture()
    for degrees in (-3.0, 0.0, 1.7):
        turned = page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
        assert skew(turned) == pytest.approx(-degrees, abs=0.15)


def word(text: str, left: int, top: int, block: int, line: int) -> Word:
    return Word(text, left, top, 20 * len(text), 30, (block, 1, line), 0.9)


def test_numbers_in_a_column_of_their_own_go_back_to_their_lines() -> None:
    words = [
        *(word(f"({i})", 10, 100 * i, 1, i) for i in (1, 2)),
        word("Setiap", 120, 102, 2, 1),
        word("orang", 260, 101, 2, 1),
        word("lanjutan", 120, 150, 2, 2),
        word("Anak", 120, 203, 2, 3),
    ]
    assert [[one.text for one in line] for line in lines_of(words)] == [
        ["(1)", "Setiap", "orang"],
        ["lanjutan"],
        ["(2)", "Anak"],
    ]


def test_a_corrected_word_keeps_the_place_of_the_one_it_replaces() -> None:
    boxes = tuple(WordBox(1, start, start + 4, float(start), 0.0, 4.0, 1.0) for start in (0, 5, 10))
    found = aligned("anok anak dawa", boxes, "anak-anak anak dewasa baru")
    assert [(box.start, box.end, box.left) for box in found[:3]] == [(0, 9, 0.0), (10, 14, 5.0), (15, 21, 10.0)]


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_lying_any_way_is_read_and_its_words_are_where_they_stand(degrees: int) -> None:
    upright = recognise_picture(samples.picture(), 1, 200, 30)
    turned = recognise_picture(samples.picture().rotate(degrees, expand=True, fillcolor=255), 1, 200, 30)
    assert turned.text == upright.text == "\n".join(samples.SENTENCES)
    first, lying = upright.boxes[0], turned.boxes[0]
    middle = (first.left + first.width / 2, first.top + first.height / 2)
    found = (lying.left + lying.width / 2, lying.top + lying.height / 2)
    there = {0: middle, 90: (middle[1], 100 - middle[0]), 180: (100 - middle[0], 100 - middle[1])}
    assert found == pytest.approx(there.get(degrees, (100 - middle[1], middle[0])), abs=1.5)


@needs_tesseract
def test_every_box_covers_its_word(tmp_path: Path) -> None:
    file = tmp_path / "surat.png"
    file.write_bytes(samples.saved_picture("PNG"))
    read = recognise(file, 1, 30)
    assert " ".join(read.text[box.start : box.end] for box in read.boxes) == read.text.replace("\n", " ")
    picture = samples.picture()
    for box in read.boxes:
        sides = (box.left, box.top, box.left + box.width, box.top + box.height)
        corners = [round(side * size / 100) for side, size in zip(sides, picture.size * 2, strict=True)]
        assert picture.crop(tuple(corners)).getextrema()[0] < 100


@needs_tesseract
def test_a_picture_of_nothing_is_blank() -> None:
    assert recognise_picture(Image.new("L", (800, 600), 250), 1, 200, 30).is_blank


@needs_tesseract
def test_a_scan_goes_through_the_child_process(tmp_path: Path) -> None:
    written = io.BytesIO()
    samples.picture().save(written, "PDF", resolution=200)
    file = tmp_path / "pindaian.pdf"
    file.write_bytes(written.getvalue())
    reading = Reading("application/pdf", (replace(SCAN, width=432.0, height=216.0),), has_pages=True)
    with Scans(Settings(home=tmp_path, threads=1)) as scans:
        completed = scans.complete(file, reading)
    assert completed.pages[0].text == "\n".join(samples.SENTENCES)
    assert completed.pages[0].verdict is Verdict.OCR
    assert {box.page for box in completed.boxes} == {1}
