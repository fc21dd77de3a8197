"""What is chosen of the hits to answer with."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from api.library import Library
from index.choosing import choose
from index.reading import Read
from index.search import Searcher
from kb.access import LOCAL_ADMIN
from kb.answers import Answer
from kb.questions import Query
from kb.settings import Settings

FORUM = """PERATURAN DAERAH KOTA CONTOH
NOMOR 91 TAHUN 2020
TENTANG
FORUM ANAK

Pasal 1
(1) Forum Anak dibentuk di setiap kelurahan dan kecamatan oleh lurah bersama camat setempat.
(2) Forum Anak beranggotakan paling sedikit 15 (lima belas) anak yang dipilih dari kelompok anak.

Pasal 2
Taman bermain dipelihara oleh dinas yang membidangi pekerjaan umum setiap tahun anggaran berjalan.
"""


def ask(tmp_path: Path, question: str) -> Answer:
    file = tmp_path / "perda.txt"
    file.write_text(FORUM)
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        return library.ask(Query(question, LOCAL_ADMIN))


def test_each_provision_of_a_statement_has_its_own_citation(tmp_path: Path) -> None:
    [first, *_] = ask(tmp_path, "berapa anggota forum anak di kelurahan dan kecamatan").statements
    assert [citation.label for citation in first.citations] == ["Pasal 1 ayat (1)", "Pasal 1 ayat (2)"]


def test_a_statement_is_its_quotes(tmp_path: Path) -> None:
    for statement in ask(tmp_path, "siapa membentuk forum anak").statements:
        assert statement.text == "\n".join(citation.quote for citation in statement.citations)


def test_a_statement_far_behind_the_best_is_left_out(tmp_path: Path) -> None:
    answer = ask(tmp_path, "berapa anggota forum anak di kelurahan dan kecamatan")
    assert not any("Taman bermain" in statement.text for statement in answer.statements)


def test_the_ayat_in_which_the_reader_found_the_answer_is_quoted(tmp_path: Path) -> None:
    file = tmp_path / "perda.txt"
    ayat = [f"({n}) Forum Anak {' '.join(f'{word}{i}' for i in range(50))}." for n, word in ((1, "satu"), (2, "dua"))]
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", "Pasal 1", *ayat)))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        found = Searcher(library.store, library.retriever).found(Query("forum anak", LOCAL_ADMIN))
        hit = next(hit for hit in found.hits if ayat[1] in hit.text)
        for text in ayat:
            read = {hit.passage_id: Read(3.0, np.array([hit.text.index(text) + 30]), np.array([1.0]))}
            [first, *_] = choose(found.candidates, [hit], library.store.versions.sections, read)
            assert [hit.text[unit.start : unit.end] for unit in first.units] == [text]


def test_an_ayat_that_is_named_is_quoted_of_its_own_pasal_only(tmp_path: Path) -> None:
    file = tmp_path / "perda.txt"
    ayat = [f"({n}) {' '.join(f'{word}{i}' for i in range(50))}." for n, word in ((1, "satu"), (2, "dua"))]
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", "Pasal 1", *ayat, "", "Pasal 2", *ayat)))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        asked = Query("pasal 2 ayat (2) satu1 satu2 satu3", LOCAL_ADMIN)
        found = Searcher(library.store, library.retriever).found(asked)
        quoted = {}
        for hit in found.hits:
            [choice] = choose(found.candidates, [hit], library.store.versions.sections, {})
            quoted[hit.section_address] = [hit.text[unit.start :][:3] for unit in choice.units]
    assert quoted.items() >= {"pasal-1": ["(1)"], "pasal-2": ["(2)"]}.items()


PUSPAGA = """PERATURAN DAERAH KOTA CONTOH
NOMOR 92 TAHUN 2021
TENTANG
PUSAT PEMBELAJARAN KELUARGA

Menimbang:
a. bahwa untuk melayani keluarga perlu dibentuk pusat pembelajaran keluarga di setiap kecamatan;
b. bahwa pusat pembelajaran keluarga yang dibentuk camat di kecamatan perlu diatur dengan Peraturan Daerah;

Mengingat:
1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;

