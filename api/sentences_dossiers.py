"""What the doors say about dossiers and what is kept in them."""

from collections.abc import Mapping

from kb.errors import Text

DOSSIERS: Mapping[str, Text] = {
    "keep_button": Text("Simpan ke berkas", "Keep in a dossier"),
    "nav_dossier": Text("Berkas", "Dossiers"),
    "dossier_title": Text("Berkas", "Dossiers"),
    "dossier_help": Text(
        "Kumpulkan kutipan selagi mencari, urutkan dan beri catatan, lalu unduh sebagai telaahan staf atau nota dinas.",
        "Collect quotes while searching, order and comment on them, then download a staff study or an official memo.",
    ),
    "dossier_new": Text("Buat berkas baru", "Make a new dossier"),
    "dossier_name": Text("Judul berkas", "Title"),
    "dossier_form": Text("Bentuk naskah", "Form of the paper"),
    "dossier_create": Text("Buat berkas", "Make it"),
    "dossier_none": Text("Belum ada berkas.", "There are no dossiers yet."),
    "dossier_all": Text("Semua berkas", "All dossiers"),
    "dossier_changed": Text("diubah {day}", "changed {day}"),
    "dossier_words": Text("Kata-kata sendiri", "The office's own words"),
    "dossier_words_help": Text(
        "Naskah hanya memuat yang ditulis di sini, catatan Anda, dan kutipan yang cocok dengan halamannya.",
        "The paper holds only what is written here, your comments, and quotes that equal their pages.",
    ),
    "dossier_head": Text("Kepala dan penanda tangan", "Head and signature"),
    "dossier_save": Text("Simpan naskah", "Save the paper"),
    "dossier_saved": Text("Tersimpan.", "Saved."),
    "dossier_theirs": Text("Yang disimpan orang lain:", "What others saved:"),
    "dossier_items": Text("{n} kutipan", "{n} quotes"),
    "dossier_no_items": Text(
        "Belum ada kutipan. Klik Simpan ke berkas pada hasil pencarian.",
        "No quotes yet. Use Keep in a dossier on the search results.",
    ),
    "dossier_part": Text("Bagian naskah", "Part of the paper"),
    "dossier_comment": Text("Catatan (ikut ke naskah)", "Comment (goes into the paper)"),
    "dossier_item_save": Text("Simpan catatan", "Save the comment"),
    "dossier_up": Text("Naikkan", "Move up"),
    "dossier_down": Text("Turunkan", "Move down"),
    "dossier_take_out": Text("Keluarkan", "Take out"),
    "dossier_docx": Text("Unduh Word (.docx)", "Download Word (.docx)"),
    "dossier_md": Text("Unduh Markdown (.md)", "Download Markdown (.md)"),
    "dossier_still": Text("Versi baru masih memuat kata-kata ini.", "The new version still has these words."),
    "dossier_no_longer": Text(
        "Versi baru tidak lagi memuat kata-kata ini.", "The new version no longer has these words."
    ),
    "dossier_missing": Text(
        "{n} kutipan tidak dapat diperiksa dan tidak ikut ke naskah.",
        "{n} quotes cannot be checked and do not go into the paper.",
    ),
    "dossier_remove": Text("Hapus berkas", "Remove the dossier"),
    "dossier_remove_help": Text(
        "Berkas dan catatannya dihapus; dokumennya tetap ada.",
        "The dossier and its comments are removed; the documents stay.",
    ),
    "dossier_remove_button": Text("Ya, hapus berkas ini", "Yes, remove this dossier"),
    "keep_title": Text("Simpan ke berkas", "Keep in a dossier"),
    "keep_where": Text("Berkas", "Dossier"),
    "keep_new": Text("Berkas baru, berjudul", "A new dossier, with the title"),
    "keep_save": Text("Simpan", "Keep"),
    "keep_no_place": Text(
        "Pilih berkas, atau tulis judul berkas baru.", "Choose a dossier, or give a new one a title."
    ),
    "keep_done": Text("Kutipan tersimpan.", "The quote is kept."),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
