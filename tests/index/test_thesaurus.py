"""The thesaurus: its files, and what it makes of a question."""

from pathlib import Path

import pytest

from index.terms import SYNONYM_WEIGHT, Term, in_words_of
from index.thesaurus import FILES, Thesaurus
from index.thesaurus_files import READ_AS, Entry, read_entries
from index.words import words
from kb.errors import SettingError

THESAURUS = Thesaurus()


def own(question: str) -> list[str]:
    return [term.stem for term in THESAURUS.expand(question) if not term.is_synonym]


def added(question: str) -> set[str]:
    return {term.stem for term in THESAURUS.expand(question) if term.is_synonym}


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("gmn cara lapor yg bener?", "bagaimana cara lapor yang benar?"),
        ("brp thn ortunya", "berapa tahun orang tuanya"),
        ("dua2nya gak tau", "dua-duanya tidak tahu"),
        ("hak bumil", "hak ibu hamil"),
        ("ps 7 ay 2 hrf b", "pasal 7 ayat 2 huruf b"),
        ("siapa yg ngurusin anak ilang", "siapa yang mengurus anak hilang"),
        ("Ngajuin izin ke Ngawi", "mengajukan izin ke Ngawi"),
        ("Yayasan Nulis Abadi", "Yayasan Nulis Abadi"),
        ("apa itu KLA?", "apa itu KLA (kabupaten layak anak)?"),
        ("target kdrt", "target kdrt (kekerasan dalam rumah tangga)"),
        ("gımana cara, gİmana cara", "gımana cara, gİmana cara"),
        ("Apa itu perlindungan khusus?", "Apa itu perlindungan khusus?"),
        ("", ""),
    ],
)
def test_a_question_is_rewritten_in_plain_words(typed: str, plain: str) -> None:
    assert THESAURUS.rewrite(typed) == plain


def test_a_long_form_already_said_is_not_repeated() -> None:
    assert THESAURUS.rewrite("KLA atau kabupaten layak anak") == "KLA atau kabupaten layak anak"


def test_chat_words_count_as_the_words_they_mean() -> None:
    assert own("ortu yg cerai") == ["orang", "tua", "cerai"]


def test_an_everyday_verb_counts_as_its_standard_form() -> None:
    assert own("yg nyimpang") == ["simpang"]
    assert {"fisik", "aniaya"} <= added("dipukulin")
    assert THESAURUS.expand("nyimpang")[0] == Term("simpang", 1.0, "nyimpang")


def test_an_everyday_verb_that_the_collection_holds_is_left_as_it_is() -> None:
    held = {"maker", "bijak"}.__contains__
    assert THESAURUS.rewrite("maker dan nyimpang", held) == "maker dan menyimpang"
    assert THESAURUS.expand("maker", held) == (Term("maker", 1.0, "maker"),)
    assert THESAURUS.rewrite("maker") == "makar"


@pytest.mark.parametrize("question", ["can a male child later be moved", "what is the role of the maker"])
def test_an_english_question_has_no_everyday_verbs(question: str) -> None:
    assert THESAURUS.rewrite(question) == question
    assert set(own(question)) <= {word.stem for word in words(question)}


def test_naker_is_the_work_force_and_no_measuring() -> None:
    assert THESAURUS.rewrite("apa tugas dinas naker") == "apa tugas dinas tenaga kerja"
    assert own("dinas naker") == ["dinas", "tenaga", "kerja"]
    assert {"tenaga", "kerja"} <= added("Dinas Naker")
    assert "naker" in added("tenaga kerja")


def test_an_everyday_verb_with_an_entry_of_its_own_is_left_to_that() -> None:
    assert THESAURUS.rewrite("anak nyabu") == "anak nyabu"
    assert "narkotika" in added("nyabu")


def test_an_abbreviation_also_looks_for_its_long_form() -> None:
    assert {"arus", "utama", "gender"} <= added("PUG")


def test_an_abbreviation_is_explained_in_words_and_not_by_another() -> None:
    assert THESAURUS.rewrite("tugas DP3A") == "tugas DP3A (dinas pemberdayaan perempuan dan perlindungan anak)"


def test_an_abbreviation_knows_the_ways_to_write_it_out() -> None:
    [term] = [term for term in THESAURUS.expand("KIA") if not term.is_synonym]
    assert term.long_forms == (("kartu", "identitas", "anak"), ("sehat", "ibu", "anak"))
    assert not any(term.long_forms for term in THESAURUS.expand("kartu identitas anak"))


def test_a_long_form_also_looks_for_its_abbreviation() -> None:
    assert "kla" in added("kabupaten layak anak")


def test_an_everyday_word_goes_one_way() -> None:
    assert "anak" in added("bocah")
    assert "bocah" not in added("anak")


def test_an_entry_in_its_bare_form_means_every_form_of_it() -> None:
    assert {"fisik", "aniaya"} <= added("dipukul") & added("pemukulan")


def test_an_entry_with_affixes_means_that_form_only() -> None:
    assert "putus" in added("dirumahkan")
    assert "putus" not in added("rumah")


def test_small_letters_mean_the_commoner_of_two_abbreviations() -> None:
    assert ("kartu" in added("ktp"), "kartu" in added("KtP"), "perempuan" in added("KtP")) == (True, False, True)


