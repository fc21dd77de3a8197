"""How a page's verdict is said, on a citation, in a list and on the page itself."""

from api.language import Language, say
from kb.pages import Page, Verdict


def said(language: Language, verdict: Verdict, confidence: float | None) -> str:
    """A verdict with its confidence in percent, "OCR meragukan (62 %)"; "" for text that is the file's own."""
    if verdict is Verdict.TEXT:
        return ""
    name = say(language, f"verdict_{verdict.value}")
    if confidence is None or verdict not in (Verdict.OCR, Verdict.DOUBTFUL):
        return name
    return say(language, "verdict_sure", verdict=name, percent=round(100 * confidence))


def notice(language: Language, page: Page) -> str:
    """What a reader must know before quoting from a page, with the reason; "" for text that is the file's own."""
    if page.verdict is Verdict.TEXT:
        return ""
    told = say(language, f"notice_{page.verdict.value}")
    return f"{told} {say(language, f'reason_{page.reason.value}')}" if page.reason else told
