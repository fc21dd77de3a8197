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
    r"(?:\d|\bsatu\b|\bdua\b|\btiga\b|\bempat\b|\blima\b|\benam\b|\btujuh\b|\bdelapan\b|\bsembilan\b|\bse(?:puluh|belas|"
    r"ratus|ribu|tengah|pertiga)\b|puluh|belas)"
)
_MONEY: Final = (
    r"(?:biaya|anggaran|dana|honor\w*|denda|tarif|harga|upah|gaji|insentif|rupiah|pagu|uang|nominal|santunan|plafon|"
    r"modal|hibah|tunjangan)(?:nya)?"
)
_NO_AMOUNT: Final = r"(?:persen|lama|kali|orang|anak|korban|hari|jam|menit|minggu|bulan|tahun|tanggal|pasal|ayat|nomor)"
"""What is counted or named where somebody asks "berapa", though money is spoken of."""

_AFTER_NO_UNIT: Final = r"(?<!lama )(?<!hari )(?<!bulan )(?<!tahun )(?<!tanggal )(?<!pasal )(?<!ayat )"
_WORDS_BETWEEN: Final = r"(?: (?!persen)[\w/]+){0,4}"
_TERM: Final = r"(?:batas waktu|tenggat|jangka waktu|masa (?:jabatan|tugas|kerja|berlaku))(?:nya)?"
_UNIT_OF_TIME: Final = r"\b(?:menit|jam|hari|minggu|bulan|tahun)\b"

_PHONE: Final = r"\d(?:[ \-().\u2013]*\d){5,}|\b1(?:10|12|19|29)\b"
"""A number of six digits and more, or one of those to call in need."""

_NOW: Final = r"(?:sekarang|saat ini|skrg)"
_POST: Final = r"(?:ketua|kepala|kabid|sekretaris|bendahara|bupati|wali ?kota|gubernur|menteri|presiden|camat|direktur)"
_BY_MONTH: Final = r"(?:(?:per|tiap|setiap) ?bulan|sebulan)(?:nya)?"
_CASES: Final = r"(?:kasus|korban|laporan|pengaduan)(?:nya)?"
_DATE: Final = (
    r"\b\d{1,2}\s+(?:jan|feb|peb|mar|apr|mei|jun|jul|agu|sep|okt|nop|nov|des)|"
    r"\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2}|\btanggal\s+\d"
)
_COUNTED_BY_NAMING: Final = r"(?:macam|jenis|unsur|kelompok|kategori|aspek|komponen|tahap\w*|seksi|bidang|sub\w*)"
"""Of how many kinds there are, a list tells too."""

