"""A name that is ruled to be hidden long after it came in is nowhere any more: every surface is walked for it."""

import io
import json
import logging
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from openpyxl import Workbook

from api import open_formats
from api.app import create_app
from api.cli import main
from api.folders import Folders
from api.intake import Intake
from api.jdihn import Jdihn
from api.library import Library
from api.routes.given import viewer_of
from api.trash import Trash
from api.worker import Worker
from bench import samples
from ingest import tesseract
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer
from kb.documents import Document, DocumentId
from kb.dossier import Field, ItemKind
from kb.errors import NotFoundError
from kb.identity import MASK, Action
from kb.jdihn import Record
from kb.legal import Form as WorkForm
from kb.legal import Relation, RelationKind, Work
from kb.questions import Query
from kb.records import RecordKind
from kb.settings import Settings
from tests.documents.drawing import draw
from tests.journeys.surfaces import Surfaces

NAME = "Bunda Wening"
"""Nothing near it says that it is a victim's: no rule finds it, and the office rules on it later."""

STAFF = Viewer("staf")
TYPED = f"Menurut {NAME}, kunjungan berikut pada bulan Mei."
QUESTIONS = ("siapa mendampingi kunjungan", "rumah aman", "forum anak bersidang", "rapat membahas apa", NAME)

REGULATION = f"""PERATURAN BUPATI KUTAI TIMUR
NOMOR 3 TAHUN 2024
TENTANG
RUMAH AMAN {NAME.upper()}
DENGAN RAHMAT TUHAN YANG MAHA ESA
BUPATI KUTAI TIMUR,
Menimbang: a. bahwa rumah aman diperlukan;
Mengingat: 1. Peraturan Bupati Kutai Timur Nomor 2 Tahun 2020 tentang Rumah Singgah {NAME};
MEMUTUSKAN:
Menetapkan: PERATURAN BUPATI TENTANG RUMAH AMAN {NAME.upper()}.
BAB I
KETENTUAN UMUM
Pasal 1
Rumah aman {NAME} adalah tempat tinggal sementara.
BAB II
RUMAH AMAN {NAME.upper()}
Pasal 2
Pemerintah Daerah membentuk rumah aman {NAME} di Sangatta sebagaimana dimaksud dalam Pasal 1.
Pasal 3
Pada saat Peraturan Bupati ini mulai berlaku, Peraturan Bupati Kutai Timur Nomor 2 Tahun 2020 tentang Rumah Singgah
{NAME} dicabut dan dinyatakan tidak berlaku.
Pasal 4
Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.
"""
OLDER = REGULATION.replace("NOMOR 3 TAHUN 2024", "NOMOR 2 TAHUN 2020").replace("RUMAH AMAN", "RUMAH SINGGAH")
NOTES = f"# Kunjungan {NAME}\n\n{NAME} mendampingi kunjungan ke balai desa.\n\n## Pesan {NAME}\n\nForum anak bersidang."
MINUTES = Path(__file__).parents[1] / "records" / "sources" / "risalah-rapat-evaluasi-kla-2024.txt"


@dataclass
class Office:
    """A library in use for a year, and what stands in it. gone: a document that was removed, and can come back."""

    library: Library
    home: Path
    gone: Document


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("kantor")
    home = folder / "kb"
    with Library.open(Settings(home=home, model="toy", threads=1)) as library:
        gone = fill(library, folder)
        before = shown(TestClient(doors(library)), library)
        assert len([1 for text in before.values() if leaks(text)]) > 40, "the name must be in before it is hidden"
        assert library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, NAME) > 3
        yield Office(library, home, gone)


