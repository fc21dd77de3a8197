"""How often an exact precedent is among the first three: `python -m bench.precedent [folder of data]`.

The precedent questions of domain-qa are asked over the regulations of `KB_HOME`, where the PDFs of the data are in
(`kb ingest ../shared/data/pdf`). A provision is an exact precedent when it comes from the file of a gold passage of
grade 2 and its Pasal stands on that page or holds its quote; strictly, when it holds the quote. Second, from the laws
themselves: the new text of an amended Pasal is the clause, the Pasal that it replaced is what must be found.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from api.library import Library
from bench.structure import DATA, squash
from kb.access import LOCAL_ADMIN
from kb.documents import REGULATIONS, Document, DocumentId
from kb.precedent import ClauseQuery, Precedent
from kb.sections import SectionKind
from kb.settings import Settings

FIRST = 3
MOST_CHARACTERS = 3_500

IsExact = Callable[[Precedent], bool]


def main() -> None:
    """Print the share of the questions with an exact precedent among the first three, and where each has its first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--amended", action="store_true", help="also the amended Pasal of the laws, a minute")
    arguments = parser.parse_args()
    with Library.open(Settings.from_environment()) as library:
        report(library, list(asked(arguments.data)), "domain-qa, by page", show=True)
        report(library, list(asked(arguments.data, strictly=True)), "domain-qa, the quote itself", show=False)
        if arguments.amended:
            report(library, list(amended(library)), "the Pasal that an amended one replaced", show=False)


Clause = tuple[str, str, frozenset[DocumentId], IsExact]


def report(library: Library, clauses: Sequence[Clause], name: str, show: bool) -> None:
    """Print how many clauses have an exact precedent among the first provisions and the first regulations."""
    n_provisions = n_regulations = 0
    times: list[float] = []
    for key, text, without, is_exact in clauses:
        start = time.perf_counter()
        groups = library.precedents.find(ClauseQuery(text, LOCAL_ADMIN, without=without))
        times.append(time.perf_counter() - start)
        ranked = sorted((p for group in groups for p in group.precedents), key=lambda p: -p.score)
        first = next((rank for rank, precedent in enumerate(ranked, 1) if is_exact(precedent)), None)
        within = next((r for r, group in enumerate(groups, 1) if any(map(is_exact, group.precedents))), None)
        n_provisions += first is not None and first <= FIRST
        n_regulations += within is not None and within <= FIRST
        if show:
            print(f"  {key}: provision {first}, regulation {within}")
    n = max(len(clauses), 1)
    print(f"{name}: n = {len(clauses)}")
    print(f"  exact among the first {FIRST} provisions   {n_provisions / n:.3f}")
    print(f"  exact in the first {FIRST} regulations     {n_regulations / n:.3f}")
    print(f"  a clause, median                    {1000 * median(times):.0f} ms")


def asked(data: Path, strictly: bool = False) -> Iterator[Clause]:
    """The precedent questions of domain-qa."""
    for line in (data / "domain-qa" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["kind"] == "preseden":
            gold = [each for each in question["gold"] if each["grade"] == 2]
            yield question["id"], question["text"], frozenset(), judge(gold, strictly)


def judge(gold: Sequence[dict[str, object]], strictly: bool) -> IsExact:
    """Whether a precedent is one of `gold`."""

    def is_exact(precedent: Precedent) -> bool:
        text = squash(precedent.whole.text)
        pages = {span.page for span in precedent.whole.spans}
        return any(
            each["file"] == precedent.whole.document.name
            and (squash(str(each["quote"])) in text or (not strictly and pages.intersection(_pages(each))))
            for each in gold
        )

    return is_exact


def _pages(gold: dict[str, object]) -> list[int]:
    pages = gold["pages"]
    return [int(page) for page in pages] if isinstance(pages, list) else []


def amended(library: Library) -> Iterator[Clause]:
    """The new text of each Pasal that an amending law of the collection gives to another of the collection."""
    regulations = [d for d in library.documents(LOCAL_ADMIN) if d.metadata.kind in REGULATIONS]
    for document in regulations:
        changed = _changed_by(document, regulations)
        if changed is None:
            continue
        old = {s.address for s in library.sections(LOCAL_ADMIN, changed.id) if s.kind is SectionKind.PASAL}
        for section in library.sections(LOCAL_ADMIN, document.id):
            address = section.address.rpartition("/")[2]
            if section.kind is SectionKind.PASAL and "angka" in section.address and address in old:
                provision = library.precedents.provision(LOCAL_ADMIN, document.id, section.address)
                text = re.sub(r"^Pasal\s+\w+\s*", "", provision.text)
                if len(text) <= MOST_CHARACTERS:
                    yield section.address, text, frozenset({document.id}), _is(changed.id, address)


def _is(document_id: DocumentId, address: str) -> IsExact:
    return lambda precedent: precedent.whole.document.id == document_id and precedent.whole.address == address


def _changed_by(document: Document, regulations: Sequence[Document]) -> Document | None:
    """The regulation that a title says it amends, where it is in the collection."""
    named = re.search(r"[Pp]erubahan.* Nomor (\d+) Tahun (\d{4})", document.metadata.title)
    if named is None:
        return None
    for other in regulations:
        facts = other.metadata
        if (facts.kind, facts.number, facts.year) == (document.metadata.kind, named[1], int(named[2])):
            return other
    return None


if __name__ == "__main__":
    main()
