"""Some questions ask for something that a text can only tell in one form."""

import pytest

from index.asked import could_answer, has_form_asked, has_likely_form, has_number


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        ("berapa persen anggaran yang terserap?", "Realisasi 97,4% dari pagu.", "Realisasi lebih dari separuh."),
        ("berapa hari laporan harus ditindaklanjuti", "paling lambat 3 (tiga)\nhari kerja", "segera ditindaklanjuti"),
        ("bimtek sekolah ramah anak berapa jam", "selama dua belas jam", "diadakan tanggal 3 Maret"),
        ("berapa biaya rapat gugus tugas", "honor Rp150.000 per orang", "dibebankan pada APBD tahun 2020"),
        ("dendanya berapa", "denda paling banyak Rp200.000.000", "dipidana penjara paling lama 5 tahun"),
        ("anak boleh nikah umur berapa", "sudah mencapai umur 19 (sembilan belas) tahun", "umur pada ayat (1)"),
        ("nomor telepon puspaga", "hubungi 024-3584022", "datang ke Jalan Prof. Sudarto 116"),
        ("alamat email dinas", "dp3a@semarangkota.go.id", "Jalan Prof. Sudarto 116"),
        ("alamat kantor dinas", "Jalan Prof. Sudarto 116", "dp3a@semarangkota.go.id"),
        ("kode pos kantornya", "Sangatta 75611", "Jalan Pendidikan, Sangatta"),
        ("no rekening donasi", "Bank Jateng 1-023-00123-4", "melalui transfer ke Bank Jateng"),
        ("hotline pengaduan", "hubungi SAPA 129", "hubungi petugas terdekat"),
        ("berapa lama izin berlaku", "berlaku selama 2 (dua)\ntahun", "izin diberikan oleh Wali Kota"),
        ("nomor telepon pengaduan", "melalui nomor 08123456789", "melalui nomor di bawah"),
        ("berapa persen naiknya", "naik ke angka 14,5%", "diatur di angka 14"),
        ("masa jabatan pengurus", "3 (tiga) tahun, dapat dipilih kembali", "diangkat oleh Bupati"),
        ("rapat gugus tugas berapa kali setahun", "paling sedikit 2 (dua) kali", "rapat dipimpin ketua"),
        ("santunan untuk korban berapa", "sebesar Rp15.000.000", "SK No 230370 A"),
        ("gaji petugas sebulan berapa", "Rp2.500.000,00 setiap bulan", "denda paling banyak Rp2.500.000,00"),
        ("nominal bantuan tunai anak yatim per bulan", "Rp200.000 per bulan", "bantuan diberikan kepada anak yatim"),
        ("berapa laporan KDRT yang masuk", "tertangani 107 kasus KDRT", "sosialisasi diikuti 107 orang"),
        ("jumlah korban perdagangan orang", "Korban yang dipulangkan ada dua belas", "Memulangkan korban ke daerah"),
        ("laporan dikirim tanggal berapa", "paling lambat 31 Januari", "dikirim setiap triwulan"),
        ("loket tutup jam berapa", "pelayanan pukul 08.00 sampai 15.30", "pelayanan setiap hari kerja"),
    ],
)
def test_a_text_answers_only_in_the_form_that_is_asked_for(question: str, answers: str, does_not: str) -> None:
    assert has_form_asked(question, answers)
    assert not has_form_asked(question, does_not)


@pytest.mark.parametrize(
    "question",
    [
        "siapa yang membuka rekening kas umum daerah",
        "bagaimana cara pindah alamat",
        "apa sanksi bila melewati batas waktu",
        "dana desa cair bulan berapa",
        "denda diatur di pasal berapa",
        "siapa yang berwenang menetapkan gugus tugas saat ini",
    ],
)
def test_what_is_only_spoken_of_is_not_asked_for(question: str) -> None:
    assert has_form_asked(question, "Ketua dipilih oleh anggota.")


