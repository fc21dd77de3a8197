"""Whether a line is written in capitals, as titles and headings of regulations are."""


def is_capitals(text: str, share: float = 0.7) -> bool:
    """Whether at least `share` of the letters are capitals: a scan misreads a few, a title has an abbreviation."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= share * len(letters)
