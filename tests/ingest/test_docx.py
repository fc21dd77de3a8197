"""A Word document is read as Word shows it, numbers and letterhead included."""

import datetime
from pathlib import Path

import hostile
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from ingest import docx
from ingest.limits import Limits
from ingest.numerals import letters, roman
from kb.errors import DamagedFileError, FileTooLargeError
from kb.pages import Heading, Reading, Span, Verdict

MORE_NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read(tmp_path: Path, document: Document) -> Reading:
    file = tmp_path / "berkas.docx"
    file.write_bytes(hostile.saved(document))
    return docx.read(file, Limits())


def text(reading: Reading) -> str:
    [page] = reading.pages
    return page.text


def body(xml: str) -> Document:
    """A document whose body is this XML."""
    document = Document()
    wrapped = parse_xml(f"<w:body {nsdecls('w')} {MORE_NAMESPACES}>{xml}</w:body>")
    for child in reversed(list(wrapped)):
        document.element.body.insert(0, child)
    return document


def numbered(*levels: tuple[str, str], overrides: str = "") -> Document:
    """A document with list 77 whose levels have these forms and patterns."""
    document = Document()
    numbering = document.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for i, (form, pattern) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{xml}</w:abstractNum>'))
    for instance in (77, 78):
        changed = overrides if instance == 78 else ""
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{instance}"><w:abstractNumId w:val="77"/>{changed}</w:num>')
        )
    return document


def add(document: Document, words: str, level: int, instance: int = 77) -> None:
    paragraph = document.add_paragraph(words)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>')
    )


