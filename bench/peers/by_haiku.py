"""haiku.rag's retrieval: its LanceDB store and hybrid search (full text and vectors by RRF), without its readers."""

import asyncio
from pathlib import Path

import torch
from haiku.rag.config import AppConfig
from haiku.rag.embeddings import embed_chunks
from haiku.rag.store.engine import Store
from haiku.rag.store.models.chunk import Chunk
from haiku.rag.store.models.document import Document
from haiku.rag.store.repositories.chunk import ChunkRepository
from haiku.rag.store.repositories.document import DocumentRepository
from shared import lend
from wire import THREADS, drive

DIM = 384


class Haiku:
    """Its store, as its own client fills and asks it; the chunks are ours."""

    def __init__(self, model: str, work: str) -> None:
        torch.set_num_threads(THREADS)
        self._loop = asyncio.new_event_loop()
        config = AppConfig.model_validate(
            {"embeddings": {"model": {"provider": "sentence-transformers", "name": model, "vector_dim": DIM}}}
        )
        self._config = config
        self._store = Store(Path(work) / "haiku.lancedb", config=config, create=True)
        self._run(self._store.__aenter__())
        self._chunks = ChunkRepository(self._store)

    def index(self, ids: list[str], texts: list[str]) -> None:
        """See `Way`."""
        self._run(self._index(ids, texts))

    def search(self, text: str, k: int) -> list[str]:
        """See `Way`."""
        return [chunk.metadata["id"] for chunk, _ in self._run(self._chunks.search(text, limit=k))]

    async def _index(self, ids: list[str], texts: list[str]) -> None:
        document = await DocumentRepository(self._store).create(Document(content="", uri="bench"))
        chunks = [
            Chunk(document_id=document.id, content=text, metadata={"id": key}, order=order)
            for order, (key, text) in enumerate(zip(ids, texts, strict=True))
        ]
        await self._chunks.create(await embed_chunks(chunks, self._store.embedder, self._config))
        await self._store.vacuum()

    def _run(self, work):
        return self._loop.run_until_complete(work)


if __name__ == "__main__":
    lend()
    drive(Haiku)
