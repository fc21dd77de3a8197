"""Names beside the words that say whose they are: "korban an. …", "saksi …", "… binti …", "anak dari …"."""

import re
from collections.abc import Iterator

from ingest.identity.reading import Sureness, read_list, read_name, run_before
from ingest.identity.vocabulary import OFFICES, ROLES, is_common, is_place
from kb.identity import Found, IdentityKind

_I = re.IGNORECASE
_B = r"[^\S\n]"
_ANNOUNCED = re.compile(
    rf"(?:\b(?:ber)?inisial\b|\b(?:yang{_B}+)?bernama\b(?:{_B}+lengkap\b)?|\batas{_B}+nama\b|\ba\.?{_B}?n\.|\ban\.|\ba/n\b\.?|\ban\b)"
    rf"{_B}*:?{_B}*",
    _I,
)
_ROLE = re.compile(rf"(?<!\w)(?:{ROLES})(?!\w)", _I)
_ROLE_REACH = 70

_LABELLED = re.compile(
    r"(?<!\w)(?:(?:nama|inisial|identitas)(?:[^\S\n]+(?:lengkap|inisial|asli))?[^\S\n]*/?[^\S\n]*(?:inisial[^\S\n]+)?"
    r"(?:anak[^\S\n]+)?(?:korban|anak|saksi|pelapor|klien|penyintas|terlapor|pelaku|tersangka|ibu|ayah|bapak|orang[^\S\n]?tua|wali"
    r"|sisw[ai]|suami|istri|pengadu|penerima[^\S\n]manfaat|bayi|balita)(?:[^\S\n]+(?:kandung|korban|anak|saksi|tiri|asuh))?)"
    r"(?:[^\S\n]*\([^)\n]{0,20}\))?[^\S\n]*(?P<colon>[:=])?[^\S\n]*",
    _I,
)
_PLAIN_NAME = re.compile(r"(?m)^[^\S\n]*(?:[\da-z][.)][^\S\n]*)?nama(?:[^\S\n]+lengkap)?[^\S\n]*[:=][^\S\n]*", _I)
_SENSITIVE_FORM = re.compile(
    r"\bkorban|jenis kasus|kronologi|(?:jenis|bentuk|mengalami) kekerasan|pelapor|terlapor"
    r"|identitas (?:anak|klien|saksi|korban)|data (?:anak|korban)"
    r"|penelantaran|pencabulan|hubungan dengan (?:korban|pelaku)",
    _I,
)
_OFFICIAL_FORM = re.compile(r"\b(?:NIP|jabatan|pangkat|golongan|instansi|unit|satuan kerja)\b", _I)
_FORM_REACH = 160

_BESIDE = re.compile(
    r"(?<!\w)(?:para[^\S\n]+|anak[^\S\n]+)?"
    r"(?:(?P<kin>ibu|ayah|bapak|orang[^\S\n]?tua|kakek|nenek|paman|bibi|tante|wali|suami|istri|kakak|adik|kuasa[^\S\n]hukum|keluarga)"
    r"[^\S\n]+(?:kandung[^\S\n]+|tiri[^\S\n]+)?(?:dari[^\S\n]+)?(?:anak[^\S\n]+)?(?:korban|anak|saksi|klien)(?:nya)?"
    r"|saksi[^\S\n]+(?:korban|anak|mata)|saksi-saksi|anak[^\S\n]+(?:korban|saksi|asuh)|korban|saksi|penyintas|pelapor|klien|terlapor"
    r"|tersangka|terdakwa|kasus|pelaku|(?:kakek|nenek|ayah|ibu|paman|bibi|tante|suami|istri|adik|kakak|orang[^\S\n]?tua)nya)(?!\w)"
    r"(?P<after>[^\S\n]*[:(]|[^\S\n]*,|)(?:[^\S\n]+|\n)?(?:(?:adalah|yaitu|yakni|ialah|atas|itu)[^\S\n]+)?(?:1[.)][^\S\n]*)?",
    _I,
)
_OF_A_SERVICE = re.compile(
    r"(?:pendamping(?:an)?|petugas|layanan|psikolog|konselor|advokat|pengacara|penanganan|perlindungan|pemulihan|lembaga|rumah"
    r"|forum|unit|pelayanan|dan|jumlah|penyidik|seksi|bidang)[^\S\n]+(?:saksi dan[^\S\n]+)?$",
    _I,
)

