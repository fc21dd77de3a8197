"""Asks the office's questions of ../shared/data/domain-qa and writes the results that its score.py reads."""

import argparse
import json
import time
from pathlib import Path

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.answers import Answer
from kb.passages import PassageId
from kb.questions import Query
from kb.settings import Settings


def hits(answer: Answer) -> list[dict[str, object]]:
    """The hits as score.py wants them."""
    return [
        {"file": hit.document.name, "pages": sorted({span.page for span in hit.spans}), "text": hit.text}
        for hit in answer.hits
    ]


def quotes(answer: Answer) -> list[dict[str, object]]:
    """The quotes of an answer as score.py wants them."""
    names = {hit.document.id: hit.document.name for hit in answer.hits}
    return [
        {"file": names[citation.document_id], "page": citation.span.page, "text": citation.quote}
        for statement in answer.statements
        for citation in statement.citations
    ]


def main() -> None:
    """Write RESULTS for QUESTIONS, by the whole search or by one channel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--channel", choices=("all", "words", "dense"), default="all")
    args = parser.parse_args()
    library = Library.open(Settings.from_environment())
    times = []
    with args.results.open("w") as out:
        for line in args.questions.read_text().splitlines():
            question = json.loads(line)
            start = time.perf_counter()
            answer = library.ask(Query(question["text"], LOCAL_ADMIN))
            times.append(time.perf_counter() - start)
            found = hits(answer)
            if args.channel != "all":
                candidates = library.retriever.candidates(question["text"])
                ranking = candidates.lexical_ranking() if args.channel == "words" else candidates.dense_ranking()
                ids = [PassageId(i) for i in ranking.ids[:10].tolist()]
                passages = library.store.passages.read(ids)
                names = {d.id: d.name for d in library.documents(LOCAL_ADMIN)}
                found = [
                    {
                        "file": names[passages[i].document_id],
                        "pages": sorted({span.page for span in passages[i].spans}),
                        "text": passages[i].text,
                    }
                    for i in ids
                ]
            row = {
                "id": question["id"],
                "hits": found,
                "abstained": answer.abstained,
                "quotes": quotes(answer),
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    times.sort()
    print(f"p50 {times[len(times) // 2] * 1000:.1f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
