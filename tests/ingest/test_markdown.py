"""Markdown keeps its source and shows its headings."""

from pathlib import Path

import pytest

from ingest import markdown
from ingest.limits import Limits
from kb.pages import Reading


def read(tmp_path: Path, source: str) -> Reading:
    file = tmp_path / "laporan.md"
    file.write_text(source, encoding="utf-8")
    return markdown.read(file, Limits())


def outline(reading: Reading) -> list[tuple[int, str, str]]:
    [page] = reading.pages
    return [(h.level, h.title, page.text[h.span.start : h.span.end]) for h in reading.headings]


def test_the_text_is_the_source(tmp_path: Path) -> None:
    source = "# Laporan\n\n- **satu**\n\n| a | b |\n|---|---|\n"
    assert [page.text for page in read(tmp_path, source).pages] == [source]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Satu\n\n## Dua\nIsi\n", [(1, "Satu", "Satu"), (2, "Dua", "Dua")]),
        ("Judul\n=====\n\nAnak\n----\n", [(1, "Judul", "Judul"), (2, "Anak", "Anak")]),
        ("# Hasil *dan* [tautan](http://x.id)\n", [(1, "Hasil dan tautan", "Hasil *dan* [tautan](http://x.id)")]),
        ("## Tutup ##\n", [(2, "Tutup", "Tutup")]),
        ("```\n# bukan judul\n```\n", []),
        ("> # Kutipan\n", [(1, "Kutipan", "Kutipan")]),
        ("Isi \u2028 sama\n\n# Sesudahnya\n", [(1, "Sesudahnya", "Sesudahnya")]),
    ],
)
def test_headings_stand_where_their_words_are(
    tmp_path: Path, source: str, expected: list[tuple[int, str, str]]
) -> None:
    assert outline(read(tmp_path, source)) == expected


def test_front_matter_is_no_heading_and_gives_the_title(tmp_path: Path) -> None:
    reading = read(tmp_path, '---\ntitle: "Laporan Studi Tiru"\ntanggal: 2024-12-01\n---\n\n# Dasar\n')
    assert (reading.title, outline(reading)) == ("Laporan Studi Tiru", [(1, "Dasar", "Dasar")])
