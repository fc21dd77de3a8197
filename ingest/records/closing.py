"""How the lines below the last section of a report begin: closing words, place and day, signatures."""

import re

_CLOSING = re.compile(
    r"(?:demikian|rapat (?:ditutup|selesai|berakhir)|(?:laporan|resume|notulen\w*|risalah) ini)\b.*"
    r"|(?:notulis|pelapor|pencatat|mengetahui|ketua (?:rombongan|tim|rapat)|yang melaporkan|pembuat laporan)"
    r"[,:. ]*(?:ttd.*)?|.{0,3}ttd\b.*|[\w .]{3,40}, \d{1,2} \w+ \d{4}",
    re.IGNORECASE | re.DOTALL,
)


def is_closing(text: str) -> bool:
    """Whether a line or paragraph is one of those that stand below the last section."""
    return _CLOSING.fullmatch(text) is not None
