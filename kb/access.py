"""Who may see what, decided in one function."""

from kb.types import Viewer

EVERYONE = "semua"
"""The audience of a document that every viewer may see."""


def may_see(viewer: Viewer, audience: str) -> bool:
    """Whether `viewer` may see a document meant for `audience`.

    Every retrieval asks this where candidates are made, so that no hit, count or snippet exists otherwise.
    """
    return viewer.is_admin or audience == EVERYONE or audience in viewer.audiences


def may_see_identities(viewer: Viewer) -> bool:
    """Whether `viewer` may have the hidden names and numbers of a document shown, and its original handed out."""
    return viewer.sees_identities
