"""A knowledge base in open formats: exported into a folder of JSON lines and originals, and imported from one."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api.moving import ORIGINALS, STORE_NAME, Moved, check_there, put_in_place, statement_of, sync_tree
from api.veil import shown_source, veiling
from ingest.identity.guard import RULES
from kb.disk import disk_error
from kb.errors import ArchiveError, Text
from kb.homes import check_free, staged, take_place
from kb.identity import Action
from kb.originals import Originals, sha256_of
from kb.settings import Settings
from kb.store import Store
from kb.store.copying import Facts, check_version, copy_store, facts_of
from kb.store.tables import Row, dump, load, read_rows

TABLES = "tables"
MANIFEST = "manifest.json"
EXPORT_FORMAT = "acuan-ekspor"
EXPORT_VERSION = 1

OF_THIS_MACHINE = frozenset({"jobs"})
"""Tables that say what this machine is doing, not what the knowledge base holds."""

OF_GUARDED_TEXT = frozenset(
    {
        "documents",
        "versions",
        "pages",
        "headings",
        "sections",
        "passages",
        "vectors",
        "token_vectors",
        "rulings",
        "relations",
        "refs",
    }
)
"""Tables made of texts that the guard has looked at: all that a masked export holds. A table not named here may hold
what people typed, or paths of files, and stays out.
"""


def export(settings: Settings, folder: Path, *, masked: bool) -> Moved:
    """Write everything in open formats into a new folder: each table as JSON lines, and the originals.

    masked: leave out what identifies people: the hidden words, the originals that hold them, and file paths. Such an
    export is for reading elsewhere; it cannot be imported.
    Raises HomeOccupiedError, StoreError, and ArchiveError for a masked one where older rules guarded some document.
    """
    check_there(settings)
    check_free(folder, force=False)
    with staged(folder) as staging, ExitStack() as open_things:
        store = Store(settings.store_file)
        open_things.callback(store.close)
        made = staging / "ekspor"
        (made / TABLES).mkdir(parents=True)
        # In a folder of its own: opening it locks its folder, and this one is locked.
        copy = staging / "salinan" / STORE_NAME
        copy.parent.mkdir()
        originals = Originals(settings.originals_folder)
        try:
            with originals.held():
                copy_store(store.database, copy)
                facts = facts_of(copy)
                kept = facts.hashes - (store.identities.sensitive_hashes() if masked else frozenset())
                for sha256 in sorted(kept):
                    _copy_original(originals.open_path(sha256), made / ORIGINALS / sha256[:2] / sha256)
            still = Store(copy)
            open_things.callback(still.close)
            if masked and still.identities.stale(RULES):
                raise _unguarded(folder)
            n_rows: dict[str, int] = {}

            open_things.enter_context(veiling(still))

            def write(table: str, rows: Iterator[Row]) -> None:
                if masked and table not in OF_GUARDED_TEXT:
                    return
                lines = _without_people(table, rows) if masked else rows
                n_rows[table] = _write_lines(made / TABLES / f"{table}.jsonl", lines)

            store_version = dump(still.database, write, OF_THIS_MACHINE)
            _write_manifest(made, facts, n_rows, store_version, masked=masked)
            sync_tree(made)
            take_place(made, folder)
            folder.chmod(0o700)
        except OSError as cause:
            raise disk_error(folder, cause) from cause
    n_bytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Moved(facts.n_documents, facts.n_pages, facts.n_passages, len(kept), n_bytes)


def import_folder(settings: Settings, folder: Path, *, force: bool) -> Moved:
    """Make the knowledge base that an export describes, and put it in the place of `KB_HOME`, as `restore` does."""
    stated = _read_manifest(folder)
    check_version(str(folder), stated.store_version)
    check_free(settings.home, force=force)
    with staged(settings.home) as staging:
        made = staging / "kb"
        made.mkdir()
        for name, sha256 in stated.files.items():
            file = folder / name
            if not file.is_file() or sha256_of(file) != sha256:
                raise _bad_export(folder, f"{name} hilang atau berubah", f"{name} is missing or changed")
        try:
            for file in sorted((folder / ORIGINALS).glob("*/*")):
                _copy_original(file, made / ORIGINALS / file.parent.name / file.name)
        except OSError as cause:
            raise disk_error(made, cause) from cause
        tables = {file.stem: partial(read_rows, file) for file in sorted((folder / TABLES).glob("*.jsonl"))}
        load(made / STORE_NAME, stated.store_version, tables)
        facts = facts_of(made / STORE_NAME)
        missing = [sha256 for sha256 in facts.hashes if not Originals(made / ORIGINALS).path(sha256).exists()]
        if missing:
            raise _bad_export(folder, f"{len(missing)} berkas asli tidak ada", f"{len(missing)} originals are missing")
        return put_in_place(settings, made, facts, None, force=force)


@dataclass(frozen=True, slots=True)
class _Manifest:
    store_version: int
    files: Mapping[str, str]


def _write_manifest(made: Path, facts: Facts, n_rows: Mapping[str, int], store_version: int, *, masked: bool) -> None:
    files = {str(file.relative_to(made)): sha256_of(file) for file in sorted(made.rglob("*")) if file.is_file()}
    stated = {
        "format": EXPORT_FORMAT,
        "format_version": EXPORT_VERSION,
        "masked": masked,
        **statement_of(facts),
        "store_version": store_version,
        "rows": dict(n_rows),
        "files": files,
    }
    (made / MANIFEST).write_text(json.dumps(stated, ensure_ascii=False, indent=1), encoding="utf-8")


def _read_manifest(folder: Path) -> _Manifest:
    try:
        stated = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if stated["format"] != EXPORT_FORMAT or stated["format_version"] > EXPORT_VERSION:
            raise _bad_export(folder, "dibuat program lain atau lebih baru", "another or a newer program made it")
        if stated["masked"]:
            raise _bad_export(
                folder,
                "identitas dan berkas aslinya sengaja ditinggalkan",
                "identities and their originals were left out on purpose",
            )
        files = {str(name): str(sha256) for name, sha256 in stated["files"].items()}
        return _Manifest(int(stated["store_version"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise _bad_export(folder, "bukan ekspor Acuan", "it is no export of Acuan") from cause


def _without_people(table: str, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if table == "rulings" and row["action"] == Action.HIDE:
            continue
        if table == "documents":
            row = {**row, "source": shown_source(str(row["source"]), str(row["name"]))}
        yield row


def _write_lines(file: Path, rows: Iterable[Row]) -> int:
    n = 0
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            n += 1
    return n


def _copy_original(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb") as copy:
        if hashlib.file_digest(copy, "sha256").hexdigest() != target.name:
            raise ArchiveError(
                target.name,
                Text("berkas asli ini berubah", "this original has changed"),
                Text("jalankan `kb verify`", "run `kb verify`"),
            )


def _unguarded(folder: Path) -> ArchiveError:
    return ArchiveError(
        str(folder),
        Text(
            "ada dokumen yang belum diperiksa oleh penjaga identitas ini",
            "there are documents that this identity guard has not looked at",
        ),
        Text("jalankan `kb identity settle`, lalu ulangi", "run `kb identity settle`, then try again"),
    )


def _bad_export(folder: Path, what: str, what_en: str) -> ArchiveError:
    return ArchiveError(
        str(folder),
        Text(f"ekspor tidak dapat dipakai: {what}", f"the export cannot be used: {what_en}"),
        Text("buat ekspor lengkap lagi dengan `kb export`", "make a whole export again with `kb export`"),
    )
