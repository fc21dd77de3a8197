"""What `kb tune` does for an office of another kind: `python -m bench.other_office WORK [--minutes 20]`.

Sixty regulations of one theme from `peraturan-texts` are its documents. Titles of BAB, Bagian and Paragraf, held out
of mining, are the questions, each for a passage below it; what else is mined trains, other titles too. Vectors alone,
over all passages, which are embedded without any title.
"""

import argparse
import random
import re
from dataclasses import replace
from pathlib import Path

from bench.law_texts import DATA, FIRST_YEAR, laws, regulation
from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.measures import difference, per_question
from index.training.noise import QUERY_WORDS, asked
from index.training.pairs import Pair
from index.training.regulation import Regulation
from index.training.tuning import PER_DOCUMENT, found_by, mine_documents, train_adapter
from kb.naming import embedded_text
from kb.passages import Passage

THEME = re.compile(r"perikanan|kelautan|pelayaran|kepelabuhanan|perairan|kapal|pesisir|pelaut", re.IGNORECASE)
TITLED = re.compile(r"(?:BAB|Bagian|Paragraf)\b", re.IGNORECASE)
N_REGULATIONS = 60
MOST_QUESTIONS = 300
SEED = 8


def untitled(regulation: Regulation, passage: Passage) -> str:
    """A passage as it is embedded below its Pasal alone."""
    below = tuple(part for part in passage.heading_path if not TITLED.match(part))
    return embedded_text(regulation.title, replace(passage, heading_path=below))


def passage_of(pair: Pair, regulation: Regulation) -> Passage:
    """The passage of its regulation that a mined pair is of, whichever of the titles above it the pair leaves out."""
    own = {_below_titles(passage): passage for passage in regulation.passages}
    # A passage may end in the whole text of another: the longest is meant.
    return own[max((below for below in own if pair.passage.endswith(below)), key=len)]


def _below_titles(passage: Passage) -> str:
    n_titles = max((n for n, part in enumerate(passage.heading_path, 1) if TITLED.match(part)), default=0)
    return "\n".join(("", *passage.heading_path[n_titles:], passage.text))


def main() -> None:
    """Train, and print nDCG@10 and success@5 before and after with the paired difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="an empty folder for checkpoints; an earlier run is gone on with")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    rng = random.Random(SEED)
    of_theme = [row for row in laws(DATA) if THEME.search(row["title"]) and int(row["tahun"]) >= FIRST_YEAR]
    documents = [regulation(row) for row in rng.sample(of_theme, min(N_REGULATIONS, len(of_theme)))]
    mined = mine_documents(documents, SEED, per_document=10 * PER_DOCUMENT, held_share=0.0)
    titles = [pair for pair in mined.pairs if pair.source == "judul"]
    chosen = rng.sample(titles, min(MOST_QUESTIONS, len(titles)))
    by_id = {each.id: each for each in documents}
    questions = [
        (asked(pair, rng, QUERY_WORDS), untitled(law, passage_of(pair, law)))
        for pair, law in ((pair, by_id[pair.group]) for pair in chosen)
    ]
    passages = [untitled(each, passage) for each in documents for passage in each.passages]
    held_out = {(pair.group, pair.query) for pair in chosen}
    pairs = [pair for pair in mined.pairs if (pair.group, pair.query) not in held_out]
    print(f"{len(documents)} regulations, {len(passages)} passages, {len(pairs)} pairs, {len(questions)} questions")
    given.work.mkdir(parents=True, exist_ok=True)
    adapter = given.work / "adapter.npz"
    train_adapter(pairs, given.work, adapter, given.minutes, given.threads)
    qrels = {str(i): {passage: 1} for i, (_, passage) in enumerate(questions)}
    before, after = (
        per_question(qrels, found_by(BundledEmbedder(threads=given.threads, adapter=file), questions, passages))
        for file in (SHIPPED, adapter)
    )
    for name in ("nDCG@10", "Success@5"):
        found = difference(after[name], before[name])
        shown = f"{found.mean.value:+.3f} [{found.mean.low:+.3f}, {found.mean.high:+.3f}], p = {found.p:.3f}"
        print(f"{name}: {found.second:.3f} before, {found.first:.3f} after, {shown}")


if __name__ == "__main__":
    main()
