"""The laws of the guard: positions stay, nothing found is left, and what the office ruled holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.identity import sentences
from ingest.identity.guard import find, guard, mask_by_rules
from ingest.identity.numbers import is_nik
from kb.identity import IN_NAME, MASK, IdentityKind, Rulings, key, masked, unmasked
from kb.pages import Heading, Page, Reading, Span, Verdict

SENTENCES = [sentence.text for sentence in sentences()]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=20)), max_size=6).map("\n".join),
)


def reading(*pages: str, headings: tuple[str, ...] = (), title: str = "") -> Reading:
    return Reading(
        "text/plain",
        tuple(Page(number, text, Verdict.TEXT) for number, text in enumerate(pages, 1)),
        False,
        tuple(Heading(1, heading, Span(1, 0, 0)) for heading in headings),
        title,
    )


@settings(max_examples=200, deadline=None)
@given(pages=st.lists(texts, min_size=1, max_size=3), name=texts)
def test_a_guarded_page_is_as_long_as_before_and_its_words_come_back(pages: list[str], name: str) -> None:
    guarded = guard(reading(*pages), name, Rulings())
    for page, text in zip(guarded.reading.pages, pages, strict=True):
        assert len(page.text) == len(text)
        assert [i for i, letter in enumerate(page.text) if letter.isspace()] == [
            i for i, letter in enumerate(text) if letter.isspace()
        ]
        hidden = [one for one in guarded.guarding.hidden if one.place.page == page.number]
        assert unmasked(page.text, hidden) == text
    assert unmasked(guarded.name, [one for one in guarded.guarding.hidden if one.place.page == IN_NAME]) == name


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_what_was_guarded_once_is_guarded_for_good(text: str) -> None:
    once = guard(reading(text), "a.txt", Rulings()).reading
    assert guard(once, "a.txt", Rulings()).reading.pages[0].text.count(MASK) >= once.pages[0].text.count(MASK)
    for one in find(text):
        assert text[one.start : one.end].strip()
        assert not once.pages[0].text[one.start : one.end].replace(MASK, "").strip()


@given(text=st.text(max_size=60), spans=st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_masking_keeps_the_length(text: str, spans: list[tuple[int, int]]) -> None:
    assert len(masked(text, [span for span in spans if span[0] <= span[1]])) == len(text)


def test_a_name_found_once_is_hidden_everywhere() -> None:
    guarded = guard(
        reading(
            "Korban bernama Rini Astuti melapor.",
            "RINI ASTUTI pulih. Rini menangis. Rini Soewandi adalah menteri.",
            headings=("Riwayat Rini Astuti",),
            title="Laporan Rini Astuti",
        ),
        "laporan_Rini-Astuti.pdf",
        Rulings(),
    )
    assert guarded.reading.pages[1].text == "████ ██████ pulih. ████ menangis. Rini Soewandi adalah menteri."
    assert guarded.reading.headings[0].title == "Riwayat ████ ██████"
    assert guarded.reading.title == "Laporan ████ ██████"
    assert guarded.name == "laporan_███████████.pdf"
    assert guarded.clean("menurut Rini Astuti") == "menurut ████ ██████"


def test_a_released_phrase_is_shown_and_a_hidden_one_is_not() -> None:
    rulings = Rulings(frozenset({key("Rumah Harapan")}), frozenset({key("Pak  Darmo")}), 2)
    guarded = guard(reading("Korban Rumah Harapan dijemput pak darmo di pasar."), "a.txt", rulings)
    assert guarded.reading.pages[0].text == "Korban Rumah Harapan dijemput ███ █████ di pasar."
    assert guarded.guarding.rulings == 2


def test_a_nik_needs_a_province_a_day_and_a_serial() -> None:
    woman, man = "6408015205110003", "6408011205110003"
    wrong = ("9908011205110003", "6408017305110003", "6408011213110003", "6408013002110003", "6408011205110000")
    assert [is_nik(digits) for digits in (woman, man, *wrong)] == [True, True, *[False] * 5]


def test_a_path_is_masked_by_itself() -> None:
    assert mask_by_rules("/masuk/korban_an._Rini_Astuti.pdf") == "/masuk/korban_an._███████████.pdf"


def test_the_kinds_are_told_apart() -> None:
    text = "Korban Rini Astuti, NIK 6408015205110003, HP 0812-5567-8890, LP/B/1/IV/2024/SPKT, rekening 1480012345678."
    assert [one.kind for one in find(text)] == [
        IdentityKind.NAME,
        IdentityKind.NIK,
        IdentityKind.PHONE,
        IdentityKind.CASE,
        IdentityKind.ACCOUNT,
    ]


def test_several_signs_between_the_words_of_a_file_name_move_no_mask() -> None:
    for name, shown in (
        ("laporan -- korban an. Yuliana Lejau.md", f"laporan -- korban an. {MASK * 7} {MASK * 5}.md"),
        ("laporan__korban_an.__Yuliana_Lejau.md", f"laporan__korban_an.__{MASK * 13}.md"),
    ):
        assert guard(reading("Isi."), name, Rulings()).name == shown
        assert mask_by_rules(name) == shown


@pytest.mark.parametrize("between", ["_", "+", "-", ".", "%20", "\u2013", "\u00ad", "\u200b", "_-_"])
def test_a_ruled_name_is_hidden_however_its_words_are_joined(between: str) -> None:
    spelled = f"Siti{between}Aminah"
    rulings = Rulings(hidden=frozenset({key("siti aminah")}), stamp=1)
    guarded = guard(reading(f"Unggahan laporan_{spelled}_akhir."), f"laporan_{spelled}.pdf", rulings)
    assert guarded.reading.pages[0].text == f"Unggahan laporan_{MASK * len(spelled)}_akhir."
    assert guarded.name == f"laporan_{MASK * len(spelled)}.pdf"
    [in_page, in_name] = guarded.guarding.hidden
    assert (in_page.words, in_name.words) == (spelled, spelled)


def test_a_name_that_a_rule_finds_in_a_file_name_is_hidden_however_its_words_are_joined() -> None:
    for spelled in ("Siti.Aminah", "Siti%20Aminah", "Siti\u2013Aminah", "Siti\u00adAminah"):
        assert mask_by_rules(f"korban_an._{spelled}.pdf") == f"korban_an._{MASK * len(spelled)}.pdf"
    assert mask_by_rules("korban a.n. RINI ASTUTI.PDF") == f"korban a.n. {MASK * 4} {MASK * 6}.PDF"


def test_two_sentences_of_a_page_make_no_ruled_name() -> None:
    text = "Petugas menemui Siti. Aminah adalah kader."
    rulings = Rulings(hidden=frozenset({key("siti aminah")}), stamp=1)
    assert guard(reading(text), "a.txt", rulings).reading.pages[0].text == text
