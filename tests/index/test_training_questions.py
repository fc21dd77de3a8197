import random

from index.training.questions import question_pairs


def test_a_question_gets_the_words_around_its_answer(tmp_path):
    (tmp_path / "qrels").mkdir()
    text = " ".join(f"kata{n}" for n in range(400))
    (tmp_path / "corpus.jsonl").write_text(f'{{"id": "a", "title": "", "text": "{text}"}}\n')
    (tmp_path / "queries_train.jsonl").write_text('{"id": "q", "text": "yang ke-300?", "answers": ["kata300"]}\n')
    (tmp_path / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    [pair] = question_pairs(tmp_path, "train", random.Random(1))
    assert (pair.query, len(pair.passage.split()), "kata300" in pair.passage) == ("yang ke-300?", 120, True)
