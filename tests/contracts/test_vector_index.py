"""Every vector index against the definition."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from index.dense import ExactIndex, FlatIndex, VectorIndex

DIM = 8
BACKENDS: list[Callable[[int], VectorIndex]] = [ExactIndex, FlatIndex]

floats = st.integers(-1000, 1000).map(lambda i: (i + 0.5) / 1000)  # never zero, never subnormal
rows = st.integers(1, 30).flatmap(lambda n: hnp.arrays(np.float32, (n, DIM), elements=floats))
query_vectors = hnp.arrays(np.float32, (DIM,), elements=floats)


def filled(backend: Callable[[int], VectorIndex], vectors: NDArray[np.float32]) -> VectorIndex:
    index = backend(DIM)
    index.add(np.arange(10, 10 + len(vectors)), vectors)
    return index


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    return vectors.astype(np.float64) / np.linalg.norm(vectors.astype(np.float64), axis=-1, keepdims=True)


@pytest.mark.parametrize("backend", BACKENDS)
@settings(deadline=None, max_examples=50)
@given(vectors=rows, query=query_vectors, scale=st.floats(0.1, 100), k=st.integers(1, 40))
def test_scores_are_the_true_cosines_best_first(
    backend: Callable[[int], VectorIndex],
    vectors: NDArray[np.float32],
    query: NDArray[np.float32],
    scale: float,
    k: int,
) -> None:
    ranking = filled(backend, vectors).search(query * np.float32(scale), k)
    true = dict(zip(range(10, 10 + len(vectors)), unit(vectors) @ unit(query), strict=True))
    assert ranking.scores.tolist() == pytest.approx(sorted(true.values(), reverse=True)[:k], abs=1e-5)
    assert [true[i] for i in ranking.ids.tolist()] == pytest.approx(ranking.scores.tolist(), abs=1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
@settings(deadline=None, max_examples=50)
@given(vectors=rows, query=query_vectors, data=st.data())
def test_a_filtered_search_equals_that_of_an_index_of_what_is_allowed(
    backend: Callable[[int], VectorIndex], vectors: NDArray[np.float32], query: NDArray[np.float32], data: st.DataObject
) -> None:
    ids = np.arange(10, 10 + len(vectors))
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids))))
    alone = backend(DIM)
    alone.add(ids[kept], vectors[kept])
    found = filled(backend, vectors).search(query, 5, ids[kept])
    expected = alone.search(query, 5)
    assert found.scores.tolist() == pytest.approx(expected.scores.tolist(), abs=1e-6)
    assert set(found.ids.tolist()) <= set(ids[kept].tolist())


@pytest.mark.parametrize("backend", BACKENDS)
@settings(deadline=None, max_examples=50)
@given(vectors=rows, query=query_vectors, data=st.data())
def test_an_index_that_lost_rows_equals_one_built_without_them(
    backend: Callable[[int], VectorIndex], vectors: NDArray[np.float32], query: NDArray[np.float32], data: st.DataObject
) -> None:
    ids = np.arange(10, 10 + len(vectors))
    gone = np.array(data.draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids))))
    changed = filled(backend, vectors)
    changed.remove(ids[gone])
    changed.add(np.array([100]), vectors[:1])
    rebuilt = backend(DIM)
    rebuilt.add(np.append(ids[~gone], 100), np.concatenate([vectors[~gone], vectors[:1]]))
    assert changed.ids().tolist() == rebuilt.ids().tolist()
    assert changed.search(query, 40).scores.tolist() == pytest.approx(
        rebuilt.search(query, 40).scores.tolist(), abs=1e-6
    )


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_empty_index_finds_nothing(backend: Callable[[int], VectorIndex]) -> None:
    index = backend(DIM)
    assert len(index.search(np.ones(DIM, np.float32), 10)) == 0
    assert np.isnan(index.scores(np.ones(DIM, np.float32), np.array([3]))).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_id_that_is_in_is_refused(backend: Callable[[int], VectorIndex]) -> None:
    index = filled(backend, np.eye(DIM, dtype=np.float32))
    with pytest.raises(ValueError, match="not in yet"):
        index.add(np.array([10]), np.ones((1, DIM), np.float32))


@pytest.mark.parametrize("backend", BACKENDS)
def test_scores_of_ids_are_their_cosines_and_unknown_ones_have_none(backend: Callable[[int], VectorIndex]) -> None:
    index = filled(backend, np.eye(DIM, dtype=np.float32))
    scores = index.scores(np.eye(DIM, dtype=np.float32)[2] * 5, np.array([12, 11, 999]))
    assert scores[:2].tolist() == pytest.approx([1.0, 0.0])
    assert np.isnan(scores[2])
