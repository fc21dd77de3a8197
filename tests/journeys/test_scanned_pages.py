"""A scan goes in, is found, quoted and marked on its picture, corrected by hand, and comes back corrected."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from api.library import Library
from bench import samples
from ingest import tesseract
from ingest.recognition import recognise_picture
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document
from kb.errors import CorrectionRefusedError, IdentityHiddenError
from kb.identity import MASK
from kb.pages import Span, Verdict
from kb.questions import Query
from kb.settings import Settings

pytestmark = pytest.mark.skipif(not tesseract.languages(), reason="Tesseract with Indonesian is not installed")


TYPED = "Teks yang ditulis tangan dari gambar."
SEES = Viewer(name="pendamping", is_admin=True, sees_identities=True)


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path / "kb", model="toy", threads=1)) as opened:
        yield opened


@pytest.fixture
def scan(reading: Library, tmp_path: Path) -> Document:
    file = tmp_path / "surat.png"
    file.write_bytes(samples.saved_picture("PNG"))
    return reading.ingestion.ingest(file).document


@pytest.mark.usefixtures("always_answers")
def test_a_photographed_letter_is_found_and_quoted_exactly(reading: Library, scan: Document) -> None:
    answer = reading.ask(Query("kapan laporan disampaikan kepada bupati", LOCAL_ADMIN))
    [citation] = answer.statements[0].citations
    page = reading.pages.read(LOCAL_ADMIN, scan.id, 1)
    assert citation.quote == page.text[citation.span.start : citation.span.end]
    assert (citation.verdict, citation.page_confidence) == (Verdict.OCR, page.confidence)


def test_a_quote_is_marked_where_its_words_stand(reading: Library, scan: Document) -> None:
    text = reading.pages.read(LOCAL_ADMIN, scan.id, 1).text
    start = text.index(samples.SENTENCES[2])
    [box] = reading.pages.highlight(LOCAL_ADMIN, scan.id, [Span(1, start, start + len(samples.SENTENCES[2]))])
    # The third of lines that begin at 0.4 inch of 3 and follow each other by 0.4.
    assert (box.top, box.left) == (pytest.approx(100 * 1.2 / 3, abs=3), pytest.approx(100 * 0.4 / 6, abs=2))
    assert box.width > 50


def test_a_correction_is_found_and_the_old_quote_still_opens(reading: Library, scan: Document) -> None:
    old = reading.pages.read(LOCAL_ADMIN, scan.id, 1)
    corrected = reading.revisions.correct_page(
        LOCAL_ADMIN, scan.id, 1, old.text.replace("balai desa", "pendopo kabupaten")
    )
    page = reading.pages.read(LOCAL_ADMIN, scan.id, 1)
    assert (page.verdict, page.confidence) == (Verdict.CORRECTED, 1.0)
    assert "pendopo" in reading.search(Query("pendopo kabupaten", LOCAL_ADMIN))[0].text
    assert reading.pages.read(LOCAL_ADMIN, scan.id, 1, scan.version_id) == old
    assert corrected.n_versions == 2
    assert reading.verify() == ()


def test_a_corrected_word_is_marked_in_its_place(reading: Library, scan: Document) -> None:
    old = reading.pages.read(LOCAL_ADMIN, scan.id, 1).text
    [before] = reading.pages.highlight(LOCAL_ADMIN, scan.id, [Span(1, old.index("korban"), old.index("korban") + 6)])
    new = old.replace("korban", "penyintas")
    reading.revisions.correct_page(LOCAL_ADMIN, scan.id, 1, new)
    [after] = reading.pages.highlight(
        LOCAL_ADMIN, scan.id, [Span(1, new.index("penyintas"), new.index("penyintas") + 9)]
    )
    assert after == before


def test_a_correction_survives_the_file_coming_in_again(reading: Library, scan: Document, tmp_path: Path) -> None:
    reading.revisions.correct_page(LOCAL_ADMIN, scan.id, 1, TYPED)
    other = tmp_path / "lain.pdf"
    other.write_bytes(samples.pdf())
    reading.ingestion.replace(LOCAL_ADMIN, scan.id, other, "lain.pdf")
    reading.ingestion.replace(LOCAL_ADMIN, scan.id, tmp_path / "surat.png", "surat.png")
    page = reading.pages.read(LOCAL_ADMIN, scan.id, 1)
    assert (page.text, page.verdict) == (TYPED, Verdict.CORRECTED)


def test_a_correction_does_not_outlive_the_file_that_is_gone_for_good(
    reading: Library, scan: Document, tmp_path: Path
) -> None:
    reading.revisions.correct_page(LOCAL_ADMIN, scan.id, 1, TYPED)
    reading.erase(scan.id)
    again = reading.ingestion.ingest(tmp_path / "surat.png").document
    assert reading.pages.read(LOCAL_ADMIN, again.id, 1).verdict is Verdict.OCR


def test_what_is_hidden_stays_hidden_through_ocr_and_correction(
    reading: Library, scan: Document, tmp_path: Path
) -> None:
    nik = "6408014508120003"
    old = reading.pages.read(LOCAL_ADMIN, scan.id, 1)
    reading.revisions.correct_page(LOCAL_ADMIN, scan.id, 1, f"{old.text}\nNIK {nik} tercatat.")
    shown = reading.pages.read(LOCAL_ADMIN, scan.id, 1).text
    assert nik not in shown
    assert MASK * 16 in shown
    reading.revisions.correct_page(LOCAL_ADMIN, scan.id, 1, shown.replace("tercatat", "dicatat"))
    revealed = reading.identities.reveal(SEES, scan.id, 1)
    assert f"NIK {nik} dicatat." in revealed.text
    with pytest.raises(CorrectionRefusedError):
        reading.revisions.correct_page(LOCAL_ADMIN, scan.id, 1, shown.replace(MASK * 16, MASK * 9))
    # Nobody knows where the new line stands in the picture, so the picture is not shown.
    with pytest.raises(IdentityHiddenError):
        reading.pages.draw(LOCAL_ADMIN, scan.id, 1)


def test_a_name_that_ocr_read_is_covered_on_the_picture(reading: Library, tmp_path: Path) -> None:
    file = tmp_path / "laporan.png"
    lines = ("Laporan pengaduan diterima oleh petugas.", "NIK 6408014508120003 atas nama pelapor.")
    file.write_bytes(saved(samples.drawn(lines)))
    document = reading.ingestion.ingest(file).document
    assert MASK * 16 in reading.pages.read(LOCAL_ADMIN, document.id, 1).text
    with Image.open(io.BytesIO(reading.pages.draw(LOCAL_ADMIN, document.id, 1, 200))) as shown:
        text = recognise_picture(shown.convert("L"), 1, 200, 30).text
    assert "Laporan pengaduan" in text
    assert "4508" not in text


def saved(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", dpi=(200, 200))
    return written.getvalue()


def test_text_of_the_file_itself_is_not_corrected(reading: Library, tmp_path: Path) -> None:
    file = tmp_path / "cetak.pdf"
    file.write_bytes(samples.pdf())
    document = reading.ingestion.ingest(file).document
    with pytest.raises(CorrectionRefusedError):
        reading.revisions.correct_page(LOCAL_ADMIN, document.id, 1, "lain")
    assert reading.document(LOCAL_ADMIN, document.id).n_versions == 1


def test_the_page_shows_the_verdict_and_takes_the_correction(reading: Library, scan: Document) -> None:
    client = TestClient(create_app(reading), base_url="http://127.0.0.1")
    address = f"/dokumen/{scan.id}/halaman/1"
    shown = client.get(address).text
    assert "OCR baik (" in shown
    assert "Perbaiki teks halaman ini" in shown
    came = client.post(f"{address}/perbaiki", data={"teks": "Teks baru\r\ndari gambar."})
    assert came.status_code == 200
    assert "Teks halaman ini sudah diperbaiki tangan." in came.text
    assert reading.pages.read(LOCAL_ADMIN, scan.id, 1).text == "Teks baru\ndari gambar."
    refused = client.put(f"/api/v1/documents/{scan.id}/pages/1/text", json={"text": " "})
    assert (refused.status_code, refused.json()["code"]) == (409, "koreksi-ditolak")
