"""Media types: what a person calls a format, and whether its pages can be drawn."""

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png", "image/tiff"})


CONTAINERS = frozenset({"application/zip", "application/mbox"})
"""Formats that have no text of their own, only files inside."""


def is_drawn(media_type: str) -> bool:
    """Whether the pages of this format have a picture, on which a quote can be marked."""
    return media_type == PDF or media_type in PICTURES
