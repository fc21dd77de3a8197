"""Media types: what a person calls a format, how the names of its files end, and whether its pages can be drawn."""

import re
from collections.abc import Mapping
from typing import Final

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png", "image/tiff"})

CONTAINERS = frozenset({"application/zip", "application/mbox"})
"""Formats that have no text of their own, only files inside."""

_MICROSOFT = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

ENDINGS: Final[Mapping[str, str]] = {
    PDF: ".pdf",
    f"{_MICROSOFT}.wordprocessingml.document": ".docx",
    f"{_MICROSOFT}.spreadsheetml.sheet": ".xlsx",
    f"{_MICROSOFT}.presentationml.presentation": ".pptx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    f"{_OPEN}.text": ".odt",
    f"{_OPEN}.spreadsheet": ".ods",
    f"{_OPEN}.presentation": ".odp",
    "application/rtf": ".rtf",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "application/zip": ".zip",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}
"""How the name of a file of each format ends."""

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")


def is_drawn(media_type: str) -> bool:
    """Whether the pages of this format have a picture, on which a quote can be marked."""
    return media_type == PDF or media_type in PICTURES


def format_name(media_type: str) -> str:
    """What a person calls a format, "PDF"; the media type itself where it is an unknown one."""
    return ENDINGS[media_type][1:].upper() if media_type in ENDINGS else media_type


def ending_as(name: str, media_type: str) -> str:
    """`name` with the ending of this format in the place of its own."""
    return _ENDING.sub("", name) + ENDINGS[media_type] if media_type in ENDINGS else name
