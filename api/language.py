"""Every sentence that the doors say, in Indonesian and English, and which of the two a reader wants."""

import re
from collections.abc import Mapping
from enum import StrEnum

from api.sentences_identities import IDENTITIES
from api.sentences_intake import INTAKE
from api.sentences_law import LAW
from api.sentences_records import RECORDS
from api.sentences_scans import SCANS
from kb.documents import Kind
from kb.errors import Text


class Language(StrEnum):
    """The two languages of the product; Indonesian comes first."""

    ID = "id"
    EN = "en"


LANGUAGES = frozenset(language.value for language in Language)


def pick(text: Text, language: Language) -> str:
    """`text` in `language`."""
    return text.en if language is Language.EN else text.id


def say(language: Language, key: str, **values: object) -> str:
    """The sentence `key` in `language`, its `{name}` places filled from `values`."""
    return pick(TEXTS[key], language).format(**values)


_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]{1,32})?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")


def negotiate(accept_language: str, otherwise: Language) -> Language:
    """The language of ours that an `Accept-Language` header ranks highest, or `otherwise`.

    Source: RFC 9110 section 12.5.4; what does not parse is skipped.
    """
    best, weight = otherwise, 0.0
    for part in accept_language[:200].split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            continue
        name, q = found[1].lower(), float(found[2] or 1)
        if name in ("id", "in") and q > weight:
            best, weight = Language.ID, q
        elif name == "en" and q > weight:
            best, weight = Language.EN, q
    return best


KINDS: Mapping[Kind, Text] = {
    Kind.UUD: Text("Undang-Undang Dasar", "Constitution (UUD)"),
    Kind.UU: Text("Undang-Undang (UU)", "Law (UU)"),
    Kind.PERPPU: Text("Peraturan Pemerintah Pengganti UU (Perppu)", "Emergency law (Perppu)"),
    Kind.PP: Text("Peraturan Pemerintah (PP)", "Government regulation (PP)"),
    Kind.PERPRES: Text("Peraturan Presiden (Perpres)", "Presidential regulation (Perpres)"),
    Kind.PERMEN: Text("Peraturan Menteri (Permen)", "Ministerial regulation (Permen)"),
    Kind.PERDA: Text("Peraturan Daerah (Perda)", "Regional regulation (Perda)"),
    Kind.PERGUB: Text("Peraturan Gubernur (Pergub)", "Governor's regulation (Pergub)"),
    Kind.PERBUP: Text("Peraturan Bupati (Perbup)", "Regent's regulation (Perbup)"),
    Kind.PERWAL: Text("Peraturan Wali Kota (Perwal)", "Mayor's regulation (Perwal)"),
    Kind.RAPERDA: Text("Rancangan peraturan (Raperda)", "Draft regulation"),
    Kind.SK: Text("Keputusan (SK)", "Decree (SK)"),
    Kind.SE: Text("Surat Edaran (SE)", "Circular (SE)"),
    Kind.STUDI_TIRU: Text("Laporan studi tiru", "Study-visit report"),
    Kind.NOTULEN: Text("Notulen rapat", "Minutes of a meeting"),
    Kind.SOP: Text("SOP", "Standard operating procedure (SOP)"),
    Kind.LAPORAN_KINERJA: Text("Laporan kinerja", "Performance report"),
    Kind.LAINNYA: Text("Lainnya", "Other"),
}
"""What staff call each kind of document."""

