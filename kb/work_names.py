"""The names of works as people cite them: "UU 35/2014", "Undang-Undang Nomor 35 Tahun 2014 tentang …"."""

from kb.legal import Form, Work
from kb.regions import bare_region

FORM_NAMES: dict[Form, tuple[str, str]] = {
    Form.UUD: ("Undang-Undang Dasar", "UUD"),
    Form.TAP_MPR: ("Ketetapan MPR", "TAP MPR"),
    Form.UU: ("Undang-Undang", "UU"),
    Form.UU_DARURAT: ("Undang-Undang Darurat", "UU Drt"),
    Form.PERPPU: ("Peraturan Pemerintah Pengganti Undang-Undang", "Perppu"),
    Form.PP: ("Peraturan Pemerintah", "PP"),
    Form.PERPRES: ("Peraturan Presiden", "Perpres"),
    Form.PENPRES: ("Penetapan Presiden", "Penpres"),
    Form.KEPPRES: ("Keputusan Presiden", "Keppres"),
    Form.INPRES: ("Instruksi Presiden", "Inpres"),
    Form.PERMEN: ("Peraturan", "Peraturan"),
    Form.KEPMEN: ("Keputusan", "Keputusan"),
    Form.PERDA: ("Peraturan Daerah", "Perda"),
    Form.PERGUB: ("Peraturan Gubernur", "Pergub"),
    Form.PERBUP: ("Peraturan Bupati", "Perbup"),
    Form.PERWAL: ("Peraturan Wali Kota", "Perwal"),
    Form.KEPUTUSAN: ("Keputusan", "Keputusan"),
    Form.EDARAN: ("Surat Edaran", "SE"),
    Form.KITAB: ("Kitab Undang-Undang", "KUH"),
    Form.STAATSBLAD: ("Staatsblad", "Stbl"),
}
"""Each form's full name and its short one."""

_CODES = {
    "hukum-pidana": "KUHP",
    "hukum-perdata": "KUH Perdata",
    "hukum-dagang": "KUHD",
    "hukum-acara-pidana": "KUHAP",
}


def short_work_name(work: Work) -> str:
    """The name as it is said: "UU 35/2014", "Perda Kota Surabaya 3/2018"; a title where it has no number."""
    if work.form is Form.KITAB:
        return _CODES.get(work.number, work.number)
    if not work.number and work.form is not Form.UUD:
        return work.title or FORM_NAMES[work.form][0]
    year = "" if work.year is None or work.number.endswith(f"/{work.year}") else str(work.year)
    which = "/".join(part for part in (work.number, year) if part)
    return " ".join(part for part in (FORM_NAMES[work.form][1], work.issuer or _place(work), which) if part)


def work_name(work: Work) -> str:
    """The name as it is cited, with its title where that is known."""
    if work.form is Form.KITAB or (not work.number and work.form is not Form.UUD):
        return short_work_name(work)
    parts = [FORM_NAMES[work.form][0], work.issuer or _place(work)]
    if work.number:
        parts.append(f"Nomor {work.number}")
    if work.year is not None and not work.number.endswith(f"/{work.year}"):
        parts.append(f"Tahun {work.year}")
    if work.title:
        parts.append(f"tentang {work.title}")
    return " ".join(part for part in parts if part)


def provision_name(address: str) -> str:
    """An address as it is cited: "Pasal 7A ayat (2) huruf b" of "pasal-7a/ayat-2/huruf-b"; "" of ""."""
    said = []
    for part in address.split("/"):
        name, _, value = part.partition("-")
        match name:
            case "pasal":
                said.append(f"Pasal {value.upper()}")
            case "ayat":
                said.append(f"ayat ({value})")
            case "huruf" | "angka":
                said.append(f"{name} {value}")
            case _:
                said.append(part.replace("-", " "))
    return " ".join(said).strip()


def _place(work: Work) -> str:
    if work.form in (Form.PERGUB, Form.PERBUP, Form.PERWAL):
        return bare_region(work.region)
    return work.region
