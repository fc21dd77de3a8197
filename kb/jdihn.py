"""The record that the national legal documentation network (JDIHN) has of a regulation, kept as it came."""

import json
from dataclasses import dataclass
from pathlib import PurePosixPath

from kb.identity import ruled

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

FIELDS = (
    "idData",
    "tahun_pengundangan",
    "tanggal_pengundangan",
    "jenis",
    "noPeraturan",
    "judul",
    "noPanggil",
    "singkatanJenis",
    "tempatTerbit",
    "penerbit",
    "deskripsiFisik",
    "sumber",
    "subjek",
    "isbn",
    "status",
    "bahasa",
    "bidangHukum",
    "teuBadan",
    "nomorIndukBuku",
    "fileDownload",
    "urlDownload",
    "urlDetailPeraturan",
    "operasi",
    "display",
    "abstrak",
)
"""The fields of the network's exchange format, in its order."""


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of a record in their order, those unknown to us included."""

    fields: tuple[tuple[str, Json], ...]

    @classmethod
    def of(cls, fields: dict[str, Json]) -> "Record":
        """The record of these fields; half a character, which no file can hold, becomes "?"."""
        whole = json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
        return cls.load(whole)

    def ruled(self, phrases: frozenset[str]) -> "Record":
        """The record with `phrases` masked in its values: what the network published may name who is hidden since."""
        return Record(tuple((name, _ruled(value, phrases)) for name, value in self.fields))

    @classmethod
    def load(cls, text: str) -> "Record":
        """The record that `dump` wrote."""
        return cls(tuple(json.loads(text).items()))

    def dump(self) -> str:
        """The record as JSON."""
        return json.dumps(dict(self.fields), ensure_ascii=False)

    def said(self, name: str) -> str:
        """A field as text without the blanks around it; "" where it is missing or holds no text or number."""
        value = dict(self.fields).get(name)
        return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""

    @property
    def title(self) -> str:
        """The title of the regulation."""
        return self.said("judul")

    @property
    def file_name(self) -> str:
        """The name of its file, without any folder or address before it."""
        return PurePosixPath(self.said("fileDownload").replace("\\", "/")).name


def says_repealed(status: str) -> bool:
    """Whether a record's status says that the regulation is not in force."""
    said = status.casefold()
    return "tidak berlaku" in said or said.startswith("dicabut") or "tidak lagi berlaku" in said


def says_in_force(status: str) -> bool:
    """Whether a record's status says that the regulation is in force."""
    return not says_repealed(status) and status.casefold().startswith("berlaku")


def _ruled(value: Json, phrases: frozenset[str]) -> Json:
    match value:
        case str():
            return ruled(value, phrases)
        case list():
            return [_ruled(one, phrases) for one in value]
        case dict():
            return {name: _ruled(one, phrases) for name, one in value.items()}
    return value
