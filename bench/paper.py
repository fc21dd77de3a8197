"""Whether each quote of an exported paper stands in its source: `python -m bench.paper FILE.docx`.

A quote is a paragraph of the style "Kutipan"; its footnote names the document and its pages. The store of `KB_HOME` is
asked for those pages. Letters, digits and signs are compared one by one; only blanks and line breaks are not.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml import etree

from api.exports.dossier_docx import QUOTE_STYLE
from api.exports.footnotes import writable
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.naming import cited_name
from kb.settings import Settings


def main() -> None:
    """Print each quote that is not found, and how many are; the exit code is 1 where one is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    found = list(quotes(arguments.file))
    with Library.open(Settings.from_environment()) as library:
        missing = [(quote, note) for quote, note in found if not stands(library, quote, note)]
    for quote, note in missing:
        print(f"not found: {note}\n  {quote}")
    print(f"{len(found) - len(missing)} of {len(found)} quotes stand in their sources")
    sys.exit(bool(missing) or not found)


def quotes(file: Path) -> Iterator[tuple[str, str]]:
    """Each quote of a Word file, its quotation marks left out, and its footnote."""
    document = docx.Document(str(file))
    [part] = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]
    notes = {note.get(qn("w:id")): "".join(note.itertext()).strip() for note in etree.fromstring(part.blob)}
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == QUOTE_STYLE:
            [reference] = paragraph._p.iter(qn("w:footnoteReference"))
            yield paragraph.text.removeprefix("“").removesuffix("”"), notes[reference.get(qn("w:id"))]


def stands(library: Library, quote: str, note: str) -> bool:
    """Whether the pages that a footnote names have the quote, in the current version of the document that it names."""
    said = re.search(r", hlm\. ([\d–, dan]+)", note)
    wanted = _numbers(said[1]) if said else set()
    for document in library.documents(LOCAL_ADMIN):
        if (cited_name(document.metadata) or document.name) not in note:
            continue
        pages = library.store.versions.pages(document.version_id)
        text = " ".join(page.text for page in pages if not wanted or page.number in wanted)
        if _squeezed(quote) in _squeezed(writable(text)):
            return True
    return False


def _numbers(said: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", said):
        found.update(range(int(first), int(last or first) + 1))
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


if __name__ == "__main__":
    main()
