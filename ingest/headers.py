"""The header of a table before each passage of its rows: found by it, quoted without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.fitting import cut
from kb.pages import Reading
from kb.passages import Passage
from kb.vectors import CountTokens

MAX_HEADER = 160
"""Characters of a header that go before a passage."""


def with_headers(
    passages: Sequence[Passage], reading: Reading, count_tokens: CountTokens, budget: int
) -> tuple[Passage, ...]:
    """Return the passages, those that hold rows but not their header with it at the end of their heading path.

    budget: the most tokens that heading path and text may cost; a header that would go over it is left out.
    """
    if not reading.tables:
        return tuple(passages)
    starts = _Rows(reading)
    led = [replace(passage, heading_path=(*passage.heading_path, *starts.headers(passage))) for passage in passages]
    changed = [i for i, passage in enumerate(passages) if led[i] != passage]
    costs = count_tokens(["\n".join((*led[i].heading_path, led[i].text)) for i in changed]) if changed else []
    too_long = {i for i, cost in zip(changed, costs, strict=True) if cost > budget}
    return tuple(passages[i] if i in too_long else one for i, one in enumerate(led))


class _Rows:
    """The rows of all tables by page."""

    def __init__(self, reading: Reading) -> None:
        self._by_page: dict[int, list[tuple[int, int, str]]] = {}
        texts = {page.number: page.text for page in reading.pages}
        for table in reading.tables:
            if table.header is not None:
                header = " ".join(texts[table.header.page][table.header.start : table.header.end].split())
                for row in table.rows:
                    self._by_page.setdefault(row.page, []).append((row.start, row.end, header))

    def headers(self, passage: Passage) -> Iterator[str]:
        """The headers of the rows that a passage holds, those left out that stand in it."""
        found: dict[str, None] = {}
        for span in passage.spans:
            for start, end, header in self._by_page.get(span.page, ()):
                if start < span.end and span.start < end:
                    found[header] = None
        for header in found:
            if header not in " ".join(passage.text.split()):
                yield cut(header, MAX_HEADER)
