import datetime

import pytest

from ingest.metadata import read_metadata
from ingest.relations import read_legal
from ingest.structure import outline
from kb.legal import LegalReading, Relation, RelationKind
from kb.pages import Page, Reading, Verdict

HEAD = """\
PERATURAN DAERAH KOTA SEMARANG
NOMOR 2 TAHUN 2021
TENTANG
{title}
DENGAN RAHMAT TUHAN YANG MAHA ESA
WALI KOTA SEMARANG,
Menimbang : a. bahwa {considering};
Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;
2. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah (Lembaran Negara Republik
Indonesia Tahun 2014 Nomor 244) sebagaimana telah diubah beberapa kali terakhir dengan
Undang-Undang Nomor 9 Tahun 2015 tentang Perubahan Kedua atas Undang-Undang Nomor 23 Tahun 2014;
MEMUTUSKAN:
Menetapkan : PERATURAN DAERAH TENTANG {title}.
"""
TAIL = """\
Ditetapkan di Semarang
pada tanggal 7 Mei 2021
Diundangkan di Semarang
pada tanggal 10 Mei 2021
"""
BODY = """\
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan anak adalah orang yang belum berusia 18 tahun.
Pasal 2
(1) Wali Kota membentuk gugus tugas.
(2) Gugus tugas sebagaimana dimaksud pada ayat (1) melapor sesuai dengan Pasal 1.
Pasal 3
{closing}
Pasal 4
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
"""
WHOLE_5 = ("perda-5-2000-kota-semarang", "", "seluruhnya")
WHOLE_7 = ("perda-7-2000-kota-semarang", "", "seluruhnya")
IN_FORCE = "Pada saat Peraturan Daerah ini mulai berlaku, "


def said(
    closing: str = "Hal lain diatur kemudian.",
    title: str = "KOTA LAYAK ANAK",
    considering: str = "gugus tugas perlu dibentuk",
    body: str = BODY,
) -> tuple[LegalReading, str]:
    text = HEAD.format(title=title, considering=considering) + body.format(closing=closing) + TAIL
    reading = Reading("text/plain", (Page(1, text, Verdict.TEXT),), False)
    metadata = read_metadata(reading, "perda.txt")
    return read_legal(outline(reading, metadata.kind), reading.pages, metadata), text


def does(kind: RelationKind, closing: str = "Hal lain diatur kemudian.", **more: str) -> list[tuple[str, str, str]]:
    found, _ = said(closing, **more)
    own = [one for one in found.relations if one.kind is kind and one.actor is None]
    return [(one.target.key, one.provision, one.change.value) for one in own]


def test_the_grounds_are_the_items_of_mengingat() -> None:
    assert does(RelationKind.RESTS_ON) == [
        ("uud-1945", "pasal-18/ayat-6", "seluruhnya"),
        ("uu-23-2014", "", "seluruhnya"),
    ]


def test_what_others_did_is_told_of_them() -> None:
    found, _ = said()
    told = [(one.actor.key, one.kind.value, one.target.key) for one in found.relations if one.actor]
    assert told == [("uu-9-2015", "mengubah", "uu-23-2014")]


@pytest.mark.parametrize(
    ("closing", "found"),
    [
        (
            IN_FORCE + "Peraturan Daerah Kota Semarang Nomor 5 Tahun 2000 tentang Anak"
            " dicabut dan dinyatakan tidak berlaku.",
            [("perda-5-2000-kota-semarang", "", "seluruhnya")],
        ),
        (
            IN_FORCE + "Peraturan Daerah Nomor 13 Tahun 2003 tentang Makam, dicabut dan dinyatakan tidak berlaku.",
            [("perda-13-2003-kota-semarang", "", "seluruhnya")],
        ),
        (
            IN_FORCE + "maka:\na. Peraturan Daerah Nomor 5 Tahun 2000 tentang Anak (Lembaran Daerah 2000 Nomor 7);\n"
            "b. Peraturan Daerah Nomor 7 Tahun 2000 tentang Parkir;\ndicabut dan dinyatakan tidak berlaku.",
            [WHOLE_5, WHOLE_7],
        ),
        (
            IN_FORCE + "Pasal 3 dan Pasal 4 Peraturan Daerah Nomor 5 Tahun 2000 dicabut dan dinyatakan tidak berlaku.",
            [(WHOLE_5[0], "pasal-3", "dihapus"), (WHOLE_5[0], "pasal-4", "dihapus")],
        ),
        (
            IN_FORCE + "Peraturan Daerah Nomor 5 Tahun 2000 sepanjang mengatur parkir dinyatakan tidak berlaku lagi.",
            [("perda-5-2000-kota-semarang", "sebagian", "dihapus")],
        ),
        (IN_FORCE + "dicabut dan dinyatakan tidak berlaku:\na. Peraturan Daerah Nomor 5 Tahun 2000 tentang Anak;\n"
         "b. Peraturan Daerah Nomor 7 Tahun 2000 tentang Parkir.",
         [WHOLE_5, WHOLE_7]),
    ],
)  # fmt: skip
def test_a_repeal_is_read(closing: str, found: list[tuple[str, str, str]]) -> None:
    assert does(RelationKind.REPEALS, closing) == found


@pytest.mark.parametrize(
    "closing",
    [
        IN_FORCE + "peraturan pelaksanaan dari Peraturan Daerah Nomor 5 Tahun 2000 masih tetap berlaku sepanjang tidak"
        " bertentangan dengan Peraturan Daerah ini.",
        IN_FORCE + "izin yang diterbitkan berdasarkan Peraturan Daerah Nomor 5 Tahun 2000 dinyatakan tidak berlaku.",
        "Izin sebagaimana dimaksud dalam Peraturan Daerah Nomor 5 Tahun 2000 dapat dicabut.",
        "Ketentuan ini berlaku sampai Peraturan Daerah Nomor 5 Tahun 2000 diubah atau dicabut.",
        IN_FORCE + "Peraturan Daerah Nomor 5 Tahun 2000 dinyatakan tidak berlaku bagi Kecamatan Tugu.",
    ],
)
def test_no_repeal_is_read_where_there_is_none(closing: str) -> None:
    assert does(RelationKind.REPEALS, closing) == []


