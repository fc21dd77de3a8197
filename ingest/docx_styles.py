"""What Word adds to a paragraph by its style: the level of a heading and the number of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from ingest.numerals import letters, roman

N_LEVELS = 9
BODY_LEVEL = 9
"""The outline level that Word writes for "no heading"."""

_MAX_PARENTS = 20
_VALUE = qn("w:val")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered. pattern: "%1.%2", where %1 is the number of the first level."""

    start: int
    form: str
    pattern: str
    is_legal: bool


class Styles:
    """The styles and lists of one document. Numbers count on with each paragraph asked for, in order."""

    def __init__(self, document: Document) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        related = document.part.rels.values()
        parts = (relation.target_part for relation in related if relation.reltype == RELATIONSHIP_TYPE.NUMBERING)
        numbering = next((part.element for part in parts), None)
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def level(self, paragraph: etree._Element) -> int | None:
        """The level of a heading, 1 the highest, or None for other text."""
        for properties in self._properties(paragraph):
            outline = _number(properties, "w:outlineLvl")
            if outline is not None:
                return outline + 1 if outline < BODY_LEVEL else None
        for style in self._chain(paragraph):
            found = re.fullmatch(r"heading ([1-9])", _name(style))
            if found:
                return int(found[1])
        return None

    def is_title(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph's style is Title."""
        return any(_name(style) == "title" for style in self._chain(paragraph))

    def number(self, paragraph: etree._Element) -> str:
        """The number that Word shows before the paragraph, with a space after it, or "". Counts on."""
        list_id, depth = self._list_of(paragraph)
        if list_id is None or list_id not in self._lists:
            return ""
        shared, levels, restarts = self._lists[list_id]
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(shared, [None] * N_LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in restarts:
                counts[restarted] = None
        count = counts[depth]
        counts[depth] = restarts.get(depth, levels[depth].start) if count is None else count + 1
        counts[depth + 1 :] = [None] * (N_LEVELS - depth - 1)
        written = _written(levels, depth, counts)
        return f"{written} " if written else ""

    def _list_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """The list and the level (from 0) that the paragraph or its style names."""
        list_id, depth = None, None
        for properties in self._properties(paragraph):
            numbering = properties.find(qn("w:numPr"))
            if numbering is None:
                continue
            depth = _number(numbering, "w:ilvl") if depth is None else depth
            if list_id is None:
                named = numbering.find(qn("w:numId"))
                list_id = named.get(_VALUE) if named is not None else None
        return list_id, min(max(depth or 0, 0), N_LEVELS - 1)

    def _properties(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The paragraph's own properties, then those of its style and the styles that one is based on."""
        for owner in (paragraph, *self._chain(paragraph)):
            properties = owner.find(qn("w:pPr"))
            if properties is not None:
                yield properties

    def _chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        for _ in range(_MAX_PARENTS):
            style = self._styles.get(named.get(_VALUE)) if named is not None else None
            if style is None:
                return
            yield style
            named = style.find(qn("w:basedOn"))

    def _read_lists(self, numbering: etree._Element) -> None:
        abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.iter(qn("w:abstractNum"))}
        for instance in numbering.iter(qn("w:num")):
            pointer = instance.find(qn("w:abstractNumId"))
            shared = pointer.get(_VALUE) if pointer is not None else None
            if shared is None or shared not in abstract:
                continue
            levels = _levels(abstract[shared])
            restarts = {}
            for override in instance.iter(qn("w:lvlOverride")):
                levels |= _levels(override)
                restart = _number(override, "w:startOverride")
                if restart is not None:
                    restarts[int(override.get(qn("w:ilvl"), "0"))] = restart
            self._lists[instance.get(qn("w:numId"))] = (shared, levels, restarts)


def _levels(owner: etree._Element) -> dict[int, _Level]:
    return {
        int(level.get(qn("w:ilvl"), "0")): _Level(
            start=_number(level, "w:start") or 0,
            form=_string(level, "w:numFmt") or "decimal",
            pattern=_string(level, "w:lvlText"),
            is_legal=level.find(qn("w:isLgl")) is not None,
        )
        for level in owner.iter(qn("w:lvl"))
    }


def _written(levels: dict[int, _Level], depth: int, counts: list[int | None]) -> str:
    level = levels[depth]
    if level.form == "bullet":
        return "•" if level.pattern.strip() else ""

    def of_level(found: re.Match[str]) -> str:
        named = int(found[1]) - 1
        if named not in levels:
            return ""
        count = counts[named]
        form = "decimal" if level.is_legal else levels[named].form
        return _in_form(levels[named].start if count is None else count, form)

    return re.sub(r"%([1-9])", of_level, level.pattern).strip()


def _in_form(number: int, form: str) -> str:
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
    return str(number)


def _name(style: etree._Element) -> str:
    return _string(style, "w:name").lower()


def _string(owner: etree._Element, tag: str) -> str:
    child = owner.find(qn(tag))
    return child.get(_VALUE, "") if child is not None else ""


def _number(owner: etree._Element, tag: str) -> int | None:
    value = _string(owner, tag)
    return int(value) if value.isdecimal() and len(value) < 8 else None
