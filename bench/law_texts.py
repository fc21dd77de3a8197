"""The texts of `peraturan-texts` as the store would hold them, with what each says of the others.

The text of a law runs its Penjelasan together in one line; it is broken again at its own labels before the outline
reads it.
"""

import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.training.amending import versions
from index.training.regulation import Regulation
from ingest.passages import split
from ingest.relations import read_legal
from ingest.structure import outline
from kb.documents import Kind, Metadata
from kb.legal import Relation, Work
from kb.naming import official_name
from kb.pages import Page, Reading, Verdict
from kb.sections import SectionKind

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FIRST_YEAR = 1974
MAX_TOKENS = 512

Row = Mapping[str, str]
"""A text of the collection: `id`, `jenis`, `tahun`, `nomor`, `title`, `text`."""

_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:/|http)[^)\s]*\)")
_KINDS = {"uu": Kind.UU, "pp": Kind.PP, "permenkeu": Kind.PERMEN}


def few_tokens(texts: Sequence[str]) -> list[int]:
    """A stand-in for the embedder's counter: Indonesian costs a token for about 3.6 characters."""
    return [int(len(text) / 3.6) + 4 for text in texts]


def lined(text: str) -> str:
    """The text with links made plain and the Penjelasan broken into lines at its labels."""
    text = _LINK.sub(r"\1", text).replace("_", "")
    at = text.find("PENJELASAN ATAS")
    if at < 0:
        return text
    body, explained = text[:at].rstrip(), text[at:]
    explained = re.sub(r"(?<=[.;:”\"])\s+(?=(?:I+\. )?(?:UMUM|PASAL DEMI PASAL)\b)", "\n", explained)
    explained = re.sub(r"(?<=UMUM) ", "\n", explained, count=1)
    explained = re.sub(r"\s+(?=Pasal \d+[A-Z]? (?:Cukup jelas|Ayat \(|Huruf [a-z]\b|[A-Z]))", "\n", explained)
    explained = re.sub(r"\s+(?=(?:Ayat \(\d+[a-z]?\)|Huruf [a-z]|Angka \d+)\s+[A-Z])", "\n", explained)
    explained = re.sub(
        r"(?m)^(Pasal \d+[A-Z]?|Ayat \(\d+[a-z]?\)|Huruf [a-z]|Angka \d+) +(?=[A-Z])", r"\1\n", explained
    )
    return f"{body}\n{explained}"


def laws(data: Path) -> Iterator[Row]:
    """The texts of laws."""
    with lzma.open(data / "peraturan-texts" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def regulation(row: Row) -> Regulation:
    """One text as the store would hold it."""
    page = Page(1, lined(row["text"]), Verdict.TEXT)
    metadata = _metadata(row)
    sections = outline(Reading("text/plain", (page,), has_pages=False), metadata.kind)
    passages = split(sections, (page,), few_tokens, MAX_TOKENS)
    law = Regulation(row["id"], official_name(metadata), (page,), sections, passages)
    if not any(section.kind is SectionKind.PASAL and section.address.count("pasal-") > 1 for section in sections):
        return law
    return replace(law, versions=versions(sections, relations(row, law), text_id))


def relations(row: Row, law: Regulation) -> Sequence[Relation]:
    """What a text says that regulations do to each other."""
    return read_legal(law.sections, law.pages, _metadata(row)).relations


def text_id(work: Work) -> str:
    """The id that the text of a work has here, or would have."""
    return f"{work.form.value}-{work.year}-{work.number.lower()}"


def _metadata(row: Row) -> Metadata:
    title = " ".join(row["title"].split()).strip(". ").title()
    return Metadata(_KINDS[row["jenis"]], title, str(row["nomor"]), int(row["tahun"]))
