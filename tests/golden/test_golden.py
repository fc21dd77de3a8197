"""The outline, passages and metadata of made-up documents, whole, as they were when somebody last looked at them.

To accept a change, set `REGENERATE` to True, run this file, read the difference, and set it back.
"""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.metadata import read_metadata
from ingest.passages import split
from ingest.structure import outline
from kb.naming import official_name
from kb.pages import Page, Reading, Verdict

REGENERATE = False
FOLDER = Path(__file__).parent
PAGE_BREAK = "\f\n"


def count_tokens(texts: Sequence[str]) -> list[int]:
    return [2 + 2 * len(text.split()) for text in texts]


def made_of(file: Path) -> dict[str, object]:
    texts = file.read_text(encoding="utf-8").split(PAGE_BREAK)
    pages = tuple(Page(number, text, Verdict.TEXT) for number, text in enumerate(texts, start=1))
    reading = Reading("application/pdf", pages, has_pages=True)
    metadata = read_metadata(reading, file.name)
    sections = outline(reading, metadata.kind)
    passages = split(sections, pages, count_tokens, 512)
    return {
        "name": official_name(metadata),
        "metadata": dataclasses.asdict(metadata),
        "sections": [
            f"{section.address} | {section.label} | {section.heading} | {spans(section.spans)}" for section in sections
        ],
        "passages": [
            {
                "section": sections[passage.section].address,
                "path": list(passage.heading_path),
                "spans": spans(passage.spans),
                "text": passage.text,
            }
            for passage in passages
        ],
    }


def spans(found: Sequence[object]) -> str:
    return " ".join("{}:{}-{}".format(*dataclasses.astuple(span)) for span in found)  # type: ignore[call-overload]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_a_document_is_made_of_what_it_was_made_of(file: Path):
    made = json.loads(json.dumps(made_of(file), ensure_ascii=False, default=str))
    golden = file.with_suffix(".json")
    if REGENERATE:
        golden.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert made == json.loads(golden.read_text(encoding="utf-8"))


def test_the_golden_files_are_not_being_regenerated():
    assert REGENERATE is False
