"""What the doors say about one provision and what stands around it."""

from collections.abc import Mapping

from kb.errors import Text

PROVISIONS: Mapping[str, Text] = {
    "provision_outline": Text("Susunan", "Outline"),
    "provision_leads": Text("Ketentuan induknya", "What leads into it"),
    "provision_text": Text("Bunyi", "Its words"),
    "provision_parts": Text("Isinya", "What it holds"),
    "provision_explanation": Text("Penjelasan", "Explanation"),
    "provision_no_explanation": Text("Tidak ada penjelasannya.", "It has no explanation."),
    "provision_explains": Text("Menjelaskan", "It explains"),
    "provision_on_page": Text("Lihat di halamannya", "See it on its page"),
    "provision_address": Text("Alamat tetap", "Permanent address"),
}
"""Sentences by key, taken into `api.language.TEXTS`."""
