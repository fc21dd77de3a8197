"""A citation in the style of official papers: the one place that words a footnote."""

from collections.abc import Sequence
from itertools import groupby

from kb.documents import Metadata
from kb.naming import cited_name

PROVISIONS = ("Pasal ", "Penjelasan", "Lampiran", "Menimbang", "Mengingat")
"""How the label of a provision begins; the document follows it without a comma."""


def footnote(
    label: str, metadata: Metadata, name: str, pages: Sequence[tuple[int, str]], has_pages: bool, status: str = ""
) -> str:
    """The footnote of a quote, such as "Pasal 7 ayat (2) Perda Kota Semarang Nomor 3 Tahun 2019, hlm. 12".

    label: of the provision or heading. name: of the file, for a document that does not say what it is. pages: number
    and printed label of each page that the quote stands on; left out where the format has none.
    status: what is known of its legal life ("dicabut").
    """
    document = cited_name(metadata) or name
    if label.startswith(PROVISIONS):
        where = f"{label} {document}"
    else:
        where = ", ".join(part for part in (document, f"bagian “{label}”" if label else "") if part)
    paged = f", hlm. {pages_said(pages)}" if has_pages and pages else ""
    return f"{where}{paged}{f' ({status})' if status else ''}."


def pages_said(pages: Sequence[tuple[int, str]]) -> str:
    """The pages of a quote: "12", "12–14", "3 dan 7", "15 (tercetak 12)" where the printed number is another."""
    numbers = sorted(dict(pages))
    printed = dict(pages)
    if len(numbers) == 1 and printed[numbers[0]] not in ("", str(numbers[0])):
        return f"{numbers[0]} (tercetak {printed[numbers[0]]})"
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0])
    ]
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} dan {said[-1]}"
