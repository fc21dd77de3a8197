"""What the doors say about precedents, and about the matrix of topics and regions."""

from collections.abc import Mapping

from kb.errors import Text

PRECEDENTS: Mapping[str, Text] = {
    "nav_precedent": Text("Preseden", "Precedents"),
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
}
"""Sentences by key, taken into `api.language.TEXTS`."""
