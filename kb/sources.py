"""Watched folders: which they are, what they held when last looked into, and what had happened since."""

import datetime
from dataclasses import dataclass
from typing import NewType

SourceId = NewType("SourceId", int)


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as it was last seen. path: relative to its folder. mtime_ns: of its last change, in nanoseconds."""

    path: str
    n_bytes: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A watched folder.

    audience: of the documents it brings. looked_at: when the last look began, done_at: when the last one that
    succeeded ended; None before the first. code, message, message_en: what is in the way, "" where nothing is.
    """

    id: SourceId
    folder: str
    audience: str
    n_files: int
    looked_at: datetime.datetime | None
    done_at: datetime.datetime | None
    code: str
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Synced:
    """What a look into a folder found. n_moved: renamed, or put back elsewhere."""

    n_new: int = 0
    n_changed: int = 0
    n_moved: int = 0
    n_removed: int = 0
    n_unchanged: int = 0
