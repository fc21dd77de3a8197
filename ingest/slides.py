"""From slides (PPTX) to pages: a slide is a page, with the speaker's notes below its text."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.grid import Grid
from ingest.limits import Limits
from ingest.office import Leaves, unpacking
from kb.errors import DamagedFileError, Text
from kb.pages import Reading
from kb.tables import Table

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.text.text import _Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

NOTES = "Catatan pembicara"
"""The heading of the notes; it stands in no line, for the file does not say it."""

_MAX_NESTING = 16


def read(file: Path, limits: Limits) -> Reading:
    """Return a presentation with a page for each slide.

    Raises FileTooLargeError or DamagedFileError.
    """
    # Here, for it takes a quarter of a second to import and most files are no slides.
    import pptx
    from pptx.exc import PythonPptxError

    with unpacking(file, limits, _damaged(file.name), PythonPptxError):
        return _reading(pptx.Presentation(str(file)), file.name, limits)


def _reading(presentation: "Presentation", where: str, limits: Limits) -> Reading:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.graphfrm import GraphicFrame

    tables: list[Table] = []
    leaves = Leaves(where, limits, len(presentation.slides))
    for slide in presentation.slides:
        lines = leaves.lines()
        title = slide.shapes.title
        if title is not None and title.has_text_frame:
            lines.add(" ".join(title.text_frame.text.split()), 1)
        for shape in _shapes(slide.shapes):
            if title is not None and shape.shape_id == title.shape_id:
                continue
            if isinstance(shape, Shape):
                for paragraph in shape.text_frame.paragraphs:
                    lines.add(_text(paragraph))
            elif isinstance(shape, GraphicFrame) and shape.has_table:
                grid = Grid(lines, f"Tabel {len(tables) + 1}")
                for i, row in enumerate(shape.table.rows):
                    grid.add(i, [(str(k), cell.text) for k, cell in enumerate(row.cells, 1)])
                if (table := grid.table()) is not None:
                    tables.append(table)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = [_text(paragraph) for paragraph in slide.notes_slide.notes_text_frame.paragraphs]
            if any(note.strip() for note in notes):
                lines.head(NOTES, 2)
            for note in notes:
                lines.add(note)
        leaves.add(lines)
    stated = presentation.core_properties
    return leaves.reading(MEDIA_TYPE, tables, stated.title, stated.created)


def _shapes(shapes: "Iterable[BaseShape]", depth: int = 0) -> "Iterator[BaseShape]":
    """The shapes in their order, those of groups among them."""
    from pptx.shapes.group import GroupShape

    for shape in shapes:
        if isinstance(shape, GroupShape):
            if depth < _MAX_NESTING:
                yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _text(paragraph: "_Paragraph") -> str:
    return " ".join(str(paragraph.text).replace("\v", " ").split())


def _damaged(where: str) -> DamagedFileError:
    return DamagedFileError(
        where,
        Text("salindia ini terpotong atau rusak", "this presentation is cut off or broken"),
        Text("buka dan simpan ulang sebagai PPTX", "open it and save it again as PPTX"),
    )
