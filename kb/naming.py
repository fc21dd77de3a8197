"""The names of a document as people cite it, and the text under which a passage is embedded."""

import unicodedata

from kb.documents import NUMBERED, OF_HEADS, Kind, Metadata
from kb.passages import Passage, StoredPassage
from kb.regions import bare_region

KIND_NAMES: dict[Kind, tuple[str, str]] = {
    Kind.UUD: ("Undang-Undang Dasar Negara Republik Indonesia", "UUD"),
    Kind.UU: ("Undang-Undang", "UU"),
    Kind.PERPPU: ("Peraturan Pemerintah Pengganti Undang-Undang", "Perppu"),
    Kind.PP: ("Peraturan Pemerintah", "PP"),
    Kind.PERPRES: ("Peraturan Presiden", "Perpres"),
    Kind.PERMEN: ("Peraturan Menteri", "Permen"),
    Kind.PERDA: ("Peraturan Daerah", "Perda"),
    Kind.PERGUB: ("Peraturan Gubernur", "Pergub"),
    Kind.PERBUP: ("Peraturan Bupati", "Perbup"),
    Kind.PERWAL: ("Peraturan Wali Kota", "Perwal"),
    Kind.RAPERDA: ("Rancangan Peraturan", "Rancangan"),
    Kind.SK: ("Keputusan", "SK"),
    Kind.SE: ("Surat Edaran", "SE"),
    Kind.STUDI_TIRU: ("Laporan Studi Tiru", "Studi tiru"),
    Kind.NOTULEN: ("Notulen", "Notulen"),
    Kind.SOP: ("Standar Operasional Prosedur", "SOP"),
    Kind.LAPORAN_KINERJA: ("Laporan Kinerja", "Laporan kinerja"),
    Kind.LAINNYA: ("Dokumen", "Dokumen"),
}
"""Each kind's full name and its short one."""

TITLE_CHARACTERS = 160
"""The most of a document's title that is embedded with each of its passages."""


def official_name(metadata: Metadata) -> str:
    """The name as it is cited: "Undang-Undang Nomor 35 Tahun 2014 tentang …"; of other documents their title.

    A regulation without a number is called by its title too, if it has one: half a citation would pass for a whole one.
    """
    if metadata.kind not in NUMBERED or (metadata.title and not metadata.number):
        return metadata.title
    parts = [_body(metadata)]
    if metadata.number:
        parts.append(f"Nomor {metadata.number}")
    if metadata.year is not None:
        parts.append(f"Tahun {metadata.year}")
    if metadata.title:
        parts.append(f"tentang {metadata.title}")
    return " ".join(parts)


def cited_name(metadata: Metadata) -> str:
    """The name as a footnote has it, without its subject: "Perda Kota Semarang Nomor 3 Tahun 2019"; or the title."""
    if metadata.kind not in NUMBERED or (metadata.title and not metadata.number):
        return metadata.title
    long, short = KIND_NAMES[metadata.kind]
    has_body = metadata.kind in (Kind.PERMEN, Kind.SK, Kind.SE) and bool(metadata.issuer)
    parts = [_body(metadata) if has_body else _body(metadata).replace(long, short, 1)]
    if metadata.number:
        parts.append(f"Nomor {metadata.number}")
    if metadata.year is not None:
        parts.append(f"Tahun {metadata.year}")
    return " ".join(parts)


def short_name(metadata: Metadata) -> str:
    """The name as it is said: "UU 35/2014", "Perda Kota Surabaya 3/2018"; of other documents their title."""
    if metadata.kind not in NUMBERED or (metadata.title and not metadata.number):
        return metadata.title
    who = metadata.issuer if metadata.kind in (Kind.SK, Kind.SE) else _of_whom(metadata)
    which = "/".join(str(part) for part in (metadata.number, metadata.year) if part)
    return " ".join(part for part in (KIND_NAMES[metadata.kind][1], who, which) if part)


def embedded_text(document_title: str, passage: Passage | StoredPassage) -> str:
    """The passage as it is embedded: the title, cut at a word, its headings and its text, each on its own line."""
    title = unicodedata.normalize("NFKC", " ".join(document_title.split()))
    if len(title) > TITLE_CHARACTERS:
        title = title[: TITLE_CHARACTERS + 1].rpartition(" ")[0] or title[:TITLE_CHARACTERS]
    return "\n".join(part for part in (title, *passage.heading_path, passage.text) if part)


def _body(metadata: Metadata) -> str:
    """The kind with whoever made it: Peraturan Menteri Dalam Negeri, Peraturan Daerah Kota Surabaya."""
    name = KIND_NAMES[metadata.kind][0]
    if metadata.kind is Kind.PERMEN and metadata.issuer.startswith("Menteri "):
        return f"Peraturan {metadata.issuer}"
    if metadata.kind in (Kind.SK, Kind.SE) and metadata.issuer:
        return f"{name} {metadata.issuer}"
    return f"{name} {_of_whom(metadata)}".strip()


def _of_whom(metadata: Metadata) -> str:
    """The region as the name of a regulation spells it: a Bupati's without "Kabupaten"."""
    if metadata.kind in OF_HEADS:
        return bare_region(metadata.region)
    return metadata.region
