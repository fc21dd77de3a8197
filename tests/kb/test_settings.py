"""Settings from the environment."""

from pathlib import Path

import pytest

from kb.errors import SettingError
from kb.settings import Settings


def test_settings_come_from_the_environment() -> None:
    made = Settings.from_environment({"KB_HOME": "/data/kb", "KB_THREADS": "4", "KB_LANGUAGE": "en"})
    assert (made.home, made.threads, made.language) == (Path("/data/kb"), 4, "en")


@pytest.mark.parametrize(
    ("name", "value"), [("KB_THREADS", "banyak"), ("KB_THREADS", "0"), ("KB_MAX_MIB", "-1"), ("KB_PRECISION", "f64")]
)
def test_a_value_that_cannot_be_used_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        Settings.from_environment({name: value})
