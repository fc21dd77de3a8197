"""Who asks, and what they may see, decided in one function."""

from dataclasses import dataclass

EVERYONE = "semua"
"""The audience of a document that every viewer may see."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. An administrator sees every document; others those of their audiences.

    sees_identities: may have the hidden names and numbers shown, which keeping the machine alone gives no right to.
    """

    name: str
    is_admin: bool = False
    audiences: frozenset[str] = frozenset()
    sees_identities: bool = False


LOCAL_ADMIN = Viewer(name="admin", is_admin=True, sees_identities=True)
"""The one person at this machine, until people sign in."""


def may_see(viewer: Viewer, audience: str) -> bool:
    """Whether `viewer` may see a document meant for `audience`.

    Every retrieval asks this where candidates are made, so that no hit, count or snippet exists otherwise.
    """
    return viewer.is_admin or audience == EVERYONE or audience in viewer.audiences


def may_see_identities(viewer: Viewer) -> bool:
    """Whether `viewer` may have the hidden names and numbers of a document shown, and its original handed out."""
    return viewer.sees_identities
