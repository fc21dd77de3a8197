"""What every page says, whatever it is about."""

from collections.abc import Mapping

from kb.errors import Text

PAGES: Mapping[str, Text] = {
    "name": Text("Acuan", "Acuan"),
    "tagline": Text("Peraturan dan laporan, dijawab dengan kutipannya", "Regulations and reports, answered by quoting"),
    "skip": Text("Langsung ke isi", "Skip to content"),
    "nav": Text("Menu utama", "Main menu"),
    "nav_search": Text("Tanya & cari", "Ask & search"),
    "nav_documents": Text("Dokumen", "Documents"),
    "other_language": Text("English", "Bahasa Indonesia"),
    "footer": Text(
        "Setiap kutipan dicocokkan dengan halaman aslinya. Tidak ada yang dikirim keluar dari komputer ini.",
        "Every quote is compared with its page. Nothing is sent out of this computer.",
    ),
    "unreachable": Text(
        "Server tidak menjawab; periksa apakah Acuan masih berjalan, lalu ulangi.",
        "The server does not answer; check that Acuan is still running, then try again.",
    ),
    "error_home": Text("Kembali ke halaman tanya", "Back to the question page"),
    "error_404": Text("Alamat ini tidak ada.", "There is nothing at this address."),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
