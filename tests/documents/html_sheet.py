"""A naskah written as an HTML page, as a documentation site of regional law would show it."""

from html import escape

from naskah import MARK, NOTICE, Block, Naskah, Role

STYLE = (
    "body{font-family:'Bookman Old Style',Georgia,serif;max-width:46rem;margin:2rem auto;line-height:1.5}"
    ".contoh{border:1px solid #a61a1a;color:#a61a1a;text-align:center;padding:.4rem}"
    ".tengah{text-align:center}.ttd{margin-left:50%;text-align:center}h2,h3,h4{text-align:center}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .5rem;text-align:left}"
)


def html_bytes(naskah: Naskah) -> bytes:
    """The naskah as a UTF-8 HTML page."""
    title = escape(naskah.facts["title"])
    lines = [
        "<!DOCTYPE html>",
        '<html lang="id">',
        f'<head><meta charset="utf-8"><title>{title}</title>',
        f'<meta name="date" content="{naskah.facts["date"]}"><style>{STYLE}</style></head>',
        "<body>",
        '<nav><a href="#isi">Isi</a> · <a href="#">Beranda</a> · <a href="#">Dokumen</a> <a href="#">Kontak</a></nav>',
        f'<p class="contoh"><strong>{MARK}</strong><br>{NOTICE}</p>',
        '<main id="isi"><article>',
        *(_element(block) for block in naskah.blocks),
        "</article></main>",
        f"<footer><p>{MARK}</p></footer>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _element(block: Block) -> str:
    text = escape(block.text, quote=False)
    match block.role:
        case Role.TITLE:
            return f'<p class="tengah"><strong>{text}</strong></p>'
        case Role.CENTRED:
            return f'<p class="tengah">{text}</p>'
        case Role.BAB:
            return f"<h2>{block.label}<br>{text}</h2>"
        case Role.BAGIAN:
            return f"<h3>{block.label}<br>{text}</h3>"
        case Role.PASAL:
            return f"<h4>{text}</h4>"
        case Role.HEADING:
            return f'<h2 style="text-align:left">{text}</h2>'
        case Role.SUBHEADING:
            return f'<h3 style="text-align:left">{text}</h3>'
        case Role.ITEM:
            return f'<p style="margin-left:{1.5 * block.depth}rem">{block.label} {text}</p>'
        case Role.PREAMBLE:
            rows = [f"{label} {escape(words, quote=False)}".strip() for label, words in block.rows]
            return "\n".join(f"<p>{f'{block.label} : ' if i == 0 else ''}{row}</p>" for i, row in enumerate(rows))
        case Role.TABLE:
            return _table(block)
        case Role.SIGNATURE | Role.ATTACHED:
            return f'<p class="ttd">{text}</p>'
        case Role.BREAK:
            return "<hr>"
        case Role.PARAGRAPH | Role.EXPLAINED:
            return f"<p>{text}</p>"


def _table(block: Block) -> str:
    rows = []
    for i, row in enumerate(block.rows):
        tag = "th" if i == 0 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in row) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"
