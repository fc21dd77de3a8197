import pytest

from kb.legal import Form, RelationKind, Work
from kb.mentions import mentions


def keys(text: str) -> list[str]:
    return [mention.work.key for mention in mentions(text) if mention.is_main]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak", "uu-23-2002"),
        ("Undang- Undang No. 23 Tahun 2002", "uu-23-2002"),
        ("UU 23/2002", "uu-23-2002"),
        ("Undang-Undang Nomor L7 Tahun 2OL3", "uu-17-2013"),
        ("Undang-undang Nomor 8 Drt Tahun 1955", "uu-darurat-8-1955"),
        ("Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2016", "perppu-1-2016"),
        ("Peraturan Daerah Kotamadya Daerah Tingkat II Surabaya Nomor 7 Tahun 1992", "perda-7-1992-kota-surabaya"),
        ("Peraturan Menteri Dalam Negeri Nomor 80 Tahun 2015", "permen-80-2015-menteri-dalam-negeri"),
        ("Peraturan Walikota Semarang Nomor 33 Tahun 2021", "perwal-33-2021-kota-semarang"),
        ("Keputusan Menteri Perhubungan Nomor KM. 65 Tahun 1993", "kepmen-km-65-1993-menteri-perhubungan"),
        ("Ketetapan Majelis Permusyawaratan Rakyat Nomor XVII/MPR/1998", "tap-mpr-xvii-mpr-1998"),
        ("Undang-Undang Dasar Negara Republik Indonesia Tahun 1945", "uud-1945"),
        ("Kitab Undang-Undang Hukum Pidana", "kitab-hukum-pidana"),
        ("Keputusan Presiden Nomor 91 Tahun 1999", "keppres-91-1999"),
    ],
)
def test_a_work_is_known_by_any_of_its_spellings(text: str, key: str) -> None:
    assert keys(text) == [key]


def test_a_kind_without_a_number_names_no_work() -> None:
    assert keys("diatur dengan Peraturan Pemerintah, dan Undang-Undang ini mulai berlaku") == []


def test_a_work_in_the_title_of_another_is_not_what_the_sentence_speaks_of() -> None:
    text = "Peraturan Pemerintah Nomor 27 Tahun 1983 tentang Pelaksanaan Undang-Undang Nomor 8 Tahun 1981 tentang Hukum"
    assert keys(text) == ["pp-27-1983"]
    assert mentions(text)[1].role is RelationKind.IMPLEMENTS


def test_works_listed_after_each_others_titles_all_count() -> None:
    text = (
        "Undang-Undang Nomor 4 Tahun 1979 tentang Anak, Undang-Undang Nomor 7 Tahun 1984 tentang Wanita, dan UU 3/1997"
    )
    assert keys(text) == ["uu-4-1979", "uu-7-1984", "uu-3-1997"]


def test_works_that_a_title_changes_stay_in_the_title() -> None:
    text = (
        "Undang-Undang Nomor 2 Tahun 1965 tentang Batas Wilayah dengan mengubah Undang-Undang Nomor 12 Tahun 1950"
        " tentang Kabupaten dan Undang-Undang Nomor 16 Tahun 1950 tentang Kota Besar (Lembaran Negara)"
    )
    assert keys(text) == ["uu-2-1965"]


def test_an_amender_is_told_from_what_it_amended() -> None:
    text = (
        "Undang-Undang Nomor 32 Tahun 2004 tentang Pemerintahan Daerah (Lembaran Negara Nomor 125) sebagaimana telah"
        " diubah beberapa kali, terakhir dengan Undang-Undang Nomor 12 Tahun 2008 tentang Perubahan Kedua"
    )
    amended, amender = mentions(text)
    assert (amended.is_main, amender.amends) == (True, 0)


def test_a_regulation_of_lower_rank_amends_no_law() -> None:
    text = "UU 18/1997 sebagaimana telah diubah dengan UU 34/2000 dan Peraturan Pemerintah Nomor 66 Tahun 2001"
    assert [mention.amends for mention in mentions(text)] == [None, 0, None]


def test_the_title_is_kept_for_people() -> None:
    [found] = mentions("Undang-Undang Nomor 44 Tahun 2008 tentang Pornografi (Lembaran Negara Tahun 2008)")
    assert found.work == Work(Form.UU, "44", 2008, title="Pornografi")
