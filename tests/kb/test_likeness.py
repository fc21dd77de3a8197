import datetime
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Document, DocumentId, Kind, Metadata, VersionId
from kb.likeness import (
    LEAST,
    N_SKETCH,
    Pair,
    Sameness,
    are_copies,
    closest,
    copies_among,
    may_be_versions,
    resemblance,
    sketch_of,
)

WORDS = [f"kata{i}" for i in range(3_000)]


def text(seed: int, n: int = 4_000) -> list[str]:
    return random.Random(seed).choices(WORDS, k=n)


def test_the_same_words_are_the_same_sketch_however_they_are_laid_out() -> None:
    words = text(1)
    pages = [" ".join(words[:1_000]).upper(), "\n".join(words[1_000:]) + "."]
    assert np.array_equal(sketch_of([" ".join(words)]), sketch_of(pages))


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05, 0.1, 0.3])
def test_resemblance_is_that_of_the_shingles(share: float) -> None:
    words, chance = text(2), random.Random(3)
    other = [f"salah{i}" if chance.random() < share else word for i, word in enumerate(words)]
    sets = [{tuple(each[i : i + 3]) for i in range(len(each) - 2)} for each in (words, other)]
    true = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert resemblance(sketch_of([" ".join(words)]), sketch_of([" ".join(other)])) == pytest.approx(true, abs=0.1)


def test_different_texts_do_not_resemble_each_other() -> None:
    assert resemblance(sketch_of([" ".join(text(4))]), sketch_of([" ".join(text(5))])) == 0.0


def test_too_few_words_resemble_nothing() -> None:
    assert resemblance(sketch_of(["dua kata"]), sketch_of(["dua kata"])) == 0.0
    assert resemblance(sketch_of([]), sketch_of(["tiga kata saja di sini"])) == 0.0


@given(st.lists(st.text(max_size=40), max_size=5), st.lists(st.text(max_size=40), max_size=5))
def test_resemblance_is_symmetric_and_a_share(one: list[str], other: list[str]) -> None:
    first, second = sketch_of(one), sketch_of(other)
    assert len(first) <= N_SKETCH
    assert 0.0 <= resemblance(first, second) == resemblance(second, first) <= 1.0
    assert resemblance(first, first) == (1.0 if len(first) else 0.0)


def test_the_closest_are_those_that_resemble_enough() -> None:
    words = text(6)
    others = [sketch_of([" ".join(words[: int(len(words) * share)])]) for share in (1.0, 0.8, 0.6, 0.2)]
    others += [sketch_of([" ".join(text(7))]), sketch_of([])]
    sketch = sketch_of([" ".join(words)])
    assert closest(sketch, others) == {
        place: found for place, other in enumerate(others) if (found := resemblance(sketch, other)) >= LEAST
    }


SEMARANG = Metadata(Kind.PERDA, number="5", year=2020, region="Kota Semarang")
SURAKARTA = Metadata(Kind.PERDA, number="3", year=2021, region="Kota Surakarta")
PERDA = Metadata(Kind.PERDA, number="5", year=2020)
SK = Metadata(Kind.SK, number="5", year=2020, issuer="Wali Kota Semarang")
SCAN = Metadata()


def document(number: int, metadata: Metadata, sha256: str = "") -> Document:
    return Document(
        id=DocumentId(number),
        version_id=VersionId(number),
        name=f"{number}.pdf",
        source="",
        metadata=metadata,
        corrected=frozenset(),
        audience="semua",
        sha256=sha256 or str(number),
        media_type="application/pdf",
        n_bytes=1,
        n_pages=1,
        n_pages_unread=0,
        n_pages_doubtful=0,
        n_passages=1,
        has_pages=True,
        ingested_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        n_versions=1,
    )


def pair(first: int, second: int, resemblance: float = 0.0, ruling: Sameness | None = None) -> Pair:
    return Pair(DocumentId(first), DocumentId(second), resemblance, ruling)


def copies(metadata: Sequence[Metadata], pairs: Sequence[Pair]) -> dict[int, list[int]]:
    documents = {DocumentId(number): document(number, each) for number, each in enumerate(metadata, 1)}
    return {int(key): [int(other) for other in others] for key, others in copies_among(documents, pairs).items()}


def alike(one: Metadata, other: Metadata, resemblance: float) -> bool:
    return are_copies(document(1, one), document(2, other), pair(1, 2, resemblance))


