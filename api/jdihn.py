"""The records of the national legal documentation network (JDIHN): read, matched to documents, and written.

A record is kept as it came, field for field, known to us or not; written back it gains only what it left empty, what
the texts say of its status, and its relations.

Source: the metadata standard of Permenkumham 8/2019 and the network's exchange format.
"""

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from api.language import Language, say
from api.library import Library
from api.relations import Relations
from ingest.metadata import parse_title
from kb.access import Viewer
from kb.documents import REGULATIONS, Document, DocumentId, Kind, Metadata
from kb.errors import DamagedFileError, FileRefusedError, NotFoundError, Text
from kb.jdihn import FIELDS, Json, Record, says_repealed
from kb.legal import InForce, Standing, work_of
from kb.naming import KIND_NAMES, official_name
from kb.work_names import provision_name, work_name

RELATIONS = "relasi"
"""The field of ours in which relations go out, beside those of the standard."""

_WITH_A_RECORD = REGULATIONS | {Kind.SK, Kind.SE}
_FILLED = ("kind", "title", "number", "year", "region", "issuer")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: records matched to a document, files taken in, and the titles of records left over."""

    n_matched: int
    n_ingested: int
    left: tuple[str, ...]


class Jdihn:
    """Loading an office's JDIH export into a library, and writing the library as one."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def import_from(self, viewer: Viewer, path: Path) -> Imported:
        """Load a JSON file, or every one below a folder, and the files beside it that its records name.

        Raises DamagedFileError for what is no JSON, NotFoundError.
        """
        files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        records = [(record, file.parent) for file in files for record in read_file(file)]
        taken: dict[str, DocumentId] = {}
        for record, folder in records:
            file = _file_of(record, folder)
            if file is not None:
                try:
                    taken[record.file_name] = self._library.ingestion.ingest(file).document.id
                except FileRefusedError:
                    # It is listed among the refused files; its record may still belong to another document
                    continue
        left = self.take(viewer, [record for record, _ in records], taken)
        return Imported(len(records) - len(left), len(taken), tuple(record.title for record in left))

    def take(
        self, viewer: Viewer, records: Sequence[Record], taken: Mapping[str, DocumentId] | None = None
    ) -> tuple[Record, ...]:
        """Keep the records of documents that the viewer may see; return those without one.

        taken: documents by the name of the file that was taken in for a record.
        """
        index = _Index(self._library.documents(viewer))
        matched: dict[DocumentId, Record] = {}
        left = []
        for record in records:
            said = metadata_of(record)
            document = index.find(said, record.file_name, (taken or {}).get(record.file_name))
            if document is None:
                left.append(record)
                continue
            matched[document.id] = record
            missing = frozenset(f for f in _FILLED if _is_empty(document, f) and getattr(said, f))
            if missing:
                self._library.revisions.correct(viewer, document.id, said, missing)
        now = datetime.datetime.now(datetime.UTC)
        self._library.store.jdihn.put([(key, record.dump()) for key, record in matched.items()], now)
        return tuple(left)

    def records(self, viewer: Viewer) -> tuple[Record, ...]:
        """A record of each regulation that the viewer may see, in the order in which they came in."""
        kept = self._library.store.jdihn.all()
        documents = sorted(self._library.documents(viewer), key=lambda one: one.id)
        return tuple(
            self._record(viewer, document, kept.get(document.id))
            for document in documents
            if document.metadata.kind in _WITH_A_RECORD
        )

    def export(self, viewer: Viewer, file: Path) -> int:
        """Write the records as JSON; return how many."""
        records = self.records(viewer)
        text = json.dumps([dict(record.fields) for record in records], ensure_ascii=False, indent=2)
        try:
            file.write_text(text + "\n", encoding="utf-8")
        except OSError as cause:
            raise NotFoundError(
                str(file),
                Text(f"tidak dapat ditulis ({cause.strerror})", f"it cannot be written ({cause.strerror})"),
                Text("pilih tempat lain", "choose another place"),
            ) from cause
        return len(records)

    def _record(self, viewer: Viewer, document: Document, kept: str | None) -> Record:
        """What is kept of a document, its empty fields filled from what the document says."""
        fields: dict[str, Json] = dict(Record.load(kept).fields) if kept else {}
        standing = self._library.standings.of(viewer, document.id)
        for name, value in self._said(viewer, document, standing).items():
            if fields.get(name) in (None, ""):
                fields[name] = value
        if standing is not None and standing.in_force is InForce.REPEALED and not says_repealed(str(fields["status"])):
            fields["status"] = "Tidak Berlaku"
        relations = _relations(self._library.relations, viewer, document)
        if relations:
            fields[RELATIONS] = relations
        phrases = self._library.store.identities.phrases()
        return Record(tuple(fields.items())).ruled(phrases)

    def _said(self, viewer: Viewer, document: Document, standing: Standing | None) -> dict[str, Json]:
        facts = document.metadata
        _, promulgated = self._library.standings.facts(viewer, document.id)
        said = dict.fromkeys(FIELDS, "")
        known = {InForce.IN_FORCE: "Berlaku", InForce.AMENDED: "Berlaku", InForce.REPEALED: "Tidak Berlaku"}
        said |= {
            "idData": str(document.id),
            "tahun_pengundangan": str(facts.year or ""),
            "tanggal_pengundangan": promulgated.isoformat() if promulgated else "",
            "jenis": KIND_NAMES[facts.kind][0],
            "noPeraturan": facts.number,
            "judul": official_name(facts) or document.name,
            "singkatanJenis": KIND_NAMES[facts.kind][1].upper(),
            "deskripsiFisik": f"{document.n_pages} hlm." if document.has_pages else "",
            "status": known.get(standing.in_force, "") if standing else "",
            "bahasa": "Indonesia",
            "teuBadan": ". ".join(part for part in ("Indonesia", facts.region) if part),
            "fileDownload": document.name,
            "operasi": "4",
            "display": "1",
        }
        return {**said}


