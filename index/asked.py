"""What a question asks for by its form, a number, a share, an amount, a length of time, and whether a text has it."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Form:
    """How it is asked for, and how what answers is written."""

    asked: re.Pattern[str]
    written: re.Pattern[str]


def _form(asked: str, written: str) -> _Form:
    return _Form(re.compile(rf"(?<!\w)(?:{asked})(?!\w)", re.IGNORECASE), re.compile(written, re.IGNORECASE))


_HOW_MANY: Final = r"(?:berapa(?:kah)?|brp)"
_IN_WORDS: Final = (
    r"(?:\d|\bsatu\b|\bdua\b|\btiga\b|\bempat\b|\blima\b|\benam\b|\btujuh\b|\bdelapan\b|\bsembilan\b|puluh|belas)"
)
_MONEY: Final = r"(?:biaya|anggaran|dana|honor\w*|denda|tarif|harga|upah|gaji|insentif|rupiah|pagu|uang)(?:nya)?"

_PHONE: Final = r"\d(?:[ \-().]?\d){5,}|\b1(?:10|12|19|29)\b"
"""A number of six digits and more, or one of those to call in need."""

FORMS: Final = (
    _form(rf"{_HOW_MANY} persen\w*|persentase(?:nya)? {_HOW_MANY}", r"%|persen|per ?seratus"),
    *(
        _form(rf"{_HOW_MANY} {unit}", rf"{_IN_WORDS}[^.;]{{0,40}}\b{unit}\b")
        for unit in ("hari", "jam", "menit", "bulan", "tahun", "minggu")
    ),
    _form(
        rf"(?:umur|usia)(?:nya)? {_HOW_MANY}|{_HOW_MANY} (?:umur|usia)", rf"{_IN_WORDS}[^.;]{{0,40}}\b(?:tahun|bulan)\b"
    ),
    _form(
        rf"{_HOW_MANY}(?: (?:besar|jumlah|total)(?:nya)?)? {_MONEY}|{_MONEY} {_HOW_MANY}(?! persen)",
        r"\brp|rupiah|\d{1,3}(?:\.\d{3})+|\d{5,}|\b(?:juta|mili?ar)\b",
    ),
    _form(r"nomor (?:telepon|telpon|telp|hp|kontak|hotline|wa|whatsapp)|no\.? ?(?:telepon|telp|hp|wa)", _PHONE),
    _form(r"(?:alamat )?(?:e-?mail|surel)(?:nya)?", r"\S@\S"),
)
"""What is written in a form that a text either has or has not; a date or a number of people may be told in many."""

_ASKS_NUMBER: Final = re.compile(
    r"(?<!\w)(berapa|berapakah|kapan|kapankah|jumlah|tanggal|umur|nilai|persen|how (?:many|much|long|old)|when|amount|"
    r"percentage)(?!\w)",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"\(\d+[a-z]?\)|\b(?:pasal|ayat|angka|huruf|nomor|bab)\s+\S+", re.IGNORECASE)


def asks_number(question: str) -> bool:
    """Whether a number, a date or an amount is asked for."""
    return _ASKS_NUMBER.search(question) is not None


def has_number(text: str) -> bool:
    """Whether a text has a number that may answer: not only that of an ayat, or of a provision it points to."""
    return any(map(str.isdigit, _REFERENCE.sub(" ", text)))


def has_form_asked(question: str, text: str) -> bool:
    """Whether a text has something in the form that the question asks for; so has any where it asks for none."""
    return all(form.written.search(text) for form in FORMS if form.asked.search(question))