def test_paragraphs_and_tables_stay_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Sebelum")
    table = document.add_table(2, 3)
    for row, words in zip(table.rows, [("No", "Uraian", "PIC"), ("1", "Menyusun  Perda", "")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("Sesudah")
    assert text(read(tmp_path, document)) == "Sebelum\nNo | Uraian | PIC\n1 | Menyusun Perda |\nSesudah"


def test_a_merged_cell_is_read_once(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Judul"
    table.cell(0, 2).text = "Isi"
    assert text(read(tmp_path, document)) == "Judul | Isi"


def test_a_table_in_a_cell_is_read_in_its_place(tmp_path: Path) -> None:
    document = Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "luar"
    inner = outer.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    outer.cell(0, 1).text = "kanan"
    assert text(read(tmp_path, document)) == "luar a | b | kanan"


def test_the_letterhead_comes_first(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("NOTULEN")
    document.sections[0].header.paragraphs[0].text = "PEMERINTAH KABUPATEN KUTAI TIMUR"
    assert text(read(tmp_path, document)) == "PEMERINTAH KABUPATEN KUTAI TIMUR\nNOTULEN"


def test_heading_styles_become_headings(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Laporan Studi Tiru", 0)
    document.add_heading("Hasil", 1)
    document.add_paragraph("Isi")
    document.add_heading("Praktik baik", 2)
    reading = read(tmp_path, document)
    assert reading.headings == (Heading(1, "Hasil", Span(1, 19, 24)), Heading(2, "Praktik baik", Span(1, 29, 41)))
    assert reading.title == "Laporan Studi Tiru"


def test_title_and_date_come_from_the_properties(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.title = "Notulen Gugus Tugas KLA"
    document.core_properties.created = datetime.datetime(2024, 12, 5, 8, 0)
    reading = read(tmp_path, document)
    assert (reading.title, reading.created) == ("Notulen Gugus Tugas KLA", datetime.date(2024, 12, 5))


def test_automatic_numbers_are_text(tmp_path: Path) -> None:
    document = numbered(("upperRoman", "BAB %1"), ("decimal", "Pasal %2"), ("decimal", "(%3)"), ("lowerLetter", "%4."))
    for words, level in [("UMUM", 0), ("", 1), ("satu", 2), ("huruf", 3), ("huruf", 3), ("dua", 2), ("", 1), ("X", 2)]:
        add(document, words, level)
    assert text(read(tmp_path, document)).split("\n") == [
        *("BAB I UMUM", "Pasal 1", "(1) satu", "a. huruf", "b. huruf", "(2) dua", "Pasal 2", "(1) X"),
    ]


def test_a_number_can_name_its_parents(tmp_path: Path) -> None:
    document = numbered(("decimal", "%1."), ("decimal", "%1.%2"))
    for level in (0, 1, 1, 0, 1):
        add(document, "x", level)
    assert text(read(tmp_path, document)) == "1. x\n1.1 x\n1.2 x\n2. x\n2.1 x"


def test_a_list_that_starts_anew_counts_anew(tmp_path: Path) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    document = numbered(("decimal", "%1."), overrides=restart)
    for instance in (77, 77, 78, 78):
        add(document, "x", 0, instance)
    assert text(read(tmp_path, document)) == "1. x\n2. x\n1. x\n2. x"


def test_lists_of_one_definition_count_on(tmp_path: Path) -> None:
    document = numbered(("decimal", "%1."))
    for instance in (77, 78, 77):
        add(document, "x", 0, instance)
    assert text(read(tmp_path, document)) == "1. x\n2. x\n3. x"


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    document = Document()
    for words in ("satu", "dua"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("butir", style="List Bullet")
    assert text(read(tmp_path, document)) == "1. satu\n2. dua\n• butir"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
        (
            "<w:p><w:ins><w:r><w:t>masuk</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>",
            "masuk",
        ),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>isian</w:t></w:r></w:p></w:sdtContent></w:sdt>", "isian"),
        ("<w:p><w:sdt><w:sdtContent><w:r><w:t>isian</w:t></w:r></w:sdtContent></w:sdt></w:p>", "isian"),
        ("<w:p><w:hyperlink><w:r><w:t>tautan</w:t></w:r></w:hyperlink></w:p>", "tautan"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>isi</w:t></w:r></w:p>", "isi"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A7"/><w:t>isi</w:t></w:r></w:p>', "•isi"),
        (
            "<w:p><w:r><w:t>luar</w:t><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>"
            "<w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict>"
            "<w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            "luar\nkotak",
        ),
    ],
)
def test_what_word_shows_is_read_once(tmp_path: Path, xml: str, expected: str) -> None:
    assert text(read(tmp_path, body(xml))) == expected


def test_an_empty_document_has_no_text(tmp_path: Path) -> None:
    assert [page.verdict for page in read(tmp_path, Document()).pages] == [Verdict.BLANK]


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "rahasia.txt").write_text("sandi", encoding="utf-8")
    namespace = qn("w:p").split("}")[0][1:]
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{tmp_path}/rahasia.txt">]><w:document xmlns:w="{namespace}">'
        "<w:body><w:p><w:r><w:t>Isi &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    file = tmp_path / "berkas.docx"
    file.write_bytes(hostile.word_with_part("word/document.xml", xml.encode()))
    assert "sandi" not in text(docx.read(file, Limits()))


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    namespace = qn("w:p").split("}")[0][1:]
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    xml = (
        f'<!DOCTYPE d [<!ENTITY e0 "haha">{entities}]><w:document xmlns:w="{namespace}">'
        "<w:body><w:p><w:r><w:t>Isi &e12;</w:t></w:r></w:p></w:body></w:document>"
    )
    file = tmp_path / "berkas.docx"
    file.write_bytes(hostile.word_with_part("word/document.xml", xml.encode()))
    with pytest.raises(DamagedFileError) as refusal:
        docx.read(file, Limits())
    assert isinstance(refusal.value.__cause__, etree.XMLSyntaxError)


def test_a_document_that_unpacks_too_far_is_refused_unopened(tmp_path: Path) -> None:
    file = tmp_path / "bom.docx"
    file.write_bytes(hostile.zip_bomb_word(2 * 2**20))
    with pytest.raises(FileTooLargeError):
        docx.read(file, Limits(max_unpacked_bytes=2**20))


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "_rels/.rels"]
)
def test_a_document_with_a_broken_part_is_refused(tmp_path: Path, part: str) -> None:
    file = tmp_path / "rusak.docx"
    file.write_bytes(hostile.word_with_part(part, b"<broken"))
    with pytest.raises(DamagedFileError):
        docx.read(file, Limits())


@pytest.mark.parametrize(
    ("number", "written"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (0, "0"), (10**9, "1000000000")]
)
def test_letters_double_after_z(number: int, written: str) -> None:
    assert letters(number) == written


@pytest.mark.parametrize(
    ("number", "written"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (1990, "mcmxc"), (0, "0"), (4000, "4000")]
)
def test_roman_numerals_are_romes(number: int, written: str) -> None:
    assert roman(number) == written
