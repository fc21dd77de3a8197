"""What the doors say around a question: its form, its answer, its hits, and the summary of them."""

from collections.abc import Mapping

from kb.errors import Text

QUESTIONS: Mapping[str, Text] = {
    "ask_title": Text("Tanya dan cari", "Ask and search"),
    "ask_label": Text("Apa yang ingin Anda ketahui?", "What would you like to know?"),
    "ask_placeholder": Text(
        "Pertanyaan, kata kunci, atau nomor peraturan", "A question, keywords, or the number of a regulation"
    ),
    "ask_button": Text("Cari", "Search"),
    "ask_busy": Text("Sedang mencari…", "Searching…"),
    "ask_examples": Text("Contoh:", "For example:"),
    "filters": Text("Batasi pencarian", "Limit the search"),
    "filters_on": Text("Batasi pencarian (sedang dibatasi)", "Limit the search (limited now)"),
    "filter_kind": Text("Jenis dokumen", "Kind of document"),
    "filter_any_kind": Text("Semua jenis", "Any kind"),
    "filter_region": Text("Daerah", "Region"),
    "filter_any_region": Text("Semua daerah", "Any region"),
    "filter_from": Text("Dari tahun", "From year"),
    "filter_to": Text("Sampai tahun", "To year"),
    "filter_clear": Text("Hapus batasan", "Clear the limits"),
    "year_not_number": Text(
        "Tahun {value!r} bukan bilangan; tulis empat angka, misalnya 2021",
        "The year {value!r} is not a number; write four digits, such as 2021",
    ),
    "kind_unknown": Text("Jenis {value!r} tidak dikenal", "The kind {value!r} is unknown"),
    "answer": Text("Jawaban", "Answer"),
    "answer_note": Text(
        "Dikutip apa adanya dari dokumen. Status berlakunya hanya menurut dokumen yang ada di sini.",
        "Quoted word for word from the documents. Whether it is in force is known only from the documents here.",
    ),
    "abstained": Text(
        "Tidak ditemukan jawabannya dalam dokumen; bagian terdekat:",
        "The answer was not found in the documents; the closest passages:",
    ),
    "searched_as": Text("Dicari sebagai: {question}", "Searched as: {question}"),
    "differences": Text("Dokumen menyebut angka yang berbeda", "Documents give different numbers"),
    "differences_note": Text(
        "Periksa kutipannya: mungkin yang diatur bukan hal yang sama.",
        "Check the quotes: they may not be about the same thing.",
    ),
    "rewrite": Text("Rangkum dengan model bahasa", "Summarise with the language model"),
    "rewritten": Text("Ringkasan model bahasa", "Summary by the language model"),
    "rewritten_note": Text(
        "Ditulis program dari kutipan di atas; hanya kalimat yang menyebut kutipannya. Periksa dulu sebelum dipakai.",
        "Written by a program from the quotes above; only sentences that cite them. Check the quotes before use.",
    ),
    "rewritten_none": Text(
        "Tidak ada kalimat yang menyebut kutipannya dengan benar; pakailah kutipan di atas.",
        "No sentence cited the quotes rightly; use the quotes above.",
    ),
    "abstained_tip": Text(
        "Coba kata lain, sebut nama peraturan atau daerahnya, kurangi batasan pencarian, atau tambahkan dokumennya.",
        "Try other words, name the regulation or the region, remove limits, or add the document.",
    ),
    "unread_note": Text(
        "{n} halaman pindaian belum ikut dicari karena perlu OCR.", "{n} scanned pages are not searched: they need OCR."
    ),
    "unread_link": Text("Lihat dokumennya", "See which documents"),
    "show_all": Text("Tampilkan semua", "Show all"),
    "show_less": Text("Tampilkan sebagian", "Show less"),
    "draft_badge": Text("Rancangan: belum berlaku", "Draft: not in force"),
    "from_file_name": Text("judul dari nama berkas", "title taken from the file name"),
    "nothing": Text(
        "Tidak ada bagian dokumen yang cocok. Coba kata lain, atau kurangi batasan pencarian.",
        "No passage matches. Try other words, or fewer limits.",
    ),
    "hits": Text("Bagian dokumen yang cocok", "Matching passages"),
    "news_answered": Text(
        "Jawaban ditemukan, dengan {n} bagian yang cocok.", "An answer was found, with {n} matching passages."
    ),
    "news_abstained": Text(
        "Jawaban tidak ditemukan; {n} bagian terdekat ditampilkan.",
        "No answer was found; the {n} closest passages are shown.",
    ),
    "page_short": Text("hlm. {number}", "p. {number}"),
    "page_printed": Text("tercetak", "printed"),
    "page_last": Text("dan", "and"),
    "unread_badge": Text("{n} halaman perlu OCR", "{n} pages need OCR"),
    "copy": Text("Salin kutipan", "Copy the quote"),
    "copied": Text("Tersalin", "Copied"),
    "copy_failed": Text(
        "Tidak dapat disalin; pilih teksnya lalu tekan Ctrl+C", "Cannot copy; select it and press Ctrl+C"
    ),
    "empty_title": Text("Belum ada dokumen", "No documents yet"),
    "empty_body": Text(
        "Tambahkan peraturan, notulen, atau laporan dulu; setelah itu langsung dapat ditanyakan.",
        "Add regulations, minutes or reports first; then you can ask at once.",
    ),
    "empty_link": Text("Tambah dokumen", "Add documents"),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
