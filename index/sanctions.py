"""Questions for the sanction on a Pasal, and the passages of another that lay it down: "… Pasal 76D, dipidana …"."""

import re

_ASKS = re.compile(
    r"(?<!\w)(?:sanksi\w*|hukuman\w*|dihukum|ancaman\w*|pidana\w*|dipidana|denda\w*|didenda|dipenjara|penjara\w*|"
    r"pelanggar\w*|melanggar|penalt(?:y|ies)|sanctions?|punish\w*)(?!\w)",
    re.IGNORECASE,
)
_PUNISHES = re.compile(r"\b(?:dipidana|(?<!tindak )pidana|denda|sanksi|kurungan|teguran|pencabutan)\b", re.IGNORECASE)
_LAID_DOWN = re.compile(
    r"(?<!tindak )\bpidana (?:penjara|denda|kurung)\b|\bsanksi (?:administrasi|administratif)\b|"
    r"(?<!tindak )\bpidana\b.*\blama\b"
)


def asks_sanction(question: str) -> bool:
    """Whether `question` asks what follows for whoever breaks a rule."""
    return _ASKS.search(question) is not None


def punishes(text: str, pasal: str = "") -> bool:
    """Whether `text` lays down a sanction; with `pasal`, "76D", one on what that Pasal says."""
    points = re.search(rf"\bPasal\s+{re.escape(pasal)}(?!\w)", text, re.IGNORECASE) if pasal else True
    return bool(points) and _PUNISHES.search(text) is not None


def lays_down_sanction(stems: str) -> bool:
    """Whether an analysed passage says how somebody is punished, and does not only name a crime."""
    return _LAID_DOWN.search(stems) is not None
