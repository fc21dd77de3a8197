"""A web page is read as it is seen."""

import datetime
from pathlib import Path

import pytest

from ingest import html
from ingest.limits import Limits
from kb.errors import DamagedFileError
from kb.pages import Heading, Reading, Span


def read(tmp_path: Path, body: str, *, head: str = "", encoding: str = "utf-8") -> Reading:
    file = tmp_path / "halaman.html"
    file.write_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return html.read(file, Limits())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Satu\n  dua</p><p>Tiga</p>", "Satu dua\nTiga"),
        ("<p>Satu<br>dua</p>", "Satu\ndua"),
        ("a<b>b</b>c <i>d</i>", "abc d"),
        ("<nav>Beranda</nav><p>Isi</p><script>x()</script><style>p{}</style>", "Isi"),
        ("<nav>Beranda</nav> sesudahnya", "sesudahnya"),
        ("<p hidden>tak tampak</p><p style='display: none'>juga</p><p>Isi</p>", "Isi"),
        ("<table><tr><th>Uraian</th><th>PIC</th></tr><tr><td>Surat</td><td>Bappeda</td></tr></table>", None),
        ("<ol><li>satu<li>dua</ol>", "1. satu\n2. dua"),
        ("<ol type=a start=3><li>satu<li>dua</ol>", "c. satu\nd. dua"),
        ("<ol type=I><li>satu<ul><li>butir</ul><li>dua</ol>", "I. satu\n- butir\nII. dua"),
        ("<pre>a  b\nc</pre>", "a b\nc"),
        ("<table><tr><td>luar <table><tr><td>a<td>b</table><td>c</table>", "luar a | b | c"),
        ("السلام 👧🏽", "السلام 👧🏽"),
        ("a&nbsp;b &amp; c &#0; &#xD800;", "a b & c \ufffd \ufffd"),
    ],
)
def test_a_page_is_read_line_by_line(tmp_path: Path, body: str, expected: str | None) -> None:
    if expected is None:
        expected = "Uraian | PIC\nSurat | Bappeda"
    assert [page.text for page in read(tmp_path, body).pages] == [expected]


def test_headings_stand_where_their_words_are(tmp_path: Path) -> None:
    reading = read(tmp_path, "<p>Pembuka</p><h1>Hasil <em>kunjungan</em></h1><p>Isi</p><h3>Kendala</h3>")
    assert reading.headings == (Heading(1, "Hasil kunjungan", Span(1, 8, 23)), Heading(3, "Kendala", Span(1, 28, 35)))


def test_the_title_is_what_the_head_says(tmp_path: Path) -> None:
    assert read(tmp_path, "Isi", head="<title>Profil DP3A Semarang</title>").title == "Profil DP3A Semarang"


@pytest.mark.parametrize(("stated", "day"), [("2024-07-09", datetime.date(2024, 7, 9)), ("kemarin", None)])
def test_the_stated_date_is_read(tmp_path: Path, stated: str, day: datetime.date | None):
    assert read(tmp_path, "Isi", head=f'<meta name="Date" content="{stated}">').created == day


def test_the_encoding_is_what_the_head_says(tmp_path: Path) -> None:
    reading = read(tmp_path, "“é”", head="<meta charset=windows-1252>", encoding="cp1252")
    assert [page.text for page in reading.pages] == ["“é”"]


def test_an_unknown_encoding_is_guessed(tmp_path: Path) -> None:
    assert [page.text for page in read(tmp_path, "é", head="<meta charset=entah>").pages] == ["é"]


def test_text_longer_than_libxml2_likes_is_read_whole(tmp_path: Path) -> None:
    [page] = read(tmp_path, "kata " * 2_500_000).pages
    assert len(page.text) == 5 * 2_500_000 - 1


def test_a_page_nested_too_deep_is_refused_not_cut(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        read(tmp_path, "<div>" * 3000 + "dasar")
