"""A dossier as Markdown: the same paper, with footnotes as most readers of Markdown know them."""

import re
from collections.abc import Sequence

from api.exports.appendix import QuotedPage
from api.exports.draft import APPENDIX, TITLES, caption, head, parts, written
from kb.dossier import SIGNATURE, CheckedDossier, Field

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~^$&])")
_LIST = re.compile(r"^(\d+)([.)])|^([-+])(?=\s)", re.MULTILINE)


def dossier_markdown(checked: CheckedDossier, pages: Sequence[QuotedPage]) -> str:
    """The paper as Markdown; quotes are block quotes with a footnote, quoted pages are blocks of plain text."""
    lines: list[str] = []
    notes: list[str] = []
    if office := written(checked, Field.OFFICE):
        lines += [f"**{' / '.join(office.splitlines())}**", ""]
    lines += [f"# {TITLES[checked.dossier.form]}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {_cell(text)} |" for name, text in head(checked)]
    lines.append("")
    for part in parts(checked):
        if part.heading:
            lines += [f"## {part.heading}", ""]
        for block in part.blocks:
            if block.quote is not None:
                notes.append(block.quote.footnote)
                quoted = "  \n> ".join(plain(line) for line in block.quote.text.splitlines())
                lines += [f"> “{quoted}”[^{len(notes)}]", ""]
            else:
                lines += [block.own or plain(block.missing), ""]
    position, signer, rank, number = (written(checked, field) for field in SIGNATURE)
    signed = [line for line in (position, signer, rank, f"NIP {number}" if number else "") if line]
    if signed:
        lines += ["  \n".join(signed), ""]
    lines += [f"[^{number}]: {plain(note)}" for number, note in enumerate(notes, 1)]
    if pages:
        lines += ["", f"## {APPENDIX}", "", "Yang dikutip berada di antara » dan «.", ""]
    for each in pages:
        text = "".join(f"»{piece.text}«" if piece.is_quoted else piece.text for piece in each.text)
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        said = caption(each.numbers, each.name, each.page.number, each.page.label, each.has_pages)
        lines += [f"### {plain(said)}", "", f"{fence}text", text, fence, ""]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    """`text` so that Markdown shows it letter for letter."""
    return _LIST.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", _SPECIAL.sub(r"\\\1", text))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
