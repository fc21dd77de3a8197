"""The way of the tutorials, to be measured beside ours: pypdf, a splitter, SentenceTransformer and IndexFlatIP."""

from pathlib import Path

import faiss
import numpy as np
import torch
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

from bench.worker import THREADS
from index.adapter import SHIPPED
from index.sentence_transformer import export_sentence_transformer

CHARACTERS, OVERLAP = 1000, 200
DIM = 384
K = 10


class Tutorial:
    """A list of texts and a FAISS index in memory: nothing is stored, checked or filtered."""

    def __init__(self, folder: str) -> None:
        """Load the model that lies in `folder`."""
        torch.set_num_threads(THREADS)
        self._model = SentenceTransformer(folder, device="cpu", local_files_only=True)
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
        self._index = faiss.IndexFlatIP(DIM)
        self._texts: list[str] = []

    def ingest(self, file: str) -> int:
        """Read, split, embed and index one PDF; return the number of its pages."""
        pages = [page.extract_text() for page in PdfReader(file).pages]
        texts = self._splitter.split_text("\n".join(pages))
        vectors = self._model.encode(texts, prompt="passage: ", normalize_embeddings=True)
        self._index.add(np.asarray(vectors, np.float32))
        self._texts += texts
        return len(pages)

    def query(self, text: str) -> int:
        """Find the texts nearest to a question; return how many."""
        vector = self._model.encode([text], prompt="query: ", normalize_embeddings=True)
        _, [rows] = self._index.search(np.asarray(vector, np.float32), K)
        return len([self._texts[row] for row in rows if row >= 0])

    def n_passages(self) -> int:
        """How many texts are in."""
        return len(self._texts)


class Torch:
    """The same weights run by sentence-transformers alone."""

    def __init__(self, folder: str, precision: str) -> None:
        """Load the model that lies in `folder` in "f32" or "bf16"."""
        torch.set_num_threads(THREADS)
        self._model = SentenceTransformer(folder, device="cpu", local_files_only=True)
        if precision == "bf16":
            self._model = self._model.bfloat16()

    def embed_query(self, text: str) -> int:
        """Embed a question; return 1."""
        return len(self._model.encode([text], prompt="query: ", normalize_embeddings=True))

    def embed(self, texts: list[str]) -> int:
        """Embed passages; return how many."""
        return len(self._model.encode(texts, prompt="passage: ", normalize_embeddings=True))


class Exporter:
    """Writes the bundled weights as others read them."""

    def export(self, folder: str, weights: str = "plain") -> int:
        """Write the "plain" or the "adapted" weights as a sentence-transformers model to `folder`; return 1."""
        export_sentence_transformer(Path(folder), SHIPPED if weights == "adapted" else None)
        return 1
