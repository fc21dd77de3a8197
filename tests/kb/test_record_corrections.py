"""Corrections by hand: each is laid over one record or told as an orphan, whatever a new version holds."""

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.pages import Span
from kb.record_corrections import DROPPED, Corrected, Correction, apply
from kb.records import Field, FollowUp, RecordKind, key_of

NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def follow_up(task: str, person: str = "") -> FollowUp:
    spans = (Span(1, 0, len(task)),)
    return FollowUp(
        key_of(task), task=Field(task, spans, "", task), person=Field(person, spans, "", person), spans=spans
    )


def correction(task: str, name: str = "person", text: str = "UPTD PPA", was: str = "") -> Correction:
    return Correction(RecordKind.FOLLOW_UP, key_of(task), name, text, "", was, task, NOW)


def test_a_correction_follows_its_key():
    [found] = apply([follow_up("Menyusun surat")], [correction("Menyusun surat")]).records
    assert found.fields()["person"] == Field("UPTD PPA", (Span(1, 0, 14),), "", "", is_corrected=True)


def test_a_correction_follows_words_that_changed_a_little():
    corrected = apply(
        [follow_up("Menyusun surat edaran bersama dinas")], [correction("Menyusun surat edaran dengan dinas")]
    )
    assert (corrected.records[0].fields()["person"].text, corrected.orphans) == ("UPTD PPA", ())


def test_a_correction_whose_record_is_gone_is_an_orphan():
    lost = correction("Menyusun surat")
    assert apply([follow_up("Membangun taman")], [lost]) == Corrected((follow_up("Membangun taman"),), ((),), (lost,))


def test_a_correction_between_two_equally_alike_is_not_guessed():
    lost = correction("Menyusun surat edaran anak")
    records = [follow_up("Menyusun surat edaran pertama"), follow_up("Menyusun surat edaran kedua")]
    assert apply(records, [lost]).orphans == (lost,)


def test_a_document_that_says_otherwise_than_when_it_was_corrected_is_told():
    [found] = apply(
        [follow_up("Menyusun surat", "Dinas Sosial")], [correction("Menyusun surat", was="Bidang Anak")]
    ).records
    assert found.fields()["person"].is_outdated


def test_a_record_is_set_aside():
    [found] = apply([follow_up("Menyusun surat")], [correction("Menyusun surat", DROPPED, "ya")]).records
    assert found == replace(follow_up("Menyusun surat"), is_dropped=True)


TASKS = st.sampled_from(["surat edaran anak", "surat edaran kota", "taman baca", "taman baca anak", "rapat anak kota"])


@given(
    st.lists(TASKS, unique=True), st.lists(st.tuples(TASKS, st.sampled_from(["person", "due", "entah"])), unique=True)
)
def test_no_correction_is_lost_and_none_is_used_twice(tasks: list[str], made: list[tuple[str, str]]):
    corrections = [correction(task, name) for task, name in made]
    found = apply([follow_up(task) for task in tasks], corrections)
    told = [*(one for own in found.applied for one in own), *found.orphans]
    assert sorted(told, key=repr) == sorted(corrections, key=repr)
