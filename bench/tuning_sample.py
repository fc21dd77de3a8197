"""Writes `api/tuning_sample.jsonl`: the questions of the example documents with their passages, for `kb tune`.

Run: python -m bench.tuning_sample
"""

import json
import random
import re
import tempfile
from pathlib import Path

from api.library import Library
from bench.worker import ROOT
from kb.access import LOCAL_ADMIN
from kb.naming import embedded_text, official_name
from kb.settings import Settings

OUT = ROOT / "api" / "tuning_sample.jsonl"
N_OTHERS = 150


def main() -> None:
    """Write the sample and print how many questions and passages it holds."""
    questions = [
        json.loads(line) for line in (ROOT / "tests/documents/questions.jsonl").read_text("utf-8").splitlines()
    ]
    with tempfile.TemporaryDirectory() as home, Library.open(Settings(home=Path(home), model="toy")) as library:
        library.ingestion.ingest_folder(ROOT / "documents", lambda *_: None)
        texts: dict[str, list[tuple[str, str]]] = {}
        for document in library.documents(LOCAL_ADMIN):
            ids = library.store.passages.of_documents([document.id]).tolist()
            title = official_name(document.metadata)
            texts[document.name] = [
                (passage.text, embedded_text(title, passage)) for passage in library.store.passages.read(ids).values()
            ]
    rows = []
    for question in questions:
        for gold in question["gold"]:
            found = [whole for text, whole in texts[gold["file"]] if _letters(gold["quote"]) in _letters(text)]
            if gold["grade"] == 2 and found:
                rows.append({"question": question["text"], "passage": found[0]})
                break
    known = {row["passage"] for row in rows}
    others = [whole for name in sorted(texts) for _, whole in texts[name] if whole not in known]
    rows += [{"passage": whole} for whole in random.Random(8).sample(others, min(N_OTHERS, len(others)))]
    OUT.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    print(len(known), "passages with questions,", len(rows), "rows,", OUT.stat().st_size, "bytes")


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


if __name__ == "__main__":
    main()
