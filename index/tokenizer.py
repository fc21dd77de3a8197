"""Texts as the ids that the bundled model reads: XLM-R unigram pieces, without the tokenizers library."""

import unicodedata
from collections.abc import Sequence

import sentencepiece

from index.weights import Vocabulary

_LONGEST_WHOLE = 8_000
_SLICE = 1_000
_SURROGATES = range(0xD800, 0xE000)


class Tokenizer:
    """XLM-R unigram pieces through sentencepiece, ids as the model numbers them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.pad = vocabulary.pad
        self._bos, self._eos = vocabulary.bos, vocabulary.eos
        # A NUL or half a surrogate pair would end or break the text in C; neither means anything.
        self._normal = {0: "", **dict.fromkeys(_SURROGATES, " "), **vocabulary.normal}
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=model_proto(vocabulary))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text between the two special tokens, of any length."""
        # One by one: a list starts a pool of threads in sentencepiece, 40 us where a query takes 2.
        return [
            [self._bos, *self._pieces.encode(_normal_form(text).translate(self._normal)), self._eos] for text in texts
        ]

    def places(self, text: str) -> list[int]:
        """Where the last character of each of the text's pieces stands; without the special tokens of `encode`.

        In a text that is written otherwise in NFKC, places are as near as its length tells.
        """
        normal = _normal_form(text).translate(self._normal)
        scale = len(text) / len(normal) if normal else 1.0
        # A piece that is only the space before a text ends before its first character.
        offsets = self._pieces.encode(normal, out_type="offset_mapping")["offsets"]
        return [max(0, int((end - 1) * scale)) for _, end in offsets]


def _normal_form(text: str) -> str:
    """The text in NFKC.

    Far beyond the model's limit it is taken slice by slice: Python sorts a run of combining marks in quadratic
    time, 12 minutes for a hostile million of them, and there a mark parted from its letter moves no vector.
    """
    if len(text) <= _LONGEST_WHOLE:
        return unicodedata.normalize("NFKC", text)
    return "".join(unicodedata.normalize("NFKC", text[at : at + _SLICE]) for at in range(0, len(text), _SLICE))


def model_proto(vocabulary: Vocabulary) -> bytes:
    """The vocabulary as a sentencepiece model that normalizes nothing but white space.

    Source: sentencepiece_model.proto. Written by hand, for its own module needs protobuf, 1 MB for four messages.
    """
    normal, unknown, control = 1, 2, 3
    kinds = dict.fromkeys((vocabulary.bos, vocabulary.eos, vocabulary.pad), control) | {vocabulary.unknown: unknown}
    kinds[len(vocabulary.pieces) - 1] = control  # <mask>, which no text may spell
    scores = vocabulary.scores.astype("<f4").tobytes()
    parts = []
    for i, piece in enumerate(vocabulary.pieces):
        # SentencePiece: piece = 1 (bytes), score = 2 (float), type = 3 (enum). No length reaches 128: one byte each.
        body = b"\x0a%c%b\x15%b\x18%c" % (len(piece), piece, scores[4 * i : 4 * i + 4], kinds.get(i, normal))
        parts.append(b"\x0a%c%b" % (len(body), body))
    ids = ((40, vocabulary.unknown), (41, vocabulary.bos), (42, vocabulary.eos), (43, vocabulary.pad))
    trainer = b"\x18\x01" + b"".join(_varint(field << 3) + _varint(value) for field, value in ids)  # model_type UNIGRAM
    normalizer = b"\x0a\x08identity\x18\x01\x20\x01\x28\x01"  # dummy prefix, no extra white space, U+2581 for a space
    parts.append(b"\x12%c%b\x1a%c%b" % (len(trainer), trainer, len(normalizer), normalizer))
    return b"".join(parts)


def _varint(value: int) -> bytes:
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + _varint(value >> 7)
