from hypothesis import given
from hypothesis import strategies as st

from index.difference import difference, same_share
from kb.precedent import Change, Edit

WORDS = st.lists(st.sampled_from(["anak", "Anak,", "wajib", "dan", "yang", "(1)", "bupati", "dibentuk."]), max_size=14)


def test_a_difference_tells_what_is_only_in_one_text() -> None:
    assert difference("Bupati wajib membentuk gugus tugas.", "Wali Kota membentuk\ngugus tugas KLA.") == (
        Change(Edit.DELETED, "Bupati wajib"),
        Change(Edit.INSERTED, "Wali Kota"),
        Change(Edit.SAME, "membentuk gugus tugas"),
        Change(Edit.INSERTED, "KLA."),
    )


def test_case_and_punctuation_are_no_difference() -> None:
    assert difference("pemerintah daerah wajib", "Pemerintah Daerah, wajib;") == (
        Change(Edit.SAME, "Pemerintah Daerah, wajib;"),
    )


def test_a_small_word_alone_does_not_cut_a_change() -> None:
    assert difference("ketua dan sekretaris", "bendahara dan anggota") == (
        Change(Edit.DELETED, "ketua dan sekretaris"),
        Change(Edit.INSERTED, "bendahara dan anggota"),
    )


@given(WORDS, WORDS)
def test_what_is_same_or_inserted_is_the_provision(clause: list[str], provision: list[str]) -> None:
    changes = difference(" ".join(clause), "\n".join(provision))
    assert " ".join(c.text for c in changes if c.edit is not Edit.DELETED) == " ".join(provision)


@given(WORDS, WORDS)
def test_what_is_same_or_deleted_is_the_clause_but_for_case_and_edges(clause: list[str], provision: list[str]) -> None:
    changes = difference(" ".join(clause), " ".join(provision))
    kept = " ".join(c.text for c in changes if c.edit is not Edit.INSERTED)
    assert [word.strip(",.").casefold() for word in kept.split()] == [word.strip(",.").casefold() for word in clause]


@given(WORDS)
def test_a_text_is_the_same_as_itself(words: list[str]) -> None:
    assert same_share(" ".join(words), " ".join(words)) == 1.0