def fill(library: Library, folder: Path) -> Document:
    """Take in a file of each kind that names her, work with them as an office does, and remove one."""
    watched = folder / f"arsip {NAME}"
    watched.mkdir()
    files = {"perbup 3.txt": REGULATION, "perbup 2.txt": OLDER, f"catatan {NAME}.md": NOTES}
    for name, text in files.items():
        (watched / name).write_text(text, "utf-8")
    (watched / f"salinan {NAME}.md").write_text(NOTES, "utf-8")
    (watched / f"{NAME}.pdf").write_bytes(b"%PDF-1.4 rusak")
    (watched / f"lama {NAME}.txt").write_text(f"Surat {NAME} kepada dinas tentang rumah aman.", "utf-8")
    with zipfile.ZipFile(watched / f"kiriman {NAME}.zip", "w") as packed:
        packed.writestr(f"surat {NAME}.txt", f"Undangan {NAME} ke rumah aman di Bengalon.")
        packed.writestr(f"rusak {NAME}.pdf", b"%PDF-1.4 rusak")
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = NAME
    for row in (("No", NAME), ("1", "Pelatihan forum anak"), ("2", "Kunjungan rumah aman")):
        sheet.append(row)
    workbook.save(watched / "kegiatan.xlsx")
    text = (
        MINUTES.read_text("utf-8").replace("DP2KBP3A", NAME).replace("Bersurat kepada", f"Bersama {NAME} bersurat ke")
    )
    source = folder / "risalah.txt"
    source.write_text(text.replace("# Ringkasan", f"# Ringkasan {NAME}:"), "utf-8")
    draw(source, "docx", watched)
    if tesseract.languages():
        (watched / "surat.png").write_bytes(samples.saved_picture("PNG"))

    intake = Intake(library)
    folders = Folders(intake)
    watching = folders.add(LOCAL_ADMIN, watched)
    look(folders, intake)
    for content in (b"%PDF-1.4 rusak juga", f"Unggahan {NAME} tentang rumah aman.".encode()):
        ending = "pdf" if content.startswith(b"%PDF") else "txt"
        intake.receive(LOCAL_ADMIN, f"unggahan {NAME}.{ending}", io.BytesIO(content), EVERYONE)
    Worker(intake).run(until_empty=True)
    keep_dossier(library)
    (watched / f"catatan {NAME}.md").write_text(NOTES + f"\n\n## Tambahan\n\nVersi kedua dari {NAME}.", "utf-8")
    look(folders, intake)
    work(library)
    old = next(document for document in library.documents(LOCAL_ADMIN) if document.name.startswith("lama"))
    Trash(library).withdraw(LOCAL_ADMIN, old.id)
    assert watching.folder in {source.folder for source in folders.all(LOCAL_ADMIN)}
    return old


def look(folders: Folders, intake: Intake) -> None:
    for source in folders.all(LOCAL_ADMIN):
        folders.sync(source)
    Worker(intake).run(until_empty=True)


def named(library: Library, start: str) -> Document:
    return next(one for one in library.documents(LOCAL_ADMIN) if one.name.startswith(start))


def keep_dossier(library: Library) -> None:
    """Quotes of two documents, one of which gets a new version afterwards, with the office's own words beside."""
    dossier = library.dossiers.create(LOCAL_ADMIN, f"Telaahan tentang {NAME}")
    for start, heading in (("catatan", "Pesan"), ("perbup 3", "Pasal 2")):
        document = named(library, start)
        section = next(
            one
            for one in library.sections(LOCAL_ADMIN, document.id)
            if one.heading.startswith(heading) or one.label.startswith(heading)
        )
        library.dossiers.add(
            LOCAL_ADMIN, dossier.id, ItemKind.PASSAGE, document.id, document.version_id, section.spans[:1], TYPED
        )
    # A document that is gone for good; its label and name are all that is left of it.
    lost = named(library, "unggahan")
    library.dossiers.add(
        LOCAL_ADMIN,
        dossier.id,
        ItemKind.PASSAGE,
        lost.id,
        lost.version_id,
        library.sections(LOCAL_ADMIN, lost.id)[0].spans[:1],
        TYPED,
    )
    library.erase(lost.id)
    library.dossiers.write(LOCAL_ADMIN, dossier.id, dossier.title, dossier.form, {Field.FACTS: TYPED, Field.TO: NAME})


