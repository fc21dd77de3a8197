"""LangChain's tutorial: HuggingFaceEmbeddings (sentence-transformers) into its FAISS store, with E5's prefixes."""

import torch
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from shared import lend
from wire import THREADS, drive


class Faiss:
    """The vectors alone."""

    def __init__(self, model: str, work: str) -> None:
        torch.set_num_threads(THREADS)
        self._embeddings = HuggingFaceEmbeddings(
            model_name=model,
            model_kwargs={"device": "cpu", "local_files_only": True},
            encode_kwargs={"normalize_embeddings": True, "prompt": "passage: "},
            query_encode_kwargs={"normalize_embeddings": True, "prompt": "query: "},
        )

    def index(self, ids: list[str], texts: list[str]) -> None:
        """See `Way`."""
        self._store = FAISS.from_texts(texts, self._embeddings, ids=ids)

    def search(self, text: str, k: int) -> list[str]:
        """See `Way`."""
        return [str(document.id) for document in self._store.similarity_search(text, k=k)]


if __name__ == "__main__":
    lend()
    drive(Faiss)