MEMUTUSKAN:
Menetapkan: PERATURAN DAERAH TENTANG PUSAT PEMBELAJARAN KELUARGA.

Pasal 1
Camat membentuk pusat pembelajaran keluarga di setiap kecamatan dengan Keputusan Camat.

Pasal 2
Pusat pembelajaran keluarga di setiap kecamatan yang dibentuk camat buka pada hari kerja.
"""


def places_quoted(tmp_path: Path, question: str) -> list[str]:
    file = tmp_path / "perda.txt"
    file.write_text(PUSPAGA)
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        statements = library.ask(Query(question, LOCAL_ADMIN)).statements
        return [citation.address for statement in statements for citation in statement.citations]


def test_a_recital_is_not_quoted_beside_the_provisions(tmp_path: Path) -> None:
    places = places_quoted(tmp_path, "siapa yang membentuk pusat pembelajaran keluarga di setiap kecamatan")
    assert "pasal-1" in places
    assert not any(place.startswith(("menimbang", "mengingat", "menetapkan")) for place in places)


def test_who_does_a_thing_is_told_by_the_verb_sooner_than_by_the_noun(tmp_path: Path) -> None:
    file = tmp_path / "perda.txt"
    ayat = [
        f"({n}) {said} pusat keluarga {' '.join(f'{chr(96 + n)}{i}' for i in range(50))}."
        for n, said in ((1, "Pembentukan"), (2, "Camat membentuk"))
    ]
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", "Pasal 1", *ayat)))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        [first, *_] = library.ask(Query("siapa yang membentuk pusat keluarga", LOCAL_ADMIN)).statements
    assert [citation.label for citation in first.citations] == ["Pasal 1 ayat (2)"]


def test_a_recital_is_quoted_where_grounds_are_asked_for(tmp_path: Path) -> None:
    places = places_quoted(tmp_path, "alasan membentuk pusat pembelajaran keluarga di setiap kecamatan")
    assert any(place.startswith("menimbang") for place in places)


def test_a_basic_right_asks_for_no_grounds(tmp_path: Path) -> None:
    places = places_quoted(tmp_path, "hak dasar membentuk pusat pembelajaran keluarga di setiap kecamatan")
    assert "pasal-1" in places
    assert not any(place.startswith("menimbang") for place in places)


def test_why_a_regulation_is_made_its_recital_tells_first(tmp_path: Path) -> None:
    places = places_quoted(tmp_path, "kenapa perda pusat pembelajaran keluarga di setiap kecamatan dibuat camat")
    assert places[0].startswith("menimbang")


def test_an_amount_that_is_asked_for_is_quoted_before_what_has_none(tmp_path: Path) -> None:
    file = tmp_path / "perda.txt"
    ayat = ("Honor pendamping korban kekerasan dibayar dinas.", "Pendamping korban kekerasan dibayar Rp250.000 sehari.")
    body = ("Pasal 1", ayat[0], "", "Pasal 2", ayat[1], "", "Pasal 3", "Taman bermain dipelihara setiap tahun.")
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", *body)))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        first, second = library.ask(Query("berapa honor pendamping korban kekerasan dibayar", LOCAL_ADMIN)).statements
    assert (ayat[1] in first.text, ayat[0] in second.text) == (True, True)


def test_how_often_is_told_before_what_tells_only_that(tmp_path: Path) -> None:
    file = tmp_path / "perda.txt"
    pasal = ("Isi situs hukum disegarkan sering oleh dinas.", "Isi situs hukum disegarkan dinas seminggu sekali.")
    body = ("Pasal 1", pasal[0], "", "Pasal 2", pasal[1], "", "Pasal 3", "Taman bermain dipelihara oleh dinas.")
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", *body)))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        asked = Query("seberapa sering isi situs hukum disegarkan dinas", LOCAL_ADMIN)
        first, second, *_ = library.ask(asked).statements
    assert (pasal[1] in first.text, pasal[0] in second.text) == (True, True)


def test_what_stands_in_the_region_of_the_question_is_quoted_first(tmp_path: Path) -> None:
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        for city in ("SEMARANG", "SURABAYA"):
            file = tmp_path / f"{city}.txt"
            file.write_text(FORUM.replace("CONTOH", city))
            library.ingestion.ingest(file)
        searcher = Searcher(library.store, library.retriever)
        for city in ("Semarang", "Surabaya"):
            found = searcher.found(Query(f"siapa membentuk forum anak di {city}", LOCAL_ADMIN))
            # The words of the region tell the rest of what another city's passage scores more.
            level = [replace(hit, score=0.5 + 0.2 * (city not in hit.document.metadata.region)) for hit in found.hits]
            [first, *_] = choose(found.candidates, level, library.store.versions.sections, {})
            assert city in first.hit.document.metadata.region


@pytest.mark.usefixtures("always_answers")
def test_an_item_is_quoted_with_what_leads_in_its_list(tmp_path: Path) -> None:
    file = tmp_path / "sop.txt"
    items = [f"{letter}. {' '.join(f'{letter}{i}' for i in range(30))};" for letter in "abc"]
    text = ("Tugas subkoordinator perlindungan:", *items, "d. melatih kader puspaga di tingkat kecamatan.")
    file.write_text("\n".join(text))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        [first, *_] = library.ask(Query("siapa melatih kader puspaga", LOCAL_ADMIN)).statements
    quotes = [citation.quote for citation in first.citations]
    assert quotes[0] == text[0]
    assert text[-1] in quotes[-1]
    assert items[0] not in first.text


def test_the_next_ayat_is_no_item_of_the_list_before(tmp_path: Path) -> None:
    ayat = ("(1) Pengurus forum anak terdiri atas:\na. ketua; dan\nb. sekretaris.", "(2) Camat melantik semuanya.")
    long = " ".join(f"kata{i}" for i in range(95))
    file = tmp_path / "perda.txt"
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", "Pasal 1", ayat[0], f"c. {long}.", ayat[1])))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        [first, *_] = library.ask(Query("siapa melantik", LOCAL_ADMIN)).statements
    assert "terdiri atas" not in first.text


def test_what_only_leads_in_is_quoted_with_what_follows(tmp_path: Path) -> None:
    long = " ".join(f"kata{i}" for i in range(85))
    lead = "Ketentuan tentang pengurus forum anak diubah sehingga berbunyi sebagai berikut:"
    file = tmp_path / "perda.txt"
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", "Pasal 1", lead, f"a. {long}.")))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        [first, *_] = library.ask(Query("ketentuan pengurus forum anak diubah", LOCAL_ADMIN)).statements
    assert first.text.endswith("kata84.")


def test_an_item_is_led_in_by_what_it_is_an_item_of(tmp_path: Path) -> None:
    long = " ".join(f"kata{i}" for i in range(110))
    file = tmp_path / "sop.txt"
    file.write_text(
        f"Gugus tugas terdiri atas:\na. unsur pemerintah, meliputi:\n1. camat {long};\nb. unsur masyarakat sekitar."
    )
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        found = Searcher(library.store, library.retriever).found(Query("masyarakat sekitar", LOCAL_ADMIN))
        [first, *_] = choose(found.candidates, found.hits, library.store.versions.sections, {})
    assert first.text.startswith("Gugus tugas terdiri atas:")
    assert first.text.endswith("b. unsur masyarakat sekitar.")


@pytest.mark.usefixtures("always_answers")
def test_a_list_and_what_leads_it_in_are_one_quote(tmp_path: Path) -> None:
    file = tmp_path / "perda.txt"
    items = ("korban atau keluarga korban;", "teman korban;", "kepolisian.")
    listed = "\n".join(f"{letter}. {item}" for letter, item in zip("abc", items, strict=True))
    pasal = f"Pasal 1\nPermohonan perintah perlindungan diajukan oleh:\n{listed}"
    file.write_text("\n".join((*FORUM.splitlines()[:4], "", pasal, "", "Pasal 2", "Taman bermain dipelihara dinas.")))
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(file)
        asked = Query("siapa saja yang mengajukan permohonan perintah perlindungan", LOCAL_ADMIN)
        [first, *_] = library.ask(asked).statements
    assert [(citation.label, citation.quote) for citation in first.citations] == [("Pasal 1", pasal)]
