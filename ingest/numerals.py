"""Numbers as lists write them: "4", "iv", "D"."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MAX_ROMAN = 3999
_MAX_LETTERS = 26 * 30


def roman(number: int) -> str:
    """The number in small Roman numerals; in digits where Rome had none (below 1, above 3999)."""
    if not 1 <= number <= _MAX_ROMAN:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def letters(number: int) -> str:
    """The number as a small letter, doubled after z (27 is "aa", 28 "bb"), as word processors do."""
    if not 1 <= number <= _MAX_LETTERS:
        return str(number)
    count, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (count + 1)