FORMS: Final = (
    _form(rf"{_HOW_MANY} persen\w*|persentase(?:nya)? {_HOW_MANY}", r"%|persen|per ?seratus"),
    *(
        _form(rf"{_HOW_MANY} {unit}", rf"{_IN_WORDS}[^.;]{{0,40}}\b{unit}\b")
        for unit in ("hari", "jam", "menit", "bulan", "tahun", "minggu")
    ),
    _form(
        rf"{_HOW_MANY} lama|lama(?:nya)? {_HOW_MANY}|(?:^|(?:apa|kapan|{_HOW_MANY}) ){_TERM}|"
        rf"{_TERM}(?: \w+){{0,4}} {_HOW_MANY}",
        rf"{_IN_WORDS}[^.;]{{0,40}}{_UNIT_OF_TIME}|\bsekali\b|seumur hidup|sewaktu-waktu|sejak|sampai|selama|tanggal",
    ),
    _form(
        rf"(?:umur|usia)(?:nya)? {_HOW_MANY}|{_HOW_MANY} (?:umur|usia)", rf"{_IN_WORDS}[^.;]{{0,40}}\b(?:tahun|bulan)\b"
    ),
    _form(
        rf"(?:{_HOW_MANY}|tiap|setiap) (?:\w+ )?kali|(?:tiap|setiap) {_HOW_MANY}",
        r"\bkali\b|\b(?:se)?tiap\b|\bsekali\b",
    ),
    _form(
        rf"{_HOW_MANY}(?! {_NO_AMOUNT}){_WORDS_BETWEEN} {_MONEY}|"
        rf"{_MONEY}{_WORDS_BETWEEN} {_AFTER_NO_UNIT}{_HOW_MANY}(?! {_NO_AMOUNT})",
        r"\brp|rupiah|\d{1,3}(?:\.\d{3})+|\b(?:ribu|juta|mili?ar|gratis|cuma-cuma)\b|tidak dipungut",
    ),
    _form(
        rf"(?:{_MONEY}|nominal|besaran)(?: [\w/]+){{0,8}} {_BY_MONTH}|{_BY_MONTH}(?: \w+){{0,4}} {_MONEY}",
        r"bulan|\bbln\b",
    ),
    _form(
        rf"{_HOW_MANY}(?: banyak| jumlah| total)? {_CASES}|jumlah {_CASES}",
        rf"{_IN_WORDS}[^.;]{{0,60}}{_CASES}|(?:{_CASES}|jumlah)[^.;]{{0,60}}{_IN_WORDS}",
    ),
    _form(rf"(?:tanggal|tgl) {_HOW_MANY}|{_HOW_MANY} tanggal", _DATE),
    _form(rf"(?:jam|pukul) {_HOW_MANY}", r"\bpukul\b|\bjam\s+\d|\b\d{1,2}[.:]\d{2}\b|\bwi(?:b|t|ta)\b"),
    _form(r"(?:nomor|no\.?) (?:telepon|telpon|telp|hp|kontak|darurat|wa|whatsapp)(?:nya)?|hotline", _PHONE),
    _form(r"(?:alamat )?(?:e-?mail|surel)(?:nya)?", r"\S@\S"),
    _form(
        r"(?:^|(?:apa|di ?mana|mana|minta) )alamat(?:nya)?(?! (?:e-?mail|surel|situs|web\w*))|alamat (?:kantor|dinas)",
        r"\bjl\b|\bjalan\b|\balamat\b|\bno\.|\bkm\b|\bgedung\b",
    ),
    _form(r"kode pos(?:nya)?", r"(?<!\d)\d{5}(?!\d)"),
    _form(r"(?:nomor|no\.?) rekening(?:nya)?", r"(?:\d[ \-.]?){8,}"),
    _form(
        rf"siapa\w*(?: \w+){{0,3}} {_POST}(?: \w+){{0,6}} {_NOW}|{_POST}(?: \w+){{0,6}} {_NOW}(?: \w+){{0,2}} siapa",
        r"(?!)",
    ),
)
"""What is written in a form that a text either has or has not; a date may be told in many.

The last is written in none: who it is now, no document tells that was made before.
"""

_LIKELY: Final = (
    _form(r"persen\w*", r"%|persen|per ?seratus"),
    _form(r"se(?:berapa )?sering", r"\bkali\b|\b(?:se)?tiap\b|\bsekali\b|berkala|sewaktu-waktu"),
    _form(rf"tahun {_HOW_MANY}(?! (?:hari|orang|persen))", r"(?<!\d)(?:19|20)\d\d(?!\d)"),
    _form(
        r"lulusan|ijazah|pendidikan(?:nya)? (?:minimal|minimum|apa)",
        r"lulusan|ijazah|sarjana|diploma|\bs-?1\b|\bsm[ap]\b",
    ),
    _form(
        r"(?:sanksi|hukuman|ancaman|denda)(?:nya)?|dihukum|dipidana",
        r"pidana|penjara|kurungan|denda|sanksi|hukum|teguran|peringatan|pencabutan|pemberhentian",
    ),
)
"""Forms in which it is likely told: a text without them may answer too, but one that has them answers sooner."""