def test_an_english_question_keeps_words_that_are_chat_words_in_indonesian() -> None:
    question = "is there no shelter for the victims?"
    assert THESAURUS.rewrite(question) == question


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("gmn penerapan the best interest of the child dlm perda?", "bagaimana penerapan"),
        ("apa yg dimaksud convention on the rights of the child?", "apa yang dimaksud"),
    ],
)
def test_a_question_that_quotes_english_keeps_no_chat_words(question: str, read: str) -> None:
    assert THESAURUS.rewrite(question).startswith(read)


def test_what_is_said_to_be_anothers_in_english_is_that_others_word() -> None:
    assert "anak" in {term.stem for term in THESAURUS.expand("who looks after the children's forum of the city?")}
    assert "women" in {term.stem for term in THESAURUS.expand("which is the women\u2019s office of the city?")}


def test_english_words_look_for_the_indonesian() -> None:
    assert {"hak", "anak", "korban"} <= added("rights of child victims")


def test_the_stems_of_a_long_form_share_one_weight() -> None:
    assert sum(term.weight for term in THESAURUS.expand("PPRG") if term.weight < 1.0) == pytest.approx(SYNONYM_WEIGHT)


def test_an_expansion_does_not_repeat_the_question() -> None:
    stems = [term.stem for term in THESAURUS.expand("pencegahan kekerasan terhadap anak dan bocah anak-anak KLA")]
    assert len(stems) == len(set(stems))


def test_a_term_names_the_word_it_came_from() -> None:
    assert THESAURUS.expand("Bocah")[:2] == (
        Term("bocah", 1.0, "Bocah"),
        Term("anak", SYNONYM_WEIGHT, "Bocah", is_synonym=True),
    )


def test_the_office_adds_words_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "padanan.tsv"
    file.write_text(
        "# kami\nGARUDA\t<->\tgerakan ramah untuk anak daerah\nsigap\t->\tcepat; tanggap\n", encoding="utf-8-sig"
    )
    thesaurus = Thesaurus(file)
    assert thesaurus.rewrite("apa GARUDA") == "apa GARUDA (gerakan ramah untuk anak daerah)"
    assert {term.stem for term in thesaurus.expand("sigap")} == {"sigap", "cepat", "tanggap"}


@pytest.mark.parametrize("line", ["KLA = kota layak anak", "KLA\t=>\tkota", "\t->\tkota", "KLA\t->\t", "KLA"])
def test_a_line_that_cannot_be_understood_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "padanan.tsv"
    file.write_text(f"# judul\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        Thesaurus(file)
    assert caught.value.where == f"{file}:2"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        Thesaurus(tmp_path / "tidak-ada.tsv")
    assert caught.value.where == str(tmp_path / "tidak-ada.tsv")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "padanan.tsv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError):
        read_entries(file)


def test_an_entry_is_read_as_written(tmp_path: Path) -> None:
    file = tmp_path / "padanan.tsv"
    file.write_text("bos\t->\tpemberi kerja; pengusaha\n", encoding="utf-8")
    assert read_entries(file) == [Entry("bos", "->", ("pemberi kerja", "pengusaha"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_entry_has_words_to_look_for(file: Path) -> None:
    empty = [
        e.left for e in read_entries(file) if e.sign != READ_AS and not (words(e.left) and all(map(words, e.rights)))
    ]
    assert empty == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_shipped_entry_stands_twice(file: Path) -> None:
    keys = [(entry.left, entry.sign) for entry in read_entries(file)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_words_with_an_entry_are_no_spelling_mistakes() -> None:
    assert {"bullying", "kdrt", "bocah"} <= THESAURUS.stems


def test_a_word_that_the_collection_does_not_use_gives_its_weight_to_its_synonyms() -> None:
    terms = (
        Term("difabel", 1.0, "difabel"),
        Term("disabilitas", 0.2, "difabel", is_synonym=True),
        Term("hak", 1.0, "hak"),
    )
    assert in_words_of(terms, {"disabilitas": 300, "hak": 900}) == (
        terms[0],
        Term("disabilitas", pytest.approx(0.5), "difabel", is_synonym=True),
        terms[2],
    )
    assert in_words_of(terms, {"difabel": 31, "disabilitas": 300, "hak": 900}) == terms


def test_a_word_that_the_collection_hardly_holds_is_explained_by_one_that_it_does() -> None:
    assert THESAURUS.rewrite("peran cowok", lambda stem: {"laki": 40}.get(stem, 0)) == "peran cowok (laki-laki)"
    assert THESAURUS.rewrite("peran cowok", lambda stem: {"laki": 40, "cowok": 5}.get(stem, 0)) == "peran cowok"


def test_the_words_that_frame_a_question_are_not_looked_for() -> None:
    assert own("tolong carikan contoh sanksi menurut perda") == ["sanksi", "perda"]


def test_a_question_of_frame_words_alone_keeps_them() -> None:
    assert own("minta contoh") == ["minta", "contoh"]


def test_cooperation_is_asked_for() -> None:
    assert "sama" in own("bentuk kerja sama antar daerah")
    assert "sama" not in own("kepala dinas sama sekretarisnya")
    assert "jadi" in own("hari jadi Jepara")


def test_one_word_that_says_a_phrase_names_all_of_its_words() -> None:
    [said] = [term for term in THESAURUS.expand("ganti rugi korban") if term.stem == "restitusi"]
    assert said.phrase == ("ganti", "rugi")
