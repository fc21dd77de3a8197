"""What only the command line says."""

from collections.abc import Mapping

from kb.errors import Text

COMMANDS: Mapping[str, Text] = {
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
    "cli_no_rewriter": Text("KB_REWRITER_URL belum diisi", "KB_REWRITER_URL is not set"),
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
}
"""Sentences by key, taken into `api.language.TEXTS`."""
