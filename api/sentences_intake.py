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
}
