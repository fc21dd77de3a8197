"""A knowledge base carried from folder to folder is the same one, and what goes wrong on the way leaves the old."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.backups import backup, restore
from api.deep import look_deep
from api.library import Library
from api.moving import STORE_NAME
from api.open_formats import OF_GUARDED_TEXT, export, import_folder
from kb import archive as archives
from kb.access import LOCAL_ADMIN
from kb.errors import ArchiveError, HomeOccupiedError, KbError, NotFoundError, StoreBusyError, StoreTooNewError
from kb.identity import Action
from kb.questions import Query
from kb.settings import Settings
from kb.store import Store
from kb.store.schema import APPLICATION_ID, MIGRATIONS
from kb.store.tables import dump
from tests.conftest import SLOW
from tests.journeys.identities import leaks, write_files
from tests.journeys.move_rounds import rounds
from tests.shelf import fill


def tables(settings_: Settings) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    found: dict[str, list[dict[str, object]]] = {}
    store = Store(settings_.store_file)
    dump(store.database, lambda table, rows: found.update({table: list(rows)}), frozenset({"jobs"}))
    store.close()
    return found


def at(home: Path) -> Settings:
    return Settings(home=home, model="toy", threads=1)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The shelf, the files in which people are named, rulings, an old version and synonyms; no test changes it."""
    folder = tmp_path_factory.mktemp("filled")
    settings_ = at(folder / "kb")
    with Library.open(settings_) as library:
        fill(library, folder)
        write_files(folder / "masuk")
        library.ingestion.ingest_folder(folder / "masuk", lambda *came: None)
        library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, "taman bermain")
        library.identities.rule(LOCAL_ADMIN, library.documents(LOCAL_ADMIN)[0].id, Action.RELEASE, "Rumah Harapan")
        (folder / "notulen.txt").write_text("Keputusan rapat: pagar diganti.", "utf-8")
        library.ingestion.ingest(folder / "notulen.txt")
    (settings_.home / "sinonim.tsv").write_text("LPPD\t=\tlaporan\n", "utf-8")
    return settings_


