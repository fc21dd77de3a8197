"""One line that says what is being measured."""

import sys


def progress(doing: str, n_done: int = 0, n_all: int = 0) -> None:
    """Write what is being measured over the last such line; where that is no terminal, once."""
    if sys.stderr.isatty():
        counted = f" {n_done + 1}/{n_all}" if n_all else ""
        print(f"\r\033[K{doing}{counted}", end="", file=sys.stderr, flush=True)
    elif n_done == 0:
        print(doing, file=sys.stderr, flush=True)


def end_progress() -> None:
    """Wipe the line, so that what was measured stands alone."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