@pytest.mark.parametrize("question", ["siapa ketua forum anak", "kapan perda ini berlaku", "berapa macam pesertanya"])
def test_what_can_be_told_in_many_forms_is_in_any_text(question: str) -> None:
    assert has_form_asked(question, "Ketua dipilih oleh anggota.")


def test_every_form_of_two_that_are_asked_for_is_needed() -> None:
    question = "berapa biaya dan berapa hari pelatihannya"
    assert has_form_asked(question, "3 hari, Rp5.000.000")
    assert not has_form_asked(question, "Rp5.000.000")


@pytest.mark.parametrize(
    "text", ["(2) Ketentuan pada ayat (1) dan Pasal 7A berlaku.", "Undang-Undang Nomor 35 dan angka 4."]
)
def test_the_number_of_an_ayat_is_no_number_that_was_asked_for(text: str) -> None:
    assert not has_number("berapa orang", text)
    assert has_number("berapa orang", f"{text} Paling sedikit 15 orang.")


def test_a_year_answers_who_asks_for_one() -> None:
    assert has_number("tahun berapa dibentuk", "dibentuk tahun 2017")
    assert not has_number("berapa anggota forum anak", "dibentuk tahun 2017")


def test_a_question_for_a_number_is_answered_with_one() -> None:
    assert could_answer("berapa orang pesertanya", "dihadiri dua puluh peserta", "")
    assert not could_answer("berapa orang pesertanya", "(3) Peserta diatur dalam Pasal 12.", "")


def test_which_pasal_it_is_the_pasal_tells() -> None:
    assert could_answer("diatur di pasal berapa", "Pasal 12 mengatur hal itu.", "")


def test_how_many_kinds_there_are_a_list_tells_too() -> None:
    assert could_answer("berapa jenis kekerasan", "kekerasan fisik, psikis, seksual, dan penelantaran", "")


@pytest.mark.parametrize("passage", ["Luas gedung 120 m2", "SOP gedung, luasnya 40 meter persegi"])
def test_a_property_that_is_asked_for_is_in_the_passage_or_not_answered(passage: str) -> None:
    assert could_answer("luas ruang laktasi", "diatur lebih lanjut", passage)
    assert not could_answer("luas ruang laktasi", "diatur lebih lanjut", "Ruang laktasi disediakan di gedung.")


@pytest.mark.parametrize(
    "question",
    [
        "siapa kepala dinas sekarang",
        "siapa yang jadi ketua forum anak saat ini?",
        "siapa kepala UPTD PPA kota semarang sekarang",
    ],
)
def test_who_it_is_now_no_document_tells(question: str) -> None:
    assert not has_form_asked(question, "Ketua: Siti Aminah, S.H.")


@pytest.mark.parametrize(
    ("question", "tells", "does_not"),
    [
        ("prevalensi kekerasan berapa, dalam persen", "33,4 persen dari perempuan", "survei khusus mengenai kekerasan"),
        ("seberapa sering isi situs disegarkan", "satu minggu sekali", "melalui situs JDIH"),
        ("perwali itu tahun berapa", "dibentuk tahun 2018", "dibentuk oleh wali kota"),
        ("ijazah minimum penilai pajak", "minimal lulusan Program Diploma I", "nilai tanah dalam suatu zona"),
        ("apa hukuman bagi yang melanggar", "dipidana penjara paling lama 5 tahun", "wajib menjaga ketertiban"),
    ],
)
def test_some_questions_are_likely_answered_in_one_form(question: str, tells: str, does_not: str) -> None:
    assert has_likely_form(question, tells)
    assert not has_likely_form(question, does_not)
    assert has_form_asked(question, does_not)


def test_what_somebody_asks_in_brackets_is_asked() -> None:
    assert not has_form_asked("denda pelanggaran (berapa rupiah?)", "dikenai teguran tertulis")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("jam berapa puspaga buka", "Layanan dibuka 8 s.d. 15 WITA."),
        ("berapa honor pendamping per bulan", "Honor pendamping Rp500.000/bln."),
    ],
)
def test_wita_is_a_time_and_bln_a_month(question: str, text: str) -> None:
    assert has_form_asked(question, text)
