"""What stands where in an outline, however it was read: one of a scan may have sections that overlap."""

from hypothesis import given
from hypothesis import strategies as st

from kb.pages import Span
from kb.sections import Outline, Section, SectionKind

KINDS = (SectionKind.BAB, SectionKind.PASAL, SectionKind.AYAT)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span of one of two pages."""
    start = draw(st.integers(0, 39))
    return Span(draw(st.integers(1, 2)), start, draw(st.integers(start + 1, 40)))


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Sections below one root, with one extent or several, nested or not."""
    found = [Section(SectionKind.ROOT, "", "", "", None, (Span(1, 0, 40), Span(2, 0, 40)))]
    for n in range(draw(st.integers(0, 12))):
        extents = tuple(draw(st.lists(spans(), max_size=3)))
        kind = draw(st.sampled_from(KINDS))
        found.append(Section(kind, "", "", f"bagian-{n}", draw(st.integers(0, n)), extents))
    return Outline(found)


def depth(outline: Outline, place: int) -> int:
    parent = outline[place].parent
    return 0 if parent is None else 1 + depth(outline, parent)


@given(outlines(), spans())
def test_a_span_stands_in_the_first_of_the_deepest_sections_that_hold_it(outline: Outline, span: Span) -> None:
    holding = [
        place
        for place, section in enumerate(outline)
        if any(s.page == span.page and s.start <= span.start and span.end <= s.end for s in section.spans)
    ]
    assert outline.at(span) == max(holding, key=lambda place: depth(outline, place))


def test_what_no_section_holds_stands_in_the_root() -> None:
    assert Outline((Section(SectionKind.ROOT, "", "", "", None, ()),)).at(Span(3, 0, 5)) == 0


@given(outlines(), spans())
def test_an_ayat_or_a_pasal_begins_with_its_first_extent(outline: Outline, span: Span) -> None:
    firsts = [s.spans[0] for s in outline if s.spans and s.kind in (SectionKind.AYAT, SectionKind.PASAL)]
    within = {s.start for s in firsts if s.page == span.page and span.start <= s.start < span.end}
    assert outline.starts_in(span) == sorted(within)


@given(outlines())
def test_each_section_is_found_by_its_address(outline: Outline) -> None:
    assert [outline.place_of(section.address) for section in outline] == list(range(len(outline)))
    assert outline.place_of("pasal-99") is None


@given(outlines())
def test_the_ancestors_lead_from_below_the_root_to_the_section_itself(outline: Outline) -> None:
    for place in range(1, len(outline)):
        path = outline.ancestors(place)
        assert path[-1] == place
        assert [outline[at].parent for at in path] == [0, *path[:-1]]
    assert outline.ancestors(0) == []


def test_an_outline_that_went_out_has_no_ancestors() -> None:
    assert Outline().ancestors(0) == []