def work(library: Library) -> None:
    """Correct a record, a page and metadata, add a relation with a note, and load a JDIHN record."""
    minutes = named(library, "risalah")
    records = library.records.of_document(LOCAL_ADMIN, minutes.id).records
    tasks = [record for record in records if record.KIND is RecordKind.FOLLOW_UP]
    library.records.correct(LOCAL_ADMIN, minutes.id, RecordKind.FOLLOW_UP, tasks[0].key, {"person": NAME})
    hers = next(record for record in tasks if NAME in record.fields()["task"].text)
    library.records.correct(LOCAL_ADMIN, minutes.id, RecordKind.FOLLOW_UP, hers.key, {"person": "UPTD PPA"})
    perbup = named(library, "perbup 3")
    target = Work(WorkForm.PERBUP, "9", 2019, "Kabupaten Kutai Timur", title=f"Rumah {NAME}")
    now = datetime.now(UTC)
    library.relations.add(LOCAL_ADMIN, perbup.id, Relation(RelationKind.AMENDS, target), TYPED, now)
    records_of = Jdihn(library).records(LOCAL_ADMIN)
    library.store.jdihn.put(
        [(perbup.id, Record((*records_of[0].fields, ("abstrak", f"Abstrak tentang {NAME}"))).dump())], now
    )
    if tesseract.languages():
        scan = named(library, "surat.png")
        library.revisions.correct_page(
            LOCAL_ADMIN, scan.id, 1, f"{NAME} mengirim surat dari balai desa tentang forum anak."
        )


def doors(library: Library) -> object:
    app = create_app(library)
    app.dependency_overrides[viewer_of] = lambda: STAFF
    return app


def shown(client: TestClient, library: Library) -> dict[str, str]:
    """What every address shows to someone without the right, its headers too."""
    told = {}
    for address in Surfaces(library, STAFF, QUESTIONS).addresses(client):
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code < 500, address
        echoed = address if "?q=" in address or "topik=" in address else ""
        told[address] = said(answer.content, answer.headers.get("content-type", "")) + str(answer.headers)
        if echoed and quote_of(echoed):
            # The question itself is shown again to who typed it.
            told[address] = re.sub(NAME.replace(" ", "[ +]"), "", told[address], flags=re.IGNORECASE)
    return told


def quote_of(address: str) -> bool:
    return NAME in unquote(address)


def said(content: bytes, kind: str) -> str:
    """What a response says: of an Office file the texts of its parts, nothing of a picture."""
    if kind.startswith("image/"):
        return ""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(
                re.sub("<[^>]+>", "", parts.read(name).decode("utf-8", "replace")) for name in parts.namelist()
            )
    text = content.decode("utf-8", "replace")
    return json.dumps(json.loads(text), ensure_ascii=False) if kind.startswith("application/json") else text


def leaks(text: str) -> bool:
    """Whether she is in `text`, in any case, across any signs and line breaks, and in addresses."""
    return any("bundawening" in "".join(filter(str.isalnum, one)).casefold() for one in (text, unquote(text)))


def test_no_surface_shows_a_name_that_was_hidden_later(office: Office) -> None:
    told = shown(TestClient(doors(office.library)), office.library)
    assert len(told) > 200
    assert [address for address, text in told.items() if leaks(text)] == []


@pytest.mark.parametrize("door", ["search", "ask", "precedents", "precedents/matrix"])
def test_no_question_is_answered_with_it(office: Office, door: str) -> None:
    client = TestClient(doors(office.library))
    for question in QUESTIONS[:-1]:
        asked: dict[str, object] = {"query": question}
        if door == "precedents":
            asked = {"clause": f"{question} dibentuk oleh Pemerintah Daerah"}
        elif door == "precedents/matrix":
            asked = {"topics": [question], "regions": ["Kabupaten Kutai Timur"]}
        answer = client.post(f"/api/v1/{door}", json=asked)
        assert answer.status_code == 200, answer.text
        assert not leaks(answer.text), question


def test_a_search_for_the_name_finds_no_word_of_it(office: Office) -> None:
    hits = office.library.search(Query("wening", STAFF))
    assert [hit for hit in hits if hit.lexical is not None] == []


def test_no_command_shows_it(office: Office) -> None:
    numbers = [str(document.id) for document in office.library.documents(LOCAL_ADMIN)]
    [dossier] = office.library.dossiers.all(LOCAL_ADMIN)
    commands = [
        ("documents",),
        ("jobs",),
        ("undo",),
        ("findings",),
        ("meetings",),
        ("follow-ups",),
        ("dossier", "list"),
        ("dossier", "show", str(dossier.id)),
        ("identity", "list"),
        ("identity", "rulings"),
        ("verify",),
        *(("relations", number) for number in numbers),
        *(("standing", number) for number in numbers),
        *(("identity", "list", number) for number in numbers),
        *(("ask", question) for question in QUESTIONS[:-1]),
        *(("search", question) for question in QUESTIONS[:-1]),
    ]
    for command in commands:
        for shape in ((), ("--json",)):
            came = CliRunner().invoke(
                main, [*command, *shape], env={"KB_HOME": str(office.home), "KB_MODEL": "toy", "KB_LANGUAGE": None}
            )
            assert not leaks(came.output), (command, came.output)


