"""How texts spell the forms of regulations, "Peraturan Daerah", "perda", as one list for all who read them."""

import re

from kb.documents import Kind
from kb.legal import KIND_OF_FORM, Form

_LAW = r"Undang\s?[-.]?\s?undang(?:an)?"
FORMS: tuple[tuple[Form, str], ...] = (
    (
        Form.UUD,
        rf"{_LAW} Dasar(?: Negara)?(?: Republik Indonesia)?(?: Tahun)?(?: 1945| Sementara)?(?: Republik Indonesia)?",
    ),
    (
        Form.KITAB,
        rf"Kitab {_LAW} Hukum (?:Acara )?(?:Pidana|Perdata|Dagang|Sipil)(?: Militer)?|\bKUH(?:A?P|Perdata|Pidana)\b",
    ),
    (Form.PERPPU, rf"Peraturan Pemerintah Pengganti {_LAW}|Perp(?:p?u)\b"),
    (
        Form.TAP_MPR,
        r"Ketetapan (?:Majelis Permusyawaratan Rakyat|MPR)(?:[ -]?S\b| Sementara)?(?: Republik Indonesia)?|TAP MPR",
    ),
    (Form.UU_DARURAT, rf"{_LAW} Darurat"),
    (Form.UU, rf"{_LAW}|UU\b"),
    (Form.PP, r"Peraturan Pemerintah\b|PP\b"),
    (Form.PERPRES, r"Peraturan Presiden\b|Perpres\b"),
    (Form.PENPRES, r"Penetapan Presiden\b"),
    (Form.KEPPRES, r"Keputusan Presiden\b|Keppres\b"),
    (Form.INPRES, r"Instruksi Presiden\b|Inpres\b"),
    (
        Form.PERMEN,
        r"Peraturan (?:Bersama )?(?=Menteri|Kepala|Badan|Lembaga|Jaksa|Mahkamah|Komisi|Otoritas|Arsip|Kepolisian|Dewan)"
        r"|Permen(?=dagri)",
    ),
    (Form.KEPMEN, r"Keputusan (?:Bersama )?(?=Menteri|Kepala|Jaksa|Mahkamah|Ketua)"),
    (Form.PERDA, r"Peraturan Daerah\b|Perda\b|Qanun\b"),
    (Form.PERGUB, r"Peraturan Gubernur\b|Pergub\b"),
    (Form.PERBUP, r"Peraturan Bupati\b|Perbup\b"),
    (Form.PERWAL, r"Peraturan Wal[ilt]\s?ko[tl]a\b|Perwali?\b"),
    (Form.KEPUTUSAN, r"Keputusan (?=Gubernur|Bupati|Wal[ilt]\s?ko[tl]a)"),
)
"""Each form with the pattern of its name, for any case, what others begin with after them."""

_SAID = {Form.PERMEN: r"Permen\w*|"}
"""Names that running text does not use of a form, but titles and questions do."""

KIND_WORDS = "|".join(f"(?P<{form.name}>{_SAID.get(form, '')}{words})" for form, words in FORMS if form in KIND_OF_FORM)
"""A pattern, for any case, of the name of a kind of document; the group that matches is named as its form."""

_KIND = re.compile(rf"(?<![\w-])(?:{KIND_WORDS})", re.I)


def kind_named(text: str) -> Kind | None:
    """The first kind of regulation that a text names, None where it names none."""
    found = _KIND.search(text)
    return KIND_OF_FORM[Form[found.lastgroup]] if found and found.lastgroup else None
