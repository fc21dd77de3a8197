"""A made-up law about playing, small enough to know by heart, cut as the store would hold it."""

from hypothesis import strategies as st

from index.training.regulation import Regulation
from ingest.passages import split
from ingest.structure import outline
from kb.documents import Kind
from kb.pages import Page, Reading, Span, Verdict

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

PASAL_2 = 4
"""The place of its passage among those of the law."""


def regulation(*texts):
    """The regulation on pages of these texts."""
    pages = tuple(Page(number, text, Verdict.TEXT) for number, text in enumerate(texts, 1))
    sections = outline(Reading("text/plain", pages, has_pages=len(pages) > 1), Kind.UU)
    passages = split(sections, pages, few_tokens, 512)
    return Regulation("uu-2030-99", "Undang-Undang tentang Permainan Anak", pages, sections, passages)


@st.composite
def places(draw):
    """The law with a page break anywhere, one of its passages, and a place in it: a span that it holds whole."""
    cut = draw(st.integers(1, len(LAW) - 1))
    law = regulation(LAW[:cut], LAW[cut:])
    i = draw(st.integers(0, len(law.passages) - 1))
    held = draw(st.sampled_from(law.passages[i].spans))
    start = draw(st.integers(held.start, held.end - 1))
    return law, i, Span(held.page, start, draw(st.integers(start, held.end)))


def few_tokens(texts):
    """A stand-in for an embedder's counter."""
    return [len(text) // 3 for text in texts]
