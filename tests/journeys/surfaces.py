"""Every address that shows something, with what stands in this library put in its place."""

import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

import api.routes
from api.library import Library
from kb.access import LOCAL_ADMIN, Viewer

STREAM = "/pekerjaan/aliran"
"""Counts and page numbers only (`MovesOut`), and it does not end."""

FORMATS = {"/berkas/{dossier_id}/naskah.{format}": ("docx", "md"), "/preseden/matriks.{format}": ("docx", "xlsx")}
FORMATS["/api/v1/dossiers/{dossier_id}/export/{format}"] = ("docx", "md")


def readable(client: TestClient) -> tuple[str, ...]:
    """The path of every GET of the API and the page, with its parameters in braces."""
    of_api = client.get("/api/v1/openapi.json").json()["paths"]
    found = set()
    for module in pkgutil.iter_modules(api.routes.__path__):
        for value in vars(importlib.import_module(f"api.routes.{module.name}")).values():
            for route in value.routes if isinstance(value, APIRouter) else ():
                if isinstance(route, APIRoute) and "GET" in route.methods:
                    whole = f"/api/v1{route.path}"
                    found.add(whole if whole in of_api else route.path)
    return tuple(sorted(found - {STREAM}))


class Surfaces:
    """The addresses of a library as a viewer may ask them. questions: put to every address that takes one."""

    def __init__(self, library: Library, viewer: Viewer, questions: Sequence[str]) -> None:
        self._library, self._viewer, self._questions = library, viewer, questions

    def addresses(self, client: TestClient) -> Iterator[str]:
        """Every readable address with each value that its parameters take here. Raises AssertionError for a new one."""
        for path in readable(client):
            for filled in self._filled(path):
                yield from self._asked(path, filled)

    def _filled(self, path: str) -> Iterator[Mapping[str, object]]:
        names = re.findall(r"{(\w+)(?::path)?}", path)
        if not names:
            yield {}
        elif "document_id" in names:
            for document in self._library.documents(LOCAL_ADMIN):
                more = {
                    "number": range(1, document.n_pages + 1),
                    "address": [one.address for one in self._library.sections(LOCAL_ADMIN, document.id) if one.address],
                }
                if "kind" in names:
                    records = self._library.records.of_document(LOCAL_ADMIN, document.id).records
                    yield from ({"document_id": document.id, "kind": r.KIND.value, "key": r.key} for r in records)
                    continue
                yield from self._product(path, names, {"document_id": [document.id], **more})
        else:
            dossiers = [one.id for one in self._library.dossiers.all(LOCAL_ADMIN)]
            jobs = [job.id for job in self._library.store.jobs.find()]
            known = {"dossier_id": dossiers, "job_id": jobs, "address": ["perbup-kabupaten-kutai-timur-2024-3"]}
            yield from self._product(path, names, known)

    def _product(
        self, path: str, names: Sequence[str], known: Mapping[str, Sequence[object]]
    ) -> Iterator[Mapping[str, object]]:
        values = {**known, "format": FORMATS.get(path, ())}
        for name in names:
            assert name in values, f"{path}: a new surface; say here what its {name} takes"
        for one in itertools.product(*(values[name] for name in names)):
            yield dict(zip(names, one, strict=True))

    def _asked(self, path: str, filled: Mapping[str, object]) -> Iterator[str]:
        plain = path.replace(":path", "").format_map({name: quote(str(value)) for name, value in filled.items()})
        document = filled.get("document_id")
        versions: list[int] = []
        if isinstance(document, int):
            versions = [one.id for one in self._library.store.versions.of(document)]
        if path in ("/", "/api/v1/search", "/api/v1/ask"):
            yield from (f"{plain}?q={quote(question)}" for question in self._questions)
        elif path.startswith("/preseden/matriks"):
            yield f"{plain}?topik={quote(self._questions[0])}&wilayah={quote('Kabupaten Kutai Timur')}&wilayah=-"
        elif path == "/berkas/simpan":
            for one in self._library.documents(LOCAL_ADMIN):
                for section in self._library.sections(LOCAL_ADMIN, one.id):
                    places = ",".join(f"{s.page}:{s.start}-{s.end}" for s in section.spans[:1] if s.end > s.start)
                    if places:
                        yield f"{plain}?dokumen={one.id}&versi={one.version_id}&letak={places}"
        elif path == "/preseden":
            yield plain
            for one in self._library.documents(LOCAL_ADMIN):
                for section in self._library.sections(LOCAL_ADMIN, one.id):
                    yield f"{plain}?dokumen={one.id}&alamat={quote(section.address)}"
        elif path in ("/api/v1/documents/{document_id}/precedents", "/api/v1/documents/{document_id}/provision"):
            for section in self._library.sections(LOCAL_ADMIN, int(str(document))):
                yield f"{plain}?address={quote(section.address)}"
        elif path == "/api/v1/provision":
            yield f"{plain}?address=perbup-kabupaten-kutai-timur-2024-3/pasal-3"
        elif path.endswith("/highlight"):
            yield f"{plain}?spans=0-60"
        elif "{number}" in path:
            name = "versi" if path.startswith("/dokumen") else "version"
            yield plain
            yield from (f"{plain}?{name}={version}" for version in versions)
        elif path.endswith("{document_id}/file"):
            yield from (f"{plain}?version={version}" for version in versions)
        else:
            yield plain
