"""What counts as found and as right, over documents small enough to know by heart."""

import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evaluation.judges import OwnQuestions, documents_called
from api.evaluation.questions import Gold, Question
from api.library import Library
from index.measures import per_question
from kb.access import LOCAL_ADMIN
from kb.answers import Answer, Citation, Statement
from kb.pages import Span
from kb.passages import PassageId, StoredPassage
from kb.settings import Settings
from tests.conftest import DATA
from tests.kb.builders import draft
from tests.shelf import fill

PAGES = tuple(f"Pasal {n} tentang hal ke-{n}: petugas mencatat {word}." for n, word in enumerate("abcdefgh", 1))


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One document of eight pages, a Pasal each, and another."""
    with Library.open(Settings(home=tmp_path_factory.mktemp("paged"), model="toy", threads=1)) as library:
        library.store.documents.put(draft("satu.pdf", *PAGES))
        library.store.documents.put(draft("dua.pdf", *PAGES[:2]))
        yield library


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The documents without pages."""
    with Library.open(Settings(home=tmp_path_factory.mktemp("shelf"), model="toy", threads=1)) as library:
        fill(library, tmp_path_factory.mktemp("files"))
        yield library


def passages(library: Library, name: str) -> list[StoredPassage]:
    """The passages of a document, in order."""
    [document] = [d for d in library.documents(LOCAL_ADMIN) if d.name == name]
    ids = library.store.passages.of_documents([document.id]).tolist()
    found = library.store.passages.read([PassageId(i) for i in ids])
    return [found[i] for i in ids]


def judge(library: Library, *golds: Gold, strictly: bool = False) -> OwnQuestions:
    return OwnQuestions("soal", library, [Question("q", "apa?", golds=golds)], strictly=strictly)


def ids(library: Library, judged: OwnQuestions, name: str = "satu.pdf") -> list[str]:
    """The gold ids by rank, the document's passages in their own order taken for the ranking; "-" for no gold."""
    found = judged.found("q", passages(library, name))
    return ["-" if key.startswith("other") else key for key in sorted(found, key=lambda key: -found[key])]


def test_a_passage_of_the_gold_page_is_found(paged: Library) -> None:
    assert ids(paged, judge(paged, Gold("satu.pdf", pages=(3,)))) == ["-", "-", "gold-0", *"-----"]


def test_the_page_of_another_document_is_not(paged: Library) -> None:
    assert ids(paged, judge(paged, Gold("dua.pdf", pages=(2,)))) == ["-"] * 8


def test_a_quote_is_found_whatever_its_breaks(paged: Library) -> None:
    assert ids(paged, judge(paged, Gold("satu.pdf", quote="PETUGAS\nmenca-tat d"))) == [
        "-",
        "-",
        "-",
        "gold-0",
        *"----",
    ]


def test_strictly_the_page_is_not_enough(paged: Library) -> None:
    gold = Gold("satu.pdf", pages=(2, 3), quote="petugas mencatat c")
    assert ids(paged, judge(paged, gold))[:3] == ["-", "gold-0", "-"]
    assert ids(paged, judge(paged, gold, strictly=True))[:3] == ["-", "-", "gold-0"]


def test_a_gold_counts_once_and_the_better_grade_first(paged: Library) -> None:
    golds = (Gold("satu.pdf", pages=(1, 2), grade=1), Gold("satu.pdf", pages=(1,)))
    assert ids(paged, judge(paged, *golds))[:2] == ["gold-1", "-"]


def test_a_pasal_is_found_where_no_page_is_known(paged: Library) -> None:
    assert ids(paged, judge(paged, Gold("satu.pdf", pasal="4")))[:5] == ["-", "-", "-", "gold-0", "-"]


def test_an_ayat_is_found_and_not_its_explanation(shelf: Library) -> None:
    judged = judge(shelf, Gold("semarang.txt", pasal="2", ayat="2"))
    held = [p.text for p in passages(shelf, "semarang.txt") if "gold-0" in judged.found("q", [p])]
    assert len(held) == 1
    assert "(2) Gugus tugas bersidang" in held[0]


def test_a_document_alone_is_found_by_any_of_its_passages(shelf: Library) -> None:
    assert ids(shelf, judge(shelf, Gold("notulen.txt")), "notulen.txt")[0] == "gold-0"


def test_a_page_of_a_format_without_pages_says_nothing(shelf: Library) -> None:
    judged = judge(shelf, Gold("notulen.txt", pages=(1,), quote="diperbaiki oleh Dinas Pertamanan"))
    held = [p.text for p in passages(shelf, "notulen.txt") if "gold-0" in judged.found("q", [p])]
    assert held
    assert all("Dinas Pertamanan" in text for text in held)


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("uu.txt", "uu.txt"),
        ("UU", "uu.txt"),
        ("UU 35/2014", "uu.txt"),
        ("UU Nomor 35 Tahun 2014", "uu.txt"),
        ("Perda Kota Surakarta 4/2019", "surakarta.txt"),
        ("perda no 2 thn 2021", "semarang.txt"),
    ],
)
def test_a_document_is_called_as_people_call_it(shelf: Library, called: str, name: str) -> None:
    assert [d.name for d in documents_called(called, shelf.documents(LOCAL_ADMIN))] == [name]


