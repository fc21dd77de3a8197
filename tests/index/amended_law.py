"""A made-up law about gardens, two that amend it and one that carries it out, cut as the store would hold them."""

from index.training.amending import versions
from index.training.regulation import Body, Regulation
from ingest.passages import split
from ingest.relations import read_legal
from ingest.structure import outline
from kb.documents import Kind, Metadata
from kb.pages import Page, Reading, Verdict
from tests.index.playing_law import few_tokens

GARDENS = """UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 9 TAHUN 2030
TENTANG
KEBUN WARGA
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
Menimbang:
a. bahwa anak muda di kota jarang melihat sayuran tumbuh sehingga tanah kosong perlu ditanami bersama tetangga;
b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu membentuk Undang-Undang tentang Kebun Warga;
MEMUTUSKAN:
Menetapkan: UNDANG-UNDANG TENTANG KEBUN WARGA.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Undang-Undang ini yang dimaksud dengan:
1. Kebun Warga adalah tanah kosong yang ditanami sayuran bersama tetangga oleh anak muda di kota.
2. Juru Kebun adalah orang yang menyiram tanaman setiap pagi dan mencatat panen dalam buku besar.
BAB II
TUJUAN
Pasal 2
Kebun Warga bertujuan agar anak muda di kota melihat sayuran tumbuh di tanah kosong yang ditanami bersama tetangga.
BAB III
AIR DAN ALAT
Pasal 3
(1) Juru Kebun mengambil air hujan dari bak penampungan di belakang balai pertemuan.
(2) Cangkul, sekop, dan gerobak disimpan di gudang yang dikunci setiap malam oleh ketua kelompok.
Pasal 4
Ketentuan lebih lanjut mengenai pupuk kandang dan benih unggul diatur dengan Peraturan Pemerintah.
Pasal 5
Hasil panen dibagi sama banyak kepada seluruh penggarap pada hari Minggu pertama.
Pasal 6
Ketua kelompok mengajak anak muda melihat sayuran tumbuh pada hari libur sekolah.
Pasal 7
Undang-Undang ini mulai berlaku pada tanggal diundangkan agar anak muda di kota jarang melihat sayuran tumbuh.
"""

FIRST = """UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 4 TAHUN 2033
TENTANG
PERUBAHAN ATAS UNDANG-UNDANG NOMOR 9 TAHUN 2030 TENTANG KEBUN WARGA
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
Menimbang:
a. bahwa gudang tempat menyimpan cangkul dan gerobak sering dibuka pencuri pada malam hari;
MEMUTUSKAN:
Menetapkan: UNDANG-UNDANG TENTANG PERUBAHAN ATAS UNDANG-UNDANG NOMOR 9 TAHUN 2030 TENTANG KEBUN WARGA.
Pasal I
Beberapa ketentuan dalam Undang-Undang Nomor 9 Tahun 2030 tentang Kebun Warga diubah sebagai berikut:
1. Ketentuan Pasal 1 diubah sehingga berbunyi sebagai berikut:
Pasal 1
Dalam Undang-Undang ini yang dimaksud dengan:
1. Balai adalah rumah pertemuan tempat tetangga menyimpan buku besar panen.
2. Kebun Warga adalah tanah kosong yang ditanami sayuran bersama tetangga oleh anak muda di kota.
3. Juru Kebun adalah orang yang menyiram tanaman setiap sore dan mencatat panen dalam telepon genggam.
2. Ketentuan Pasal 3 diubah sehingga berbunyi sebagai berikut:
Pasal 3
(1) Juru Kebun mengambil air hujan dari bak penampungan di belakang balai pertemuan.
(2) Cangkul, sekop, dan gerobak disimpan di gudang berpagar kawat yang dijaga setiap malam oleh satpam.
3. Di antara Pasal 4 dan Pasal 5 disisipkan 1 (satu) pasal, yakni Pasal 4A sehingga berbunyi sebagai berikut:
Pasal 4A
Pupuk kandang dicampur jerami kering selama tiga minggu sebelum ditebar di bedengan.
4. Ketentuan Pasal 5 diubah sehingga berbunyi sebagai berikut:
Pasal 5
Kelompok yang menebang pohon pelindung membayar denda kepada bendahara kecamatan.
5. Pasal 6 dihapus.
Pasal II
Undang-Undang ini mulai berlaku pada tanggal diundangkan.
"""

SECOND = """UNDANG-UNDANG REPUBLIK INDONESIA
NOMOR 2 TAHUN 2036
TENTANG
PERUBAHAN KEDUA ATAS UNDANG-UNDANG NOMOR 9 TAHUN 2030 TENTANG KEBUN WARGA
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
MEMUTUSKAN:
Menetapkan: UNDANG-UNDANG TENTANG PERUBAHAN KEDUA ATAS UNDANG-UNDANG NOMOR 9 TAHUN 2030 TENTANG KEBUN WARGA.
Pasal I
Beberapa ketentuan dalam Undang-Undang Nomor 9 Tahun 2030 tentang Kebun Warga diubah sebagai berikut:
1. Ketentuan Pasal 4A diubah sehingga berbunyi sebagai berikut:
Pasal 4A
Pupuk kandang dicampur sekam bakar selama dua bulan sebelum ditebar di bedengan.
Pasal II
Undang-Undang ini mulai berlaku pada tanggal diundangkan.
"""

SEEDS = """PERATURAN PEMERINTAH REPUBLIK INDONESIA
NOMOR 7 TAHUN 2031
TENTANG
PUPUK KANDANG DAN BENIH UNGGUL
DENGAN RAHMAT TUHAN YANG MAHA ESA
PRESIDEN REPUBLIK INDONESIA,
Menimbang:
bahwa untuk melaksanakan ketentuan Pasal 4 dan Pasal 5 Undang-Undang Nomor 9 Tahun 2030 tentang Kebun Warga, perlu \
menetapkan Peraturan Pemerintah tentang Pupuk Kandang dan Benih Unggul;
MEMUTUSKAN:
Menetapkan: PERATURAN PEMERINTAH TENTANG PUPUK KANDANG DAN BENIH UNGGUL.
Pasal 1
Benih unggul diuji di kebun percobaan.
"""

_NAMES = {
    GARDENS: (Kind.UU, "Kebun Warga", "9", 2030),
    FIRST: (Kind.UU, "Perubahan atas Undang-Undang Nomor 9 Tahun 2030 tentang Kebun Warga", "4", 2033),
    SECOND: (Kind.UU, "Perubahan Kedua atas Undang-Undang Nomor 9 Tahun 2030 tentang Kebun Warga", "2", 2036),
    SEEDS: (Kind.PP, "Pupuk Kandang dan Benih Unggul", "7", 2031),
}


def named(work):
    """The id of the law that a text names."""
    return f"{work.form.value}-{work.year}-{work.number}"


def body(text):
    """One of the laws, and what it says of others."""
    kind, title, number, year = _NAMES[text]
    pages = (Page(1, text, Verdict.TEXT),)
    sections = outline(Reading("text/plain", pages, has_pages=False), kind)
    relations = read_legal(sections, pages, Metadata(kind, title, number, year)).relations
    short = {Kind.UU: "Undang-Undang", Kind.PP: "Peraturan Pemerintah"}[kind]
    name = f"{short} Nomor {number} Tahun {year} tentang {title}"
    passages = split(sections, pages, few_tokens, 512)
    changed = versions(sections, relations, named)
    return Body(Regulation(f"{kind.value}-{year}-{number}", name, pages, sections, passages, changed)), relations
