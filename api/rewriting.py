"""An answer told again by a language model of the office's own: only from checked quotes, only what cites them.

Off unless `KB_REWRITER_URL` names an endpoint that speaks the OpenAI protocol for chat completions with streaming
(llama.cpp, Ollama, vLLM). It is given the question and the quotes of the answer, nothing else of the store.
"""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.sentences import sentences
from kb.answers import Answer, Statement
from kb.errors import RewritingError, Text

PROMPT = """\
Anda merangkum kutipan peraturan dan laporan untuk pegawai pemerintah daerah. Jawab pertanyaan dalam bahasa Indonesia \
yang lugas, paling banyak lima kalimat, hanya dari kutipan bernomor di bawah. Akhiri setiap kalimat dengan nomor \
kutipannya dalam kurung siku sebelum titik, misalnya [1] atau [1][3]. Jangan menambah apa pun yang tidak ada di sana."""

_CITED = re.compile(r"\[(\d{1,2})\]")
_CITED_AFTER = re.compile(r"([.!?])\s*((?:\[\d{1,2}\]\s*)*\[\d{1,2}\])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A sentence of the language model and which statements it cites, by their place from 1."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rewriter:
    """A chat endpoint. url: up to and with `/v1`. seconds: the longest wait for its next words."""

    url: str
    model: str = ""
    key: str = ""
    seconds: int = 60

    def rewrite(self, answer: Answer) -> Iterator[Rewritten]:
        """The sentences that cite quotes of `answer`, as they come; all others are dropped.

        Nothing for an answer that abstained. Raises RewritingError.
        """
        if not answer.abstained:
            yield from cited(self._words(answer), answer.statements)

    def _words(self, answer: Answer) -> Iterator[str]:
        """What the model says, piece by piece."""
        body = {
            "model": self.model or "default",
            "stream": True,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": PROMPT},
                {"role": "user", "content": _quoted(answer)},
            ],
        }
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(f"{self.url}/chat/completions", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as response:
                yield from _pieces(response)
        except (OSError, ValueError) as cause:
            if isinstance(cause, urllib.error.HTTPError):
                cause.close()
            raise RewritingError(
                self.url,
                Text(f"model bahasa tidak menjawab ({cause})", f"the language model does not answer ({cause})"),
                Text("periksa KB_REWRITER_URL, atau kosongkan", "check KB_REWRITER_URL, or unset it"),
            ) from cause


def cited(words: Iterable[str], statements: Sequence[Statement]) -> Iterator[Rewritten]:
    """The sentences that may be shown: each cites statements that exist, and holds no number that they do not.

    words: the text in pieces of any size; a sentence is given as soon as it is whole.
    """
    text = ""
    for piece in words:
        text = _CITED_AFTER.sub(r"\2\1", text + piece)
        if len(text) > _MOST_CHARACTERS:
            return
        *whole, (last, _) = sentences(text) or [(0, 0)]
        # The number of a quote may yet come after the full stop that it belongs before.
        if whole and text[last] in "[.!?":
            whole.pop()
        for start, end in whole:
            yield from _checked(text[start:end], statements)
        if whole:
            text = text[whole[-1][1] :]
    for start, end in sentences(text):
        yield from _checked(text[start:end], statements)


def _checked(sentence: str, statements: Sequence[Statement]) -> Iterator[Rewritten]:
    cites = tuple(dict.fromkeys(int(number) for number in _CITED.findall(sentence)))
    said = " ".join(_CITED.sub("", sentence).split())
    said = re.sub(r"\s+([.,;:])", r"\1", said)
    # "[1] B." may be the end of the sentence before it: which of the two it belongs to is not known.
    if sentence.startswith("[") or not cites or not all(1 <= place <= len(statements) for place in cites):
        return
    known = {number for place in cites for number in _NUMBER.findall(_source(statements[place - 1]))}
    # A number that is in none of its quotes was made up, and numbers are what ends up in a regulation.
    if re.search(r"\w", said) and set(_NUMBER.findall(said)) <= known:
        yield Rewritten(said, cites)


def _source(statement: Statement) -> str:
    named = (f"{citation.document_title} {citation.label} {citation.page_label}" for citation in statement.citations)
    return "\n".join((statement.text, *named))


def _quoted(answer: Answer) -> str:
    quotes = (
        f"[{place}] {statement.citations[0].document_title}, {statement.citations[0].label}:\n{statement.text}"
        for place, statement in enumerate(answer.statements, 1)
    )
    return "\n\n".join((f"Pertanyaan: {answer.question}", *quotes))


def _pieces(lines: Iterable[bytes]) -> Iterator[str]:
    """The words in a stream of server-sent events. Raises ValueError for what is not the protocol.

    Source: the OpenAI API reference, "Chat Completions", streaming.
    """
    for line in lines:
        field, _, value = line.decode("utf-8").strip().partition(":")
        if field != "data":
            continue
        if value.strip() == "[DONE]":
            return
        event = json.loads(value)
        if not isinstance(event, dict) or "error" in event:
            raise ValueError(f"expected a chunk of a chat completion, not {value.strip()[:200]}")
        for choice in event.get("choices", ()):
            said = choice.get("delta", {}).get("content")
            if isinstance(said, str):
                yield said
