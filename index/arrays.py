"""Arrays that every model has to do with: rows of length 1, and the files of arrays that ship with the program."""

import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.vectors import Vectors


def unit(vectors: Vectors) -> Vectors:
    """The rows scaled to length 1. No row may be zero."""
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled


def read_arrays(file: Path) -> dict[str, NDArray[np.generic]]:
    """The arrays of a `.npz` file by name. Raises ValueError where it cannot be read whole."""
    try:
        with file.open("rb") as stream:
            # numpy forgets to close what it cannot open, and reads single arrays as well.
            if not zipfile.is_zipfile(stream):
                raise zipfile.BadZipFile("expected an archive of arrays")
            stream.seek(0)
            with np.load(stream, allow_pickle=False) as stored:
                return {name: stored[name] for name in stored.files}
    except (OSError, EOFError, zipfile.BadZipFile) as cause:
        raise ValueError(f"{file} is no complete archive of arrays") from cause
