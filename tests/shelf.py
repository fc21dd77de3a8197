"""A few made-up documents, small enough to know by heart, and a library of them with the toy embedder."""

from pathlib import Path

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.questions import Filters, Query

PERDA_SEMARANG = """\
PERATURAN DAERAH KOTA SEMARANG
NOMOR 2 TAHUN 2021
TENTANG
KOTA LAYAK ANAK
DENGAN RAHMAT TUHAN YANG MAHA ESA
WALI KOTA SEMARANG,
Menimbang : a. bahwa gugus tugas kota layak anak perlu dibentuk untuk anak di daerah;
Mengingat : 1. Undang-Undang Nomor 35 Tahun 2014;
MEMUTUSKAN:
Menetapkan : PERATURAN DAERAH TENTANG KOTA LAYAK ANAK.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan anak adalah orang yang belum berusia 18 tahun.
BAB II
GUGUS TUGAS
Pasal 2
(1) Wali Kota membentuk gugus tugas kota layak anak di daerah setiap lima tahun.
(2) Gugus tugas bersidang di balai kota paling sedikit dua kali dalam setahun.
Pasal 3
Setiap kelurahan menyediakan taman bermain yang aman dan ramah bagi anak penyandang disabilitas.
BAB III
KETENTUAN PENUTUP
Pasal 4
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Semarang
pada tanggal 7 Mei 2021
WALI KOTA SEMARANG,
ttd
PENJELASAN
ATAS
PERATURAN DAERAH KOTA SEMARANG
NOMOR 2 TAHUN 2021
I. UMUM
Anak adalah amanah yang harus dijaga oleh keluarga, masyarakat dan pemerintah daerah.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Cukup jelas.
"""

PERDA_SURAKARTA = (
    PERDA_SEMARANG.replace("SEMARANG", "SURAKARTA")
    .replace("Semarang", "Surakarta")
    .replace("NOMOR 2 TAHUN 2021", "NOMOR 4 TAHUN 2019")
    .replace("paling sedikit dua kali", "paling sedikit empat kali")
)

UU = """\
UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 35 TAHUN 2014
TENTANG
PERLINDUNGAN ANAK
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
Menimbang : a. bahwa negara menjamin kesejahteraan tiap warga negara;
MEMUTUSKAN:
Menetapkan : UNDANG-UNDANG TENTANG PERLINDUNGAN ANAK.
Pasal 1
Dalam Undang-Undang ini yang dimaksud dengan keluarga adalah unit terkecil dalam masyarakat.
Pasal 2
Setiap pengaduan pelecehan dicatat oleh petugas lembaga layanan pada hari yang sama.
Pasal 3
Undang-Undang ini mulai berlaku pada tanggal diundangkan.
"""

NOTULEN = """\
NOTULEN RAPAT
GUGUS TUGAS KABUPATEN LAYAK ANAK
Hari, tanggal: Kamis, 5 Desember 2024
Tempat: ruang rapat
Pembahasan
Pagar taman bermain di dua kelurahan rusak dan lampunya padam.
Keputusan
Pagar taman bermain diperbaiki oleh Dinas Pertamanan sebelum Maret 2025.
"""

FILES = {
    "semarang.txt": PERDA_SEMARANG,
    "surakarta.txt": PERDA_SURAKARTA,
    "uu.txt": UU,
    "notulen.txt": NOTULEN,
}


def fill(library: Library, folder: Path) -> None:
    """Take in every document."""
    for name, text in FILES.items():
        file = folder / name
        file.write_text(text, "utf-8")
        library.ingestion.ingest(file)


def named(library: Library, name: str) -> Document:
    """The document of this file."""
    [found] = [document for document in library.documents(LOCAL_ADMIN) if document.name == name]
    return found


def asked(text: str, k: int = 10, **limits: object) -> Query:
    """A question of the one person at this machine; limits: fields of `Filters`."""
    return Query(text, LOCAL_ADMIN, Filters(**limits), k)  # type: ignore[arg-type]
