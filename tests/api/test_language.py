import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import api
from api.language import TEXTS, Language, negotiate, say
from api.sentences_kinds import KINDS
from kb.documents import Kind

ROOM = Path(api.__file__).parent
SOURCES = [file for ending in ("*.py", "*.html") for file in ROOM.rglob(ending)]


def test_every_sentence_is_said_somewhere():
    written = "\n".join(file.read_text("utf-8") for file in SOURCES if not file.name.startswith("sentences_"))
    whole = set(re.findall(r"[\"'](\w+)[\"']", written))
    stems = tuple(re.findall(r"[\"'](\w+_)(?:\{|%s|[\"']\s*~)", written))
    assert [key for key in TEXTS if key not in whole and not key.startswith(stems)] == []


def test_no_sentence_stands_in_two_catalogues():
    catalogues = (file.read_text("utf-8") for file in SOURCES if file.name.startswith("sentences_"))
    keys = Counter(key for catalogue in catalogues for key in re.findall(r"^    \"([\w-]+)\": Text", catalogue, re.M))
    assert set(keys) == set(TEXTS)
    assert keys.most_common(1)[0][1] == 1


def test_every_sentence_that_a_template_says_exists():
    templates = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES if file.suffix == ".html")
    assert set(re.findall(r"\bt\([\"'](\w+)[\"']", templates)) <= set(TEXTS)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_both_languages_have_the_same_places(text):
    assert set(re.findall(r"\{(\w+)", text.id)) == set(re.findall(r"\{(\w+)", text.en))
    assert text.id
    assert text.en


def test_every_kind_has_a_name():
    assert set(KINDS) == set(Kind)


def test_a_sentence_is_filled():
    assert say(Language.EN, "page_short", number=7) == "p. 7"


@given(st.text(max_size=60))
def test_no_header_breaks_the_choice_of_language(header: str):
    assert negotiate(header, Language.ID) in Language


def test_the_heaviest_language_wins():
    assert negotiate("id;q=0.4, en;q=0.8", Language.ID) is Language.EN
