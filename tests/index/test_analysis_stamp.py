"""A store's words and a question's must come from the same analysis."""

from pathlib import Path

import pytest

from api.library import Library
from index.words import analysis_stamp
from kb.access import LOCAL_ADMIN
from kb.errors import ModelMismatchError
from kb.questions import Query
from kb.settings import Settings


def test_a_store_analysed_by_other_lists_asks_for_a_reindex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path / "kb", model="toy")
    file = tmp_path / "a.txt"
    file.write_text("Forum Anak dibentuk oleh Bupati.")
    with Library.open(settings) as library:
        library.ingestion.ingest(file)
    monkeypatch.setattr("index.retrieval.analysis_stamp", lambda: "words=other")
    with Library.open(settings) as library:
        with pytest.raises(ModelMismatchError, match="kb reindex"):
            library.search(Query("forum anak", LOCAL_ADMIN))
        library.reindex(lambda *_: None)
        assert library.search(Query("forum anak", LOCAL_ADMIN))


def test_the_stamp_is_the_same_from_start_to_start() -> None:
    assert analysis_stamp() == analysis_stamp()
