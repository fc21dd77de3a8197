"""Passages made to fit the embedder: their headings cut short, and what is still too long divided by its sentences."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from kb.pages import Span, text_of
from kb.passages import Passage
from kb.vectors import CountTokens

CHARACTERS = 900
"""The same for words without a division of their own: 120 words of Indonesian and the blanks between them."""

SOFT_WORDS = 150
"""A piece is not divided for the few words that it is over the wanted number."""
PATH_CHARACTERS = 160
_TAIL = 0.2
"""Of the size: a last piece that is shorter goes with the one before it."""
_PATH_TOKENS = 120
"""The most that the headings before a passage may cost the embedder; the outermost go first."""
_WINDOW = 4_000
"""Characters given to the splitter at once, so that a file of one long line costs no more than others."""

_TABLE = re.compile(r"^\s*(?:Tabel|TABEL)\s[^\n]{3,200}", re.M)


def of_spans(section: int, path: tuple[str, ...], spans: Sequence[Span], texts: dict[int, str]) -> Passage:
    """The passage of these page spans, its text exactly theirs."""
    return Passage(section, text_of(spans, texts), path, tuple(spans))


def cut(text: str, most: int) -> str:
    """`text` on one line, cut at a word when longer than `most`."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else (line[:most].rpartition(" ")[0] or line[:most]) + " …"


def fit_paths(paths: list[tuple[str, ...]], count_tokens: CountTokens) -> list[tuple[str, ...]]:
    """The heading paths, each without so many of its outermost parts that it costs `_PATH_TOKENS` at most."""
    names = sorted({name for path in paths for name in path})
    costs = dict(zip(names, count_tokens(names), strict=True)) if names else {}
    return [_fit_path(path, costs) for path in paths]


def _fit_path(path: tuple[str, ...], costs: dict[str, int]) -> tuple[str, ...]:
    kept = list(path)
    while len(kept) > 1 and sum(costs[name] for name in kept) > _PATH_TOKENS:
        kept.pop(0)
    if kept and costs[kept[0]] > _PATH_TOKENS:
        kept[0] = cut(kept[0], _PATH_TOKENS // 2)
    return tuple(kept)


def fit(
    passages: Sequence[Passage], texts: dict[int, str], count_tokens: CountTokens, budget: int
) -> Iterator[Passage]:
    """The passages, those that are too long divided until each costs `budget` tokens at most with its headings."""
    fitted: list[list[Passage]] = []
    for passage in passages:
        fitted.append(_by_sentences(passage, texts, CHARACTERS) if _is_long(passage) else [passage])
    flat = [(i, piece) for i, pieces in enumerate(fitted) for piece in pieces]
    while flat:
        costs = count_tokens(["\n".join((*piece.heading_path, piece.text)) for _, piece in flat])
        smaller: dict[int, int] = {}
        for (i, piece), cost in zip(flat, costs, strict=True):
            if cost > budget:
                size = max(1, min(len(piece.text) - 1, int(0.8 * len(piece.text) * budget / cost)))
                smaller[i] = min(size, smaller.get(i, size))
        for i, size in smaller.items():
            fitted[i] = _by_sentences(passages[i], texts, size)
        flat = [(i, piece) for i in smaller for piece in fitted[i]]
    for pieces in fitted:
        yield from pieces


def _is_long(passage: Passage) -> bool:
    return len(passage.text) > 2 * CHARACTERS or (
        len(passage.text) > CHARACTERS and len(passage.text.split()) > SOFT_WORDS
    )


def _by_sentences(passage: Passage, texts: dict[int, str], size: int) -> list[Passage]:
    """A passage divided where sentences, lines or words end, each piece of `size` characters at most."""
    # Only here: the splitter brings an HTTP client and more, 0.1 to 0.2 s that `kb search` has no use for.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=[r"(?<=[.;:!?])[^\S\n]{0,4}\n", r"(?<=[a-z)]{4}[.;!?])[ ](?=[A-Z“\"(])", r"\n", r"\s"],
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=size,
        chunk_overlap=0,
    )
    cuts: list[tuple[int, int]] = []
    for window in _windows(passage.text, size):
        for chunk in _chunks(window, splitter.split_text, size):
            begin = passage.text.index(chunk, cuts[-1][1] if cuts else 0)
            cuts.append((begin, begin + len(chunk)))
    if len(cuts) > 1 and cuts[-1][1] - cuts[-1][0] < _TAIL * size and cuts[-1][1] - cuts[-2][0] <= (1 + _TAIL) * size:
        cuts[-2:] = [(cuts[-2][0], cuts[-1][1])]
    return list(_pieces(passage, cuts, texts))


def _pieces(passage: Passage, cuts: Sequence[tuple[int, int]], texts: dict[int, str]) -> Iterator[Passage]:
    """The passage cut at `cuts`, each piece under the title of the table that it goes on with."""
    starts = _starts(passage.spans)
    table = ""
    for begin, end in cuts:
        path = (*passage.heading_path, table) if table else passage.heading_path
        yield of_spans(passage.section, path, _spans_of(passage.spans, starts, begin, end), texts)
        titles = _TABLE.findall(passage.text[begin:end])
        table = cut(titles[-1], PATH_CHARACTERS) if titles else table


def _chunks(window: str, split_text: Callable[[str], list[str]], size: int) -> Iterator[str]:
    """What the splitter makes of a window; a word that is longer than `size` is cut where it reaches it."""
    for whole in split_text(window) if len(window.split(maxsplit=1)) > 1 else [window]:
        for start in range(0, len(whole), size):
            chunk = whole[start : start + size].strip()
            if chunk:
                yield chunk


def _windows(text: str, size: int) -> Iterator[str]:
    """The text in stretches cut at a line or word, which is where the splitter would cut it too."""
    most = max(_WINDOW, 2 * size)
    start = 0
    while start < len(text):
        end = start + most
        if end < len(text):
            end = max(text.rfind("\n", start, end), text.rfind(" ", start, end)) if " " in text[start:end] else end
        yield text[start:end]
        start = max(end, start + 1)


def _starts(spans: Sequence[Span]) -> list[int]:
    """Where each span begins in the passage's text, in which a line break joins them."""
    starts = [0]
    for span in spans[:-1]:
        starts.append(starts[-1] + len(span) + 1)
    return starts


def _spans_of(spans: Sequence[Span], starts: Sequence[int], begin: int, end: int) -> list[Span]:
    """The part of the page spans that lies at [begin, end) of their joined text."""
    found: list[Span] = []
    for i in range(bisect_right(starts, begin) - 1, len(spans)):
        if starts[i] >= end:
            break
        first = max(0, begin - starts[i])
        last = min(len(spans[i]), end - starts[i])
        if first < last:
            found.append(Span(spans[i].page, spans[i].start + first, spans[i].start + last))
    return found