def test_no_masked_export_holds_it(office: Office, tmp_path: Path) -> None:
    open_formats.export(office.library.settings, tmp_path / "ekspor", masked=True)
    files = [file for file in (tmp_path / "ekspor").rglob("*") if file.is_file()]
    assert len(files) > 5
    assert [str(file) for file in files if leaks(said(file.read_bytes(), ""))] == []
    assert not (tmp_path / "ekspor" / "tables" / "page_corrections.jsonl").exists()


def test_no_log_says_it(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    library = office.library
    with caplog.at_level(logging.DEBUG):
        for document in library.documents(LOCAL_ADMIN):
            library.pages.original(LOCAL_ADMIN, document.id)
            library.identities.reveal(LOCAL_ADMIN, document.id, 1)
            with pytest.raises(NotFoundError) as told:
                library.pages.read(STAFF, document.id, 99)
            assert not leaks(str(told.value))
    assert not leaks(caplog.text)


APART = frozenset({"hidden", "rulings", "page_corrections"})
"""Where the words stand that nothing shows: `Identities.words` and the guard read them, and OCR what was typed."""

OWN = frozenset(
    {"dossiers", "dossier_items", "record_corrections", "relation_edits", "jdihn_records", "jobs", "refusals"}
)
"""What people typed and files are called; masked where it is shown, and in no masked export."""


def test_the_store_keeps_it_only_where_it_is_kept_apart(office: Office) -> None:
    found = set()
    with sqlite3.connect(office.library.store.passages._database.file) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in set(tables) - APART - OWN - {"sources", "source_files"}:
            rows = connection.execute(f'SELECT * FROM "{table}"')
            columns = [one[0] for one in rows.description]
            for row in rows:
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str) and column != "source" and leaks(value):
                        found.add((table, column))
        words = {row[0] for row in connection.execute("SELECT term FROM vocabulary")}
    connection.close()
    assert found == set()
    assert "wening" not in words


def test_a_removed_document_comes_back_without_it(office: Office) -> None:
    trash = Trash(office.library)
    assert [one.document.name for one in trash.removed(STAFF)] == ["lama █████ ██████.txt"]
    back = trash.bring_back(LOCAL_ADMIN, office.gone.id)
    assert not leaks(office.library.pages.read(STAFF, DocumentId(back.id), 1).text + back.name)
    assert office.library.verify() == ()
    trash.withdraw(LOCAL_ADMIN, back.id)


def test_what_people_did_holds_though_it_names_her(office: Office) -> None:
    minutes = named(office.library, "risalah")
    corrected = office.library.records.of_document(LOCAL_ADMIN, minutes.id)
    assert corrected.orphans == ()
    people = [record.fields()["person"].text for record in corrected.records if record.KIND is RecordKind.FOLLOW_UP]
    assert people == ["█████ ██████", "UPTD PPA", "Bagian Kesejahteraan Rakyat"]


def test_a_dossier_saved_as_it_is_shown_keeps_its_words(office: Office) -> None:
    desk = office.library.dossiers
    [shown_one] = desk.all(LOCAL_ADMIN)
    desk.write(LOCAL_ADMIN, shown_one.id, shown_one.title, shown_one.form, shown_one.words)
    kept = office.library.store.dossiers.read(LOCAL_ADMIN, shown_one.id)
    assert (kept.title, kept.words[Field.FACTS]) == (f"Telaahan tentang {NAME}", TYPED)
    assert MASK in shown_one.title


def test_a_file_renamed_to_what_its_pages_hide_is_masked(tmp_path: Path) -> None:
    watched = tmp_path / "masuk"
    watched.mkdir()
    (watched / "a.txt").write_text("Korban bernama Lamria Nainggolan dirujuk ke puskesmas.", "utf-8")
    with Library.open(Settings(home=tmp_path / "kb", model="toy", threads=1)) as library:
        intake = Intake(library)
        folders = Folders(intake)
        folders.add(LOCAL_ADMIN, watched)
        look(folders, intake)
        (watched / "a.txt").rename(watched / "Lamria -- surat.txt")
        look(folders, intake)
        [document] = library.documents(STAFF)
        assert document.name == "██████ -- surat.txt"
