"""Made-up regulations and reports, and the readings that a reader would make of them."""

from collections.abc import Sequence

from kb.pages import Heading, Page, Reading, Verdict
from kb.sections import Section

REGULATION = """\
WALI KOTA BANJARSARI
PROVINSI TANJUNG HARAPAN
PERATURAN DAERAH KOTA BANJARSARI
NOMOR 12 TAHUN 2023
TENTANG
TAMAN BERMAIN ANAK
DENGAN RAHMAT TUHAN YANG MAHA ESA
WALI KOTA BANJARSARI,
Menimbang : a. bahwa anak memerlukan tempat bermain yang aman;
b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Peraturan
Daerah tentang Taman Bermain Anak;
Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;
2. Undang-Undang Nomor 35 Tahun 2014;
MEMUTUSKAN:
Menetapkan : PERATURAN DAERAH TENTANG TAMAN BERMAIN ANAK.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan:
1. Daerah adalah Kota Banjarsari.
2. Taman adalah lahan bermain milik Daerah.
BAB II
PENYELENGGARAAN
Bagian Kesatu
Pembangunan dan
Pemeliharaan
Pasal 2
(1) Pemerintah Daerah membangun Taman sebagaimana dimaksud dalam
Pasal 1 angka 2.
(2) Taman sebagaimana dimaksud pada ayat
(1) memuat:
a. ayunan; dan
b. pagar yang:
1. rendah; dan
2. tidak tajam.
Pasal 3
Taman dibuka setiap hari.
BAB III
KETENTUAN PENUTUP
Pasal 4
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Daerah ini.
Ditetapkan di Banjarsari
pada tanggal 7 Mei 2023
WALI KOTA BANJARSARI,
ttd
PENJELASAN
ATAS
PERATURAN DAERAH KOTA BANJARSARI
NOMOR 12 TAHUN 2023
I. UMUM
Bermain adalah hak anak.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Ayat (1)
Cukup jelas.
Ayat (2)
Huruf a
Ayunan dipasang di atas pasir.
LAMPIRAN
PERATURAN DAERAH KOTA BANJARSARI
Gambar taman.
"""

AMENDMENT = """\
PERATURAN DAERAH KOTA BANJARSARI
NOMOR 3 TAHUN 2024
TENTANG
PERUBAHAN ATAS PERATURAN DAERAH NOMOR 12 TAHUN 2023 TENTANG TAMAN BERMAIN ANAK
Menetapkan : PERATURAN DAERAH TENTANG PERUBAHAN ATAS PERATURAN DAERAH NOMOR 12 TAHUN 2023.
Pasal I
Beberapa ketentuan dalam Peraturan Daerah Nomor 12 Tahun 2023 diubah sebagai berikut:
1. Ketentuan angka 2 diubah sehingga Pasal 1 berbunyi sebagai berikut:
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan:
1. Daerah adalah Kota Banjarsari.
2. Taman adalah lahan bermain terbuka.
2. Di antara Pasal 3 dan Pasal 4 disisipkan 1 (satu) pasal, yakni
Pasal 3A yang berbunyi sebagai berikut:
Pasal 3A
(1) Taman dijaga.
(2) Penjaga dilatih.
3. Pasal 4 dihapus.
Pasal II
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
"""

MINUTES = """\
NOTULEN RAPAT
GUGUS TUGAS KABUPATEN LAYAK ANAK
Hari, tanggal: Kamis, 5 Desember 2024
Tempat: ruang rapat
Agenda
Membahas taman bermain.
Pembahasan
Pagar taman di dua kelurahan rusak.
Keputusan
Pagar diperbaiki bulan depan.
Tindak Lanjut
Dinas pertamanan menyusun anggaran.
"""


def reading(*texts: str, headings: Sequence[Heading] = (), has_pages: bool = True) -> Reading:
    """A reading of these pages; a page without letters is one that waits for OCR."""
    pages = (
        Page(number, text, Verdict.TEXT if any(map(str.isalpha, text)) else Verdict.NONE)
        for number, text in enumerate(texts, start=1)
    )
    return Reading("application/pdf" if has_pages else "text/markdown", tuple(pages), has_pages, tuple(headings))


def addresses(sections: Sequence[Section]) -> list[str]:
    """The addresses of the sections, the root's left out."""
    return [section.address for section in sections[1:]]


def at(sections: Sequence[Section], address: str) -> Section:
    """The section with this address."""
    [found] = [section for section in sections if section.address == address]
    return found


def words_of(section: Section, source: Reading) -> str:
    """The text of a section, its page breaks as line breaks."""
    texts = {page.number: page.text for page in source.pages}
    return "\n".join(texts[span.page][span.start : span.end] for span in section.spans)


def count_words(texts: Sequence[str]) -> list[int]:
    """A token counter for tests: two tokens a word, or one for four characters of a long word, and two around."""
    return [2 + sum(max(2, len(word) // 4) for word in text.split()) for text in texts]