_CHILD_OF = re.compile(
    r"(?<!\w)(?:anak|putr[ai]|bayi|cucu|keponakan|adik|orang[^\S\n]?tua)(?:[^\S\n]+(?:kandung|tiri|angkat|asuh|pertama|kedua|ketiga))?"
    r"[^\S\n]+dari[^\S\n]+(?:pasangan[^\S\n]+|almarhum(?:ah)?[^\S\n]+)?",
    _I,
)
_LINEAGE = re.compile(r"(?<=[^\S\n])(?:bin|binti|Bin|Binti|BIN|BINTI)\.?[^\S\n]+")
_ADDRESSED = re.compile(r"(?<!\w)(?:Sdri?|Sdr/i|Saudar[ai]|Ny|Tn|Nn|Ananda|Nyonya)\b\.?[^\S\n]*")
_TOLD_OF = re.compile(
    r"korban|kekerasan|dipukul|dianiaya|diperkosa|dicabul|dilecehkan|disetubuh|diancam|ditelantarkan|disekap|menganiaya|memukul"
    r"|melaporkan|melapor\b|mengadu|pengaduan|kdrt|visum|hamil|trauma|luka|lebam|mantan suami|suaminya"
    r"|istrinya|anaknya|rujuk"
    r"|bayi dari|penelantaran|perceraian|cerai|rumah aman|mediasi|asesmen|konseling|pencabulan",
    _I,
)
_OFFICE_AFTER = re.compile(
    rf"[\s,(–-]*(?:(?:yang|sebagai|dari|PIC|Plt\.?|,)\s*)*(?:{OFFICES})\b|[\s,]*(?:S|M)\.?[A-Z][A-Za-z]{{0,4}}\b\.?", _I
)
_AGE = re.compile(
    r"[^\S\n]*(?:\((?:(?:usia|umur|berumur|berusia)[^\S\n]*)?(?P<a>\d{1,2})(?P<years>[^\S\n]*(?:tahun|thn|th)\b\.?)?\)"
    r"|,[^\S\n]*(?:usia|umur|berumur|berusia)?[^\S\n]*(?P<b>\d{1,2})[^\S\n]*(?:tahun|thn|th)\b"
    r"|[^\S\n]+(?:usia|umur|berumur|berusia)[^\S\n]+(?P<c>\d{1,2})[^\S\n]*(?:tahun|thn|th)\b)"
)
_BEFORE_ROLE = re.compile(
    r"(?:[^\S\n]*\([^)\n]{1,30}\))?,[^\S\n]+"
    r"(?:(?:ibu|ayah|bapak|orang tua|kakek|nenek|paman|bibi|wali|suami|istri|kakak|adik)"
    r"[^\S\n]+(?:kandung[^\S\n]+|tiri[^\S\n]+)?(?:dari[^\S\n]+)?(?:anak[^\S\n]+)?)?(?:korban|penyintas|saksi|pelapor)(?!\w)",
    _I,
)
_INITIALS = re.compile(r"(?<!\w)(?:anak|korban|saksi|klien)[^\S\n]+([A-Z](?:\.?[A-Z]){0,3}\.?)(?=[^\S\n]*\(\d{1,2}\b)")
_OLD = 18


def names(text: str) -> Iterator[Found]:
    """The names in `text` of children, victims and witnesses, and of those through whom they are known."""
    for start, end in _spans(text):
        if end > start:
            yield Found(start, end, IdentityKind.NAME)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from _announced(text)
    yield from _labelled(text)
    yield from _beside(text)
    yield from _lineage(text)
    yield from _addressed(text)
    yield from _aged(text)
    for match in _CHILD_OF.finditer(text):
        yield from read_list(text, match.end(), Sureness.LIKELY)
    for match in _INITIALS.finditer(text):
        yield match.span(1)