def read_file(file: Path) -> tuple[Record, ...]:
    """The records of a JSON file: a list, or an object that holds one. Raises DamagedFileError, NotFoundError."""
    try:
        said: Json = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        raise _no_records(file) from cause
    except OSError as cause:
        raise NotFoundError(
            str(file),
            Text("berkas atau folder itu tidak ada", "there is no such file or folder"),
            Text("periksa ejaannya", "check its spelling"),
        ) from cause
    found = said if isinstance(said, list) else _listed(said)
    if found is None or not all(isinstance(one, dict) for one in found):
        raise _no_records(file)
    return tuple(Record.of(one) for one in found if isinstance(one, dict))


def metadata_of(record: Record) -> Metadata:
    """What a record says its regulation is; what it leaves open stays empty."""
    said = parse_title(record.title)
    if said.kind is Kind.LAINNYA:
        number, year = record.said("noPeraturan"), record.said("tahun_pengundangan")
        whole = f"{record.said('jenis')} {_place_of(record)} NOMOR {number or '0'} TAHUN {year} TENTANG {record.title}"
        said = parse_title(" ".join(whole.split()))
        if said.kind is Kind.LAINNYA:
            return Metadata()
        said = said if number else replace(said, number="")
    year_said = record.said("tahun_pengundangan")
    return replace(
        said,
        number=said.number or record.said("noPeraturan").lstrip("0"),
        year=said.year or (int(year_said) if re.fullmatch(r"(?:19|20)\d\d", year_said) else None),
    )


class _Index:
    """Documents by what identifies them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_id: dict[DocumentId, Document] = {}
        self._by_key: dict[str, Document] = {}
        self._by_number: dict[tuple[Kind, str, int | None], list[Document]] = {}
        self._by_name: dict[str, list[Document]] = {}
        for document in sorted(documents, key=lambda one: one.id):
            facts, own = document.metadata, work_of(document.metadata)
            self._by_id[document.id] = document
            self._by_name.setdefault(Path(document.name).name, []).append(document)
            if own is not None:
                self._by_key.setdefault(own.key, document)
                self._by_number.setdefault((facts.kind, facts.number, facts.year), []).append(document)

    def find(self, said: Metadata, file_name: str, taken: DocumentId | None) -> Document | None:
        """The document of a record: that of its file, else of its identity, else the only one of its number."""
        if taken is not None:
            return self._by_id.get(taken)
        own = work_of(said)
        if own is not None and own.key in self._by_key:
            return self._by_key[own.key]
        if own is not None and not said.region and not said.issuer.startswith("Menteri"):
            alike = self._by_number.get((said.kind, said.number, said.year), [])
            if len(alike) == 1:
                return alike[0]
        named = self._by_name.get(file_name, []) if own is None and file_name else []
        return named[0] if len(named) == 1 else None


def _place_of(record: Record) -> str:
    """The region in the heading of the corporate body, "Indonesia. Kabupaten Toba" or "Surabaya (Kota)"."""
    said = record.said("teuBadan")
    found = re.search(r"\b(Kabupaten|Kota|Provinsi)\s+([A-Z][\w ]+)", said, re.I)
    if found:
        return f"{found[1]} {found[2]}".upper()
    turned = re.search(r"([A-Z][\w ]+?)\s*[,(]\s*(Kabupaten|Kota|Provinsi)\b", said, re.I)
    return f"{turned[2]} {turned[1]}".upper() if turned else ""


def _relations(relations: Relations, viewer: Viewer, document: Document) -> list[Json]:
    found: list[Json] = []
    for link in relations.links(viewer, document.id):
        part = provision_name(link.relation.provision)
        found.append({
            "hubungan": say(Language.ID, f"relation_{link.name}"),
            "peraturan": work_name(link.other),
            "bagian": part,
        })  # fmt: skip
    return found


def _is_empty(document: Document, field: str) -> bool:
    value = getattr(document.metadata, field)
    return field not in document.corrected and (not value or value is Kind.LAINNYA)


def _file_of(record: Record, folder: Path) -> Path | None:
    """The file that a record names, where it lies beside the JSON or below it."""
    name = record.file_name
    if not name or name in (".", ".."):
        return None
    return next(
        (file for file in (folder / name, *sorted(folder.rglob("*"))) if file.name == name and file.is_file()), None
    )


def _listed(said: Json) -> list[Json] | None:
    if not isinstance(said, dict):
        return None
    return next((value for value in said.values() if isinstance(value, list)), None)


def _no_records(file: Path) -> DamagedFileError:
    return DamagedFileError(
        file.name,
        Text("bukan daftar rekaman JDIHN dalam JSON", "it is no list of JDIHN records in JSON"),
        Text("ekspor ulang dari JDIH", "export it from the JDIH again"),
    )
