"""A made-up law about playing, small enough to know by heart, cut as the store would hold it."""

from index.training.regulation import Regulation
from ingest.passages import split
from ingest.structure import outline
from kb.documents import Kind
from kb.pages import Page, Reading, Verdict

LAW = """UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 99 TAHUN 2030
TENTANG
PERMAINAN ANAK
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
Menimbang:
a. bahwa anak memerlukan waktu untuk bermain;
MEMUTUSKAN:
Menetapkan: UNDANG-UNDANG TENTANG PERMAINAN ANAK.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Undang-Undang ini yang dimaksud dengan:
1. Taman Bermain adalah ruang terbuka yang disediakan bagi anak untuk bermain dengan aman tanpa bayaran.
2. Pengelola adalah orang yang merawat ruang terbuka itu setiap hari.
BAB II
PEMELIHARAAN RUANG BERMAIN
Pasal 2
(1) Pengelola wajib memeriksa alat permainan sekurang-kurangnya satu kali dalam satu bulan.
(2) Alat permainan yang rusak ditutup bagi anak sampai diperbaiki oleh petugas yang ditunjuk bupati.
Pasal 3
Setiap orang yang dengan sengaja merusak alat permainan di Taman Bermain, dipidana dengan pidana kurungan.
PENJELASAN
I. UMUM
Anak bermain di mana-mana.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Ayat (1)
Pemeriksaan berkala mencegah kecelakaan yang menimpa balita saat memanjat perosotan.
Ayat (2)
Cukup jelas.
Pasal 3
Cukup jelas.
"""


def regulation(*texts):
    """The regulation on pages of these texts."""
    pages = tuple(Page(number, text, Verdict.TEXT) for number, text in enumerate(texts, 1))
    sections = outline(Reading("text/plain", pages, has_pages=len(pages) > 1), Kind.UU)
    passages = split(sections, pages, few_tokens, 512)
    return Regulation("uu-2030-99", "Undang-Undang tentang Permainan Anak", pages, sections, passages)


def few_tokens(texts):
    """A stand-in for an embedder's counter."""
    return [len(text) // 3 for text in texts]
