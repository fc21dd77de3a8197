import random

from hypothesis import given

from index.training.pairs import Pair, likeness
from index.training.questions import asked_of, question_pairs
from kb.pages import Span
from tests.index.playing_law import LAW, PASAL_2, places, regulation

LAW_OF_ONE_PAGE = regulation(LAW)


def place_of(quote):
    """Where in the law of one page the quote stands."""
    start = LAW.index(quote)
    return Span(1, start, start + len(quote))


@given(places())
def test_an_answer_is_marked_where_its_words_stand_in_the_passage(place):
    law, _, answer = place
    [pair] = asked_of(law, [("apa?", answer)])
    assert pair.answer is not None
    assert pair.passage[slice(*pair.answer)] == law.pages[answer.page - 1].text[answer.start : answer.end]


def test_a_written_question_is_paired_with_the_passage_in_which_its_answer_begins():
    question, quote = "mainan rusak diapakan?", "ditutup bagi anak sampai diperbaiki"
    passage = "\n".join(
        (
            "Undang-Undang tentang Permainan Anak",
            "BAB II PEMELIHARAAN RUANG BERMAIN",
            "Pasal 2",
            LAW[LAW.index("BAB II\n") : LAW.index("\nPasal 3")],
        )
    )
    start = passage.index(quote)
    guards = ("uu-2030-99/pasal-2", *likeness(LAW_OF_ONE_PAGE.passages[PASAL_2].text))
    assert list(asked_of(LAW_OF_ONE_PAGE, [(question, place_of(quote))])) == [
        Pair(question, passage, "written", "uu-2030-99", guards, (start, start + len(quote)))
    ]


def test_a_question_whose_answer_no_passage_holds_is_passed_over():
    held = place_of("petugas yang ditunjuk bupati")
    assert [pair.query for pair in asked_of(LAW_OF_ONE_PAGE, [("di mana?", Span(2, 0, 5)), ("siapa?", held)])] == [
        "siapa?"
    ]


def test_a_question_gets_the_words_around_its_answer(tmp_path):
    (tmp_path / "qrels").mkdir()
    text = " ".join(f"kata{n}" for n in range(400))
    (tmp_path / "corpus.jsonl").write_text(f'{{"id": "a", "title": "", "text": "{text}"}}\n')
    (tmp_path / "queries_train.jsonl").write_text('{"id": "q", "text": "yang ke-300?", "answers": ["kata300"]}\n')
    (tmp_path / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    [pair] = question_pairs(tmp_path, "train", random.Random(1))
    assert (pair.query, len(pair.passage.split()), "kata300" in pair.passage) == ("yang ke-300?", 120, True)
