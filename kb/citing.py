"""A citation in the style of official papers: the one place that words a footnote."""

import re
from collections.abc import Sequence
from itertools import groupby

from kb.addresses import WITH_PASAL, WITH_RECITALS
from kb.documents import Kind, Metadata
from kb.naming import cited_name

_PROVISIONS = ("Pasal ", "Penjelasan", "Lampiran", "Menimbang", "Mengingat")
_PASAL = re.compile(r"(?:Penjelasan )?Pasal (?:\d|[IVXLC]+\b)")


def names_provision(label: str, kind: Kind) -> bool:
    """Whether a label names a part of a regulation or decree, which its document follows without a comma.

    "Penjelasan Kepala Dinas" in minutes is a heading.
    """
    if kind in WITH_RECITALS:
        return label.startswith(_PROVISIONS)
    return kind in WITH_PASAL and _PASAL.match(label) is not None


def footnote(
    label: str, metadata: Metadata, name: str, pages: Sequence[tuple[int, str]], has_pages: bool, status: str = ""
) -> str:
    """The footnote of a quote, such as "Pasal 7 ayat (2) Perda Kota Semarang Nomor 3 Tahun 2019, hlm. 12".

    label: of the provision or heading. name: of the file, for a document that does not say what it is. pages: number
    and printed label of each page that the quote stands on; left out where the format has none.
    status: what is known of its legal life ("dicabut").
    """
    document = cited_name(metadata) or name
    if names_provision(label, metadata.kind):
        where = f"{label} {document}"
    else:
        where = ", ".join(part for part in (document, f"bagian “{label}”" if label else "") if part)
    paged = f", hlm. {pages_said(pages)}" if has_pages and pages else ""
    return f"{where}{paged}{f' ({status})' if status else ''}."


def pages_said(pages: Sequence[tuple[int, str]], printed: str = "tercetak", last: str = "dan") -> str:
    """The pages of a quote: "12", "12–14", "3 dan 7", "15–16 (tercetak 12–13)" where the printed numbers are others.

    pages: number and printed label of each; a page without a label goes by its number. printed, last: the words
    before the printed numbers and before the last of several.
    """
    label = {number: label or str(number) for number, label in pages}
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(label)), key=lambda placed: placed[1] - placed[0])
    ]
    said = _listed([(str(run[0]), str(run[-1])) for run in runs], last)
    if all(label[number] == str(number) for number in label):
        return said
    return f"{said} ({printed} {_listed([(label[run[0]], label[run[-1]]) for run in runs], last)})"


def _listed(runs: Sequence[tuple[str, str]], last: str) -> str:
    """Runs of pages, each by its first and last: "1–2, 5 dan 9"."""
    said = [first if first == end else f"{first}–{end}" for first, end in runs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {last} {said[-1]}"
