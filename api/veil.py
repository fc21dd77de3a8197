"""Lines about a file, such as its path, as they may be shown: what identifies people in them masked."""

from pydantic import ValidationInfo

from ingest.identity.guard import mask_line
from kb.identity import MASK

__all__ = ["mask_line", "shown_source", "veiled_source"]


def shown_source(source: str, name: str) -> str:
    """A document's source as it may be shown: it ends with the file's name, which the document itself had masked."""
    if MASK in name and len(source) >= len(name):
        return mask_line(source[: -len(name)] + name)
    return mask_line(source)


def veiled_source(cls: type, source: str, given: ValidationInfo) -> str:
    """The same for a model of the wire whose field `name` comes before its `source`."""
    return shown_source(source, str(given.data["name"]))
