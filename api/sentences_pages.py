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
    "error_404_title": Text("Alamat tidak ada", "No such address"),
    "error_404": Text("Alamat ini tidak ada.", "There is nothing at this address."),
    "error_405_title": Text("Tidak ada yang dapat dibuka di sini", "There is nothing to open here"),
    "error_405": Text(
        "Alamat ini hanya menerima isian dari halaman lain. Kembali ke halaman itu, lalu tekan tombolnya lagi.",
        "This address only takes what another page sends. Go back to that page and press its button again.",
    ),
    "error_422_title": Text("Isian tidak dapat dipakai", "What was typed cannot be used"),
    "error_422": Text(
        "Alamat atau isian ini tidak dapat dipakai. Kembali ke halaman sebelumnya, perbaiki isinya, lalu coba lagi.",
        "This address, or what was typed, cannot be used. Go back to the page before, correct it and try again.",
    ),
    "error_400_title": Text("Isian tidak terbaca", "What was sent cannot be read"),
    "error_400": Text(
        "Yang dikirim tidak sampai dengan utuh. Kembali ke halaman sebelumnya, lalu coba lagi.",
        "What was sent did not arrive whole. Go back to the page before and try again.",
    ),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