def test_a_scan_without_a_number_joins_no_two_regulations() -> None:
    pairs = [pair(1, 2, 0.9), pair(1, 3, 0.95)]
    assert copies([SCAN, SEMARANG, SURAKARTA], pairs) == {1: [3], 3: [1]}


def test_what_people_told_apart_is_joined_by_no_third() -> None:
    pairs = [pair(1, 2, 0.9), pair(1, 3, 0.9), pair(2, 3, 0.9, Sameness.DIFFERENT)]
    assert copies([SCAN, SCAN, SCAN], pairs) == {1: [2], 2: [1]}


def test_what_people_told_to_be_copies_is_joined_first() -> None:
    pairs = [pair(1, 2, 0.99), pair(1, 3, 0.0, Sameness.COPIES), pair(2, 3, 0.9, Sameness.DIFFERENT)]
    assert copies([SCAN, SCAN, SCAN], pairs) == {1: [3], 3: [1]}
    told = [pair(1, 2, 0.0, Sameness.COPIES)]
    assert copies([SEMARANG, SURAKARTA], told) == {1: [2], 2: [1]}


def test_copies_of_copies_are_joined() -> None:
    pairs = [pair(1, 2, 0.9), pair(2, 3, 0.9)]
    assert copies([SEMARANG, SCAN, SEMARANG], pairs) == {1: [2, 3], 2: [1, 3], 3: [1, 2]}


def test_a_government_on_the_letterhead_is_no_other_issuer() -> None:
    government = Metadata(Kind.SK, number="5", year=2020, region="Kota Semarang", issuer="Pemerintah Kota Semarang")
    assert alike(SK, government, 0.9)


@given(st.permutations([pair(1, 2, 0.9), pair(1, 3, 0.9), pair(1, 4, 0.95), pair(2, 4, 0.87)]))
def test_the_order_of_pairs_makes_no_difference(pairs: list[Pair]) -> None:
    assert copies([SCAN, SEMARANG, SURAKARTA, SCAN], pairs) == {1: [2, 4], 2: [1, 4], 4: [1, 2]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PERDA, PERDA),
        (PERDA, SEMARANG),
        (Metadata(Kind.SK, number="5", year=2020), Metadata(Kind.SK, number="5", year=2020)),
        (Metadata(Kind.PERMEN, number="5", year=2020), Metadata(Kind.PERMEN, number="5", year=2020)),
    ],
)
def test_a_number_without_its_maker_is_no_identity(one: Metadata, other: Metadata) -> None:
    assert not alike(one, other, 0.5)
    assert not may_be_versions(document(1, one), document(2, other), pair(1, 2, 0.5))
    assert alike(one, other, 0.9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SEMARANG, SURAKARTA),
        (PERDA, Metadata(Kind.PERDA, number="6", year=2020)),
        (PERDA, Metadata(Kind.PERDA, number="6", year=2020, region="Kota Semarang")),
        (PERDA, Metadata(Kind.PERWAL, number="5", year=2020)),
        (Metadata(Kind.SK, number="5", year=2020), Metadata(Kind.SK, number="6", year=2020)),
        (SK, Metadata(Kind.SK, number="5", year=2020, issuer="Bupati Kudus")),
        (
            Metadata(Kind.PERMEN, number="5", year=2020, issuer="Menteri Sosial"),
            Metadata(Kind.PERMEN, number="5", year=2020, issuer="Menteri Keuangan"),
        ),
        (Metadata(year=2020), Metadata(year=2021)),
    ],
)
def test_what_says_it_is_another_is_no_copy_however_alike(one: Metadata, other: Metadata) -> None:
    assert not alike(one, other, 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SEMARANG, SEMARANG),
        (SK, SK),
        (
            Metadata(Kind.PERMEN, number="5", year=2020, issuer="Menteri Sosial"),
            Metadata(Kind.PERMEN, number="5", year=2020, issuer="Kementerian Sosial"),
        ),
        (Metadata(Kind.UU, number="5", year=2020), Metadata(Kind.UU, number="5", year=2020)),
    ],
)
def test_two_files_of_one_regulation_or_decree_are_copies_though_misread(one: Metadata, other: Metadata) -> None:
    assert alike(one, other, 0.4)
    assert not alike(one, other, 0.3)
    assert may_be_versions(document(1, one), document(2, other), pair(1, 2, 0.3))
