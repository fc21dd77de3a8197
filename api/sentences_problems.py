"""What the doors say when a request itself is wrong, or fails."""

from collections.abc import Mapping

from kb.errors import Text

PROBLEMS: Mapping[str, Text] = {
    "problem_validation": Text("Permintaan tidak sah", "The request is not valid"),
    "problem_validation_detail": Text(
        "permintaan: {n} bagian tidak sah; perbaiki yang disebut dalam `errors`",
        "request: {n} parts are not valid; correct those named in `errors`",
    ),
    "problem_404": Text("Alamat tidak ada", "No such address"),
    "problem_404_detail": Text(
        "alamat: tidak ada di server ini; lihat daftarnya di /api/v1/openapi.json",
        "address: not on this server; see those there are in /api/v1/openapi.json",
    ),
    "problem_405": Text("Cara meminta tidak tersedia di alamat ini", "This method is not available here"),
    "problem_405_detail": Text(
        "alamat: tidak menerima cara ini; pakai yang disebut dalam `Allow`",
        "address: it does not take this method; use one that `Allow` names",
    ),
    "problem_413": Text("Kiriman terlalu besar", "The request is too large"),
    "problem_413_detail": Text(
        "kiriman: lebih dari {mib} MB; kirim lebih sedikit sekaligus",
        "request: more than {mib} MB; send less at a time",
    ),
    "problem_413_files_detail": Text(
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
    "problem_http_detail": Text(
        "permintaan: tidak terbaca; periksa bentuk dan panjang isinya, lalu ulangi",
        "request: it cannot be read; check the form and the length of its body, and repeat it",
    ),
    "problem_500": Text("Kesalahan tak terduga", "Unexpected error"),
    "problem_500_detail": Text(
        "server: kesalahan tak terduga, sudah dicatat; ulangi, dan bila tetap gagal laporkan catatan server",
        "server: an unexpected error, now in the log; try again, and if it stays, report the server's log",
    ),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
