"""What every command is given, and how it shows its examples, its progress and its kinds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.language import Language, say
from api.library import Library
from api.veil import veiling
from kb.documents import Kind
from kb.errors import NotFoundError, Text
from kb.settings import Settings

KIND = click.Choice([kind.value for kind in Kind])
KIND_NAMES = ", ".join(KIND.choices)

as_json = click.option("--json", "as_json", is_flag=True, help="Tulis JSON untuk program.")


@dataclass(frozen=True, slots=True)
class Door:
    """What every command is given: the settings and the reader's language."""

    settings: Settings
    language: Language

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The knowledge base, open while the command runs."""
        with Library.open(self.settings) as library:
            # To the end of the command: most print when the library is closed.
            click.get_current_context().find_root().with_resource(veiling(library.store))
            yield library

    def say(self, key: str, **values: object) -> str:
        """The sentence `key` in the reader's language."""
        return say(self.language, key, **values)


class WithExamples(click.Command):
    """A command whose epilog is its examples, one a line."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they stand: wrapped, a command could not be copied."""
        if self.epilog:
            with formatter.section("Contoh"):
                for example in self.epilog.splitlines():
                    formatter.write(f"{'':{formatter.current_indent}}{example}\n")


def write_file(file: Path, content: bytes) -> None:
    """Write a file that was asked for. Raises NotFoundError where it cannot be."""
    try:
        file.write_bytes(content)
    except OSError as cause:
        raise NotFoundError(
            str(file),
            Text(f"tidak dapat ditulis ({cause.strerror})", f"cannot be written ({cause.strerror})"),
            Text("pilih tempat lain", "choose another place"),
        ) from cause


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where that is a terminal; the caller tells how many are done, and of how many."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(n_done: int, n_all: int) -> None:
            bar.update(task, completed=n_done, total=n_all)

        yield advance
