"""The sentences about hidden identities and about backups."""

from collections.abc import Mapping

from kb.errors import Text

IDENTITIES: Mapping[str, Text] = {
    "identity_badge": Text("Ada identitas yang ditutup: {n}", "Hidden identities: {n}"),
    "identity_title": Text("Identitas yang ditutup: {n}", "Hidden identities: {n}"),
    "identity_none": Text("Tidak ada yang ditutup dalam dokumen ini.", "Nothing is hidden in this document."),
    "identity_help": Text(
        "Nama anak, korban, dan saksi, NIK, telepon, rekening, dan nomor perkara ditutup di mana pun.",
        "Names of children, victims and witnesses, NIK, telephones, accounts and case numbers are hidden everywhere.",
    ),
    "identity_reveal": Text("Tampilkan yang ditutup", "Show what is hidden"),
    "identity_revealed": Text(
        "Sedang ditampilkan. Pembukaan dicatat; jangan disebarkan.",
        "Shown now. The opening is logged; do not pass it on.",
    ),
    "identity_release": Text("Bukan identitas, buka", "No identity, show it"),
    "identity_release_one": Text("Bukan identitas, buka: nomor {n}", "No identity, show it: number {n}"),
    "identity_moved": Text(
        "Tidak ada yang dibuka: bagian itu sudah terbuka atau dokumennya berubah. Daftar di bawah ini yang terbaru.",
        "Nothing was opened: that part is open already, or the document changed. The list below is the newest.",
    ),
    "identity_column": Text("No.", "No."),
    "identity_column_page": Text("Halaman", "Page"),
    "identity_column_text": Text("Di dalam teks", "In the text"),
    "identity_add": Text("Nama atau nomor lain yang harus ditutup", "Another name or number to hide"),
    "identity_everywhere": Text("di semua dokumen", "in every document"),
    "identity_hide": Text("Tutup", "Hide"),
    "identity_done": Text("Keputusan disimpan; {n} dokumen diperbarui.", "The ruling is kept; {n} documents changed."),
    "identity_page": Text(
        "Halaman ini memuat identitas yang ditutup (█).", "This page holds identities that are hidden (█)."
    ),
    "identity_page_reveal": Text("Baca halaman ini tanpa tutup", "Read this page unmasked"),
    "identity_no_picture": Text(
        "Gambar halaman ini tidak ditampilkan: letak identitas di dalamnya tidak diketahui. Teksnya di bawah.",
        "The picture of this page is not shown: where identities stand in it is not known. Its text is below.",
    ),
    "identity_original": Text(
        "Berkas asli memuat identitas; pengambilannya dicatat.", "The original identifies people; taking it is logged."
    ),
    "identity_rulings": Text("Keputusan kantor", "Rulings of the office"),
    "identity_revoke": Text("Batalkan", "Take back"),
    "identity_ruled_buka": Text("boleh tampil", "may be shown"),
    "identity_ruled_tutup": Text("harus ditutup", "must be hidden"),
    "identity_back": Text("Kembali ke halaman bertutup", "Back to the masked page"),
    "cli_verifying": Text("Memeriksa", "Verifying"),
    "cli_backed_up": Text(
        "{file}: {n_documents} dokumen, {n_originals} berkas asli, {mib} MiB; sudah dibaca ulang dan cocok. "
        "Simpan di tempat terkunci: isinya memuat identitas yang ditutup.",
        "{file}: {n_documents} documents, {n_originals} originals, {mib} MiB; read back and right. "
        "Keep it locked away: it holds the identities that are hidden.",
    ),
    "cli_restored": Text(
        "{home}: {n_documents} dokumen, {n_originals} berkas asli dipulihkan",
        "{home}: {n_documents} documents, {n_originals} originals restored",
    ),
    "cli_aside": Text("Yang lama utuh di {folder}", "The old one is whole in {folder}"),
    "cli_exported": Text(
        "{folder}: {n_documents} dokumen, {n_originals} berkas asli, {mib} MiB",
        "{folder}: {n_documents} documents, {n_originals} originals, {mib} MiB",
    ),
    "cli_export_whole": Text(
        "Ekspor ini memuat identitas yang ditutup; untuk dibagikan, pakai --masked.",
        "This export holds the identities that are hidden; to give it away, use --masked.",
    ),
    "cli_settling": Text("Memeriksa identitas", "Guarding identities"),
    "cli_identity_none": Text("Tidak ada yang ditutup.", "Nothing is hidden."),
    "cli_identity_changed": Text("{n} dokumen diperbarui", "{n} documents changed"),
}