_NUMBER: Final = _form(
    rf"(?<!pasal )(?<!ayat )(?<!nomor )(?<!bab )(?<!angka ){_HOW_MANY}(?! {_COUNTED_BY_NAMING})|persentase",
    rf"{_IN_WORDS}|\b(?:se)?tiap\b|\bsekali\b|\bgratis\b|\bnihil\b|seumur|seluruh",
)

_NAMED: Final = {
    name: re.compile(rf"(?<!\w)(?:{written})", re.IGNORECASE)
    for name, written in {
        "merek": "mer[ek]k",
        "hadiah": "hadiah|penghargaan|reward|uang pembinaan",
        "vendor": "vendor|penyedia|rekanan|pihak ketiga",
        "skor": "skor|nilai",
        "predikat": "predikat|kategori|peringkat|nilai",
        "luas": "luas|hektar|ha\\b|m2|meter persegi",
        "jarak": "jarak|meter|km\\b|radius",
        "kuota": "kuota|jumlah|paling banyak",
        "warna": "warna",
        "ukuran": "ukuran|meter|cm\\b|luas",
    }.items()
}
"""Properties of a thing, and how a text names them that tells one: a thing without it may be told at length."""

_ASKS_NAMED: Final = re.compile(rf"(?<!\w)({'|'.join(_NAMED)})(?:nya)?(?!\w)", re.IGNORECASE)
_ASKS_NUMBER: Final = re.compile(
    r"(?<!\w)(berapa|berapakah|kapan|kapankah|jumlah|tanggal|umur|nilai|persen|how (?:many|much|long|old)|when|amount|"
    r"percentage)(?!\w)",
    re.IGNORECASE,
)
_ASKS_DATE: Final = re.compile(r"(?<!\w)(?:kapan\w*|tahun|thn|tanggal|tgl|when|year|date)(?!\w)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REFERENCE: Final = re.compile(
    r"\(\d+[a-z]?\)|\b(?:pasal|ayat|huruf|bab)\s+\S+|\bnomor\s+\d+\s+tahun\s+\d{4}|"
    r"\b(?:nomor|angka)\s+\d{1,2}\b(?![.,]\d|\s*%)|^\s*\d+[.)]\s|\bSK No \d+ ?[A-Z]?\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A number that points to a provision, counts an item, or is stamped below a page of the state gazette."""


def asks_number(question: str) -> bool:
    """Whether a number, a date or an amount is asked for."""
    return _ASKS_NUMBER.search(question) is not None


def has_number(question: str, text: str) -> bool:
    """Whether a text has a number that may answer.

    That of an ayat, or of a provision it points to, answers nothing, nor does a year unless one is asked for.
    """
    told = _REFERENCE.sub(" ", text)
    return any(map(str.isdigit, told if _ASKS_DATE.search(question) else _YEAR.sub(" ", told)))


def has_form_asked(question: str, text: str) -> bool:
    """Whether a text has something in each form that the question asks for; so has any where it asks for none.

    question: as it was mended, with nothing explained: what the thesaurus adds asks for nothing.
    """
    told = _REFERENCE.sub(" ", text)
    return all(form.written.search(told) for form in FORMS if form.asked.search(question))


def has_likely_form(question: str, text: str) -> bool:
    """Whether a text has something in each form that what is asked is likely told in."""
    told = _REFERENCE.sub(" ", text)
    return all(form.written.search(told) for form in _LIKELY if form.asked.search(question))


def could_answer(question: str, quote: str, passage: str) -> bool:
    """Whether a quote has what any answer has: the form asked for, and a number where one is asked for.

    passage: all that the quote stands in, with its headings and title: it must speak of a property that is asked for.
    """
    if not has_form_asked(question, quote):
        return False
    if _NUMBER.asked.search(question) and not _NUMBER.written.search(_REFERENCE.sub(" ", quote)):
        return False
    return all(_NAMED[name.casefold()].search(passage) for name in _ASKS_NAMED.findall(question))
