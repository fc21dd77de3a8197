"""What the doors say about documents: their list, their facts, their pages."""

from collections.abc import Mapping

from kb.errors import Text

DOCUMENTS: Mapping[str, Text] = {
    # A page of a document
    "page_title": Text("Halaman {number} dari {n}", "Page {number} of {n}"),
    "page_image": Text("Gambar halaman {number} dari {name}", "Image of page {number} of {name}"),
    "document_unread": Text(
        "Dokumen ini belum dapat dicari: tidak ada teks yang terbaca di dalamnya. Bila ini pindaian, buat berkas"
        " berteks dengan OCR, lalu ganti berkasnya di bawah.",
        "This document cannot be searched yet: no text could be read in it. If it is a scan, make a file with text"
        " by OCR, and replace the file below.",
    ),
    "previous": Text("Halaman sebelumnya", "Previous page"),
    "next": Text("Halaman berikutnya", "Next page"),
    "quote": Text("Kutipan", "Quote"),
    "quote_none": Text("Tidak ada yang ditandai di halaman ini.", "Nothing is marked on this page."),
    "page_text": Text("Teks halaman ini", "The text of this page"),
    "document_text": Text("Isi dokumen", "The text of the document"),
    "original": Text("Berkas asli", "Original file"),
    "bigger": Text("Perbesar gambar", "Larger image"),
    "about_document": Text("Tentang dokumen ini", "About this document"),
    "old_version": Text(
        "Ini versi lama; dokumen sudah diganti dengan yang lebih baru.",
        "This is an old version; the document has since been replaced.",
    ),
    "old_version_link": Text("Buka versi sekarang", "Open the current version"),
    # Documents
    "documents_title": Text("Dokumen", "Documents"),
    "documents_count": Text("{n} dokumen", "{n} documents"),
    "documents_none": Text("Belum ada dokumen.", "There are no documents yet."),
    "upload_title": Text("Tambah dokumen", "Add documents"),
    "upload_label": Text("Pilih satu atau beberapa berkas", "Choose one or more files"),
    "upload_help": Text(
        "PDF dan pindaian, Word, Excel, PowerPoint, ODT, RTF, surel, gambar, ZIP, HTML, atau teks; paling besar"
        " {mib} MB tiap berkas.",
        "PDF and scans, Word, Excel, PowerPoint, ODT, RTF, mail, pictures, ZIP, HTML or text; at most {mib} MB each.",
    ),
    "upload_button": Text("Tambahkan", "Add"),
    "upload_busy": Text(
        "Sedang membaca berkas; dokumen tebal perlu beberapa detik.", "Reading; thick ones take seconds."
    ),
    "upload_nothing": Text("Belum ada berkas yang dipilih.", "No file was chosen."),
    "upload_new": Text("{name}: sudah masuk, {n} halaman.", "{name}: added, {n} pages."),
    "upload_new_flow": Text("{name}: sudah masuk.", "{name}: added."),
    "upload_replaced": Text("{name}: versi baru sudah menggantikan yang lama.", "{name}: replaced by the new version."),
    "upload_unchanged": Text("{name}: sudah ada, isinya sama persis.", "{name}: already there, with the same content."),
    "upload_unread": Text(
        "{n} halaman perlu OCR dan belum dapat dicari.", "{n} pages need OCR and cannot be searched yet."
    ),
    "column_name": Text("Dokumen", "Document"),
    "column_kind": Text("Jenis", "Kind"),
    "column_number": Text("Nomor/tahun", "Number/year"),
    "column_region": Text("Daerah", "Region"),
    "column_pages": Text("Halaman", "Pages"),
    "column_state": Text("Keadaan", "State"),
    "column_when": Text("Ditambahkan", "Added"),
    "state_ready": Text("Siap dicari", "Ready"),
    "state_partial": Text("Sebagian: {n} halaman perlu OCR", "Partly: {n} pages need OCR"),
    "state_unread": Text("Perlu OCR: belum dapat dicari", "Needs OCR: cannot be searched yet"),
    "refusals_title": Text("Berkas yang ditolak", "Refused files"),
    "refusals_help": Text(
        "Berkas ini tidak masuk. Alasan dan yang perlu dilakukan tertulis di sini.",
        "These files were not taken in. The reason and what to do are written here.",
    ),
    # One document
    "facts": Text("Keterangan", "Facts"),
    "fact_title": Text("Judul", "Title"),
    "fact_number": Text("Nomor", "Number"),
    "fact_year": Text("Tahun", "Year"),
    "fact_issuer": Text("Penerbit", "Issued by"),
    "fact_date": Text("Tanggal", "Date"),
    "fact_file": Text("Berkas", "File"),
    "fact_versions": Text("Versi", "Versions"),
    "unknown": Text("tidak diketahui", "unknown"),
    "corrected": Text("diperbaiki tangan", "corrected by hand"),
    "outline": Text("Daftar isi", "Outline"),
    "outline_none": Text("Tidak ada daftar isi yang terbaca.", "No outline could be read."),
    "open_first": Text("Baca dari halaman pertama", "Read from the first page"),
    "correct_title": Text("Perbaiki keterangan", "Correct the facts"),
    "correct_help": Text(
        "Terbaca dari dokumennya; perbaiki bila keliru. Perbaikan tetap dipakai bila berkas diganti.",
        "Read from the document itself; correct what is wrong. Corrections stay when the file is replaced.",
    ),
    "correct_button": Text("Simpan perbaikan", "Save the correction"),
    "correct_done": Text("Perbaikan tersimpan.", "The correction is saved."),
    "correct_bad": Text("{field}: {value!r} tidak dapat dipakai.", "{field}: {value!r} cannot be used."),
    "replace_title": Text("Ganti berkas", "Replace the file"),
    "replace_help": Text(
        "Versi lama disimpan; pencarian memakai versi baru.", "The old version is kept; search uses the new one."
    ),
    "replace_label": Text("Berkas pengganti", "The new file"),
    "replace_button": Text("Ganti", "Replace"),
    "replace_done": Text("Berkas sudah diganti.", "The file is replaced."),
    "replace_same": Text("Isinya sama persis; tidak ada yang berubah.", "It has the same content; nothing changed."),
    "remove_title": Text("Hapus dokumen", "Remove the document"),
    "remove_help": Text(
        "Dokumen ini dan semua versinya tidak lagi dicari atau ditampilkan. Dalam masa tenggang dapat dikembalikan.",
        "This document with all its versions is no longer searched or shown. It can be brought back for a while.",
    ),
    "remove_button": Text("Ya, hapus dokumen ini", "Yes, remove this document"),
    "remove_done": Text("{name} sudah dihapus.", "{name} is removed."),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