@pytest.fixture(scope="module")
def packed(filled: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("cadangan") / "acuan.zip"
    backup(filled, file)
    return file


def test_what_is_restored_is_what_was_backed_up(filled: Settings, packed: Path, tmp_path: Path) -> None:
    moved = restore(at(tmp_path / "kb"), packed, force=False)
    assert tables(at(tmp_path / "kb")) == tables(filled)
    assert (tmp_path / "kb" / "sinonim.tsv").read_text("utf-8") == "LPPD\t=\tlaporan\n"
    assert moved.n_documents == 7
    with Library.open(at(tmp_path / "kb")) as library:
        assert library.verify() == ()
        assert list(look_deep(library, None, lambda n_done, n_all: None)) == []
        assert library.search(Query("gugus tugas", LOCAL_ADMIN))


def test_a_backup_is_readable_by_its_owner_only(packed: Path) -> None:
    assert packed.stat().st_mode & 0o077 == 0


def test_a_backup_leaves_nothing_beside_the_store(filled: Settings) -> None:
    assert sorted(path.name for path in filled.home.iterdir() if path.name.startswith(".")) == []


def test_a_backup_of_a_store_that_is_written_is_of_one_moment(tmp_path: Path) -> None:
    settings_ = at(tmp_path / "kb")
    with Library.open(settings_) as library:
        is_over = threading.Event()

        def write() -> None:
            n = 0
            while not is_over.is_set():
                n += 1
                file = tmp_path / f"{n % 7}.txt"
                file.write_text(f"Pasal 1\nAnak ke-{n} berhak bermain.\n", "utf-8")
                document = library.ingestion.ingest(file).document
                if n % 5 == 0:
                    library.erase(document.id)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for n in range(4):
                backup(settings_, tmp_path / f"{n}.zip")
        finally:
            is_over.set()
            writer.join()
    for n in range(4):
        restore(at(tmp_path / f"kb{n}"), tmp_path / f"{n}.zip", force=False)
        with Library.open(at(tmp_path / f"kb{n}")) as restored:
            assert restored.verify() == ()


def test_a_folder_in_use_is_not_restored_over(filled: Settings, packed: Path, tmp_path: Path) -> None:
    home = tmp_path / "kb"
    restore(at(home), packed, force=False)
    with pytest.raises(HomeOccupiedError):
        restore(at(home), packed, force=False)
    with Library.open(at(home)), pytest.raises(StoreBusyError):
        restore(at(home), packed, force=True)
    assert tables(at(home)) == tables(filled)


def test_force_keeps_the_old_folder_whole(filled: Settings, packed: Path, tmp_path: Path) -> None:
    home = tmp_path / "kb"
    with Library.open(at(home)) as library:
        fill(library, tmp_path)
    before = tables(at(home))
    moved = restore(at(home), packed, force=True)
    assert moved.aside is not None
    assert moved.aside.parent == tmp_path
    assert tables(at(moved.aside)) == before
    with Library.open(at(moved.aside)) as library:
        assert library.verify() == ()
    assert tables(at(home)) == tables(filled)


def test_a_damaged_store_is_restored_over(filled: Settings, packed: Path, tmp_path: Path) -> None:
    home = tmp_path / "kb"
    home.mkdir()
    (home / STORE_NAME).write_bytes(b"rusak" * 1000)
    restore(at(home), packed, force=True)
    assert tables(at(home)) == tables(filled)


@settings(max_examples=200 if SLOW else 25, deadline=None, suppress_health_check=list(HealthCheck))
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), is_cut=st.booleans())
def test_a_damaged_backup_is_refused_or_right(
    packed: Path, filled: Settings, tmp_path_factory: pytest.TempPathFactory, where: float, bit: int, is_cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("rusak")
    content = bytearray(packed.read_bytes())
    place = int(where * len(content))
    if is_cut:
        del content[place:]
    else:
        content[place] ^= 1 << bit
    damaged = folder / "rusak.zip"
    damaged.write_bytes(content)
    try:
        restore(at(folder / "kb"), damaged, force=False)
    except KbError:
        assert not (folder / "kb").exists()
        assert sorted(path.name for path in folder.iterdir()) == ["rusak.zip"]
    else:
        assert tables(at(folder / "kb")) == tables(filled)


def test_a_backup_of_a_newer_program_is_refused_with_a_sentence(packed: Path, tmp_path: Path) -> None:
    newer = tmp_path / "baru.zip"
    restated(packed, newer, store_version=len(MIGRATIONS) + 1)
    with pytest.raises(StoreTooNewError, match="perbarui program"):
        restore(at(tmp_path / "kb"), newer, force=False)
    assert not (tmp_path / "kb").exists()


def test_a_backup_of_an_older_program_is_brought_up_to_date(tmp_path: Path) -> None:
    old = tmp_path / STORE_NAME
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        MIGRATIONS[0](connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    archives.pack(tmp_path / "lama.zip", {STORE_NAME: old}, {"store_version": 1})
    restore(at(tmp_path / "kb"), tmp_path / "lama.zip", force=False)
    with Library.open(at(tmp_path / "kb")) as library:
        assert library.verify() == ()
        assert library.identities.rulings(LOCAL_ADMIN) == ()


def test_a_backup_that_names_files_outside_is_refused(tmp_path: Path) -> None:
    evil = tmp_path / "jahat.zip"
    (tmp_path / "isi").write_text("isi")
    archives.pack(evil, {"../luar": tmp_path / "isi"}, {"store_version": 1})
    with pytest.raises(ArchiveError):
        restore(at(tmp_path / "dalam" / "kb"), evil, force=False)
    assert not (tmp_path / "dalam" / "luar").exists()


def test_nothing_is_backed_up_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        backup(at(tmp_path / "kosong"), tmp_path / "acuan.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_is_imported_is_what_was_exported(filled: Settings, tmp_path: Path) -> None:
    moved = export(filled, tmp_path / "ekspor", masked=False)
    assert moved.n_documents == 7
    import_folder(at(tmp_path / "kb"), tmp_path / "ekspor", force=False)
    assert tables(at(tmp_path / "kb")) == tables(filled)
    with Library.open(at(tmp_path / "kb")) as library:
        assert library.verify() == ()
        assert list(look_deep(library, 5, lambda n_done, n_all: None)) == []
    export(at(tmp_path / "kb"), tmp_path / "lagi", masked=False)
    first, again = (
        {file.name: file.read_bytes() for file in (tmp_path / name / "tables").iterdir()} for name in ("ekspor", "lagi")
    )
    assert first == again


def test_an_export_is_lines_of_json_and_the_originals(filled: Settings, tmp_path: Path) -> None:
    export(filled, tmp_path / "ekspor", masked=False)
    pages = [json.loads(line) for line in (tmp_path / "ekspor" / "tables" / "pages.jsonl").read_text().splitlines()]
    assert any("gugus tugas" in page["text"] for page in pages)
    originals = {file.name for file in (tmp_path / "ekspor" / "originals").glob("*/*")}
    store = Store(filled.store_file)
    assert originals == store.documents.hashes()
    store.close()


def test_a_masked_export_names_nobody_and_is_not_imported(filled: Settings, tmp_path: Path) -> None:
    export(filled, tmp_path / "ekspor", masked=True)
    files = [file for file in (tmp_path / "ekspor").rglob("*") if file.is_file()]
    assert {file.stem for file in (tmp_path / "ekspor" / "tables").iterdir()} == OF_GUARDED_TEXT
    assert [file for file in files if leaks(file.read_bytes().decode("utf-8", "replace"))] == []
    assert [file for file in files if "taman bermain" in file.read_text("utf-8", "replace").casefold()] == []
    with pytest.raises(ArchiveError):
        import_folder(at(tmp_path / "kb"), tmp_path / "ekspor", force=False)


def test_a_masked_export_waits_for_the_guard(filled: Settings, tmp_path: Path) -> None:
    shutil.copytree(filled.home, tmp_path / "kb")
    settings = at(tmp_path / "kb")
    with sqlite3.connect(settings.store_file) as connection:
        connection.execute("UPDATE guarded SET rules = '0' WHERE version_id = 1")
    connection.close()
    with pytest.raises(ArchiveError, match="kb identity settle"):
        export(settings, tmp_path / "ekspor", masked=True)
    assert not (tmp_path / "ekspor").exists()


def test_an_export_that_was_changed_is_not_imported(filled: Settings, tmp_path: Path) -> None:
    export(filled, tmp_path / "ekspor", masked=False)
    changed = tmp_path / "ekspor" / "tables" / "pages.jsonl"
    changed.write_text(changed.read_text("utf-8").replace("gugus", "gagas"), "utf-8")
    with pytest.raises(ArchiveError):
        import_folder(at(tmp_path / "kb"), tmp_path / "ekspor", force=False)
    assert not (tmp_path / "kb").exists()


def test_every_table_that_holds_words_is_made_from_another(filled: Settings) -> None:
    """An export leaves out virtual tables: what they hold must stand in ordinary ones."""
    with closing(sqlite3.connect(filled.store_file)) as connection:
        virtual = [
            row[0] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'")
        ]
    assert [sql for sql in virtual if "content = '" not in sql and "fts5vocab" not in sql] == []


words = st.lists(st.sampled_from(("anak", "korban an. Rina Sari", "forum", "NIK 6408015205110003")), min_size=1).map(
    " ".join
)


@settings(max_examples=60 if SLOW else 6, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(words, max_size=4), ruled=st.sampled_from(("anak", "Rina Sari")), action=st.sampled_from(Action))
def test_any_knowledge_base_is_the_same_after_both_ways(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], ruled: str, action: Action
) -> None:
    folder = tmp_path_factory.mktemp("bolak-balik")
    with Library.open(at(folder / "kb")) as library:
        for n, text in enumerate(texts):
            (folder / f"{n}.txt").write_text(f"{n} {text}", "utf-8")
            library.ingestion.ingest(folder / f"{n}.txt")
        library.identities.rule(LOCAL_ADMIN, None, action, ruled)
        for document in library.documents(LOCAL_ADMIN)[:1]:
            library.erase(document.id)
    backup(at(folder / "kb"), folder / "acuan.zip")
    restore(at(folder / "satu"), folder / "acuan.zip", force=False)
    export(at(folder / "satu"), folder / "ekspor", masked=False)
    import_folder(at(folder / "dua"), folder / "ekspor", force=False)
    assert tables(at(folder / "kb")) == tables(at(folder / "satu")) == tables(at(folder / "dua"))


def test_deep_verification_finds_a_vector_that_is_not_its_texts(packed: Path, tmp_path: Path) -> None:
    settings_ = at(tmp_path / "kb")
    restore(settings_, packed, force=False)
    with closing(sqlite3.connect(settings_.store_file, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE vectors SET vector = (SELECT vector FROM vectors ORDER BY passage_id DESC LIMIT 1) "
            "WHERE passage_id = (SELECT min(passage_id) FROM vectors)"
        )
    with Library.open(settings_) as library:
        assert library.verify() == ()
        [defect] = look_deep(library, None, lambda n_done, n_all: None)
    assert defect.code == "vektor-berbeda"


@pytest.mark.timeout(600)
def test_kill_9_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    for told in rounds(60 if SLOW else 8, 1, tmp_path):
        print(told)


def test_a_moved_store_is_found_by_the_command_line(packed: Path, tmp_path: Path) -> None:
    script = "from api.cli import main; main()"
    environment = {"KB_HOME": str(tmp_path / "kb"), "KB_MODEL": "toy", "PATH": "/usr/bin:/bin"}
    for args in (("restore", str(packed)), ("verify", "--deep"), ("backup", str(tmp_path / "lagi.zip"))):
        subprocess.run([sys.executable, "-c", script, *args], env=environment, check=True, capture_output=True)
    assert archives.check(tmp_path / "lagi.zip").facts["n_documents"] == 7


def restated(archive: Path, target: Path, **facts: int) -> None:
    """A copy of an archive whose list says something else."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == archives.LIST_NAME:
                stated = json.loads(content)
                stated["facts"].update(facts)
                content = json.dumps(stated).encode()
            new.writestr(name, content)
