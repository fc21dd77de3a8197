"""`kb eval`: questions whose answers are known, asked through the real paths, and what they come to."""

from api.evaluation.asking import count_quotes, measure, n_equal, sampled
from api.evaluation.beir import QuestionSet, open_corpus, read_corpus, read_set
from api.evaluation.files import comparison_json, read_report, to_json
from api.evaluation.judges import OwnQuestions
from api.evaluation.questions import read_questions
from api.evaluation.report import CHANNELS, Report, compare

__all__ = [
    "CHANNELS",
    "OwnQuestions",
    "QuestionSet",
    "Report",
    "compare",
    "comparison_json",
    "count_quotes",
    "measure",
    "n_equal",
    "open_corpus",
    "read_corpus",
    "read_questions",
    "read_report",
    "read_set",
    "sampled",
    "to_json",
]
