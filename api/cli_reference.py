"""The reference of the command line, made from its own help: `python -m api.cli_reference` writes docs/CLI.md."""

from pathlib import Path

import click

from api.cli import main

FILE = Path(__file__).resolve().parent.parent / "docs" / "CLI.md"

_HEAD = """\
# Perintah `kb`

Halaman ini dibuat dari `kb --help`; perbarui dengan `python -m api.cli_reference`.
Sebuah tes gagal bila halaman ini basi.
"""


def reference() -> str:
    """The help of every command, as Markdown."""
    with main.make_context("kb", [], resilient_parsing=True) as parent:
        parts = [_HEAD, _help(parent)]
        for name, command in sorted(main.commands.items()):
            parts.append(f"## kb {name}\n")
            inside = click.Context(command, info_name=name, parent=parent)
            parts.append(_help(inside))
            if isinstance(command, click.Group):
                for part, below in sorted(command.commands.items()):
                    parts.append(f"### kb {name} {part}\n")
                    parts.append(_help(click.Context(below, info_name=part, parent=inside)))
    return "\n".join(parts)


def _help(ctx: click.Context) -> str:
    # The width of the page, not of whoever's terminal makes it
    ctx.terminal_width = 100
    return f"```text\n{ctx.command.get_help(ctx)}\n```\n"


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
