"""Questions for a definition, and the clauses that define: "3. Forum Anak adalah …"."""

import re

_ASKS = re.compile(
    r"(?:definisi|pengertian|apa\s+itu|apa\s+arti(?:nya)?|yang\s+dimaksud\s+(?:dengan|dgn)?)\s+(?:dari\s+|tentang\s+)?"
    r"(?P<term>[\w()/&. -]{2,80}?)"
    r"\s*(?:$|[?,;]|\b(?:menurut|dalam|di|pada|itu|adalah|berdasarkan|sesuai)\b)",
    re.IGNORECASE,
)


def defined_term(question: str) -> str | None:
    """What `question` asks the definition of: "anak" of "definisi anak menurut UU"; None where it asks none."""
    match = _ASKS.search(question)
    return " ".join(match["term"].split()) or None if match else None


def defines(text: str, term: str) -> bool:
    """Whether a clause of `text` defines `term`: it begins with the term, which "adalah" or "ialah" follows.

    Between the two may stand how the term is called for short ("yang selanjutnya disingkat KLA").
    """
    spaced = r"\s+".join(map(re.escape, term.split()))
    clause = (
        rf"(?:^|[\n.;:\"“]|\d\.|[a-z][.)])\s*{spaced}(?:,?\s+yang\s+selanjutnya[^.;]{{0,120}}?)?,?\s+(?:adalah|ialah)\b"
    )
    return re.search(clause, text, re.IGNORECASE) is not None
