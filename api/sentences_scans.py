"""What the doors say about scanned pages, tables, and files inside files."""

from collections.abc import Mapping

from kb.errors import Text

SCANS: Mapping[str, Text] = {
    "verdict_teks": Text("teks", "text"),
    "verdict_ocr-baik": Text("OCR baik", "good OCR"),
    "verdict_ocr-meragukan": Text("OCR meragukan", "doubtful OCR"),
    "verdict_perlu-ocr": Text("perlu OCR", "needs OCR"),
    "verdict_gagal": Text("gagal dibaca", "could not be read"),
    "verdict_kosong": Text("kosong", "blank"),
    "verdict_dikoreksi": Text("dikoreksi", "corrected by hand"),
    "verdict_sure": Text("{verdict} ({percent} %)", "{verdict} ({percent} %)"),
    "notice_ocr-baik": Text(
        "Teks halaman ini dibaca dari gambar (OCR) dan dapat salah baca; cocokkan kutipannya dengan gambar.",
        "The text of this page was read from a picture (OCR) and may be misread; compare the quote with the image.",
    ),
    "notice_ocr-meragukan": Text(
        "Teks halaman ini meragukan: banyak kata yang tidak terbaca dengan yakin. Cocokkan dengan gambar, lalu perbaiki"
        " di bawah bila keliru.",
        "The text of this page is doubtful: many words were not read with confidence. Compare it with the image and"
        " correct it below where it is wrong.",
    ),
    "notice_perlu-ocr": Text(
        "Halaman ini hanya gambar (pindaian): belum ada teksnya, jadi tidak dapat dicari atau dikutip.",
        "This page is only an image (a scan): it has no text yet, so it cannot be searched or quoted.",
    ),
    "notice_gagal": Text(
        "Halaman ini gambar yang tidak terbaca, jadi tidak dapat dicari atau dikutip. Teksnya dapat ditulis di bawah.",
        "This page is an image that could not be read, so it cannot be searched or quoted. Type its text below.",
    ),
    "notice_dikoreksi": Text(
        "Teks halaman ini sudah diperbaiki tangan.", "The text of this page was corrected by hand."
    ),
    "notice_kosong": Text("Halaman ini kosong.", "This page is blank."),
    "reason_tanpa-mesin-ocr": Text(
        "Tesseract dengan bahasa Indonesia belum terpasang di komputer server; minta pengelola memasangnya.",
        "Tesseract with Indonesian is not installed on the server; ask the operator to install it.",
    ),
    "reason_ocr-dimatikan": Text("OCR dimatikan oleh pengelola (KB_OCR).", "OCR is switched off (KB_OCR)."),
    "reason_ocr-terlalu-lama": Text("Membacanya terlalu lama.", "Reading it took too long."),
    "reason_mesin-ocr-gagal": Text("OCR gagal pada halaman ini.", "OCR failed on this page."),
    "reason_tanpa-kata": Text("Tidak ada kata yang ditemukan di gambarnya.", "No words were found in the image."),
    "reason_lapisan-diganti": Text(
        "Teks bawaan berkasnya rusak, jadi halaman dibaca ulang dari gambarnya.",
        "The text that came with the file is garbage, so the page was read again from its image.",
    ),
    "reason_lapisan-buruk": Text(
        "Teks bawaan berkasnya kurang baik, dan membaca ulang tidak lebih baik.",
        "The text that came with the file is poor, and reading it again was no better.",
    ),
    "reason_lapisan-tidak-urut": Text(
        "Teks bawaan berkasnya tidak urut dari atas ke bawah, dan membaca ulang tidak lebih baik.",
        "The text that came with the file does not run from top to bottom, and reading it again was no better.",
    ),
    "container_note": Text(
        "Berkas ini hanya wadah: isinya masuk sebagai dokumen sendiri-sendiri.",
        "This file only holds others: each of them is a document of its own.",
    ),
    "members_title": Text("Berkas di dalamnya", "Files inside"),
    "check_pages": Text("Halaman yang perlu diperiksa", "Pages to look at"),
    "state_doubtful": Text("Siap; {n} halaman meragukan", "Ready; {n} pages doubtful"),
    "correct_page_title": Text("Perbaiki teks halaman ini", "Correct the text of this page"),
    "correct_page_help": Text(
        "Tulis persis seperti di gambar. Perbaikan tetap dipakai bila berkas yang sama dimasukkan lagi; kutipan lama"
        " tetap terbuka seperti semula.",
        "Type exactly what the image shows. The correction stays when the same file comes in again; old quotes still"
        " open as they were.",
    ),
    "correct_page_button": Text("Simpan teks halaman", "Save the text of the page"),
    "row_header": Text("Kepala tabel:", "Header of the table:"),
    "page_of_sheet": Text("Lembar {label}", "Sheet {label}"),
}
