"""A visit report and minutes go in as DOCX and PDF, are corrected, and outlive new versions and a reindex."""

from pathlib import Path

import pytest

from api.library import Library
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import DocumentId
from kb.errors import NotFoundError, QueryRefusedError
from kb.passages import Content
from kb.questions import Filters, Query
from kb.record_corrections import DROPPED
from kb.records import FollowUp, RecordKind, State
from tests.documents.drawing import draw

SOURCES = Path(__file__).parents[1] / "records" / "sources"
MINUTES = SOURCES / "risalah-rapat-evaluasi-kla-2024.txt"
VISIT = SOURCES / "laporan-kunjungan-dua-daerah-2024.txt"
STAFF = Viewer("staf", audiences=frozenset({"bidang-pha"}))


def untold(*_: int) -> None:
    """Nobody listens."""


def follow_ups(library: Library) -> list[FollowUp]:
    return [told.record for told in library.records.follow_ups(LOCAL_ADMIN)]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize("source", [MINUTES, VISIT], ids=lambda source: source.stem)
def test_every_field_points_at_its_words(library: Library, tmp_path: Path, source: Path, kind: str):
    document = library.ingestion.ingest(draw(source, kind, tmp_path)).document
    records = library.records.of_document(LOCAL_ADMIN, document.id).records
    texts = {page.number: page.text for page in library.store.versions.pages(document.version_id)}
    said = [one for record in records for one in record.fields().values() if one]
    assert len(said) > 20
    assert all(one.text == "\n".join(texts[s.page][s.start : s.end] for s in one.spans) for one in said)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_correction_survives_a_new_version_and_a_reindex(library: Library, tmp_path: Path, kind: str):
    file = draw(MINUTES, kind, tmp_path)
    document = library.ingestion.ingest(file, source="risalah").document
    key = "bersurat-kepada-kepolisian-resor"
    library.records.correct(
        LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, key, {"person": "UPTD PPA", "state": "selesai"}
    )
    newer = tmp_path / "baru.txt"
    words = MINUTES.read_text("utf-8").replace("Ruang Rapat Asisten I", "Ruang Rapat Asisten II")
    newer.write_text(
        words.replace("Bersurat kepada kepolisian resor", "Bersurat kepada kepolisian resor Sendawar"), "utf-8"
    )
    library.ingestion.ingest(draw(newer, kind, tmp_path), source="risalah")
    library.reindex(untold)
    [told] = [t for t in library.records.follow_ups(LOCAL_ADMIN) if "kepolisian" in t.record.task.text]
    assert told.record.task.text.endswith("Sendawar")
    assert (told.record.person.text, told.record.person.read, told.record.state.value) == (
        "UPTD PPA",
        "DP2KBP3A",
        "selesai",
    )
    assert library.records.of_document(LOCAL_ADMIN, document.id).orphans == ()


def test_a_correction_without_a_place_is_shown_and_can_be_given_up(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path), source="risalah").document
    key = "bersurat-kepada-kepolisian-resor"
    library.records.correct(LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, key, {"person": "UPTD PPA"})
    newer = tmp_path / "baru.txt"
    newer.write_text(MINUTES.read_text("utf-8").replace("Bersurat kepada kepolisian resor", "Rapat lanjutan"), "utf-8")
    library.ingestion.ingest(draw(newer, "docx", tmp_path), source="risalah")
    [lost] = library.records.of_document(LOCAL_ADMIN, document.id).orphans
    assert (lost.text, lost.anchor) == ("UPTD PPA", "Bersurat kepada kepolisian resor")
    library.records.forget_orphan(LOCAL_ADMIN, document.id, lost.kind, lost.key, lost.name)
    assert library.records.of_document(LOCAL_ADMIN, document.id).orphans == ()


def test_a_moved_correction_can_be_corrected_again(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path), source="risalah").document
    old = "bersurat-kepada-kepolisian-resor"
    library.records.correct(LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, old, {"person": "A", "due": "1 Mei 2024"})
    newer = tmp_path / "baru.txt"
    newer.write_text(MINUTES.read_text("utf-8").replace("kepolisian resor", "kepolisian resor kota"), "utf-8")
    library.ingestion.ingest(draw(newer, "docx", tmp_path), source="risalah")
    library.records.correct(LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, f"{old}-kota", {"person": "B"})
    corrected = library.records.of_document(LOCAL_ADMIN, document.id)
    [found] = [record for record in corrected.records if record.key == f"{old}-kota"]
    assert [one.text for one in (found.fields()["person"], found.fields()["due"])] == ["B", "1 Mei 2024"]
    assert corrected.orphans == ()


def test_what_the_document_says_takes_a_correction_back(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path)).document
    where = (LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, "bersurat-kepada-kepolisian-resor")
    before = library.records.read(*where)
    library.records.correct(*where, {"person": "UPTD PPA"})
    library.records.correct(*where, {"person": "DP2KBP3A"})
    assert library.records.read(*where) == before


def test_a_record_set_aside_is_in_no_list_and_comes_back(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path)).document
    before = follow_ups(library)
    where = (LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, before[0].key)
    library.records.correct(*where, {DROPPED: "ya"})
    assert follow_ups(library) == before[1:]
    library.records.correct(*where, {DROPPED: None})
    assert follow_ups(library) == before


def test_a_state_that_is_none_is_refused(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path)).document
    key = follow_ups(library)[0].key
    with pytest.raises(QueryRefusedError):
        library.records.correct(LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, key, {"state": "entah"})


def test_nobody_sees_or_corrects_the_records_of_a_document_they_may_not_see(library: Library, tmp_path: Path):
    library.ingestion.ingest(draw(VISIT, "docx", tmp_path), audience="bidang-pha")
    closed = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path), audience="pimpinan").document
    assert library.records.meetings(STAFF) == ()
    assert {told.document.audience for told in library.records.follow_ups(STAFF)} == {"bidang-pha"}
    assert "DP2KBP3A" not in library.records.people(STAFF)
    for ask in (
        library.records.of_document,
        lambda viewer, n: library.records.read(viewer, n, RecordKind.MEETING, "1"),
    ):
        with pytest.raises(NotFoundError):
            ask(STAFF, DocumentId(closed.id))


def test_a_question_is_limited_to_findings_or_decisions(library: Library, tmp_path: Path):
    library.ingestion.ingest(draw(VISIT, "docx", tmp_path))
    library.ingestion.ingest(draw(MINUTES, "docx", tmp_path))
    for content, kind in ((Content.FINDINGS, "laporan-studi-tiru"), (Content.DECISIONS, "notulen")):
        hits = library.search(Query("data puskesmas relawan", LOCAL_ADMIN, Filters(contents=frozenset({content})), 50))
        assert hits
        assert all(content in hit.contents for hit in hits)
        assert kind in {hit.document.metadata.kind for hit in hits}


def test_what_is_set_by_hand_is_masked_like_a_document(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path)).document
    where = (LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, "bersurat-kepada-kepolisian-resor")
    library.records.correct(*where, {"person": "Petugas NIK 6474015203900001"})
    assert "6474015203900001" not in library.records.read(*where).record.fields()["person"].text


def test_removing_a_document_takes_its_records_and_corrections(library: Library, tmp_path: Path):
    document = library.ingestion.ingest(draw(MINUTES, "docx", tmp_path)).document
    key = follow_ups(library)[0].key
    library.records.correct(LOCAL_ADMIN, document.id, RecordKind.FOLLOW_UP, key, {"state": State.DONE})
    library.erase(document.id)
    assert library.store.records.all() == {}
