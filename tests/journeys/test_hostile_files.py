"""Files as strangers send them, through the whole way: each is in, or refused by one sentence, and the others go on."""

import json
import os
import time
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from api.cli import main
from api.ingestion import FolderCounts
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.errors import KbError
from kb.intake import Ingested, Outcome
from kb.questions import Query
from kb.settings import Settings
from tests.ingest import hostile

PASAL = "Pasal 1\nPosyandu remaja dibuka setiap Jumat.\n"

HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "01-kosong.pdf": (b"", "berkas-kosong"),
    "02-terkunci.pdf": (hostile.printed_pdf([["Rahasia"]], password="sandi"), "berkas-terkunci"),
    "03-terpotong.pdf": (hostile.printed_pdf([["Terpotong"]])[:300], "berkas-rusak"),
    "04-bom.docx": (hostile.zip_bomb_word(600 * 2**20), "berkas-terlalu-besar"),
    "05-tabel.docx": (hostile.other_zip(), "berkas-rusak"),
    "06-gambar.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "berkas-rusak"),
    # It grows until its time or its memory is used up, whichever this machine reaches first.
    "07-tanpa-akhir.pdf": (hostile.endless_pdf(), "baca-terlalu-lama pembaca-berhenti"),
    "08-halaman.pdf": (hostile.many_pages_pdf(10_000), "berkas-terlalu-besar"),
    "09-dalam.pdf": (hostile.deep_outline_pdf(3_000), None),
    "10-melingkar.pdf": (hostile.circular_outline_pdf(), None),
    "11-ejaan.pdf": (hostile.pdf_spelling("D800", "0000", "0041"), None),
    "12-nul.txt": (b"Pasal 1\nAnak \x00 berhak bermain" + b" dan belajar" * 20 + b".\n", None),
    "13-pengganti.txt": (b"Pasal 1\nAnak \xed\xa0\x80 berhak \xed\xbf\xbf bermain.\n", None),
    "14-arab.txt": ("Pasal 1\nAnak \u202eberhak\u202c مرحبا שלום \ufdfa bermain.\n".encode(), None),
    "15-emoji.md": ("# Forum 👨‍👩‍👧‍👦\n\nAnak berhak 🎈 bermain e\u0301 di ＲＰＴＲＡ.\n".encode(), None),
    "16-utf16.txt": ("Pasal 1\nAnak berhak bermain di halaman.\n".encode("utf-16"), None),
    "17-latin.txt": ("Pasal 1\nAnak berhak bermain di café.\n".encode("latin-1"), None),
    "18-bukan.pdf": (PASAL.encode(), None),
    "19-naskah.docx": (hostile.word("Pasal 1", "Anak \u202e berhak bermain."), None),
    "20-xml.docx": (hostile.word_with_part("word/document.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), ...),  # type: ignore[dict-item]
    "21-biasa.txt": (b"Pasal 9\nBerkas biasa di belakang yang aneh tetap masuk.\n", None),
}
"""What each file must end as: the code of its refusal (or one of several), None for in, ... for either."""


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ingested | KbError]:
    """What came of each, taken in as one folder."""
    folder = tmp_path_factory.mktemp("aneh")
    for name, (content, _) in HOSTILE.items():
        (folder / name).write_bytes(content)
    came: dict[str, Ingested | KbError] = {}
    settings = Settings(home=folder / ".kb", model="toy", threads=1, reading_seconds=4)
    with Library.open(settings) as library:
        counts = library.ingestion.ingest_folder(folder, lambda file, one, n_done, n_all: came.update({file.name: one}))
        assert counts.n_new + counts.n_refused == len(HOSTILE)
        assert {Path(refusal.source).name for refusal in library.refusals()} == {
            name for name, one in came.items() if isinstance(one, KbError)
        }
        assert library.verify() == ()
    return came


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_in_or_refused_by_one_sentence(taken: dict[str, Ingested | KbError], name: str) -> None:
    came, expected = taken[name], HOSTILE[name][1]
    if isinstance(came, KbError):
        assert expected is ... or came.code in (expected or "").split()
        assert name in came.say("id")
        assert came.say("id") != came.say("en")
        assert "\n" not in came.say("id")
    else:
        assert expected in (None, ...)


