import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli import main
from kb.errors import KbError
from tests.conftest import ROOT

DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMES = [str(file.relative_to(ROOT)) for file in DOCS]
README = (ROOT / "README.md").read_text("utf-8")
OPERATORS = (ROOT / "docs" / "OPERATORS.md").read_text("utf-8")
DECISIONS = ROOT / "docs" / "decisions"


def variables() -> set[str]:
    """The environment variables that the program reads."""
    sources = (ROOT / "kb" / "settings.py", ROOT / "api" / "commands" / "serving.py")
    return {name for file in sources for name in re.findall(r'"(KB_[A-Z_]+)"', file.read_text("utf-8"))}


def codes() -> set[str]:
    """The stable codes of everything that can go wrong."""
    left, found = [KbError], set()
    while left:
        kind = left.pop()
        found.add(kind.code)
        left += kind.__subclasses__()
    return found - {KbError.code}


def code_in(text: str) -> Iterator[str]:
    """What a page shows as code: fenced blocks and spans."""
    fenced = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
    yield from fenced.findall(text)
    yield from re.findall(r"`([^`]+)`", fenced.sub("", text))


def links_in(text: str) -> list[str]:
    """The targets of links and pictures that lie in this repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"(?ms)^```.*?^```$", "", text))
    return [target for target in targets if "://" not in target]


def anchors(file: Path) -> set[str]:
    """The names by which a page's headings are linked to, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_variable_is_in_the_readme() -> None:
    assert {name for name in variables() if f"| `{name}` |" not in README} == set()


@pytest.mark.parametrize("file", DOCS, ids=NAMES)
def test_every_variable_named_is_read_by_the_program(file: Path) -> None:
    assert set(re.findall(r"\bKB_[A-Z_]+\b", file.read_text("utf-8"))) - {"KB_SLOW"} <= variables()


@pytest.mark.parametrize("file", DOCS, ids=NAMES)
def test_every_link_leads_somewhere(file: Path) -> None:
    astray = []
    for link in links_in(file.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        if not target.exists() or (anchor and anchor not in anchors(target)):
            astray.append(link)
    assert astray == []


@pytest.mark.parametrize("file", DOCS, ids=NAMES)
def test_every_command_named_exists(file: Path) -> None:
    shown = "\n".join(code_in(file.read_text("utf-8")))
    named = set(re.findall(r"(?:^|[\s/`])kb ([a-z]+(?:-[a-z]+)*)", shown, re.MULTILINE))
    assert named <= set(main.commands)


@pytest.mark.parametrize("file", DOCS, ids=NAMES)
def test_every_module_and_target_named_exists(file: Path) -> None:
    shown = "\n".join(code_in(file.read_text("utf-8")))
    modules = set(re.findall(r"python -m ((?:api|bench|ingest|index|tests)\.[\w.]+)", shown))
    assert {name for name in modules if importlib.util.find_spec(name) is None} == set()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|\s)make ([a-z]+)(?=\s|$)", shown, re.MULTILINE)) <= targets


def test_every_code_is_explained_to_operators() -> None:
    assert {code for code in codes() if f"`{code}`" not in OPERATORS} == set()


def test_every_decision_is_listed() -> None:
    written = {file.name for file in DECISIONS.glob("[0-9]*.md")}
    assert set(re.findall(r"\((\d[^)]*\.md)\)", (DECISIONS / "README.md").read_text("utf-8"))) == written


@pytest.mark.parametrize("file", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda file: file.name)
def test_a_decision_opens_with_its_number(file: Path) -> None:
    assert file.read_text("utf-8").startswith(f"# {file.name[:3]}: ")


def test_the_readme_begins_with_the_two_commands_and_the_screenshot() -> None:
    first, second, picture = (README.index(part) for part in ("make run", "make test", "docs/screenshot.png"))
    assert first < second < picture < README.index("# Acuan")