def test_a_question_whose_document_is_not_in_is_left_out_and_told(shelf: Library) -> None:
    judged = judge(shelf, Gold("hilang.pdf"))
    assert (judged.questions, judged.qrels, judged.n_left_out) == ((), {}, 1)
    assert [(each.question, each.document, each.why.id) for each in judged.unresolved] == [
        ("q", "hilang.pdf", "tidak ada di gudang")
    ]


@pytest.mark.parametrize(
    ("gold", "why"),
    [
        (Gold("satu.pdf", pages=(9,)), "hanya 8 halaman"),
        (Gold("satu.pdf", pasal="99"), "tidak memuat Pasal 99"),
        (Gold("Perda 3/2019"), "lebih dari satu: dua.pdf, satu.pdf"),
    ],
)
def test_a_place_that_is_not_there_is_told(paged: Library, gold: Gold, why: str) -> None:
    assert [each.why.id for each in judge(paged, gold).unresolved] == [why]


def test_a_question_without_golds_is_one_without_an_answer(shelf: Library) -> None:
    judged = judge(shelf)
    assert ([q.id for q in judged.questions], judged.qrels) == (["q"], {})


def answer(library: Library, name: str, page: int, quote: str) -> Answer:
    """An answer of one quote."""
    [document] = [d for d in library.documents(LOCAL_ADMIN) if d.name == name]
    span = Span(page, 0, len(quote))
    citation = Citation(document.id, document.version_id, "", "", "", span, quote, str(page), has_pages=True)
    return Answer("apa?", (Statement(quote, (citation,), PassageId(1), 1.0),), 0.9, ())


@pytest.mark.parametrize(
    ("gold", "page", "quote", "is_right"),
    [
        (Gold("satu.pdf", quote="petugas mencatat c"), 3, "tentang: petugas mencatat c.", True),
        (Gold("satu.pdf", quote="petugas mencatat semua hal"), 3, "petugas mencatat semua", True),
        (Gold("satu.pdf", quote="petugas mencatat semua hal penting"), 3, "petugas mencatat", False),
        (Gold("satu.pdf", pages=(3,), quote="petugas mencatat c"), 3, "hal ke-3", False),
        (Gold("satu.pdf", pages=(3,)), 3, "hal ke-3", True),
        (Gold("satu.pdf", pages=(3,)), 4, "hal ke-4", False),
        (Gold("satu.pdf", pasal="3"), 3, "hal", True),
        (Gold("dua.pdf"), 3, "hal", False),
    ],
)
def test_an_answer_is_right_that_quotes_the_gold(
    paged: Library, gold: Gold, page: int, quote: str, is_right: bool
) -> None:
    assert judge(paged, gold).is_right("q", answer(paged, "satu.pdf", page, quote)) is is_right


def score_py() -> ModuleType:
    """The definition of the measures of ../shared/data/domain-qa."""
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not there")
    spec = importlib.util.spec_from_file_location("score", DATA / "domain-qa" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


GOLDS = st.lists(
    st.builds(
        Gold,
        document=st.sampled_from(["satu.pdf", "dua.pdf"]),
        pages=st.sets(st.integers(1, 2), min_size=1, max_size=2).map(lambda pages: tuple(sorted(pages))),
        quote=st.sampled_from(["petugas mencatat a", "petugas mencatat b", "petugas mencatat c", "hal ke-2"]),
        grade=st.sampled_from([1, 2]),
    ),
    min_size=1,
    max_size=4,
).filter(lambda golds: any(gold.grade == 2 for gold in golds))


@pytest.mark.data
@pytest.mark.parametrize("strictly", [False, True])
def test_the_measures_are_those_of_the_offices_own_definition(paged: Library, strictly: bool) -> None:
    score = score_py()
    known = [*passages(paged, "satu.pdf"), *passages(paged, "dua.pdf")]
    names = {d.id: d.name for d in paged.documents(LOCAL_ADMIN)}

    @given(GOLDS, st.permutations(range(10)))
    def is_the_same(golds: list[Gold], order: list[int]) -> None:
        judged = judge(paged, *golds, strictly=strictly)
        found = per_question(judged.qrels, {"q": judged.found("q", [known[i] for i in order])})
        hits = [
            {"file": names[known[i].document_id], "pages": [s.page for s in known[i].spans], "text": known[i].text}
            for i in order
        ]
        gold = [{"file": g.document, "pages": g.pages, "quote": g.quote, "grade": g.grade} for g in golds]
        matches = score.strictly if strictly else score.on_page
        rank = score.first_rank(hits, gold, matches)
        assert {name: found[name]["q"] for name in ("nDCG@10", "RR@10", "Success@1", "Success@5")} == {
            "nDCG@10": pytest.approx(score.ndcg(hits, gold, matches)),
            "RR@10": pytest.approx(1 / rank if rank else 0.0),
            "Success@1": float(rank == 1),
            "Success@5": float(rank is not None and rank <= 5),
        }

    is_the_same()