@pytest.mark.parametrize("name", [name for name, (_, expected) in HOSTILE.items() if expected is None])
def test_quotes_of_strange_text_are_exact(library: Library, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name][0])
    document = library.ingestion.ingest(file).document
    answer = library.ask(Query("anak berhak bermain", LOCAL_ADMIN))
    pages = {page.number: page.text for page in library.store.versions.pages(document.version_id)}
    for statement in answer.statements:
        for citation in statement.citations:
            assert citation.quote == pages[citation.span.page][citation.span.start : citation.span.end]
    for hit in answer.hits:
        assert hit.text == "\n".join(pages[span.page][span.start : span.end] for span in hit.spans)
    assert library.verify() == ()


def test_five_megabytes_on_one_line_go_in_within_time_and_memory(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "panjang.txt"
    file.write_text("anak berhak bermain dan belajar " * (5 * 2**20 // 32) + "posyandu remaja jumat", "utf-8")
    before, started = psutil.Process().memory_info().rss, time.process_time()
    document = library.ingestion.ingest(file).document
    assert time.process_time() - started < 60
    assert psutil.Process().memory_info().rss - before < 600 * 2**20
    assert document.n_passages > 1_000
    assert "posyandu" in library.search(Query("posyandu remaja", LOCAL_ADMIN))[0].text
    assert library.verify() == ()


def test_five_megabytes_without_a_blank_go_in_or_are_refused(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "sambung.txt"
    file.write_text("anak" * (5 * 2**18), "utf-8")
    started = time.process_time()
    assert library.ingestion.ingest(file).outcome is Outcome.NEW
    assert time.process_time() - started < 60
    assert library.verify() == ()


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.txt", b"dua\nbaris.txt", b" .txt", "🎈.txt".encode(), b"a" * 250 + b".txt"]
)
def test_a_strange_name_keeps_no_file_out(library: Library, tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / os.fsdecode(name)).write_text(PASAL, "utf-8")
    assert library.ingestion.ingest_folder(folder, lambda *came: None) == FolderCounts(1, 0, 0, 0)
    assert library.ingestion.ingest_folder(folder, lambda *came: None) == FolderCounts(0, 0, 1, 0)
    [document] = library.documents(LOCAL_ADMIN)
    document.name.encode("utf-8")


def test_a_refused_file_with_a_strange_name_is_remembered(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    assert library.ingestion.ingest_folder(folder, lambda *came: None) == FolderCounts(0, 0, 0, 1)
    assert [refusal.code for refusal in library.refusals()] == ["berkas-kosong"]
    monkeypatch.setenv("KB_HOME", str(library.settings.home))
    monkeypatch.setenv("KB_MODEL", "toy")
    said = CliRunner().invoke(main, ["ingest", str(folder), "--json"])
    assert said.exit_code == 3
    assert [one["code"] for one in json.loads(said.stdout)["refused"]] == ["berkas-kosong"]


def test_what_is_no_file_in_a_folder_is_passed_over(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    (folder / "map.pdf").mkdir(parents=True)
    (folder / "biasa.txt").write_text(PASAL, "utf-8")
    (folder / "putus.txt").symlink_to(folder / "tidak-ada.txt")
    (folder / "lingkaran").symlink_to(folder)
    os.mkfifo(folder / "pipa.txt")
    assert library.ingestion.ingest_folder(folder, lambda *came: None).n_new == 1


def test_a_file_that_vanishes_meanwhile_does_not_stop_the_others(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"{PASAL} {name}", "utf-8")
    counts = library.ingestion.ingest_folder(folder, lambda *came: (folder / "b.txt").unlink(missing_ok=True))
    assert counts == FolderCounts(2, 0, 0, 1)
