"""Some questions ask for something that a text can only tell in one form."""

import pytest

from index.asked import has_form_asked, has_number


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
    ],
)
def test_a_text_answers_only_in_the_form_that_is_asked_for(question: str, answers: str, does_not: str) -> None:
    assert has_form_asked(question, answers)
    assert not has_form_asked(question, does_not)


@pytest.mark.parametrize("question", ["siapa ketua forum anak", "kapan perda ini berlaku", "berapa orang pesertanya"])
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
    assert not has_number(text)
    assert has_number(f"{text} Paling sedikit 15 orang.")
