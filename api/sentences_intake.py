"""What the doors say about jobs, sources, removed documents and copies."""

from collections.abc import Mapping

from kb.errors import Text

INTAKE: Mapping[str, Text] = {
    "jobs_title": Text("Pekerjaan", "Jobs"),
    "jobs_lead": Text(
        "Berkas yang sedang dan sudah dimasukkan. Halaman ini boleh ditutup; pekerjaan jalan terus.",
        "Files on their way in. This page may be closed; the work goes on.",
    ),
    "jobs_counts": Text(
        "{waiting} antre, {running} dikerjakan, {done} selesai, {failed} gagal, {cancelled} dibatalkan",
        "{waiting} waiting, {running} running, {done} done, {failed} failed, {cancelled} cancelled",
    ),
    "jobs_all": Text("Lihat semua pekerjaan", "See all jobs"),
    "jobs_none": Text("Belum ada pekerjaan.", "No jobs yet."),
    "jobs_failed": Text("Berkas yang gagal masuk", "Files that did not go in"),
    "jobs_retry_all": Text("Coba lagi semua", "Try all again"),
    "job_antre": Text("Antre", "Waiting"),
    "job_berjalan": Text("Dikerjakan", "Running"),
    "job_selesai": Text("Selesai", "Done"),
    "job_gagal": Text("Gagal", "Failed"),
    "job_batal": Text("Dibatalkan", "Cancelled"),
    "job_page": Text("halaman {page} dari {n}", "page {page} of {n}"),
    "job_reading": Text("sedang dibaca", "being read"),
    "job_retry": Text("Coba lagi", "Try again"),
    "job_cancel": Text("Batalkan", "Cancel"),
    "job_forget": Text("Hapus dari daftar", "Take off the list"),
    "job_document": Text("Buka dokumen", "Open the document"),
    "column_job": Text("Berkas", "File"),
    "column_reason": Text("Keterangan", "Remarks"),
    "column_do": Text("Tindakan", "Actions"),
    "upload_received": Text("{name}: sudah diterima dan masuk antrean.", "{name}: received and queued."),
    "cli_worked": Text("{n} pekerjaan dikerjakan", "{n} jobs worked at"),
    "cli_queue": Text("Memasukkan", "Taking in"),
    "nav_sources": Text("Sumber", "Sources"),
    "sources_title": Text("Folder yang diikuti", "Watched folders"),
    "sources_lead": Text(
        "Berkas dalam folder ini masuk sendiri: yang baru, berubah, berganti nama, dan dihapus ikut diperbarui setiap "
        "{minutes} menit. Folder jaringan boleh.",
        "Files in these folders come in by themselves: new, changed, renamed and removed ones are followed every "
        "{minutes} minutes. Network shares are fine.",
    ),
    "sources_none": Text("Belum ada folder yang diikuti.", "No folder is watched yet."),
    "source_folder": Text("Folder di server", "Folder on the server"),
    "source_add": Text("Ikuti folder ini", "Watch this folder"),
    "source_remove": Text("Berhenti mengikuti", "Watch no longer"),
    "source_sync": Text("Lihat sekarang", "Look now"),
    "source_never": Text("belum pernah dilihat", "not looked into yet"),
    "source_files": Text("{n} berkas", "{n} files"),
    "source_last": Text("Terakhir dilihat", "Last looked into"),
    "source_sound": Text("Baik", "Fine"),
    "synced": Text(
        "{folder}: {n_new} baru, {n_changed} berubah, {n_moved} pindah, {n_removed} dihapus, {n_unchanged} sama",
        "{folder}: {n_new} new, {n_changed} changed, {n_moved} moved, {n_removed} removed, {n_unchanged} unchanged",
    ),
    "source_added": Text("{folder} mulai diikuti.", "{folder} is watched from now on."),
    "removed_title": Text("Dokumen yang dihapus", "Removed documents"),
    "removed_lead": Text(
        "Tidak lagi dicari atau ditampilkan. Sampai tanggalnya dapat dikembalikan, sesudah itu hilang selamanya.",
        "Neither searched nor shown. Until their date they can be brought back, after it they are gone for good.",
    ),
    "removed_link": Text("Dokumen yang dihapus ({n})", "Removed documents ({n})"),
    "removed_none": Text("Tidak ada dokumen yang dihapus.", "No document is removed."),
    "removed_until": Text("dapat dikembalikan sampai {day}", "can be brought back until {day}"),
    "removed_undo": Text("Kembalikan", "Bring back"),
    "removed_erase": Text("Hapus selamanya", "Delete for good"),
    "removed_back": Text("{name} sudah dikembalikan.", "{name} is back."),
    "removed_erased": Text("{name} sudah dihapus selamanya.", "{name} is deleted for good."),
}