TEXTS: Mapping[str, Text] = {
    # Every page
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
    # Ask and search
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
    "tune_mining": Text("Menggali pasangan latihan dari dokumen", "Mining pairs from the documents"),
    "tune_training": Text("Melatih", "Training"),
    "tune_measuring": Text("Mengukur sebelum dan sesudahnya", "Measuring before and after"),
    "tune_installing": Text("Memasang dan menyusun ulang vektor", "Installing and embedding anew"),
    "tune_embedding": Text("Menyusun ulang vektor", "Embedding anew"),
    "tune_pairs": Text(
        "{pairs} pasangan dipelajari, {questions} disisihkan untuk mengukur",
        "{pairs} pairs learned from, {questions} held back to measure by",
    ),
    "tune_own": Text(
        "Dokumen kantor: nDCG@10 {before} menjadi {after}", "The office's documents: nDCG@10 {before} to {after}"
    ),
    "tune_sample": Text(
        "Contoh bawaan: nDCG@10 {before} menjadi {after}", "Bundled sample: nDCG@10 {before} to {after}"
    ),
    "tune_kept": Text("Dipasang. Kembali dengan `kb tune --undo`.", "Installed. Go back with `kb tune --undo`."),
    "tune_dropped": Text("Tidak dipasang: tidak lebih baik.", "Not installed: it is no better."),
    "tune_undone": Text("Model bawaan dipakai lagi.", "The shipped model is used again."),
    "tune_nothing": Text("Model bawaan memang sedang dipakai.", "The shipped model is in use already."),
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
    "cli_no_rewriter": Text("KB_REWRITER_URL belum diisi", "KB_REWRITER_URL is not set"),
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
    "page_printed": Text("hlm. {number} (tercetak {label})", "p. {number} (printed {label})"),
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
    # Precedents
    "nav_precedent": Text("Preseden", "Precedents"),
    "provision_outline": Text("Susunan", "Outline"),
    "provision_leads": Text("Ketentuan induknya", "What leads into it"),
    "provision_text": Text("Bunyi", "Its words"),
    "provision_parts": Text("Isinya", "What it holds"),
    "provision_explanation": Text("Penjelasan", "Explanation"),
    "provision_no_explanation": Text("Tidak ada penjelasannya.", "It has no explanation."),
    "provision_explains": Text("Menjelaskan", "It explains"),
    "provision_on_page": Text("Lihat di halamannya", "See it on its page"),
    "provision_address": Text("Alamat tetap", "Permanent address"),
    "precedent_title": Text("Mencari preseden", "Finding precedents"),
    "precedent_help": Text(
        "Tempel konsep pasal; Acuan mencari ketentuan terdekat di peraturan lain dan menunjukkan beda katanya.",
        "Paste a draft article; Acuan finds the nearest provisions elsewhere and shows how the words differ.",
    ),
    "precedent_label": Text("Konsep klausul atau pokok yang diatur", "Draft clause, or what it is to be about"),
    "precedent_button": Text("Cari preseden", "Find precedents"),
    "precedent_of_hit": Text("Cari preseden ketentuan ini", "Find precedents of this provision"),
    "precedent_none": Text(
        "Tidak ada ketentuan yang dekat. Coba tanpa batasan daerah, atau tambahkan peraturannya.",
        "No provision is near. Try without a region, or add regulations.",
    ),
    "precedent_found": Text("{n} peraturan terdekat", "The {n} nearest regulations"),
    "precedent_same": Text("{percent} % kata sama", "{percent} % of the words the same"),
    "precedent_whole": Text("{label} seutuhnya", "The whole of {label}"),
    "passage": Text("Bagian naskah", "Passage"),
    "national": Text("Pusat", "National"),
    "difference_title": Text("Beda kata dengan konsep", "Difference from the draft, word by word"),
    "difference_legend": Text("Cara membaca beda kata:", "How to read the difference:"),
    "difference_deleted": Text("hanya di konsep", "only in the draft"),
    "difference_inserted": Text("hanya di ketentuan itu", "only in that provision"),
    "matrix_title": Text("Matriks topik dan daerah", "Matrix of topics and regions"),
    "matrix_link_title": Text("Bandingkan daerah dalam matriks", "Compare regions in a matrix"),
    "matrix_help": Text(
        "Tiap sel memuat ketentuan terdekat dari daerah itu; kosong bila tidak ada yang cukup dekat.",
        "Each cell holds the nearest provision of that region; it stays empty where none is near enough.",
    ),
    "matrix_topics": Text("Topik, satu tiap baris", "Topics, one a line"),
    "matrix_regions": Text("Daerah (kosong berarti semua)", "Regions (none means all)"),
    "matrix_button": Text("Susun matriks", "Make the matrix"),
    "matrix_docx": Text("Unduh Word (.docx)", "Download Word (.docx)"),
    "matrix_xlsx": Text("Unduh Excel (.xlsx)", "Download Excel (.xlsx)"),
    "matrix_topic": Text("Topik", "Topic"),
    "matrix_none": Text("–", "–"),
    "matrix_sheet": Text("Matriks", "Matrix"),
    "matrix_sources": Text("Kutipan", "Citations"),
    "matrix_number": Text("No.", "No."),
    "matrix_citation": Text("Sumber", "Source"),
    "matrix_quote": Text("Bunyi", "Text"),
    "matrix_link": Text("Tautan", "Link"),
    "keep_button": Text("Simpan ke berkas", "Keep in a dossier"),
    # Dossiers
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
    # Problems of the door itself
    "problem_validation": Text("Permintaan tidak sah", "The request is not valid"),
    "problem_validation_detail": Text(
        "permintaan: {n} bagian tidak sah; perbaiki yang disebut dalam `errors`",
        "request: {n} parts are not valid; correct those named in `errors`",
    ),
    "problem_404": Text("Alamat tidak ada", "No such address"),
    "problem_405": Text("Cara meminta tidak tersedia di alamat ini", "This method is not available here"),
    "problem_413": Text("Kiriman terlalu besar", "The request is too large"),
    "problem_413_detail": Text(
        "kiriman: lebih dari {mib} MB; kirim berkas yang lebih kecil atau naikkan KB_MAX_MIB",
        "request: more than {mib} MB; send a smaller file or raise KB_MAX_MIB",
    ),
    "problem_host": Text("Nama host tidak dikenal", "Unknown host name"),
    "problem_host_detail": Text(
        "Host: server ini tidak bernama demikian; buka lewat 127.0.0.1 atau tambahkan namanya pada KB_HOST",
        "Host: this server does not go by that name; use 127.0.0.1 or add the name to KB_HOST",
    ),
    "problem_origin": Text("Permintaan dari situs lain ditolak", "A request from another site was refused"),
    "problem_origin_detail": Text(
        "Origin: perubahan hanya diterima dari halaman server ini sendiri; ulangi dari halaman itu",
        "Origin: changes are only taken from this server's own page; repeat it there",
    ),
    "problem_http": Text("Permintaan gagal", "The request failed"),
    "problem_500": Text("Kesalahan tak terduga", "Unexpected error"),
    "problem_500_detail": Text(
        "server: kesalahan tak terduga, sudah dicatat; ulangi, dan bila tetap gagal laporkan catatan server",
        "server: an unexpected error, now in the log; try again, and if it stays, report the server's log",
    ),
    # Command line
    "cli_reading": Text("Membaca", "Reading"),
    "cli_embedding": Text("Menyusun ulang vektor", "Embedding again"),
    "cli_ingested": Text(
        "{n_new} dokumen masuk, {n_replaced} diganti, {n_unchanged} sama, {n_refused} ditolak",
        "{n_new} documents added, {n_replaced} replaced, {n_unchanged} unchanged, {n_refused} refused",
    ),
    "cli_remove_sure": Text("Hapus {names} dan semua versinya?", "Remove {names} and all versions?"),
    "cli_removed": Text("{name} sudah dihapus", "{name} is removed"),
    "cli_corrected": Text("{name} sudah diperbaiki", "{name} is corrected"),
    "cli_sound": Text("Tidak ada yang rusak.", "Nothing is broken."),
    "cli_defects": Text(
        "{n} kerusakan; jalankan `kb reindex` atau pulihkan cadangan",
        "{n} defects; run `kb reindex` or restore a backup",
    ),
    "cli_reindexed": Text("{n} bagian disusun ulang", "{n} passages embedded again"),
    "cli_evaluating": Text("Mengukur", "Measuring"),
    "cli_none": Text("Tidak ada yang cocok.", "Nothing matches."),
    "cli_serving": Text(
        "Acuan siap di {address} (Ctrl+C untuk berhenti)", "Acuan is ready at {address} (Ctrl+C stops it)"
    ),
    "usage_help": Text("lihat `{command} --help`", "see `{command} --help`"),
    "usage_missing": Text("{name} belum ditulis", "{name} is missing"),
    "usage_no_command": Text("perintah {name} tidak ada", "there is no command {name}"),
    "usage_no_option": Text("opsi {name} tidak ada", "there is no option {name}"),
    "usage_choice": Text("{name}: pilih salah satu dari {choices}", "{name}: choose one of {choices}"),
    "usage_range": Text(
        "{name}: tulis bilangan dari {low} sampai {high}", "{name}: write a number from {low} to {high}"
    ),
    "usage_number": Text("{name}: tulis bilangan bulat", "{name}: write a whole number"),
    "cli_interrupted": Text("Dihentikan; yang sudah selesai tetap tersimpan.", "Stopped; what was finished is kept."),
    "cli_kept": Text("butir {item} tersimpan di berkas {number}", "item {item} is kept in dossier {number}"),
    "cli_written": Text("{name} sudah ditulis", "{name} is written"),
    "cli_home": Text("Folder data", "Data folder"),
    "cli_documents": Text("Dokumen", "Documents"),
    "cli_pages": Text("Halaman", "Pages"),
    "cli_unread": Text("Halaman perlu OCR", "Pages that need OCR"),
    "cli_passages": Text("Bagian", "Passages"),
    "cli_model": Text("Model", "Model"),
    "cli_change": Text("Nomor perubahan", "Change number"),
    "cli_size": Text("Ukuran gudang", "Size of the store"),
    **INTAKE,
    **IDENTITIES,
    **LAW,
    **SCANS,
    **RECORDS,
}
"""The sentences, by key; a test fails for one that nothing says."""