def test_a_title_says_what_is_amended() -> None:
    found = does(RelationKind.AMENDS, title="PERUBAHAN ATAS PERATURAN DAERAH NOMOR 5 TAHUN 2000 TENTANG ANAK")
    assert found == [("perda-5-2000-kota-semarang", "", "seluruhnya")]


POINTS = """\
Pasal I
Beberapa ketentuan dalam Peraturan Daerah Kota Semarang Nomor 5 Tahun 2000 tentang Anak (Lembaran Daerah
Tahun 2000 Nomor 7), diubah sebagai berikut:
1. {closing}
Pasal II
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
"""


@pytest.mark.parametrize(
    ("point", "found"),
    [
        (
            "Ketentuan Pasal 7 diubah sehingga berbunyi sebagai berikut:\nPasal 7\nAnak bermain.",
            [("pasal-7", "diubah")],
        ),
        ("Pasal 12 dihapus.", [("pasal-12", "dihapus")]),
        (
            "Ketentuan ayat (1) Pasal 32 diubah dan ayat (2) dihapus, sehingga Pasal 32 berbunyi sebagai berikut:",
            [("pasal-32/ayat-1", "diubah"), ("pasal-32/ayat-2", "dihapus")],
        ),
        (
            "Di antara Pasal 8 dan Pasal 9 disisipkan 2 (dua) pasal, yakni Pasal 8A dan Pasal 8B yang berbunyi:",
            [("pasal-8a", "disisipkan"), ("pasal-8b", "disisipkan")],
        ),
        (
            "Ketentuan ayat (1) Pasal 26 ditambah 1 (satu) huruf, yakni huruf d dan ayat (2) diubah sehingga Pasal 26:",
            [("pasal-26/ayat-1/huruf-d", "disisipkan"), ("pasal-26/ayat-2", "diubah")],
        ),
        (
            "Ketentuan ayat (2) Pasal 50 diubah dan penjelasan ayat (1) Pasal 50 diubah, sehingga Pasal 50 berbunyi:",
            [("pasal-50/ayat-2", "diubah")],
        ),
        (
            "Ketentuan Pasal 101 ayat (1), di antara huruf d dan huruf e, disisipkan huruf d1, sehingga Pasal 101:",
            [("pasal-101/ayat-1/huruf-d1", "disisipkan")],
        ),
    ],
)
def test_a_point_says_what_becomes_of_which_provision(point: str, found: list[tuple[str, str]]) -> None:
    title = "PERUBAHAN ATAS PERATURAN DAERAH NOMOR 5 TAHUN 2000 TENTANG ANAK"
    changed = does(RelationKind.AMENDS, point, title=title, body=POINTS)
    assert [(provision, change) for _, provision, change in changed if provision] == found


def test_menimbang_says_what_is_carried_out() -> None:
    considering = "untuk melaksanakan ketentuan Pasal 9 ayat (2) Peraturan Daerah Nomor 5 Tahun 2000, perlu ditetapkan"
    assert does(RelationKind.IMPLEMENTS, considering=considering) == [
        ("perda-5-2000-kota-semarang", "pasal-9/ayat-2", "seluruhnya")
    ]


def test_what_was_carried_out_before_is_another_regulations_work() -> None:
    considering = "untuk melaksanakan ketentuan Pasal 9 UU 8/1995, telah ditetapkan PP 46/1995"
    assert does(RelationKind.IMPLEMENTS, considering=considering) == []


def test_every_relation_shows_the_words_that_say_so() -> None:
    found, text = said(IN_FORCE + "Peraturan Daerah Nomor 5 Tahun 2000 dicabut dan dinyatakan tidak berlaku.")
    [repeal] = [one for one in found.relations if one.kind is RelationKind.REPEALS]
    assert words(repeal, text) == "Peraturan Daerah Nomor 5 Tahun 2000"
    assert all(one.spans for one in found.relations)


def words(relation: Relation, text: str) -> str:
    return " ".join(" ".join(text[span.start : span.end] for span in relation.spans).split())


def test_it_is_in_force_from_its_promulgation() -> None:
    found, _ = said()
    assert found.start is not None
    assert (found.start.day, found.promulgated) == (datetime.date(2021, 5, 10), datetime.date(2021, 5, 10))


def test_a_later_day_is_counted_from_the_promulgation() -> None:
    body = BODY.replace("pada tanggal diundangkan", "setelah 2 (dua) tahun terhitung sejak tanggal diundangkan")
    found, _ = said(body=body)
    assert found.start is not None
    assert found.start.day == datetime.date(2023, 5, 10)


def test_references_lead_to_provisions_and_works() -> None:
    found, text = said()
    body = [one for one in found.references if one.source_address.startswith("pasal-")]
    assert [(text[one.span.start : one.span.end], one.provision) for one in body] == [
        ("ayat (1)", "pasal-2/ayat-1"),
        ("Pasal 1", "pasal-1"),
    ]
    assert [one.work.key for one in found.references if one.work] == ["uud-1945", "uu-23-2014", "uu-9-2015"]


def test_a_reference_to_a_provision_that_is_not_there_is_none() -> None:
    found, _ = said("Hal lain diatur dalam Pasal 99.")
    assert [one for one in found.references if one.provision == "pasal-99"] == []
