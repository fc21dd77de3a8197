"""Which passage a title is asked for, where texts are alike."""

import random
from dataclasses import replace

from bench.other_office import passage_of, untitled
from index.training.mining import mine
from index.training.pairs import Pair
from index.training.regulation import Regulation
from kb.naming import embedded_text
from kb.passages import Passage
from tests.index.playing_law import LAW, regulation

TITLE = "Undang-Undang tentang Kapal"


def law(*passages):
    return Regulation("uu-2031-1", TITLE, (), (), passages)


def pair_of(passage, title=TITLE):
    return Pair("izin berlayar", embedded_text(title, passage), "judul", "uu-2031-1", ())


def test_a_title_is_asked_for_the_passage_it_was_mined_with():
    playing = regulation(LAW)
    titles = [pair for seed in range(9) for pair in mine(playing, random.Random(seed)) if pair.source == "judul"]
    assert len(titles) > 9
    for pair in titles:
        passage = passage_of(pair, playing)
        assert pair.passage.endswith(f"\n{passage.heading_path[-1]}\n{passage.text}")
        assert pair.passage in {embedded_text(playing.title, passage), untitled(playing, passage)}


def test_a_passage_that_ends_in_the_text_of_another_is_told_from_it():
    short = Passage(1, "Kapal wajib berizin.", ("BAB I IZIN", "Pasal 2"), ())
    long = Passage(2, "Nakhoda menjaga awak.\nPasal 2\nKapal wajib berizin.", ("BAB I IZIN", "Pasal 1"), ())
    both = law(short, long)
    for passage in both.passages:
        bare = replace(passage, heading_path=passage.heading_path[1:])
        assert passage_of(pair_of(passage), both) is passage
        assert passage_of(pair_of(bare), both) is passage


def test_the_same_words_of_two_laws_stay_two_passages():
    passage = Passage(1, "Kapal wajib berizin.", ("BAB I IZIN", "Pasal 2"), ())
    first, second = law(passage), replace(law(passage), id="pp-2032-1", title="Peraturan Pemerintah tentang Kapal")
    assert untitled(first, passage) == "Undang-Undang tentang Kapal\nPasal 2\nKapal wajib berizin."
    assert untitled(second, passage) == "Peraturan Pemerintah tentang Kapal\nPasal 2\nKapal wajib berizin."