def _announced(text: str) -> Iterator[tuple[int, int]]:
    """After "bernama", "atas nama" and "inisial", where somebody protected was spoken of just before."""
    for match in _ANNOUNCED.finditer(text):
        before = text[max(0, match.start() - _ROLE_REACH) : match.start()]
        before = re.split(r"(?<=[a-z\d)])\.\s|;", before)[-1]
        is_initial = "inisial" in match[0].lower()
        role = _ROLE.search(before)
        if role is None and not is_initial:
            continue
        # "a.n. BUPATI" signs for someone; the word alone, without its point, is also a misprint of others.
        if match[0].strip().lower() == "an" and not before.rstrip().lower().endswith(
            ("korban", "anak", "saksi", "klien")
        ):
            continue
        yield from read_list(text, match.end(), Sureness.TOLD, initials=is_initial)


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """After a form's "Nama Korban :", and after its plain "Nama :" where the form is about a case."""
    for match in _LABELLED.finditer(text):
        if match["colon"]:
            yield from read_list(text, match.end(), Sureness.TOLD, initials=True)
        elif match[0].lower().startswith("nama lengkap"):
            yield from read_list(text, match.end(), Sureness.LIKELY)
    for match in _PLAIN_NAME.finditer(text):
        around = text[max(0, match.start() - _FORM_REACH) : match.end() + _FORM_REACH]
        if _SENSITIVE_FORM.search(around) and not _OFFICIAL_FORM.search(around):
            yield from read_list(text, match.end(), Sureness.TOLD, initials=True)


def _beside(text: str) -> Iterator[tuple[int, int]]:
    """Right after the word for a victim or witness, in the form of a name and made of no common words."""
    for match in _BESIDE.finditer(text):
        found = list(read_list(text, match.end(), Sureness.LIKELY))
        if not found:
            continue
        is_capitals = match[0].strip(" :(,\n").isupper()
        first = text[slice(*found[0])]
        if is_capitals and ":" not in (match["after"] or "") and len(first.split()) < 2:
            continue
        if match[0].lower().startswith(("kasus", "pelaku")) and len(first.split()) < 2:
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        if _OF_A_SERVICE.search(before) and _OFFICE_AFTER.match(text, found[-1][1]):
            continue
        yield from found


def _lineage(text: str) -> Iterator[tuple[int, int]]:
    """Around "bin" and "binti"."""
    for match in _LINEAGE.finditer(text):
        after = read_name(text, match.end(), Sureness.TOLD)
        start = run_before(text, match.start())
        if after is not None and start is not None:
            yield start, after[1]


def _addressed(text: str) -> Iterator[tuple[int, int]]:
    """After "Sdri." and its like, where the sentence tells of a case and gives them no office."""
    for match in _ADDRESSED.finditer(text):
        name = read_name(text, match.end(), Sureness.TOLD)
        if name is None or _OFFICE_AFTER.match(text, name[1]):
            continue
        sentence_start = max(
            text.rfind(". ", 0, match.start()), text.rfind("\n\n", 0, match.start()), match.start() - 160
        )
        sentence = text[max(0, sentence_start) : match.start()] + text[name[1] : name[1] + 160].split(". ")[0]
        if _TOLD_OF.search(sentence):
            yield name


def _aged(text: str) -> Iterator[tuple[int, int]]:
    """Before the age of a child, and before ", korban" or ", ibu korban"."""
    for match in _AGE.finditer(text):
        age = int(match["a"] or match["b"] or match["c"])
        start = run_before(text, match.start())
        if start is None or age >= _OLD or not _may_be_of_child(text, start, match):
            continue
        yield start, match.start()
        yield from _listed_with(text, start)
    for match in _BEFORE_ROLE.finditer(text):
        start = run_before(text, match.start())
        if start is not None and not _is_public_run(text[start : match.start()]):
            yield start, match.start()


def _may_be_of_child(text: str, start: int, age: re.Match[str]) -> bool:
    run = text[start : age.start()]
    if _is_public_run(run):
        return False
    if age["a"] and not age["years"]:
        return _ROLE.search(text, max(0, start - 40), start) is not None
    return True


def _is_public_run(run: str) -> bool:
    words = run.split()
    return all(is_common(word) or is_place(word) for word in words) or any(
        word.isupper() and len(word) < 6 and "." not in word for word in words[:1]
    )


def _listed_with(text: str, start: int) -> Iterator[tuple[int, int]]:
    """A name joined to one at `start` by "dan"."""
    joined = re.compile(r"(?:,| dan)[^\S\n]+$").search(text, max(0, start - 6), start)
    if joined is not None:
        before = run_before(text, joined.start())
        if before is not None and not _is_public_run(text[before : joined.start()]):
            yield before, joined.start()
